//! Each night what is old goes, by the periods of [`retention`](crate::jobs::retention): rows as they are, and whose accounts
//! were closed as if they had closed them themselves.

use crate::ctx::{Actor, Ctx};
use crate::error::Error;
use crate::jobs::held::{Fail, Held};
use crate::jobs::retention::Periods;
use crate::people::closing;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_store::purge::{Old, closed, purge, throw_away};

/// The kind of job.
pub const KIND: &str = "purge";
/// The kind of job that erases whose accounts were closed long ago. Its payload is a [`Closed`].
pub const ERASE_CLOSED: &str = "erase-closed";
/// Rows that go in one transaction.
const BATCH: u32 = 1_000;
/// People whom one job erases; those after them are a job of their own, so that none takes longer than its lease.
const PEOPLE: u32 = 50;

/// Where a night's erasing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Whose account was closed before this, microseconds since 1970.
    before: i64,
    /// After this account.
    after: Uuid,
}

/// Deletes what is old. Run again, there is nothing left.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let before = |days: i64| (held.env.now() - TimeDelta::days(days)).timestamp_micros();
    let mut ctx = held.write().await?;
    let periods = Periods::read(&mut ctx).await?;
    throw_away(&mut ctx.tx, before(periods.days(Old::StagedRows))).await?;
    ctx.commit().await?;
    for (period, days) in periods.all() {
        let before = before(days);
        while batch(held, (period.old, before)).await? == u64::from(BATCH) {}
    }
    let mut ctx = held.write().await?;
    let before = before(periods.days(Old::ClosedAccounts));
    if !closed(&mut ctx.tx, before, (Uuid::nil(), 1)).await?.is_empty() {
        ctx.enqueue(ERASE_CLOSED, &Closed { before, after: Uuid::nil() }).await?;
    }
    held.complete(ctx).await
}

async fn batch(held: Held<'_>, (old, before): (Old, i64)) -> Result<u64, Fail> {
    let mut ctx = held.write().await?;
    let gone = purge(&mut ctx.tx, old, (before, BATCH)).await?;
    ctx.commit().await?;
    Ok(gone)
}

/// Erases a few whose accounts were closed long ago, each in a transaction of its own. Run again, those who are left.
pub(crate) async fn erase_closed(held: Held<'_>) -> Result<(), Fail> {
    let Closed { before, after } = held.payload()?;
    let mut reading = Ctx::read(held.env, Actor::Time).await?;
    let page = closed(&mut reading.tx, before, (after, PEOPLE)).await?;
    drop(reading);
    for account in &page {
        match erase(held, AccountId(*account)).await {
            Ok(()) => {}
            Err(error @ (Error::Unavailable(_) | Error::Full(_))) => return Err(error.into()),
            // One that cannot be erased holds up no other; the next night tries again.
            Err(error) => tracing::warn!(error = %Fail::from(error), "a closed account could not be erased"),
        }
    }
    let mut ctx = held.write().await?;
    if let Some(after) = page.last().filter(|_| page.len() == PEOPLE as usize) {
        ctx.enqueue(ERASE_CLOSED, &Closed { before, after: *after }).await?;
    }
    held.complete(ctx).await
}

async fn erase(held: Held<'_>, account: AccountId) -> Result<(), Error> {
    let mut ctx = Ctx::write(held.env, Actor::Time).await?;
    closing::erase_closed(&mut ctx, account).await?;
    ctx.commit().await?;
    Ok(())
}
