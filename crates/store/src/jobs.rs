//! Work to do after a change. A job is written in the change's own transaction, so it is there exactly if the change
//! is; a worker claims it for a while, and one that dies gives it back when its lease is over.
//!
//! Time comes in as an argument. A job is *parked* once it was tried [`ATTEMPTS`] times: it stays for a person to see, until
//! it is purged.

use crate::db::Tx;
use crate::dialect;
use crate::error::Result;
use crate::{on, run};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::AssertSqlSafe;

/// How often a job is tried before it is parked; the index of due jobs holds the same number.
pub const ATTEMPTS: i64 = 10;
/// The wait after the first failure, in seconds; it doubles with each further one.
pub const FIRST_WAIT_SECONDS: i64 = 10;
/// The longest wait between two attempts, in seconds.
pub const LONGEST_WAIT_SECONDS: i64 = 3_600;
/// The most characters of an error that are kept.
const ERROR_CHARS: usize = 2_000;

/// A job to be written.
#[derive(Debug, Clone)]
pub struct NewJob<'a, P> {
    /// Which code does it.
    pub kind: &'a str,
    /// What that code needs to know.
    pub payload: &'a P,
    /// When it may run.
    pub run_at: DateTime<Utc>,
    /// While a job with this key is there, waiting, running or parked, another is not written.
    pub unique_key: Option<&'a str>,
}

/// A job that a worker holds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Job {
    /// Its number; it says nothing about order.
    pub id: i64,
    /// Which code does it.
    pub kind: String,
    /// JSON; see [`Job::payload`].
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When it should have run, in microseconds since 1970.
    pub run_at: i64,
}

impl Job {
    /// What the code needs to know.
    ///
    /// # Errors
    /// [`StoreError::Broken`](crate::StoreError::Broken) where the payload is of another form.
    pub fn payload<P: DeserializeOwned>(&self) -> Result<P> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// Who claims and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The worker's name, unique among those running.
    pub worker: &'a str,
    /// How long it may take before others may claim the job too.
    pub lease: TimeDelta,
    /// The most jobs to claim.
    pub limit: u32,
}

/// How many jobs there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Free to be claimed now.
    pub due: i64,
    /// Waiting for their time.
    pub later: i64,
    /// Held by a worker.
    pub running: i64,
    /// Tried too often.
    pub parked: i64,
}

/// Writes a job in the change's own transaction. Gives its number, or nothing where its key is there already.
///
/// # Errors
/// [`StoreError::Broken`](crate::StoreError::Broken) where the payload cannot be written as JSON.
pub async fn enqueue<P: Serialize + Sync>(
    tx: &mut Tx,
    job: NewJob<'_, P>,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let payload = serde_json::to_string(job.payload)?;
    let sql = "insert into job (kind, payload, unique_key, enqueued_at, run_at) values ($1, $2, $3, $4, $5)
        on conflict (unique_key) do nothing returning id";
    on!(tx, c => sqlx::query_scalar(sql)
        .bind(job.kind)
        .bind(&payload)
        .bind(job.unique_key)
        .bind(now.timestamp_micros())
        .bind(job.run_at.timestamp_micros())
        .fetch_optional(c)
        .await)
}

/// Claims due jobs, the longest due first, in one statement. Each counts as tried from now on, so that one which
/// kills its worker is parked in the end as well.
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the database is gone.
pub async fn claim(tx: &mut Tx, claim: Claim<'_>, now: DateTime<Utc>) -> Result<Vec<Job>> {
    // Chosen before anything is changed: as a plain subquery PostgreSQL may ask for the first one again for each row of
    // a table that it takes for almost empty, and then claims all of them.
    let sql = format!(
        "with chosen as materialized (select id from job where attempts < {ATTEMPTS} and run_at <= $3
            and (lease_until is null or lease_until <= $3) order by run_at, id limit $4{})
        update job set worker = $1, lease_until = $2, attempts = attempts + 1
        where id in (select id from chosen) returning id, kind, payload, attempts, run_at",
        dialect::skip_locked(tx)
    );
    let until = (now + claim.lease).timestamp_micros();
    let mut jobs: Vec<Job> = on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(claim.worker)
        .bind(until)
        .bind(now.timestamp_micros())
        .bind(i64::from(claim.limit))
        .fetch_all(c)
        .await)?;
    jobs.sort_by_key(|job| (job.run_at, job.id));
    Ok(jobs)
}

/// Takes a finished job away, in the transaction of its effect. False where the worker holds it no more: then the
/// effect must be undone, for somebody else may have done it.
///
/// # Errors
/// As [`claim`].
pub async fn complete(tx: &mut Tx, job: &Job, worker: &str) -> Result<bool> {
    let sql = "delete from job where id = $1 and worker = $2 and attempts = $3";
    Ok(run!(tx, sqlx::query(sql).bind(job.id).bind(worker).bind(job.attempts))? == 1)
}

