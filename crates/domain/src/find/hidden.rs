//! A hidden name: who may have it opened, and how it is given (specification, Hide my name).

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::ids::PartyId;
use crate::people::role::Role;
use crate::route::facts::{Facts, Refusal};
use crate::text::WordsRef;

/// Fewer people than so many, with whoever tells it, and the place shown is the one above: among nine, everybody knows.
pub const FEW: i64 = 10;

/// One opener asks that the name be opened, and says why.
///
/// # Errors
/// [`Refusal::NotYours`] for who is no opener there, [`Refusal::NothingToOpen`].
pub fn ask_opening(record: &Innovation, why: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let by = facts.actor.filter(|_| facts.has(Role::Opener)).ok_or(Refusal::NotYours)?;
    match () {
        () if record.sealed.is_none() || record.opening.is_some() => Err(Refusal::NothingToOpen),
        () => Ok(InnovationEvent::OpeningAsked { by, why }),
    }
}

/// The second opener opens it; both see the name, and neither alone does.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NothingToOpen`] where nobody has asked, [`Refusal::OneIsNotTwo`].
pub fn open(record: &Innovation, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let second = facts.actor.filter(|_| facts.has(Role::Opener)).ok_or(Refusal::NotYours)?;
    match record.opening {
        Some(first) if first == second => Err(Refusal::OneIsNotTwo),
        Some(first) if record.sealed.is_some() => Ok(InnovationEvent::NameOpened { by: [first, second] }),
        _ => Err(Refusal::NothingToOpen),
    }
}

/// Whoever brought it puts their name on it, as `party`. Who decides it hands it on first.
///
/// # Errors
/// [`Refusal::NotYours`] for anybody else, [`Refusal::Interested`] where they would decide their own.
pub fn give_name(record: &Innovation, party: PartyId, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let is_decider = record.stage.is_open() && record.decider.is_some_and(|decider| decider.party == party);
    match () {
        () if record.sealed.is_none() || record.sealed != facts.actor => Err(Refusal::NotYours),
        () if is_decider => Err(Refusal::Interested),
        () => Ok(InnovationEvent::NameGiven { party }),
    }
}

/// An answer where a name is hidden: whoever decides says that they neither wrote it nor know who did. Sending it on is
/// for who cannot say that.
///
/// # Errors
/// [`Refusal::NameMayBeKnown`].
pub fn answered(
    record: &Innovation,
    mut event: InnovationEvent,
    is_name_unknown: bool,
) -> Result<InnovationEvent, Refusal> {
    if let (Some(_), InnovationEvent::Answered(given)) = (record.sealed, &mut event) {
        let is_sent_on = given.kind == crate::find::stage::AnswerKind::SendOn;
        if !is_name_unknown && !is_sent_on {
            return Err(Refusal::NameMayBeKnown);
        }
        given.is_name_unknown = is_name_unknown;
    }
    Ok(event)
}
