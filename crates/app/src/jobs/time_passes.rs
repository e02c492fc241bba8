//! Each night, where the body is, time passes on the open records: dates come, pauses run out, steps of lateness are
//! reached, what lies with somebody who is away from today goes to who answers meanwhile, and comes back afterwards. And,
//! on open records and others, an opening of a hidden name that nobody joined is over.

use crate::ctx::{Actor, Ctx};
use crate::error::Error;
use crate::jobs::held::{Fail, Held};
use crate::route::pass;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::find::event::Cause;
use waymark_domain::ids::InnovationId;
use waymark_store::find::due;
use waymark_store::people::openers;

/// The kind of job that goes through the records of a zone.
pub const KIND: &str = "time-passes";
/// The kind of job that sees to one record that somebody changed at that moment.
pub const ONE: &str = "time-passes-one";
/// Records of one job; the next page is a job of its own, so that a crash repeats little.
const PAGE: u32 = 100;

/// Where a night's work stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passing {
    zone: String,
    day: NaiveDate,
    part: Part,
    after: Uuid,
    after_day: String,
}

/// The parts, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    /// What lies with somebody who is away, or who answered for somebody who is back.
    Away,
    /// What has a date that has come.
    Reached,
    /// What missed its date and was given a later one.
    Missed,
    /// Hidden names of which one opener has opened half. There are few, and the rule says which are over. Those of all zones
    /// in each: the place of a record that has ended may be closed, and have no night of its own.
    HalfOpen,
}

/// One record, and whether it is to go to somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct One {
    record: Uuid,
    is_away: bool,
}

impl Passing {
    /// The beginning of a night in a zone.
    pub fn begin(zone: &str, day: NaiveDate) -> Self {
        Self { zone: zone.to_owned(), day, part: Part::Away, after: Uuid::nil(), after_day: String::new() }
    }

    /// The next page, or the next part; nothing after the last.
    fn next(&self, page: &[(Uuid, String)]) -> Option<Self> {
        if let Some((after, after_day)) = page.last().filter(|_| page.len() == PAGE as usize) {
            return Some(Self { after: *after, after_day: after_day.clone(), ..self.clone() });
        }
        let part = match self.part {
            Part::Away => Part::Reached,
            Part::Reached => Part::Missed,
            Part::Missed => Part::HalfOpen,
            Part::HalfOpen => return None,
        };
        Some(Self { part, ..Self::begin(&self.zone, self.day) })
    }

    fn key(&self) -> String {
        format!("{KIND}:{}:{}:{:?}:{}:{}", self.zone, self.day, self.part, self.after_day, self.after)
    }
}

/// A page of records, each in a transaction of its own: run again, those that were seen to have nothing left to come.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let passing: Passing = held.payload()?;
    let page = page(held, &passing).await?;
    let mut missed = Vec::new();
    for (record, _) in &page {
        let one = One { record: *record, is_away: passing.part == Part::Away };
        match see_to(held, one).await {
            Ok(()) => {}
            Err(error @ (Error::Unavailable(_) | Error::Full(_))) => return Err(error.into()),
            // One record that somebody is changing, or that is broken, does not hold up the others.
            Err(_) => missed.push(one),
        }
    }
    let mut ctx = held.write().await?;
    let now = ctx.now;
    for one in missed {
        ctx.enqueue(ONE, &one).await?;
    }
    if let Some(next) = passing.next(&page) {
        ctx.enqueue_at((KIND, &next), now, Some(&next.key())).await?;
    }
    held.complete(ctx).await
}

/// One record, tried again until nobody is quicker.
pub(crate) async fn one(held: Held<'_>) -> Result<(), Fail> {
    see_to(held, held.payload()?).await?;
    held.done().await
}

async fn page(held: Held<'_>, passing: &Passing) -> Result<Vec<(Uuid, String)>, Fail> {
    let mut ctx = Ctx::read(held.env, Actor::Time).await?;
    let day = passing.day.to_string();
    let place = (passing.zone.as_str(), day.as_str());
    let plain = |ids: Vec<Uuid>| ids.into_iter().map(|id| (id, String::new())).collect();
    Ok(match passing.part {
        Part::Away => plain(due::of_away(&mut ctx.tx, place, passing.after, PAGE).await?),
        Part::Reached => due::reached(&mut ctx.tx, place, (&passing.after_day, passing.after), PAGE).await?,
        Part::Missed => plain(due::missed(&mut ctx.tx, place, passing.after, PAGE).await?),
        Part::HalfOpen => plain(openers::begun(&mut ctx.tx, passing.after, PAGE).await?),
    })
}

async fn see_to(held: Held<'_>, one: One) -> Result<(), Error> {
    let id = InnovationId(one.record);
    let mut ctx = Ctx::write(held.env, Actor::Time).await?;
    if one.is_away {
        pass::reassign(&mut ctx, id, Cause::Away).await?;
    } else {
        pass::time_passes(&mut ctx, id).await?;
    }
    ctx.commit().await?;
    Ok(())
}
