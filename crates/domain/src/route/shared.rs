//! A shared answer: one text for what many wrote about, with somebody who owns it and a day on which it is read again
//! (specification, Answers). It is a record of its own; each record that gets it has the words beside it as well. Why so:
//! `docs/decisions/0022-answers.md`.

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::find::masking::MaskedFor;
use crate::find::stage::{AnswerKind, Reason};
use crate::ids::{NodeId, PartyId, SharedId};
use crate::record::{Event, Happened, Record};
use crate::route::facts::{Facts, Refusal};
use crate::text::{Language, Remade, WordsRef};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which shared answer a record got, as it stood then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// The shared answer.
    pub id: SharedId,
    /// How many events it had.
    pub version: u32,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The reason.
    pub reason: Reason,
    /// The language it is written in.
    pub language: Language,
    /// Why, in the owner's own words.
    pub words: WordsRef,
    /// What would change this.
    pub would_change: WordsRef,
}

/// Who owns it, and when it is read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Who.
    pub owner: PartyId,
    /// The day on which it is read again.
    pub reread_on: NaiveDate,
}

/// What can happen to a shared answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum SharedEvent {
    /// It was written.
    Written {
        /// Where its writer decides.
        node: NodeId,
        /// The legal body of that node: what is handled there may get it.
        body: NodeId,
        /// What it says.
        text: Text,
        /// Who owns it, until when.
        kept: Kept,
    },
    /// It was read again and stays as it is.
    Kept(Kept),
    /// It was read again and says something else from now on; what was answered with it stays.
    Changed {
        /// What it says.
        text: Text,
        /// Who owns it, until when.
        kept: Kept,
    },
    /// Nothing more is answered with it.
    Withdrawn,
    /// Words in its texts, or in answers that were given with it, were masked: the old ones are erased.
    Masked {
        /// The texts, those of earlier versions too; none where the words stood in answers alone.
        texts: Vec<Remade>,
        /// Why.
        because: MaskedFor,
    },
}

impl Event for SharedEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Written { .. } => "written",
            Self::Kept(_) => "kept",
            Self::Changed { .. } => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Masked { .. } => "masked",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Written { kept, .. } | Self::Changed { kept, .. } | Self::Kept(kept) => vec![kept.owner],
            Self::Withdrawn | Self::Masked { .. } => Vec::new(),
        }
    }
}

/// A shared answer as its events left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedAnswer {
    /// Its id.
    pub id: SharedId,
    /// How many events it has.
    pub version: u32,
    /// Where its writer decides.
    pub node: NodeId,
    /// The legal body of that node.
    pub body: NodeId,
    /// What it says.
    pub text: Text,
    /// Who owns it, until when.
    pub kept: Kept,
    /// When it was written or changed.
    pub said_at: DateTime<Utc>,
    /// Is nothing more answered with it?
    pub is_withdrawn: bool,
}

impl Record for SharedAnswer {
    type Event = SharedEvent;
    const KIND: &'static str = "shared-answer";

    fn begin(id: Uuid, first: &Happened<SharedEvent>) -> Option<Self> {
        let SharedEvent::Written { node, body, text, kept } = first.event else { return None };
        let (version, said_at) = (first.meta.version, first.meta.happened_at);
        Some(Self { id: SharedId(id), version, node, body, text, kept, said_at, is_withdrawn: false })
    }

    fn apply(&mut self, next: &Happened<SharedEvent>) {
        self.version = next.meta.version;
        match &next.event {
            SharedEvent::Kept(kept) => self.kept = *kept,
            SharedEvent::Written { text, kept, .. } | SharedEvent::Changed { text, kept } => {
                (self.text, self.kept, self.said_at) = (*text, *kept, next.meta.happened_at);
            }
            SharedEvent::Withdrawn => self.is_withdrawn = true,
            SharedEvent::Masked { texts, .. } => {
                self.text.words.renew(texts);
                self.text.would_change.renew(texts);
            }
        }
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

/// Writes one, where the first record that gets it is decided.
///
/// # Errors
/// [`Refusal::NotYours`] where whoever writes does not decide there, or the day to read it again is none.
pub fn write(
    (node, body): (NodeId, NodeId),
    (text, reread_on): (Text, NaiveDate),
    facts: &Facts,
) -> Result<SharedEvent, Refusal> {
    let owner = facts.actor.filter(|_| facts.decides()).ok_or(Refusal::NotYours)?;
    check_day(reread_on, facts)?;
    Ok(SharedEvent::Written { node, body, text, kept: Kept { owner, reread_on } })
}

/// It is read again and stays; whoever read it owns it.
///
/// # Errors
/// As [`change`].
pub fn keep(shared: &SharedAnswer, reread_on: NaiveDate, facts: &Facts) -> Result<SharedEvent, Refusal> {
    let owner = reader(shared, facts)?;
    check_day(reread_on, facts)?;
    Ok(SharedEvent::Kept(Kept { owner, reread_on }))
}

/// It is read again and changed.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotAtThisStep`] once it is withdrawn, or the day to read it again is none.
pub fn change(
    shared: &SharedAnswer,
    (text, reread_on): (Text, NaiveDate),
    facts: &Facts,
) -> Result<SharedEvent, Refusal> {
    let owner = reader(shared, facts)?;
    check_day(reread_on, facts)?;
    Ok(SharedEvent::Changed { text, kept: Kept { owner, reread_on } })
}

/// Nothing more is answered with it.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotAtThisStep`].
pub fn withdraw(shared: &SharedAnswer, facts: &Facts) -> Result<SharedEvent, Refusal> {
    reader(shared, facts).map(|_| SharedEvent::Withdrawn)
}

/// May a record get it?
///
/// # Errors
/// [`Refusal::NotAtThisStep`] once it is withdrawn or past its day, [`Refusal::NotYours`] in another body.
pub fn check_use(shared: &SharedAnswer, record: &Innovation, facts: &Facts) -> Result<(), Refusal> {
    match () {
        () if record.at_body != shared.body => Err(Refusal::NotYours),
        () if shared.is_withdrawn || facts.today() > shared.kept.reread_on => Err(Refusal::NotAtThisStep),
        () => Ok(()),
    }
}

/// Marks an answer as given with it.
pub fn mark(shared: &SharedAnswer, mut event: InnovationEvent) -> InnovationEvent {
    if let InnovationEvent::Answered(given) = &mut event {
        let is_no = given.kind == AnswerKind::Stop;
        given.shared = is_no.then_some(Used { id: shared.id, version: shared.version });
    }
    event
}

/// Who reads it again: whoever decides where it was written. The owner is asked first, by `my work`; somebody must be able
/// to when the owner has gone.
fn reader(shared: &SharedAnswer, facts: &Facts) -> Result<PartyId, Refusal> {
    match facts.actor {
        _ if shared.is_withdrawn => Err(Refusal::NotAtThisStep),
        Some(actor) if actor == shared.kept.owner || facts.decides() => Ok(actor),
        _ => Err(Refusal::NotYours),
    }
}

fn check_day(day: NaiveDate, facts: &Facts) -> Result<(), Refusal> {
    let last = facts.due(facts.limits.reread);
    match () {
        () if day <= facts.today() => Err(Refusal::DateInThePast),
        () if day > last => Err(Refusal::DateTooFar(last)),
        () => Ok(()),
    }
}
