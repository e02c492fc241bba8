//! One mail a day, at the hour that each person chose, in the zone of their body. Where there is nothing to say there
//! is no mail.

mod besides;
mod gather;
mod letter;
mod news;

use crate::ctx::{Actor, Ctx};
use crate::error::Error;
use crate::jobs::held::{Fail, Held};
use chrono::NaiveDate;
use chrono_tz::Tz;
use gather::{Gathered, gather};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_store::people::digests;

/// The kind of job.
pub const KIND: &str = "digest";
/// People of one job. Sending to all of them must end within the lease even where each takes the server's patience.
const PAGE: u32 = 25;

/// Whose mails are wanted: an hour of a day in a zone, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    zone: String,
    day: NaiveDate,
    hour: u32,
    after: Uuid,
}

impl Wanted {
    /// The beginning of an hour.
    pub fn begin(zone: &str, (day, hour): (NaiveDate, u32)) -> Self {
        Self { zone: zone.to_owned(), day, hour, after: Uuid::nil() }
    }

    fn key(&self) -> String {
        format!("{KIND}:{}:{}T{:02}:{}", self.zone, self.day, self.hour, self.after)
    }

    fn zone(&self) -> Tz {
        self.zone.parse().unwrap_or(Tz::UTC)
    }
}

/// A page of people: read at once, sent one by one, each noted as it is sent. Run again, who had theirs is left out.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let wanted: Wanted = held.payload()?;
    let gathered = gather(held.env, &wanted).await?;
    let mut waits = None;
    for one in &gathered.people {
        match deliver(held, (&wanted, &gathered), one).await {
            Ok(()) => {}
            Err(Fail::Retry(error @ Error::Internal(_))) => {
                // One address that is refused must not keep the mail of others back.
                tracing::warn!(%error, "a mail of the day was refused");
            }
            Err(other) => waits = Some(other),
        }
    }
    if let Some(fail) = waits {
        return Err(fail);
    }
    let mut ctx = held.write().await?;
    let now = ctx.now;
    if let Some(last) = gathered.next {
        let next = Wanted { after: last, ..wanted };
        ctx.enqueue_at((KIND, &next), now, Some(&next.key())).await?;
    }
    held.complete(ctx).await
}

async fn deliver(
    held: Held<'_>,
    (wanted, gathered): (&Wanted, &Gathered),
    one: &gather::Person,
) -> Result<(), Fail> {
    let Some(letter) = letter::write(held.env, wanted, (gathered, one)) else { return Ok(()) };
    held.send(&letter).await?;
    let mut ctx = Ctx::write(held.env, Actor::Time).await?;
    // What happened since it was gathered is for the next mail.
    digests::note(&mut ctx.tx, one.id, (&wanted.day.to_string(), gathered.at)).await?;
    ctx.commit().await?;
    Ok(())
}
