//! Question, reply, *ask why*, a moved date, news, *was this an answer?*, taking it back.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::route::change::{Seen, change};
use chrono::NaiveDate;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::route::policy::Action;
use waymark_domain::route::talk;
use waymark_domain::text::{Field, Line, Prose};

/// Asks the contributor something; the clock waits.
///
/// # Errors
/// What [`change`] and [`talk::ask`] say.
pub async fn ask(ctx: &mut Ctx<'_, Write>, seen: Seen, question: &Prose) -> Result<Innovation> {
    change(ctx, seen, Action::Answer, |record, facts, writing| {
        let question = writing.note(Field::Question, question.as_str());
        Ok(vec![talk::ask(record, question, facts)?])
    })
    .await
}

/// The contributor answers, or has nothing to add.
///
/// # Errors
/// What [`change`] and [`talk::reply`] say.
pub async fn reply(ctx: &mut Ctx<'_, Write>, seen: Seen, reply: Option<&Prose>) -> Result<Innovation> {
    change(ctx, seen, Action::Converse, |record, facts, writing| {
        let reply = writing.note_some(Field::Reply, reply);
        Ok(vec![talk::reply(record, reply, facts)?])
    })
    .await
}

/// The contributor asks why the date has passed.
///
/// # Errors
/// What [`change`] and [`talk::ask_why`] say.
pub async fn ask_why(ctx: &mut Ctx<'_, Write>, seen: Seen) -> Result<Innovation> {
    change(ctx, seen, Action::Converse, |record, facts, _| Ok(vec![talk::ask_why(record, facts)?])).await
}

/// Gives a new date and says why.
///
/// # Errors
/// What [`change`] and [`talk::move_date`] say.
pub async fn move_date(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    (to, why): (NaiveDate, &Prose),
) -> Result<Innovation> {
    change(ctx, seen, Action::MoveDate, |record, facts, writing| {
        let why = writing.note(Field::Why, why.as_str());
        Ok(vec![talk::move_date(record, (to, why), facts)?])
    })
    .await
}

/// Writes how it stands.
///
/// # Errors
/// What [`change`] and [`talk::news`] say.
pub async fn news(ctx: &mut Ctx<'_, Write>, seen: Seen, words: &Prose) -> Result<Innovation> {
    change(ctx, seen, Action::TellNews, |record, facts, writing| {
        let words = writing.note(Field::News, words.as_str());
        Ok(vec![talk::news(record, words, facts)?])
    })
    .await
}

/// Takes it back.
///
/// # Errors
/// What [`change`] and [`talk::withdraw`] say.
pub async fn withdraw(ctx: &mut Ctx<'_, Write>, seen: Seen, why: &Line) -> Result<Innovation> {
    change(ctx, seen, Action::Withdraw, |record, facts, writing| {
        let why = writing.note(Field::Why, why.as_str());
        Ok(vec![talk::withdraw(record, why, facts)?])
    })
    .await
}

/// Says whether it was an answer.
///
/// # Errors
/// What [`change`] and [`talk::judge_answer`] say.
pub async fn judge_answer(ctx: &mut Ctx<'_, Write>, seen: Seen, was_answer: bool) -> Result<Innovation> {
    change(ctx, seen, Action::Converse, |record, facts, _| {
        Ok(vec![talk::judge_answer(record, was_answer, facts)?])
    })
    .await
}
