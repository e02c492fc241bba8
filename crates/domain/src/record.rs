//! What every accountable record has in common: it is the fold of its events.
//!
//! A record changes only by [`Record::apply`]. Events carry decided values, so applying one never runs a rule
//! again: a changed holiday list or limit moves nothing that was promised before.

use crate::ids::PartyId;
use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// Something that happened to a record, as the journal keeps it.
pub trait Event: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug {
    /// The event's name in the journal, the same for ever (`told`, `answered`).
    fn name(&self) -> &'static str;

    /// Everybody whom it names: each must have a row in the table of parties until the person is erased.
    fn parties(&self) -> Vec<PartyId>;
}

/// Who did it and when; the journal's columns beside the payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The record's version after this event; the first event is version 1.
    pub version: u32,
    /// The party that acted, or nobody where time itself did.
    pub actor: Option<PartyId>,
    /// When it happened, to the microsecond: durations use this one.
    pub happened_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// An event with its place in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened<E> {
    /// What happened.
    pub event: E,
    /// Who, when, and at which version.
    pub meta: Meta,
}

/// An accountable record: everything it is follows from its events.
pub trait Record: Sized + Clone + PartialEq + std::fmt::Debug {
    /// What can happen to it.
    type Event: Event;

    /// The kind of stream in the journal (`innovation`, `node`).
    const KIND: &'static str;

    /// The record that a first event makes; nothing where the event cannot come first.
    fn begin(id: Uuid, first: &Happened<Self::Event>) -> Option<Self>;

    /// Takes one more event in. Total: an event in the journal is a fact, so there is nothing to refuse.
    fn apply(&mut self, next: &Happened<Self::Event>);

    /// The record's id, which is its stream's.
    fn id(&self) -> Uuid;

    /// How many events it has.
    fn version(&self) -> u32;

    /// The legal body whose stream this is (journal and rows can be partitioned by it).
    fn body(&self) -> Uuid;

    /// Folds a whole stream; nothing where it is empty or does not begin with a first event.
    fn fold(id: Uuid, events: &[Happened<Self::Event>]) -> Option<Self> {
        let (first, rest) = events.split_first()?;
        let mut record = Self::begin(id, first)?;
        for next in rest {
            record.apply(next);
        }
        Some(record)
    }
}
