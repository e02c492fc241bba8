//! Shared answers: one text for many records, read again on its day.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::list::{Item, item};
use crate::route::answer::{Reply, Words, answer_with};
use crate::route::change::{Seen, visible};
use crate::route::duty::{Situation, Subject, situation};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;
use uuid::Uuid;
use waymark_domain::find::stage::Reason;
use waymark_domain::ids::{InnovationId, NodeId, SharedId};
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::pass::{CURRENT_ROUTE, limits_of};
use waymark_domain::route::shared::{self, SharedAnswer, SharedEvent, Text};
use waymark_domain::text::{Field, Language, Prose, WordsRef};
use waymark_store::find::shared::{self as rows, SharedRow};
use waymark_store::people::parties;
use waymark_store::words;

/// The most records that are answered at once, and the most shared answers on a list.
pub const MOST: i64 = 100;
/// So many days before its day an owner is asked to read it again, so that it does not run out unread.
const ASKED_DAYS: u64 = 14;

/// What is typed of a shared answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// What it says.
    pub words: Words,
    /// The day on which it is read again.
    pub reread_on: NaiveDate,
}

/// What its reader says on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// It stays, until another day.
    Keep(NaiveDate),
    /// It says something else from now on.
    Change(Typed),
    /// Nothing more is answered with it.
    Withdraw,
}

/// A shared answer on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: SharedId,
    /// Why, in the owner's words; nothing once erased.
    pub words: Option<String>,
    /// Their language.
    pub language: Language,
    /// The day on which it is read again.
    pub reread_on: NaiveDate,
    /// When it was said.
    pub said_at: DateTime<Utc>,
    /// How many answers to what its body sees were given with it.
    pub uses: i64,
    /// Is it time for whoever looks to read it again?
    pub is_asked: bool,
}

/// A shared answer as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As its events left it.
    pub answer: SharedAnswer,
    /// Why, in the owner's words.
    pub words: String,
    /// What would change it.
    pub would_change: String,
    /// How many answers to what its body sees were given with it.
    pub uses: i64,
    /// Who owns it; nothing where their account is gone.
    pub owner: Option<String>,
    /// Can records get it today?
    pub is_open: bool,
}

/// A record that may be answered together with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As lists show it.
    pub item: Item,
    /// As the person sees it.
    pub seen: Seen,
    /// The body that handles it.
    pub body: NodeId,
}

/// What waits for whoever acts and may be answered together: one shared answer is for one body. What is ticked is among it,
/// however much waits.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn choices<K>(ctx: &mut Ctx<'_, K>, ticked: &[&str]) -> Result<Vec<Choice>> {
    let account = ctx.account()?.0;
    let mut rows = rows::to_answer(&mut ctx.tx, account, (None, MOST)).await?;
    for reference in ticked.iter().take(MOST.unsigned_abs().try_into().unwrap_or(usize::MAX)) {
        if rows.iter().all(|row| row.list.reference != *reference) {
            rows.splice(0..0, rows::to_answer(&mut ctx.tx, account, (Some(reference), 1)).await?);
        }
    }
    let choice = |row: rows::ToAnswerRow| {
        let version = u32::try_from(row.version).ok();
        let seen = Seen { id: InnovationId(row.list.id), version };
        Ok(Choice { item: item(row.list, ctx.now)?, seen, body: NodeId(row.at_body) })
    };
    rows.into_iter().map(choice).collect()
}

/// Writes a shared answer and gives it to records.
///
/// # Errors
/// [`Error::Invalid`] without a record, what the rules say, and what [`crate::route::answer::answer`] says of each record.
pub async fn write(ctx: &mut Ctx<'_, Write>, typed: &Typed, records: &[Seen]) -> Result<SharedAnswer> {
    let first = records.first().ok_or_else(|| Error::field("records", "shared-problem-records"))?;
    let (record, _) = visible(ctx, first.id).await?;
    let node = record.decider.ok_or(Refusal::NotAtThisStep)?.node;
    let id = ctx.env.id();
    let body = record.at_body;
    let written = save(ctx, (id, node), None, |facts, writing| {
        Ok(shared::write((node, body), (text(typed, writing), typed.reread_on), facts)?)
    })
    .await?;
    give(ctx, (&written, &typed.words), records).await?;
    Ok(written)
}

