//! Each night what is old goes, by the periods of [`retention`](crate::jobs::retention).

use crate::jobs::held::{Fail, Held};
use crate::jobs::retention::Periods;
use chrono::TimeDelta;
use waymark_store::purge::{Old, purge, throw_away};

/// The kind of job.
pub const KIND: &str = "purge";
/// Rows that go in one transaction.
const BATCH: u32 = 1_000;

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
    held.done().await
}

async fn batch(held: Held<'_>, (old, before): (Old, i64)) -> Result<u64, Fail> {
    let mut ctx = held.write().await?;
    let gone = purge(&mut ctx.tx, old, (before, BATCH)).await?;
    ctx.commit().await?;
    Ok(gone)
}
