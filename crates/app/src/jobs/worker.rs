//! The worker: claims what is due, a few at a time, and does it. Any number of processes may work on one database.

use crate::env::Env;
use crate::error::Error;
use crate::jobs::held::{Fail, Held};
use crate::jobs::{Registry, schedule};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use waymark_store::jobs::{self, ATTEMPTS, Claim, Job};

/// How long a job may take before another worker may have it.
const LEASE_SECONDS: i64 = 300;
/// How many jobs one process does at once.
const AT_ONCE: usize = 4;
/// How often an idle worker looks.
const LOOK: Duration = Duration::from_secs(1);
/// How often recurring work is planned, in seconds.
const PLAN_SECONDS: i64 = 30;
/// How long a job waits for what is away, in seconds.
const WAIT_SECONDS: i64 = 60;
/// How long jobs in hand are waited for once the worker is told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Does jobs.
#[derive(Debug)]
pub struct Worker {
    env: Arc<Env>,
    name: String,
    registry: Registry,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ran {
    /// Jobs that ended.
    pub done: u32,
    /// Jobs that will be tried again, or are parked.
    pub failed: u32,
}

impl Worker {
    /// A worker for every kind of Waymark, with a name of its own.
    pub fn new(env: Arc<Env>) -> Self {
        Self::with(env, Registry::standard())
    }

    /// A worker for kinds of the caller's choice.
    pub fn with(env: Arc<Env>, registry: Registry) -> Self {
        let name = format!("{}-{}", std::process::id(), env.id().simple());
        Self { env, name, registry }
    }

    /// Plans what recurs and does everything that is due, one after the other, until nothing is: for tests and the
    /// command line.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database is gone; what goes wrong in a job is counted.
    pub async fn run_due(&self) -> Result<Ran, Error> {
        schedule::plan(&self.env).await?;
        let mut ran = Ran::default();
        while let Some(job) = self.claim().await? {
            if self.run_one(&job).await { ran.done += 1 } else { ran.failed += 1 }
        }
        Ok(ran)
    }

    /// Works until `stop` ends, then finishes what it holds.
    pub async fn work(self: Arc<Self>, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut running = JoinSet::new();
        let mut planned: Option<DateTime<Utc>> = None;
        loop {
            self.plan_if_due(&mut planned).await;
            let is_idle = !self.fill(&mut running).await;
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(LOOK), if is_idle => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
            }
        }
        let finish = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            tracing::warn!("jobs in hand did not end; they are tried again when their lease is over");
        }
    }

    async fn plan_if_due(&self, planned: &mut Option<DateTime<Utc>>) {
        let now = self.env.now();
        if planned.is_some_and(|at| (now - at).abs() < TimeDelta::seconds(PLAN_SECONDS)) {
            return;
        }
        match schedule::plan(&self.env).await {
            Ok(_) => *planned = Some(now),
            Err(error) if self.env.room.is_missed_by(&error) => {}
            Err(error) => tracing::warn!(%error, "recurring work could not be planned"),
        }
    }

    /// Takes up jobs until its hands are full. False where it has hands free, because nothing more is due.
    async fn fill(self: &Arc<Self>, running: &mut JoinSet<bool>) -> bool {
        while running.len() < AT_ONCE {
            match self.claim().await {
                Ok(Some(job)) => {
                    let worker = Arc::clone(self);
                    running.spawn(async move { worker.run_one(&job).await });
                }
                Ok(None) => return false,
                Err(error) => {
                    if !self.env.room.is_missed_by(&error) {
                        tracing::warn!(%error, "no job could be claimed");
                    }
                    return false;
                }
            }
        }
        true
    }

    async fn claim(&self) -> Result<Option<Job>, Error> {
        let now = self.env.now();
        // Asked of a reader first, so that an idle worker never takes SQLite's one writer.
        let mut tx = self.env.db.read().await?;
        if !jobs::is_any_due(&mut tx, now).await? {
            return Ok(None);
        }
        drop(tx);
        let mut tx = self.env.db.write().await?;
        let lease = TimeDelta::seconds(LEASE_SECONDS);
        let claimed = jobs::claim(&mut tx, Claim { worker: &self.name, lease, limit: 1 }, now).await?;
        tx.commit().await?;
        Ok(claimed.into_iter().next())
    }

    /// Does a job and notes how it ended. True where it is done.
    async fn run_one(&self, job: &Job) -> bool {
        let held = Held { env: &self.env, job, worker: &self.name };
        let result = match self.registry.run_of(&job.kind) {
            Some(run) => run(held).await,
            None => Err(Fail::Retry(Error::internal(format!("no code does jobs of kind {}", job.kind)))),
        };
        match result {
            Ok(()) => true,
            Err(fail) => {
                if let Err(error) = self.give_back(job, &fail).await
                    && !self.env.room.is_missed_by(&error)
                {
                    // The lease ends by itself.
                    tracing::warn!(kind = job.kind, %error, "a failed job could not be given back");
                }
                false
            }
        }
    }

    async fn give_back(&self, job: &Job, fail: &Fail) -> Result<(), Error> {
        let (now, error) = (self.env.now(), fail.to_string());
        let mut tx = self.env.db.write().await?;
        match fail {
            Fail::Lost => tracing::warn!(kind = job.kind, "a job took longer than its lease"),
            Fail::Wait(_) => {
                tracing::warn!(kind = job.kind, error, "a job waits");
                let until = now + TimeDelta::seconds(WAIT_SECONDS);
                jobs::postpone(&mut tx, (job, &self.name), &error, until).await?;
            }
            Fail::Retry(_) => {
                let is_parked = job.attempts >= ATTEMPTS;
                tracing::error!(kind = job.kind, attempts = job.attempts, is_parked, error, "a job failed");
                jobs::retry(&mut tx, (job, &self.name), &error, now).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}
