//! Masking: words that must not stand in a record are erased, and others stand in their place (specification, Doors).

use crate::find::event::InnovationEvent;
use crate::people::role::Role;
use crate::route::facts::{Facts, Refusal};
use crate::text::Remade;
use serde::{Deserialize, Serialize};

/// Why words were masked. A choice and no words of one's own: they would tell what was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaskedFor {
    /// They tell who somebody is.
    Person,
    /// They tell of somebody's health, offences or private life.
    Private,
    /// They are against the law, or do harm.
    Harm,
}

impl MaskedFor {
    /// Every reason, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Person, Self::Private, Self::Harm];

    /// The name in forms and in keys of words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Private => "private",
            Self::Harm => "harm",
        }
    }

    /// The reason of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// A finder masks words in some texts of a record, whatever its stage; in comments on it, too, each of which says so in its
/// own history. The record says it even where the words stood in comments alone: whoever reads it sees that it was done.
///
/// # Errors
/// [`Refusal::NotYours`] for who is no finder there, [`Refusal::NothingToMask`].
pub fn mask(
    (texts, is_in_comments): (Vec<Remade>, bool),
    because: MaskedFor,
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    match () {
        () if facts.actor.is_none() || !facts.has(Role::Finder) => Err(Refusal::NotYours),
        () if texts.is_empty() && !is_in_comments => Err(Refusal::NothingToMask),
        () => Ok(InnovationEvent::Masked { texts, because }),
    }
}