/// Gives a shared answer to more records.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not decide where it may be used; as [`write`].
pub async fn use_for(ctx: &mut Ctx<'_, Write>, id: SharedId, records: &[Seen]) -> Result<SharedAnswer> {
    if records.is_empty() {
        return Err(Error::field("records", "shared-problem-records"));
    }
    hold(ctx, id).await?;
    let shown = shown(ctx, id).await?;
    let parse = |text: &str| Prose::parse(text).map_err(|_| Error::Conflict);
    let words = Words {
        reason: shown.answer.text.reason,
        words: parse(&shown.words)?,
        would_change: parse(&shown.would_change)?,
    };
    // The words are noted in the language that they are written in.
    let language = std::mem::replace(&mut ctx.language, shown.answer.text.language);
    give(ctx, (&shown.answer, &words), records).await?;
    ctx.language = language;
    Ok(shown.answer)
}

async fn give(
    ctx: &mut Ctx<'_, Write>,
    (shared, words): (&SharedAnswer, &Words),
    records: &[Seen],
) -> Result<()> {
    let reply = Reply::Stop(words.clone());
    // Ticked twice is ticked.
    let mut answered = BTreeSet::new();
    for seen in records.iter().filter(|seen| answered.insert(seen.id)) {
        answer_with(ctx, *seen, &reply, shared).await?;
    }
    Ok(())
}

/// Reads a shared answer again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] where somebody was quicker, and what the rules say.
pub async fn reread(
    ctx: &mut Ctx<'_, Write>,
    (id, version): (SharedId, Option<u32>),
    typed: &Reread,
) -> Result<SharedAnswer> {
    let before = usable(ctx, id).await?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Error::Conflict);
    }
    save(ctx, (id.0, before.node), Some(&before), |facts, writing| {
        Ok(match typed {
            Reread::Keep(until) => shared::keep(&before, *until, facts)?,
            Reread::Change(new) => shared::change(&before, (text(new, writing), new.reread_on), facts)?,
            Reread::Withdraw => shared::withdraw(&before, facts)?,
        })
    })
    .await
}

/// Saves what happened to a shared answer, as whoever acts where it was written.
async fn save<D>(
    ctx: &mut Ctx<'_, Write>,
    (id, node): (Uuid, NodeId),
    before: Option<&SharedAnswer>,
    decide: D,
) -> Result<SharedAnswer>
where
    D: FnOnce(&Facts<'_>, &mut Writing<'_>) -> Result<SharedEvent>,
{
    let account = ctx.account()?;
    let party = ctx.party(id, account).await?;
    let here = at(ctx, (id, node)).await?;
    let facts = Facts { actor: Some(party), ..here.facts() };
    let version = before.map_or(1, |before| before.version + 1);
    let mut writing = Writing::new(ctx.env, (id, version), ctx.language);
    let event = decide(&facts, &mut writing)?;
    ctx.save(before, (id, vec![event]), (Some(party), writing.finish())).await
}

/// The facts of the place where it was written.
async fn at<K>(ctx: &mut Ctx<'_, K>, (id, node): (Uuid, NodeId)) -> Result<Situation> {
    situation(ctx, Subject { id, record: None, node, contributors: &[], route: CURRENT_ROUTE }).await
}

fn text(typed: &Typed, writing: &mut Writing<'_>) -> Text {
    let words = &typed.words;
    Text {
        reason: words.reason,
        language: writing.language(),
        words: writing.note(Field::Answer, words.words.as_str()),
        would_change: writing.note(Field::WouldChange, words.would_change.as_str()),
    }
}

