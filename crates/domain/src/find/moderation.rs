//! What the public tells is listed once a moderator has read it, and anything that is listed can be taken from the lists
//! again, with a reason; a comment is taken away in the same way. Not listing is not refusing: it is answered all the same
//! (`docs/decisions/0021-public.md`).

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::find::stage::named;
use crate::ids::PartyId;
use crate::people::{role::Role, setting::SeenBy};
use crate::route::facts::{Facts, Refusal};
use crate::text::WordsRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

named! {
    /// Is a record in lists, searches and counts of those whom it is for?
    Listing {
        /// It is.
        Listed = "listed",
        /// It waits for a moderator, and is seen by those who handle it alone.
        Waiting = "waiting",
        /// A moderator has said no, and why.
        Unlisted = "unlisted",
    }
}

named! {
    /// What a moderator does.
    Moderation {
        /// List it.
        List = "list",
        /// Do not list it, or no more.
        Unlist = "unlist",
        /// Leave what was reported as it is.
        Leave = "leave",
    }
}

named! {
    /// Why something is not listed.
    Because {
        /// Somebody can be recognised in it.
        Private = "private",
        /// It insults or threatens somebody.
        Harmful = "harmful",
        /// It is for somebody else than this service.
        Elsewhere = "elsewhere",
        /// It advertises, or says nothing that could be answered.
        Empty = "nothing",
        /// Something else, which the words say.
        Other = "other",
    }
}

/// What was told without an account: nobody's account is a row beside its party ([`crate::people::party::public_id`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Public {
    /// The name that stands on it, where whoever told it wishes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<WordsRef>,
}

/// What a moderator did, and by which right: the finder moderates where nobody else does, and what is handled with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moderated {
    /// Who.
    pub by: PartyId,
    /// By which role.
    pub role: Role,
    /// What.
    pub act: Moderation,
    /// Why it is not listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Because>,
    /// The moderator's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<WordsRef>,
    /// Was the record handled with care then? Its finder moderates it even where somebody is moderator.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_with_care: bool,
}

impl Moderated {
    /// What a moderator says, by which right, of a record that is handled with care or is not.
    pub const fn of(say: Say, (by, role): (PartyId, Role), is_with_care: bool) -> Self {
        let (act, because, words) = match say {
            Say::List => (Moderation::List, None, None),
            Say::Unlist(because, words) => (Moderation::Unlist, Some(because), Some(words)),
            Say::Leave(words) => (Moderation::Leave, None, Some(words)),
        };
        Self { by, role, act, because, words, is_with_care }
    }

    /// How the record is listed after it; nothing where that stays as it was.
    pub const fn listing(&self) -> Option<Listing> {
        match self.act {
            Moderation::List => Some(Listing::Listed),
            Moderation::Unlist => Some(Listing::Unlisted),
            Moderation::Leave => None,
        }
    }
}

/// The same with when it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub what: Moderated,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a moderator says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// List it.
    List,
    /// Do not list it, because.
    Unlist(Because, WordsRef),
    /// Leave what was reported, because.
    Leave(WordsRef),
}

/// Moderates a record.
///
/// # Errors
/// [`Refusal::NotYours`] for who holds no role that moderates, [`Refusal::Interested`] for who told it,
/// [`Refusal::SaidAlready`] where it is listed, or not, already.
pub fn moderate(record: &Innovation, say: Say, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let by = facts.actor.ok_or(Refusal::NotYours)?;
    let role = [Role::Moderator, Role::Finder].into_iter().find(|role| facts.has(*role));
    let role = role.ok_or(Refusal::NotYours)?;
    let is_own = record.is_brought_by(by) || record.has_also_told(by);
    let what = Moderated::of(say, (by, role), record.sight == SeenBy::Handlers);
    match () {
        () if is_own => Err(Refusal::Interested),
        () if what.listing() == Some(record.listing) => Err(Refusal::SaidAlready),
        () => Ok(InnovationEvent::Moderated(what)),
    }
}

/// Whoever told it without an account puts a name on it.
///
/// # Errors
/// [`Refusal::NotYours`] for anybody else.
pub fn credit(record: &Innovation, name: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    match record.public {
        Some(party) if facts.actor == Some(party) => Ok(InnovationEvent::Credited { name }),
        _ => Err(Refusal::NotYours),
    }
}
