//! Each night: the facts of records from before there were figures, and who told again within 180 days of an answer.

use crate::account::figures::BACK_DAYS;
use crate::jobs::held::{Fail, Held};
use chrono::TimeDelta;
use waymark_store::account::{come_back, facts};
use waymark_store::people::installation;

/// The kind of job.
pub const KIND: &str = "figures";
/// Records whose facts are written in one transaction.
const BATCH: i64 = 200;
/// Days of answers that are looked at in one transaction.
const STRETCH_DAYS: i64 = 7;
/// The name under which it is kept how far answers were looked at.
const NOTED: &str = "come-back-noted";

/// Completes the facts and notes who came back. Run again, there is nothing left.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    while complete(held).await? > 0 {}
    // Looked up once: while answers are looked at, time goes on, and there would always be a little more of it.
    let end = (held.env.now() - within()).timestamp_micros();
    while note(held, end).await? {}
    held.done().await
}

async fn complete(held: Held<'_>) -> Result<usize, Fail> {
    let mut ctx = held.write().await?;
    let written = facts::complete(&mut ctx.tx, BATCH).await?;
    ctx.commit().await?;
    Ok(written)
}

/// Looks at the next stretch of answers before `end`, whose days are over. False where there is none.
async fn note(held: Held<'_>, end: i64) -> Result<bool, Fail> {
    let mut ctx = held.write().await?;
    let noted = installation::value(&mut ctx.tx, NOTED).await?.and_then(|noted| noted.parse().ok());
    let from = match noted {
        Some(noted) => Some(noted),
        None => come_back::first_decided(&mut ctx.tx).await?,
    };
    let Some(from) = from.filter(|from: &i64| *from < end) else { return Ok(false) };
    let until = (from + stretch()).min(end);
    come_back::note(&mut ctx.tx, (from, until), micros(within())).await?;
    installation::set(&mut ctx.tx, NOTED, &until.to_string()).await?;
    ctx.commit().await?;
    Ok(true)
}

fn within() -> TimeDelta {
    TimeDelta::days(i64::try_from(BACK_DAYS).unwrap_or(i64::MAX / 86_400_000_000))
}

fn stretch() -> i64 {
    micros(TimeDelta::days(STRETCH_DAYS))
}

fn micros(span: TimeDelta) -> i64 {
    span.num_microseconds().unwrap_or(i64::MAX)
}
