//! Problems that ideas can be told to, for those who may see them.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::search::Sought;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use uuid::Uuid;
use waymark_domain::find::problem::Problem;
use waymark_domain::ids::{NodeId, ProblemId};
use waymark_domain::text::{Field, Language, WordsRef};
use waymark_store::find::problems::{self, ProblemRow};
use waymark_store::people::tree;
use waymark_store::words;

/// How many are on a page.
pub const PAGE: u32 = 20;
/// The most problems that are taken away at once.
const TAKEN: u32 = 5_000;
/// The most problems whose texts are read for one search, the newest.
const READ: i64 = 2_000;

/// A problem in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: ProblemId,
    /// What it is called.
    pub title: String,
    /// The language of the title.
    pub language: Language,
    /// Whose it is.
    pub body: String,
    /// When it was listed.
    pub listed_at: DateTime<Utc>,
    /// Are answers sought now?
    pub seeks: bool,
    /// The last day for answers, in the time zone of the body.
    pub closes: Option<NaiveDate>,
}

/// A page of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// The problems, the newest first.
    pub problems: Vec<Listed>,
    /// How many there are in all.
    pub total: u32,
}

/// A problem with all that is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: ProblemId,
    /// How many events it has.
    pub version: u32,
    /// Where it was listed.
    pub node: NodeId,
    /// What it is called.
    pub title: String,
    /// The language of its texts.
    pub language: Language,
    /// What the difficulty is.
    pub problem: String,
    /// Further sections; empty where there are none.
    pub details: String,
    /// Whose it is.
    pub body: String,
    /// From when answers are sought.
    pub opens: Option<NaiveDate>,
    /// Until when.
    pub closes: Option<NaiveDate>,
    /// The money in it, in its source's words.
    pub money: Option<String>,
    /// Where it was published; only an address that a link may carry.
    pub source_url: Option<String>,
    /// Are answers sought now?
    pub seeks: bool,
}

/// A page of the problems that whoever acts may see; pages count from 1.
///
/// # Errors
/// [`Error::NotFound`] for a page beyond the last.
pub async fn list<K>(ctx: &mut Ctx<'_, K>, page: u32) -> Result<List> {
    let account = ctx.actor.account().map(|account| account.0);
    let total = u32::try_from(problems::count(&mut ctx.tx, account).await?).unwrap_or(u32::MAX);
    let offset = u64::from(page.saturating_sub(1)) * u64::from(PAGE);
    if page == 0 || (page > 1 && offset >= u64::from(total)) {
        return Err(Error::NotFound);
    }
    let problems = some(ctx, (PAGE, u32::try_from(offset).unwrap_or(u32::MAX))).await?;
    Ok(List { problems, total })
}

/// A page of those that have some words.
///
/// # Errors
/// As [`list`].
pub async fn search<K>(ctx: &mut Ctx<'_, K>, sought: &Sought, page: u32) -> Result<List> {
    let found = found(ctx, sought).await?;
    let before = usize::try_from(page.checked_sub(1).ok_or(Error::NotFound)?).unwrap_or(usize::MAX);
    let ids = match found.chunks(PAGE as usize).nth(before) {
        Some(ids) => ids,
        None if before == 0 => &[],
        None => return Err(Error::NotFound),
    };
    let problems = in_order(ctx, ids).await?;
    Ok(List { problems, total: u32::try_from(found.len()).unwrap_or(u32::MAX) })
}

/// All that the pages list together, to be taken away: at most [`TAKEN`] of them, or those found among the newest [`READ`].
/// Gives whether there can be no others, too.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn take<K>(ctx: &mut Ctx<'_, K>, sought: Option<&Sought>) -> Result<(Vec<Listed>, bool)> {
    let account = ctx.actor.account().map(|account| account.0);
    let total = problems::count(&mut ctx.tx, account).await?;
    let Some(sought) = sought else {
        return Ok((some(ctx, (TAKEN, 0)).await?, total <= i64::from(TAKEN)));
    };
    let mut all = Vec::new();
    for ids in found(ctx, sought).await?.chunks(PAGE as usize) {
        all.extend(in_order(ctx, ids).await?);
    }
    Ok((all, total <= READ))
}

/// Those that have some words, the newest first. There are few problems beside ideas, so their texts are read.
async fn found<K>(ctx: &mut Ctx<'_, K>, sought: &Sought) -> Result<Vec<Uuid>> {
    let account = ctx.actor.account().map(|account| account.0);
    let texts = problems::texts(&mut ctx.tx, account, READ).await?;
    let of_one = texts.chunk_by(|a, b| a.0 == b.0);
    let has = |texts: &&[(Uuid, String)]| {
        let said: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        sought.is_in(&said.join("\n"))
    };
    Ok(of_one.filter(has).map(|texts| texts[0].0).collect())
}

