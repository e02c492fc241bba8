//! What somebody of the demonstration did, as the use case that a page would call.

use super::data::Act;
use super::tree::World;
use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::find::also::{self, Telling};
use crate::find::capture::proposed_title;
use crate::people::place::place;
use crate::route::answer::{Receiver, Reply, Words, answer};
use crate::route::change::Seen;
use crate::route::trial::{Lines, confirm_hours, end_try};
use crate::route::{pass, talk};
use chrono::Days;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Outcome, Reason};
use waymark_domain::ids::{AccountId, InnovationId};
use waymark_domain::route::due::nth_working_day_after;
use waymark_domain::text::{Line, Problem, Prose, Title};

/// A text of the files that cannot be taken is a fault of ours.
pub(super) fn faulty(text: &str, problem: Problem) -> Error {
    Error::internal(format!("{problem:?}: {text}"))
}

/// A text of the files.
pub(super) fn prose(text: &str) -> Result<Prose> {
    Prose::parse(text).map_err(|problem| faulty(text, problem))
}

fn line(text: &str) -> Result<Line> {
    Line::parse(text).map_err(|problem| faulty(text, problem))
}

/// Does an act as whoever the context acts as, at its time.
pub(super) async fn act(
    ctx: &mut Ctx<'_, Write>,
    id: InnovationId,
    (act, world): (&Act, &World),
) -> Result<()> {
    let seen = Seen { id, version: None };
    match act {
        Act::AnswerGo { .. } | Act::AnswerNotNow { .. } | Act::AnswerNo { .. } | Act::SendOn { .. } => {
            let reply = reply(ctx, id, (act, world)).await?;
            answer(ctx, seen, (&reply, None)).await?;
        }
        Act::Ask { words } => drop(talk::ask(ctx, seen, &prose(words)?).await?),
        Act::Reply { words } if brought_it(ctx, id).await? => {
            talk::reply(ctx, seen, Some(&prose(words)?)).await?;
        }
        Act::Reply { words } => tell_news(ctx, id, Some(words)).await?,
        Act::TakeOver { words } => {
            // A missed date has given it to the finder already.
            if !has_it(ctx, id).await? {
                pass::take_over(ctx, seen).await?;
            }
            tell_news(ctx, id, Some(words)).await?;
        }
        Act::AskWhy { words } => {
            talk::ask_why(ctx, seen).await?;
            tell_news(ctx, id, Some(words)).await?;
        }
        Act::Withdraw { words } => drop(talk::withdraw(ctx, seen, &line(words)?).await?),
        Act::ThreeLines { did, changed, outcome } => {
            let outcome = Outcome::parse(&outcome.replace('_', "-"));
            let outcome = outcome.ok_or_else(|| Error::internal("an outcome that is none"))?;
            let lines = Lines { did: prose(did)?, changed: prose(changed)?, outcome };
            end_try(ctx, seen, &lines).await?;
        }
        Act::WasThisAnAnswer { yes, words } => {
            talk::judge_answer(ctx, seen, *yes).await?;
            tell_news(ctx, id, words.as_ref()).await?;
        }
        Act::MoveDate { new_after_wd, why } => {
            let to = working_day(ctx, id, *new_after_wd).await?;
            talk::move_date(ctx, seen, (to, &prose(why)?)).await?;
        }
        Act::ConfirmHours { got, words } => {
            let record: Innovation = ctx.load(id.0).await?;
            let granted = record.trial.map_or(0, |trial| trial.hours);
            confirm_hours(ctx, seen, if *got { granted } else { 0 }).await?;
            tell_news(ctx, id, Some(words)).await?;
        }
        Act::AddTo { problem, solution } => {
            also::add(ctx, id, &telling(ctx.account()?, (problem, solution.as_deref()))?).await?;
        }
        Act::Late {} => {}
    }
    Ok(())
}

/// What somebody tells who found a record that says the same.
fn telling(teller: AccountId, (problem, solution): (&str, Option<&str>)) -> Result<Telling> {
    let title = proposed_title(problem);
    Ok(Telling {
        title: Title::parse(&title).map_err(|problem| faulty(&title, problem))?,
        problem: prose(problem)?,
        solution: solution.map(prose).transpose()?,
        tellers: vec![teller],
        is_assisted: false,
        origin: Origin::FrontLine,
    })
}

async fn brought_it(ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<bool> {
    let record: Innovation = ctx.load(id.0).await?;
    let party = ctx.known_party(id.0, ctx.account()?).await?;
    Ok(party.is_some_and(|party| record.is_brought_by(party)))
}

async fn has_it(ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<bool> {
    let record: Innovation = ctx.load(id.0).await?;
    let party = ctx.known_party(id.0, ctx.account()?).await?;
    Ok(record.decider.is_some_and(|decider| Some(decider.party) == party))
}

/// Words that came with an act that has no place for them, as the person's news, while the record is open.
async fn tell_news(ctx: &mut Ctx<'_, Write>, id: InnovationId, words: Option<&String>) -> Result<()> {
    let record: Innovation = ctx.load(id.0).await?;
    match words.filter(|words| !words.is_empty() && record.stage.is_open()) {
        Some(words) => talk::news(ctx, Seen { id, version: None }, &prose(words)?).await.map(drop),
        None => Ok(()),
    }
}

/// The day at whose end so many working days of the body have passed.
async fn working_day(ctx: &mut Ctx<'_, Write>, id: InnovationId, count: u16) -> Result<chrono::NaiveDate> {
    let record: Innovation = ctx.load(id.0).await?;
    let here = place(ctx, record.at).await?;
    Ok(nth_working_day_after(&here.calendar, here.time().day_of(ctx.now), count).date)
}

async fn reply(ctx: &mut Ctx<'_, Write>, id: InnovationId, (act, world): (&Act, &World)) -> Result<Reply> {
    let record: Innovation = ctx.load(id.0).await?;
    let today = place(ctx, record.at).await?.time().day_of(ctx.now);
    Ok(match act {
        Act::AnswerGo { who, hours, pounds, try_days, words } => Reply::Go {
            who: world.person(who)?.account,
            words: Some(prose(words)?),
            until: Some(today + Days::new(*try_days)),
            hours: *hours,
            hours_from: None,
            pence: pounds * 100,
        },
        Act::AnswerNotNow { until, days, reason, words, would_change } => Reply::NotNow {
            because: because(reason, &format!("{words}\n\n{would_change}"), until)?,
            until: today + Days::new(*days),
        },
        Act::AnswerNo { reason, words, would_change } => Reply::Stop(because(reason, words, would_change)?),
        Act::SendOn { to, words, would_change } => {
            Reply::SendOn { why: prose(&format!("{words} {would_change}"))?, to: receiver(to, world)? }
        }
        _ => return Err(Error::internal("an answer that is none")),
    })
}

fn because(reason: &str, words: &str, would_change: &str) -> Result<Words> {
    let reason = Reason::parse(reason).ok_or_else(|| Error::internal("a reason that is none"))?;
    Ok(Words { reason, words: prose(words)?, would_change: prose(would_change)? })
}

/// To a person by what they answer as, or to a body's finder.
fn receiver(to: &str, world: &World) -> Result<Receiver> {
    match world.people.get(to) {
        Some(one) if one.is_lead => Ok(Receiver::Lead(one.answers_at)),
        Some(one) => Ok(Receiver::FinderAt(one.answers_at)),
        None => Ok(Receiver::FinderAt(world.node(to)?)),
    }
}
