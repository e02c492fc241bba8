//! The news round: everything of a person's that has been without news for nearly as long as the route allows, told about in
//! one go (specification, Due dates).

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::find::list::{Item, item};
use crate::find::view::find;
use crate::route::change::Seen;
use crate::route::talk;
use chrono::{DateTime, NaiveDate, TimeDelta};
use waymark_domain::reference::Reference;
use waymark_domain::route::calendar::CalendarName;
use waymark_domain::route::due::BodyTime;
use waymark_domain::route::limits::Limits;
use waymark_domain::route::talk::news_nears;
use waymark_domain::text::Prose;
use waymark_store::find::work::{self, QuietRow};

/// The most records of one round.
pub const MOST: i64 = 50;
/// Nobody's five working days are longer than so many days: what had news later is not looked at.
const EARLY_DAYS: i64 = 14;

/// A record that nears its limit without news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// As lists show it.
    pub item: Item,
    /// The day of the last news.
    pub since: NaiveDate,
    /// The last day on which news is in time.
    pub until: NaiveDate,
}

/// What whoever acts owes news of, the earliest limit first. Not what they brought: their own words are no news to them.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn round<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Quiet>> {
    let account = ctx.account()?.0;
    let before = (ctx.now - TimeDelta::days(EARLY_DAYS)).timestamp_micros();
    let rows = work::quiet(&mut ctx.tx, account, (before, MOST)).await?;
    let mut quiet = Vec::new();
    for row in rows {
        quiet.extend(nearing(row, ctx.now)?);
    }
    quiet.sort_by_key(|one: &Quiet| one.until);
    Ok(quiet)
}

fn nearing(row: QuietRow, now: DateTime<chrono::Utc>) -> Result<Option<Quiet>> {
    let zone = crate::route::duty::known_zone(&row.list.zone)?;
    let calendar: CalendarName =
        row.calendar.parse().map_err(|_| Error::internal("a calendar that is none"))?;
    let body = BodyTime { calendar: &calendar.calendar(), zone };
    let news_at = DateTime::from_timestamp_micros(row.news_at).unwrap_or_default();
    let (since, today) = (body.day_of(news_at), body.day_of(now));
    let Some(until) = news_nears((since, today), &Limits::STANDARD, body) else { return Ok(None) };
    Ok(Some(Quiet { item: item(row.list, now)?, since, until }))
}

/// Why a text of a round was not written.
#[derive(Debug)]
pub struct Fault {
    /// Its record.
    pub reference: Reference,
    /// Why.
    pub error: Error,
}

/// Writes news on each of some records: all of it, or nothing where one of them does not take it.
///
/// # Errors
/// [`Error::Unavailable`]; what single records say is given back as faults.
pub async fn write(ctx: &mut Ctx<'_, Write>, texts: &[(Reference, Prose)]) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for (reference, words) in texts {
        let written = one(ctx, (reference, words)).await;
        match written {
            Ok(()) => {}
            Err(error @ (Error::NotFound | Error::Forbidden | Error::Refused(_))) => {
                faults.push(Fault { reference: reference.clone(), error });
            }
            Err(other) => return Err(other),
        }
    }
    Ok(faults)
}

async fn one(ctx: &mut Ctx<'_, Write>, (reference, words): (&Reference, &Prose)) -> Result<()> {
    let id = find(ctx, reference).await?;
    talk::news(ctx, Seen { id, version: None }, words).await.map(drop)
}
