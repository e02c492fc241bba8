//! A job in a worker's hands: what its code is given, and how it ends.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::Error;
use crate::mail::{Letter, SendError};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_store::jobs::{self, Job, NewJob};
use waymark_store::{StoreError, Tx};

/// A claimed job.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The world.
    pub env: &'a Env,
    /// The job.
    pub job: &'a Job,
    /// Who holds it.
    pub worker: &'a str,
}

/// Why a job did not end.
#[derive(Debug, thiserror::Error)]
pub enum Fail {
    /// It is tried again, ten times in all.
    #[error("{}", chain(.0))]
    Retry(Error),
    /// What it needs is away: it waits, however long that takes.
    #[error("{0}")]
    Wait(String),
    /// The lease ran out and somebody else has it: what this one did is undone.
    #[error("another worker has it by now")]
    Lost,
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        match error {
            // A database that is away or full is no fault of the job: it waits, as for mail.
            Error::Unavailable(_) | Error::Full(_) => Self::Wait(chain(&error)),
            other => Self::Retry(other),
        }
    }
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        Error::from(error).into()
    }
}

impl From<SendError> for Fail {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Away(why) => Self::Wait(why),
            SendError::Refused(why) => Self::Retry(Error::internal(why)),
        }
    }
}

impl<'a> Held<'a> {
    /// What the job was given.
    ///
    /// # Errors
    /// [`Fail::Retry`] where the payload is of another form.
    pub fn payload<P: DeserializeOwned>(&self) -> Result<P, Fail> {
        Ok(self.job.payload()?)
    }

    /// A transaction to write in, as time itself.
    ///
    /// # Errors
    /// [`Fail::Retry`].
    pub async fn write(&self) -> Result<Ctx<'a, Write>, Fail> {
        Ok(Ctx::write(self.env, Actor::Time).await?)
    }

    /// Sends a mail; no transaction may be open meanwhile.
    ///
    /// # Errors
    /// [`Fail::Wait`] where mail is away, [`Fail::Retry`] where this one was refused.
    pub async fn send(&self, letter: &Letter) -> Result<(), Fail> {
        Ok(self.env.mail.send(self.env, letter).await?)
    }

    /// Ends the job in the transaction of its effect.
    ///
    /// # Errors
    /// [`Fail::Lost`] where somebody else has it by now: then nothing of the transaction stays.
    pub async fn complete(&self, mut ctx: Ctx<'_, Write>) -> Result<(), Fail> {
        self.end(&mut ctx.tx).await?;
        ctx.commit().await?;
        Ok(())
    }

    /// The same for a transaction of the store.
    ///
    /// # Errors
    /// As [`Held::complete`].
    pub async fn complete_in(&self, mut tx: Tx) -> Result<(), Fail> {
        self.end(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// Ends the job, where its effect is done already or lies outside the database.
    ///
    /// # Errors
    /// As [`Held::complete`].
    pub async fn done(&self) -> Result<(), Fail> {
        self.complete(self.write().await?).await
    }

    async fn end(&self, tx: &mut Tx) -> Result<(), Fail> {
        if jobs::complete(tx, self.job, self.worker).await? { Ok(()) } else { Err(Fail::Lost) }
    }
}

impl Ctx<'_, Write> {
    /// Enqueues a job for a time, once for each key. False where one with that key is there already.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn enqueue_at<P: Serialize + Sync>(
        &mut self,
        (kind, payload): (&str, &P),
        run_at: DateTime<Utc>,
        key: Option<&str>,
    ) -> crate::Result<bool> {
        let job = NewJob { kind, payload, run_at, unique_key: key };
        Ok(jobs::enqueue(&mut self.tx, job, self.now).await?.is_some())
    }
}

/// An error with all its causes, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |cause| cause.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