async fn in_order<K>(ctx: &mut Ctx<'_, K>, ids: &[Uuid]) -> Result<Vec<Listed>> {
    let mut rows = problems::some(&mut ctx.tx, ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    rows.into_iter().map(|row| listed(row, ctx.now)).collect()
}

/// So many problems that whoever acts may see, after so many that come before, the newest first.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn some<K>(ctx: &mut Ctx<'_, K>, (limit, offset): (u32, u32)) -> Result<Vec<Listed>> {
    let account = ctx.actor.account().map(|account| account.0);
    let rows = problems::list(&mut ctx.tx, account, (limit.into(), offset.into())).await?;
    rows.into_iter().map(|row| listed(row, ctx.now)).collect()
}

/// The same of those that have some words.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn some_with<K>(
    ctx: &mut Ctx<'_, K>,
    sought: &Sought,
    (limit, offset): (u32, u32),
) -> Result<Vec<Listed>> {
    let whole = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let found = found(ctx, sought).await?;
    let ids: Vec<Uuid> = found.into_iter().skip(whole(offset)).take(whole(limit)).collect();
    in_order(ctx, &ids).await
}

fn listed(row: ProblemRow, now: DateTime<Utc>) -> Result<Listed> {
    let zone = zone(&row.zone)?;
    let time = |at: Option<i64>| at.and_then(DateTime::from_timestamp_micros);
    let (opens, closes) = (time(row.opens_at), time(row.closes_at));
    let is_within = opens.is_none_or(|opens| opens <= now) && closes.is_none_or(|closes| closes > now);
    Ok(Listed {
        id: ProblemId(row.id),
        title: row.title.unwrap_or_default(),
        language: Language::parse(&row.language).unwrap_or_default(),
        body: row.body_name,
        listed_at: time(Some(row.listed_at)).unwrap_or_default(),
        seeks: is_within && !row.is_closed,
        closes: closes.map(|closes| last_day(closes, zone)),
    })
}

/// A problem that whoever acts may see.
///
/// # Errors
/// [`Error::NotFound`] where there is none or they may not know of it.
pub async fn visible<K>(ctx: &mut Ctx<'_, K>, id: ProblemId) -> Result<Shown> {
    let account = ctx.actor.account().map(|account| account.0);
    if !problems::is_seen(&mut ctx.tx, account, id.0).await? {
        return Err(Error::NotFound);
    }
    let problem: Problem = ctx.load(id.0).await?;
    let said = &problem.listed;
    let body = tree::node(&mut ctx.tx, said.body.0).await?.ok_or(Error::NotFound)?;
    let zone = zone(&body.zone)?;
    Ok(Shown {
        id,
        version: problem.version,
        node: said.node,
        title: read(ctx, id, Some(said.title)).await?,
        language: said.language,
        problem: read(ctx, id, Some(said.problem)).await?,
        details: read(ctx, id, said.details).await?,
        body: body.name,
        opens: said.opens_at.map(|opens| day(opens, zone)),
        closes: said.closes_at.map(|closes| last_day(closes, zone)),
        money: said.money.clone(),
        source_url: said.source_url.clone().filter(|url| is_link(url)),
        seeks: problem.seeks_answers(ctx.now),
    })
}

async fn read<K>(ctx: &mut Ctx<'_, K>, id: ProblemId, text: Option<WordsRef>) -> Result<String> {
    let Some(text) = text else { return Ok(String::new()) };
    let field: Field = text.field;
    let found = words::find(&mut ctx.tx, id.0, field, text.version).await?;
    Ok(found.and_then(|found| found.body).unwrap_or_default())
}

fn day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The last day on which answers are taken: what closes at midnight closes at the end of the day before.
fn last_day(closes: DateTime<Utc>, zone: Tz) -> NaiveDate {
    day(closes - TimeDelta::microseconds(1), zone)
}

fn zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| Error::internal("a time zone that is none"))
}

/// Only what a browser opens as a page: never script or data.
fn is_link(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_closes_at_midnight_takes_answers_until_the_day_before() {
        let last = |at: &str| last_day(at.parse().unwrap(), chrono_tz::Europe::London).to_string();
        assert_eq!(last("2100-01-01T00:00:00Z"), "2099-12-31");
        assert_eq!(last("2026-07-01T23:00:00Z"), "2026-07-01", "midnight of summer time");
        assert_eq!(last("2026-07-01T16:00:00Z"), "2026-07-01");
    }
}
