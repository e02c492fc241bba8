//! Masking: words that must not stand in a record are erased, and others stand in their place (specification, Doors).

use crate::find::event::InnovationEvent;
use crate::find::problem::ProblemEvent;
use crate::people::role::Role;
use crate::route::facts::{Facts, Refusal};
use crate::route::shared::SharedEvent;
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
    let roles = if facts.actor.is_some() { facts.roles.as_slice() } else { &[] };
    check(roles, !texts.is_empty() || is_in_comments)?;
    Ok(InnovationEvent::Masked { texts, because })
}

/// May somebody mask words in a problem or a shared answer, by the roles of theirs that reach its place?
pub fn may_mask(roles: &[Role]) -> bool {
    roles.contains(&Role::Finder)
}

/// The same in a problem, by the roles that reach where it was listed.
///
/// # Errors
/// As [`mask`].
pub fn mask_problem(texts: Vec<Remade>, because: MaskedFor, roles: &[Role]) -> Result<ProblemEvent, Refusal> {
    check(roles, !texts.is_empty())?;
    Ok(ProblemEvent::Masked { texts, because })
}

/// The same in a shared answer, by the roles that reach its body: what was answered with it changes, too, wherever in the
/// body that was. It says so even where the words stood in those answers alone.
///
/// # Errors
/// As [`mask`].
pub fn mask_shared(
    (texts, is_in_answers): (Vec<Remade>, bool),
    because: MaskedFor,
    roles: &[Role],
) -> Result<SharedEvent, Refusal> {
    check(roles, !texts.is_empty() || is_in_answers)?;
    Ok(SharedEvent::Masked { texts, because })
}

fn check(roles: &[Role], is_anywhere: bool) -> Result<(), Refusal> {
    match () {
        () if !may_mask(roles) => Err(Refusal::NotYours),
        () if !is_anywhere => Err(Refusal::NothingToMask),
        () => Ok(()),
    }
}