/// Gives a failed job back to be tried later; after the last attempt it is parked. False where the worker holds it no
/// more.
///
/// # Errors
/// As [`claim`].
pub async fn retry(
    tx: &mut Tx,
    (job, worker): (&Job, &str),
    error: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "update job set worker = null, lease_until = null, run_at = $1, last_error = $2
        where id = $3 and worker = $4 and attempts = $5";
    let next = (now + wait(job.attempts)).timestamp_micros();
    let error: String = error.chars().filter(|c| *c != '\0').take(ERROR_CHARS).collect();
    let given_back =
        run!(tx, sqlx::query(sql).bind(next).bind(&error).bind(job.id).bind(worker).bind(job.attempts))?;
    Ok(given_back == 1)
}

/// Gives a job back that could not be tried, because what it needs is away: it waits, and this try does not count.
/// False where the worker holds it no more.
///
/// # Errors
/// As [`claim`].
pub async fn postpone(
    tx: &mut Tx,
    (job, worker): (&Job, &str),
    why: &str,
    until: DateTime<Utc>,
) -> Result<bool> {
    let sql = "update job set worker = null, lease_until = null, attempts = attempts - 1, run_at = $1, last_error = $2
        where id = $3 and worker = $4 and attempts = $5";
    let why: String = why.chars().filter(|c| *c != '\0').take(ERROR_CHARS).collect();
    let until = until.timestamp_micros();
    let given_back =
        run!(tx, sqlx::query(sql).bind(until).bind(&why).bind(job.id).bind(worker).bind(job.attempts))?;
    Ok(given_back == 1)
}

/// A job that was tried too often, for a person to see.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Parked {
    /// Its number.
    pub id: i64,
    /// Which code does it.
    pub kind: String,
    /// What went wrong the last time; nothing where it took its worker with it each time.
    pub last_error: Option<String>,
}

/// The parked jobs, oldest first.
///
/// # Errors
/// As [`claim`].
pub async fn parked(tx: &mut Tx, limit: u32) -> Result<Vec<Parked>> {
    let sql = "select id, kind, last_error from job where attempts >= $1 order by run_at, id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(ATTEMPTS).bind(i64::from(limit)).fetch_all(c).await)
}

/// Is any job due? A reader can ask that often.
///
/// # Errors
/// As [`claim`].
pub async fn is_any_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<bool> {
    let sql = format!(
        "select count(*) from (select 1 as one from job where attempts < {ATTEMPTS} and run_at <= $1
            and (lease_until is null or lease_until <= $1) limit 1) j"
    );
    let found: i64 = on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(now.timestamp_micros())
        .fetch_one(c)
        .await)?;
    Ok(found > 0)
}

/// Lets a parked job be tried again from the start. False where it is not parked.
///
/// # Errors
/// As [`claim`].
pub async fn revive(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> Result<bool> {
    let sql = "update job set attempts = 0, run_at = $1, worker = null, lease_until = null
        where id = $2 and attempts >= $3 and (lease_until is null or lease_until <= $1)";
    Ok(run!(tx, sqlx::query(sql).bind(now.timestamp_micros()).bind(id).bind(ATTEMPTS))? == 1)
}

/// How many jobs there are of each state.
///
/// # Errors
/// As [`claim`].
pub async fn counts(tx: &mut Tx, now: DateTime<Utc>) -> Result<Counts> {
    let sql = "select count(*) filter (where free and attempts < $2 and run_at <= $1) due,
            count(*) filter (where free and attempts < $2 and run_at > $1) later,
            count(*) filter (where not free) running,
            count(*) filter (where free and attempts >= $2) parked
        from (select attempts, run_at, (lease_until is null or lease_until <= $1) free from job) j";
    on!(tx, c => sqlx::query_as(sql).bind(now.timestamp_micros()).bind(ATTEMPTS).fetch_one(c).await)
}

/// The wait after so many attempts.
fn wait(attempts: i64) -> TimeDelta {
    let doublings = attempts.clamp(1, ATTEMPTS) - 1;
    TimeDelta::seconds((FIRST_WAIT_SECONDS << doublings).min(LONGEST_WAIT_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_an_hour() {
        let waits: Vec<_> = (1..=ATTEMPTS).map(|attempt| wait(attempt).num_seconds()).collect();
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
        assert_eq!(wait(i64::MAX), TimeDelta::seconds(LONGEST_WAIT_SECONDS));
    }
}
