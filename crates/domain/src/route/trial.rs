//! Trying: hours had, then the three lines (specification, Decide it here).

use crate::find::event::{Handed, InnovationEvent, ThreeLines};
use crate::find::innovation::Innovation;
use crate::find::stage::{Outcome, Stage};
use crate::find::tell::hand_in;
use crate::ids::PartyId;
use crate::route::facts::{Facts, Refusal};

/// Whoever got hours confirms how many they had, at most what was granted.
///
/// # Errors
/// [`Refusal::NotAtThisStep`] where none were granted, [`Refusal::NotYours`], [`Refusal::SaidAlready`],
/// [`Refusal::TooManyHours`].
pub fn confirm_hours(record: &Innovation, hours: u32, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let trial = record.trial.as_ref().filter(|trial| trial.hours > 0).ok_or(Refusal::NotAtThisStep)?;
    match () {
        () if facts.actor != Some(trial.who) => Err(Refusal::NotYours),
        () if record.hours_had.is_some() => Err(Refusal::SaidAlready),
        () if hours > trial.hours => Err(Refusal::TooManyHours(trial.hours)),
        () => Ok(InnovationEvent::HoursConfirmed { hours }),
    }
}

/// Who can write the three lines: who tried it, decided it or brought it. Somebody without an account has not seen it tried.
pub fn may_end(record: &Innovation, party: PartyId) -> bool {
    let is_of_staff = record.public != Some(party);
    record.owner == Some(party)
        || (record.is_contributor(party) && is_of_staff)
        || record.trial.as_ref().is_some_and(|trial| trial.who == party)
        || record.decider.is_some_and(|decider| decider.party == party)
}

/// The three lines.
///
/// # Errors
/// [`Refusal::NotAtThisStep`], [`Refusal::NotYours`].
pub fn end_try(record: &Innovation, lines: ThreeLines, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let clock = record.clock.as_ref().filter(|_| record.stage == Stage::Trying);
    let clock = clock.ok_or(Refusal::NotAtThisStep)?;
    if !facts.actor.is_some_and(|actor| may_end(record, actor)) {
        return Err(Refusal::NotYours);
    }
    let clock = clock.meet(facts.now, facts.body.zone).map_err(|_| Refusal::NotAtThisStep)?;
    let handed: Option<Handed> = (lines.outcome == Outcome::PassOn).then(|| hand_in(facts.finder, facts));
    Ok(InnovationEvent::TryEnded { lines, clock, handed })
}
