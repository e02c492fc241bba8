//! That somebody was erased: how much went, and not who.

use crate::ids::{ErasureId, NodeId, PartyId};
use crate::record::{Event, Happened, Record};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happens when somebody is erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum ErasureEvent {
    /// Their name, and maybe their words, are gone. It names nobody: an event stays for ever.
    Erased {
        /// The legal body of the root, where the account was.
        body: NodeId,
        /// In how many records nothing leads to them any more.
        parties: u32,
        /// How many of their texts went with that.
        texts: u32,
    },
}

impl Event for ErasureEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Erased { .. } => "erased",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        Vec::new()
    }
}

/// Somebody who was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Its id, which nothing else has.
    pub id: ErasureId,
    /// How many events it has.
    pub version: u32,
    /// The legal body of the root.
    pub body: NodeId,
    /// In how many records nothing leads to them any more.
    pub parties: u32,
    /// How many of their texts went with that.
    pub texts: u32,
}

impl Record for Erasure {
    type Event = ErasureEvent;
    const KIND: &'static str = "erasure";

    fn begin(id: Uuid, first: &Happened<ErasureEvent>) -> Option<Self> {
        let ErasureEvent::Erased { body, parties, texts } = first.event;
        Some(Self { id: ErasureId(id), version: first.meta.version, body, parties, texts })
    }

    fn apply(&mut self, next: &Happened<ErasureEvent>) {
        self.version = next.meta.version;
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn body(&self) -> Uuid {
        self.body.0
    }
}