/// The shared answers that whoever acts may use, those that are to be read again first.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Listed>> {
    some(ctx, MOST).await
}

/// The same, at most so many.
///
/// # Errors
/// As [`list`].
pub async fn some<K>(ctx: &mut Ctx<'_, K>, most: i64) -> Result<Vec<Listed>> {
    let account = ctx.account()?.0;
    let rows = rows::usable(&mut ctx.tx, account, most).await?;
    rows.into_iter().map(|row| listed(row, ctx.now)).collect()
}

fn listed(row: SharedRow, now: DateTime<Utc>) -> Result<Listed> {
    let zone = crate::route::duty::known_zone(&row.zone)?;
    let reread_on: NaiveDate = row.reread_on.parse().map_err(|_| Error::internal("a day that is none"))?;
    let soon = now.with_timezone(&zone).date_naive() + chrono::Days::new(ASKED_DAYS);
    Ok(Listed {
        id: SharedId(row.id),
        words: row.words,
        language: Language::parse(&row.language).unwrap_or_default(),
        reread_on,
        said_at: DateTime::from_timestamp_micros(row.said_at).unwrap_or_default(),
        uses: row.uses,
        is_asked: row.is_own && reread_on <= soon,
    })
}

/// A shared answer for whoever may use it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Unavailable`].
pub async fn shown<K>(ctx: &mut Ctx<'_, K>, id: SharedId) -> Result<Shown> {
    let answer = usable(ctx, id).await?;
    let body = crate::people::place::place(ctx, answer.node).await?;
    let today = body.time().day_of(ctx.now);
    Ok(Shown {
        words: read(ctx, id, answer.text.words).await?,
        would_change: read(ctx, id, answer.text.would_change).await?,
        uses: rows::uses(&mut ctx.tx, id.0).await?,
        owner: owner(ctx, &answer).await?,
        is_open: !answer.is_withdrawn && today <= answer.kept.reread_on,
        answer,
    })
}

/// A shared answer as its events left it, for whoever may use it.
pub(crate) async fn usable<K>(ctx: &mut Ctx<'_, K>, id: SharedId) -> Result<SharedAnswer> {
    let account = ctx.account()?.0;
    if !rows::is_usable(&mut ctx.tx, account, id.0).await? {
        return Err(Error::NotFound);
    }
    ctx.load(id.0).await
}

/// Holds a shared answer until all of this is done, before any of its words is read: else it could be given, words and all,
/// in the moment in which somebody masks them.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not use it, [`Error::Unavailable`].
pub(crate) async fn hold(ctx: &mut Ctx<'_, Write>, id: SharedId) -> Result<()> {
    let account = ctx.account()?.0;
    if rows::hold(&mut ctx.tx, account, id.0).await? { Ok(()) } else { Err(Error::NotFound) }
}

async fn read<K>(ctx: &mut Ctx<'_, K>, id: SharedId, text: WordsRef) -> Result<String> {
    let found = words::find(&mut ctx.tx, id.0, text.field, text.version).await?;
    Ok(found.and_then(|found| found.body).unwrap_or_default())
}

async fn owner<K>(ctx: &mut Ctx<'_, K>, answer: &SharedAnswer) -> Result<Option<String>> {
    Ok(parties::name_of(&mut ctx.tx, answer.kept.owner.0).await?)
}

/// The last day that may be named for reading again, where a record is answered.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn last_day<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<NaiveDate> {
    let here = crate::people::place::place(ctx, node).await?;
    let today = here.time().day_of(ctx.now);
    Ok(here.time().due_after(today, limits_of(CURRENT_ROUTE).reread).date)
}

/// The reasons that a shared answer offers: those of a *no*.
pub const fn reasons() -> &'static [Reason] {
    crate::route::offer::reasons(waymark_domain::find::stage::AnswerKind::Stop)
}
