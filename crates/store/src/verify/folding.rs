//! Any kind of record, for the verification, which knows none of them.

use crate::journal::Entry;
use crate::row::{Mask, Row, Stored, Table};
use std::marker::PhantomData;
use uuid::Uuid;
use waymark_domain::ids::PartyId;
use waymark_domain::record::Event as _;

/// A kind of record that can be folded and compared with its rows.
pub trait Verifier: Send + Sync {
    /// The kind's name in the journal.
    fn kind(&self) -> &'static str;
    /// The tables its rows lie in.
    fn tables(&self) -> &'static [Table];
    /// A record of it, before its first event.
    fn begin(&self, id: Uuid) -> Box<dyn Folding>;
}

/// A record that is being folded.
pub trait Folding: Send + Sync {
    /// Takes the next entry in and gives whom it names, who did it included.
    ///
    /// # Errors
    /// Why the entry cannot be read.
    fn take(&mut self, entry: &Entry) -> Result<Vec<PartyId>, String>;
    /// What follows from the record; nothing where no event began it.
    fn end(&self) -> Option<Ended>;
}

/// What follows from a folded record.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Its rows.
    pub rows: Vec<Row>,
    /// What of its texts is masked.
    pub masks: Vec<Mask>,
    /// The legal body it belongs to.
    pub body: Uuid,
}

/// The [`Verifier`] of a kind of record.
#[derive(Debug)]
pub struct Of<R>(PhantomData<fn() -> R>);

/// The verifier of `R`, for the list that [`verify`](super::verify) takes.
pub const fn of<R: Stored>() -> Of<R> {
    Of(PhantomData)
}

impl<R: Stored> Verifier for Of<R> {
    fn kind(&self) -> &'static str {
        R::KIND
    }

    fn tables(&self) -> &'static [Table] {
        R::TABLES
    }

    fn begin(&self, id: Uuid) -> Box<dyn Folding> {
        Box::new(Fold::<R> { id, record: None })
    }
}

struct Fold<R> {
    id: Uuid,
    record: Option<R>,
}

impl<R: Stored> Folding for Fold<R> {
    fn take(&mut self, entry: &Entry) -> Result<Vec<PartyId>, String> {
        let next = entry.read::<R>().map_err(|error| chain_of(&error))?;
        if next.event.name() != entry.event {
            return Err(format!("the payload is {}", next.event.name()));
        }
        let named = next.event.parties().into_iter().chain(next.meta.actor).collect();
        if let Some(record) = &mut self.record {
            record.apply(&next);
        } else {
            let begun = R::begin(self.id, &next);
            self.record = Some(begun.ok_or_else(|| format!("{} cannot come first", entry.event))?);
        }
        Ok(named)
    }

    fn end(&self) -> Option<Ended> {
        let record = self.record.as_ref()?;
        Some(Ended { rows: record.project(), masks: record.masks(), body: record.body() })
    }
}

/// The innermost cause, which says what could not be read.
fn chain_of(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), chain_of)
}
