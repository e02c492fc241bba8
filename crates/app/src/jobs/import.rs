//! An import that was begun and interrupted is brought to its end: its page starts it at once, this job looks after it.

use crate::ctx::Actor;
use crate::error::Error;
use crate::import::apply;
use crate::jobs::held::{Fail, Held};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::AccountId;

/// The kind of job.
pub(crate) const KIND: &str = "import";

/// Which file, for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Begun {
    pub batch: Uuid,
    pub account: Uuid,
}

/// Brings it in where that has not happened yet.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let begun: Begun = held.payload()?;
    match apply::run(held.env, Actor::Person(AccountId(begun.account)), begun.batch).await {
        // Whoever began it may not do so any more: their page is gone too, and nothing came in.
        Ok(_) | Err(Error::NotFound) => held.done().await,
        Err(error) => Err(error.into()),
    }
}
