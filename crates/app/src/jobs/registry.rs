//! Which code does which kind of job.

use crate::find::delivery::DOOR_MAIL;
use crate::find::door_answer::DOOR_ANSWER_MAIL;
use crate::find::held_back::HELD_BACK_MAIL;
use crate::find::index::FORGET;
use crate::jobs::held::{Fail, Held};
use crate::jobs::{
    answer_mail, digest, door_answer_mail, door_mail, figures, held_back_mail, import, index, newcomer,
    people_mail, purge, seal, ticket_mail, time_passes,
};
use crate::people::asks::ASK_LAPSES;
use crate::people::letters::PEOPLE_MAIL;
use crate::people::newcomers::NEWCOMER;
use crate::people::ticket::TICKET_MAIL;
use crate::route::notice::ANSWER_MAIL;
use std::pin::Pin;

/// What running a job gives.
pub type Done<'a> = Pin<Box<dyn Future<Output = Result<(), Fail>> + Send + 'a>>;
/// The code of a kind.
pub type Run = for<'a> fn(Held<'a>) -> Done<'a>;

/// The kinds that a worker can do.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    kinds: Vec<(&'static str, Run)>,
}

impl Registry {
    /// Every kind of Waymark.
    pub fn standard() -> Self {
        Self::default()
            .with(seal::KIND, |held| Box::pin(seal::run(held)))
            .with(seal::ROOT_MAIL, |held| Box::pin(seal::mail_root(held)))
            .with(time_passes::KIND, |held| Box::pin(time_passes::run(held)))
            .with(time_passes::ONE, |held| Box::pin(time_passes::one(held)))
            .with(digest::KIND, |held| Box::pin(digest::run(held)))
            .with(purge::KIND, |held| Box::pin(purge::run(held)))
            .with(purge::ERASE_CLOSED, |held| Box::pin(purge::erase_closed(held)))
            .with(figures::KIND, |held| Box::pin(figures::run(held)))
            .with(index::KIND, |held| Box::pin(index::run(held)))
            .with(FORGET, |held| Box::pin(index::forget(held)))
            .with(import::KIND, |held| Box::pin(import::run(held)))
            .with(ANSWER_MAIL, |held| Box::pin(answer_mail::run(held)))
            .with(TICKET_MAIL, |held| Box::pin(ticket_mail::run(held)))
            .with(PEOPLE_MAIL, |held| Box::pin(people_mail::run(held)))
            .with(DOOR_MAIL, |held| Box::pin(door_mail::run(held)))
            .with(DOOR_ANSWER_MAIL, |held| Box::pin(door_answer_mail::run(held)))
            .with(HELD_BACK_MAIL, |held| Box::pin(held_back_mail::run(held)))
            .with(NEWCOMER, |held| Box::pin(newcomer::run(held)))
            .with(ASK_LAPSES, |held| Box::pin(newcomer::ask_lapses(held)))
            .with("moderation-mail", |held| Box::pin(retired(held)))
            .with("sight-mail", |held| Box::pin(retired(held)))
    }

    /// The same with one more kind.
    pub fn with(mut self, kind: &'static str, run: Run) -> Self {
        self.kinds.push((kind, run));
        self
    }

    /// The names of the kinds.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.iter().map(|(name, _)| *name)
    }

    /// The code of a kind.
    pub(crate) fn run_of(&self, kind: &str) -> Option<Run> {
        self.kinds.iter().find(|(name, _)| *name == kind).map(|(_, run)| *run)
    }
}

/// Ends a job of a kind that an earlier version wrote: what it was to mail, the mail of the day reads from how things stand
/// (`docs/decisions/0026-mails-at-once.md`).
async fn retired(held: Held<'_>) -> Result<(), Fail> {
    held.done().await
}
