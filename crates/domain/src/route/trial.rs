//! Trying: hours had, then the three lines (specification, Decide it here).

use crate::find::event::{Handed, InnovationEvent, ThreeLines};
use crate::find::innovation::Innovation;
use crate::find::stage::{Outcome, Stage};
use crate::find::tell::hand_in;
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

/// The three lines: by who tried it, who brought it or who decided it.
///
/// # Errors
/// [`Refusal::NotAtThisStep`], [`Refusal::NotYours`].
pub fn end_try(record: &Innovation, lines: ThreeLines, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let clock = record.clock.as_ref().filter(|_| record.stage == Stage::Trying);
    let clock = clock.ok_or(Refusal::NotAtThisStep)?;
    let knows = facts.actor.is_some_and(|actor| {
        record.owner == Some(actor)
            || record.is_contributor(actor)
            || record.trial.as_ref().is_some_and(|trial| trial.who == actor)
            || record.decider.is_some_and(|decider| decider.party == actor)
    });
    if !knows {
        return Err(Refusal::NotYours);
    }
    let clock = clock.meet(facts.now, facts.body.zone).map_err(|_| Refusal::NotAtThisStep)?;
    let handed: Option<Handed> = (lines.outcome == Outcome::PassOn).then(|| hand_in(facts.finder, facts));
    Ok(InnovationEvent::TryEnded { lines, clock, handed })
}
