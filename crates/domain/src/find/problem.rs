//! A problem that ideas can be told to: whose difficulty it is, until when answers are sought.

use crate::find::masking::MaskedFor;
use crate::ids::{NodeId, PartyId, ProblemId};
use crate::people::setting::SeenBy;
use crate::record::{Event, Happened, Record};
use crate::text::{Language, Remade, WordsRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is said of a problem when it is listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// Whose it is.
    pub node: NodeId,
    /// The legal body of that node.
    pub body: NodeId,
    /// Who listed it.
    pub by: PartyId,
    /// Who sees it.
    pub seen_by: SeenBy,
    /// The language it is written in.
    pub language: Language,
    /// What it is called.
    pub title: WordsRef,
    /// What the difficulty is.
    pub problem: WordsRef,
    /// Further sections: rules, how to enter.
    pub details: Option<WordsRef>,
    /// From when answers are sought.
    pub opens_at: Option<DateTime<Utc>>,
    /// Until when.
    pub closes_at: Option<DateTime<Utc>>,
    /// The money in it, in its source's words.
    pub money: Option<String>,
    /// Where it was published.
    pub source_url: Option<String>,
    /// The id that another system knows it by.
    pub external_id: Option<String>,
}

/// What can happen to a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum ProblemEvent {
    /// It was listed.
    Listed(Box<Listed>),
    /// What is said of it was said anew: another import of the same external id.
    Revised(Box<Listed>),
    /// Answers are sought no longer.
    Closed,
    /// Words in its texts were masked: the old ones are erased.
    Masked {
        /// The texts, those of earlier versions too.
        texts: Vec<Remade>,
        /// Why.
        because: MaskedFor,
    },
}

impl Event for ProblemEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Listed(_) => "listed",
            Self::Revised(_) => "revised",
            Self::Closed => "closed",
            Self::Masked { .. } => "masked",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Listed(listed) | Self::Revised(listed) => vec![listed.by],
            Self::Closed | Self::Masked { .. } => Vec::new(),
        }
    }
}

/// A problem as its events left it.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Its id.
    pub id: ProblemId,
    /// How many events it has.
    pub version: u32,
    /// What is said of it now.
    pub listed: Listed,
    /// When it was listed.
    pub listed_at: DateTime<Utc>,
    /// Are answers sought no longer, whatever its dates say?
    pub is_closed: bool,
}

impl Listed {
    /// Takes in what vouches for its texts from now on.
    fn renew(&mut self, texts: &[Remade]) {
        self.title.renew(texts);
        self.problem.renew(texts);
        if let Some(details) = &mut self.details {
            details.renew(texts);
        }
    }
}

impl Problem {
    /// May ideas be told to it now?
    pub fn seeks_answers(&self, now: DateTime<Utc>) -> bool {
        let has_opened = self.listed.opens_at.is_none_or(|opens| opens <= now);
        let has_closed = self.is_closed || self.listed.closes_at.is_some_and(|closes| closes <= now);
        has_opened && !has_closed
    }
}

impl Record for Problem {
    type Event = ProblemEvent;
    const KIND: &'static str = "problem";

    fn begin(id: Uuid, first: &Happened<ProblemEvent>) -> Option<Self> {
        let ProblemEvent::Listed(listed) = &first.event else { return None };
        Some(Self {
            id: ProblemId(id),
            version: first.meta.version,
            listed: Listed::clone(listed),
            listed_at: first.meta.happened_at,
            is_closed: false,
        })
    }

    fn apply(&mut self, next: &Happened<ProblemEvent>) {
        self.version = next.meta.version;
        match &next.event {
            ProblemEvent::Listed(listed) | ProblemEvent::Revised(listed) => {
                self.listed = Listed::clone(listed);
            }
            ProblemEvent::Closed => self.is_closed = true,
            ProblemEvent::Masked { texts, .. } => self.listed.renew(texts),
        }
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn body(&self) -> Uuid {
        self.listed.body.0
    }
}
