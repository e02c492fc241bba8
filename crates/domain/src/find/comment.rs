//! What somebody says about a record who neither brought nor handles it, or wants to say more than news. A record of its
//! own: a decider who types an answer is not told that theirs has moved on whenever somebody says something.

use crate::find::innovation::Innovation;
use crate::find::masking::MaskedFor;
use crate::find::moderation::{Done, Listing, Moderated, Say};
use crate::ids::{CommentId, InnovationId, NodeId, PartyId};
use crate::people::{role::Role, setting::SeenBy};
use crate::record::{Event, Happened, Record};
use crate::route::facts::Refusal;
use crate::route::policy::{Action, Viewer, may};
use crate::text::{Language, Remade, WordsRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What can happen to a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum CommentEvent {
    /// It was written.
    Written {
        /// On which record.
        on: InnovationId,
        /// The legal body that handled the record then.
        body: NodeId,
        /// Who wrote it.
        author: PartyId,
        /// The language it is written in.
        language: Language,
        /// What it says.
        words: WordsRef,
    },
    /// Its author took it back; its words are erased.
    TakenBack,
    /// A moderator took it away, put it back, or left it as it was.
    Moderated(Moderated),
    /// Words in its texts were masked together with those of the record: the old ones are erased.
    Masked {
        /// The texts.
        texts: Vec<Remade>,
        /// Why.
        because: MaskedFor,
    },
}

impl Event for CommentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Written { .. } => "written",
            Self::TakenBack => "taken-back",
            Self::Moderated(_) => "moderated",
            Self::Masked { .. } => "masked",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Written { author, .. } => vec![*author],
            Self::Moderated(moderated) => vec![moderated.by],
            Self::TakenBack | Self::Masked { .. } => Vec::new(),
        }
    }
}

/// A comment as its events left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// How many events it has.
    pub version: u32,
    /// On which record.
    pub on: InnovationId,
    /// The legal body that handled the record.
    pub body: NodeId,
    /// Who wrote it.
    pub author: PartyId,
    /// The language it is written in.
    pub language: Language,
    /// What it says.
    pub words: WordsRef,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// Did its author take it back?
    pub is_taken_back: bool,
    /// Did a moderator take it away? Then its author alone reads it, and who moderates.
    pub is_unlisted: bool,
    /// What moderators did, in order.
    pub moderated: Vec<Done>,
}

impl Record for Comment {
    type Event = CommentEvent;
    const KIND: &'static str = "comment";

    fn begin(id: Uuid, first: &Happened<CommentEvent>) -> Option<Self> {
        let CommentEvent::Written { on, body, author, language, words } = first.event else { return None };
        let (version, written_at) = (first.meta.version, first.meta.happened_at);
        let (id, moderated) = (CommentId(id), Vec::new());
        let (is_taken_back, is_unlisted) = (false, false);
        Some(Self {
            id,
            version,
            on,
            body,
            author,
            language,
            words,
            written_at,
            is_taken_back,
            is_unlisted,
            moderated,
        })
    }

    fn apply(&mut self, next: &Happened<CommentEvent>) {
        self.version = next.meta.version;
        match &next.event {
            CommentEvent::TakenBack => self.is_taken_back = true,
            CommentEvent::Moderated(what) => {
                self.is_unlisted = what.listing().map_or(self.is_unlisted, |now| now == Listing::Unlisted);
                self.moderated.push(Done { what: *what, at: next.meta.happened_at });
            }
            CommentEvent::Masked { texts, .. } => self.words.renew(texts),
            // It comes first, and once.
            CommentEvent::Written { .. } => {}
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

/// May the viewer read and write comments on the record? Whoever is signed in and sees it; where a name is hidden or it is
/// handled with care, only those who handle it, since a colleague's words may tell what the record keeps to itself.
/// Auditors read records and change nothing, and whoever sees it only to check it takes no part in the talk.
pub fn may_comment(viewer: &Viewer, record: &Innovation) -> bool {
    let is_careful = record.sealed.is_some() || record.seen_by() == SeenBy::Handlers;
    let is_its =
        |party| record.owner == Some(party) || record.decider.is_some_and(|duty| duty.party == party);
    let handles = viewer.party.is_some_and(is_its) || viewer.roles.iter().any(|role| role.decides());
    viewer.is_signed_in
        && may(viewer, Action::See, record)
        && !viewer.only_checks
        && !viewer.roles.contains(&Role::Auditor)
        && (!is_careful || handles)
}

/// The author takes it back, also where a moderator has taken it away.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::SaidAlready`].
pub fn take_back(comment: &Comment, actor: PartyId) -> Result<CommentEvent, Refusal> {
    match () {
        () if comment.author != actor => Err(Refusal::NotYours),
        () if comment.is_taken_back => Err(Refusal::SaidAlready),
        () => Ok(CommentEvent::TakenBack),
    }
}

/// Who moderates a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moderator {
    /// Who, as a party of the comment.
    pub party: PartyId,
    /// By which role: the finder's where nobody is moderator, or the record is handled with care.
    pub role: Role,
    /// Is the record that it is about handled with care?
    pub is_with_care: bool,
    /// Did they bring the record that it is about, or tell the same?
    pub is_interested: bool,
}

/// A moderator takes a comment away, leaves it, or puts it back.
///
/// # Errors
/// [`Refusal::Interested`] for who wrote it or brought what it is about; [`Refusal::SaidAlready`] where it is taken away, or
/// not, already, and where its author took it back.
pub fn moderate(comment: &Comment, say: Say, by: Moderator) -> Result<CommentEvent, Refusal> {
    let what = Moderated::of(say, (by.party, by.role), by.is_with_care);
    let now = if comment.is_unlisted { Listing::Unlisted } else { Listing::Listed };
    match () {
        () if by.is_interested || comment.author == by.party => Err(Refusal::Interested),
        () if comment.is_taken_back || what.listing() == Some(now) => Err(Refusal::SaidAlready),
        () => Ok(CommentEvent::Moderated(what)),
    }
}
