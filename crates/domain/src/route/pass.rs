//! Duties that go to somebody else: the finder takes over, somebody is away, loses a role or has an interest, time passes.

use crate::find::event::{Cause, Duty, Handed, InnovationEvent, Place};
use crate::find::innovation::Innovation;
use crate::find::stage::{Lane, Stage};
use crate::find::tell::hand_in;
use crate::ids::PartyId;
use crate::people::{ladder::Explained, role::Role};
use crate::route::clock::{Clock, Reason};
use crate::route::facts::{Facts, Refusal};
use crate::route::limits::{Escalation, Limits};
use crate::route::talk::resumed;

/// The finder takes it over within five working days; `mine` is the actor's own duty there.
///
/// # Errors
/// [`Refusal::NotYours`] for anybody but a finder there, [`Refusal::Interested`], [`Refusal::TakeOverTooLate`].
pub fn take_over(record: &Innovation, mine: Duty, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let actor = facts.actor.filter(|_| facts.has(Role::Finder)).ok_or(Refusal::NotYours)?;
    let is_in_time = record.finder_until.is_some_and(|until| facts.today() <= until);
    let is_with_actor = record.decider.is_some_and(|decider| decider.party == actor);
    match () {
        () if mine.party != actor => Err(Refusal::NotYours),
        () if record.stage != Stage::Told => Err(Refusal::NotAtThisStep),
        () if record.is_interested(actor) => Err(Refusal::Interested),
        () if !is_in_time || is_with_actor => Err(Refusal::TakeOverTooLate),
        () => Ok(pass(record, (Cause::TakenOver, hand_over(record, mine, facts)))),
    }
}

/// The decider declares an interest: it goes to the next without one.
///
/// # Errors
/// [`Refusal::NotYours`] for anybody who does not have it, [`Refusal::SaidAlready`], [`Refusal::Interested`] where the
/// next has an interest too and is not the last resort.
pub fn declare_interest(
    record: &Innovation,
    next: Duty,
    facts: &Facts,
) -> Result<Vec<InnovationEvent>, Refusal> {
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    match () {
        () if !record.stage.is_open() => Err(Refusal::NotAtThisStep),
        () if record.decider.is_none_or(|decider| decider.party != actor) => Err(Refusal::NotYours),
        () if record.is_interested(actor) => Err(Refusal::SaidAlready),
        () if record.is_barred(next) || is_same_without_resort(actor, next) => Err(Refusal::Interested),
        () => Ok(vec![
            InnovationEvent::InterestDeclared { party: actor },
            pass(record, (Cause::Interest, keep_date(record, next, facts))),
        ]),
    }
}

fn is_same_without_resort(actor: PartyId, next: Duty) -> bool {
    next.party == actor && next.explained != Some(Explained::LastResort)
}

/// Puts the record where its node is now: the node has another legal body, or is no more and `place` is the node above.
/// The date that was promised stays. Nothing where it is there, or nothing is open.
pub fn rehome(record: &Innovation, place: Place) -> Option<InnovationEvent> {
    let is_elsewhere = record.stage.is_open() && record.place() != place;
    is_elsewhere.then_some(InnovationEvent::Rehomed { place })
}

/// Who tried it is gone (the account was closed): who decided sees to the three lines. To be asked after [`reassign`],
/// since both may be one person. Nothing where it is not being tried, or the decider sees to it already.
pub fn take_up(record: &Innovation) -> Option<InnovationEvent> {
    let decider = record.decider.filter(|_| record.stage == Stage::Trying)?;
    let owner = decider.party;
    (record.owner != Some(owner)).then_some(InnovationEvent::TakenUp { owner })
}

/// Gives the duty to somebody else because who had it cannot do it any more, or says by which right they have it now: who
/// lost a role may be cover for its next holder. Nothing where that is so already, or nothing is open.
pub fn reassign(record: &Innovation, (cause, next): (Cause, Duty), facts: &Facts) -> Option<InnovationEvent> {
    let decider = record.decider.filter(|_| record.stage.is_open())?;
    (decider != next).then(|| pass(record, (cause, keep_date(record, next, facts))))
}

/// What time itself does to a record, at most one step at a time. Nothing where no date has come.
pub fn time_passes(record: &Innovation, facts: &Facts) -> Option<InnovationEvent> {
    let clock = record.clock.as_ref().filter(|_| record.stage.is_open())?;
    if clock.is_pause_over(facts.now, facts.body.zone) {
        return resumed(record, facts).ok().map(|clock| InnovationEvent::PauseEnded { clock });
    }
    if record.stage == Stage::NotNow {
        return is_due(clock, facts).then(|| come_back(record, facts));
    }
    overdue(record, clock, facts)
}

/// The event that *not now* waited for has happened: somebody who handles it or brought it says so.
///
/// # Errors
/// [`Refusal::NotAtThisStep`], [`Refusal::NotYours`].
pub fn call_back(record: &Innovation, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    let is_decider = record.decider.is_some_and(|decider| decider.party == actor);
    match () {
        () if record.stage != Stage::NotNow => Err(Refusal::NotAtThisStep),
        () if is_decider || record.is_brought_by(actor) || facts.has(Role::Finder) => {
            Ok(come_back(record, facts))
        }
        () => Err(Refusal::NotYours),
    }
}

fn is_due(clock: &Clock, facts: &Facts) -> bool {
    facts.today() >= clock.due.date
}

fn come_back(record: &Innovation, facts: &Facts) -> InnovationEvent {
    let duty = record.decider.unwrap_or(facts.top);
    let handed = Handed { finder_until: None, ..hand_in(duty, facts) };
    InnovationEvent::Passed { cause: Cause::CameBack, handed, lane: record.lane }
}

/// One step for each limit passed since the record's own missed day: flagged (an answer of *decide it here*: to the finder
/// at once), one level up, handed over (specification, Due dates).
fn overdue(record: &Innovation, clock: &Clock, facts: &Facts) -> Option<InnovationEvent> {
    let decider = record.decider?;
    if reached(record, clock, facts) <= record.overdue_step {
        return still_late(record, (clock, decider), facts);
    }
    let step = record.overdue_step + 1;
    let duty = match step {
        1 if record.stage == Stage::Trying => decider,
        1 => facts.finder,
        2 => facts.above,
        _ => facts.top,
    };
    let missed = clock.miss(facts.now, facts.body.zone).unwrap_or_else(|_| clock.clone());
    let clock = new_date(missed, facts);
    Some(InnovationEvent::Overdue { step, handed: Handed { duty, clock, finder_until: None } })
}

/// The step that the record's lateness has reached; 0 while it is in time.
fn reached(record: &Innovation, clock: &Clock, facts: &Facts) -> u8 {
    let days = clock.overdue(facts.today(), facts.body.calendar).count;
    // A try, too: from a Friday to the working day after it nothing may wait with a date that lies behind.
    let goes_at_once = record.lane == Lane::Here;
    match facts.limits.escalation(days) {
        Some(Escalation::HandedOver) => 3,
        Some(Escalation::OneLevelUp) => 2,
        Some(Escalation::Flagged) => 1,
        None => u8::from(goes_at_once && clock.is_overdue(facts.now, facts.body.zone)),
    }
}

/// The days of whoever got a late record have passed as well: the same person has a new date, so that nothing waits
/// without one that lies ahead, and the record counts the dates that were not kept.
fn still_late(
    record: &Innovation,
    (clock, decider): (&Clock, Duty),
    facts: &Facts,
) -> Option<InnovationEvent> {
    let has_passed = record.overdue_step > 0 && clock.due.is_past(facts.now, facts.body.zone);
    let handed = || Handed { duty: decider, clock: new_date(clock.clone(), facts), finder_until: None };
    has_passed.then(|| InnovationEvent::Overdue { step: record.overdue_step, handed: handed() })
}

/// Whoever gets a late record has five working days of their own; the missed day stays in the clock.
fn new_date(missed: Clock, facts: &Facts) -> Clock {
    let to = facts.due(facts.limits.first_answer);
    let reason = Reason { at: facts.now, why: None };
    missed.move_due(to, reason, facts.body.zone).unwrap_or(missed)
}

fn pass(record: &Innovation, (cause, handed): (Cause, Handed)) -> InnovationEvent {
    InnovationEvent::Passed { cause, handed, lane: record.lane }
}

/// The date that was promised stays, whoever has it now.
fn keep_date(record: &Innovation, duty: Duty, facts: &Facts) -> Handed {
    let kept = record.clock.clone().filter(Clock::is_open);
    match kept {
        Some(clock) => {
            let finder_until = record.finder_until.filter(|_| duty.role != Role::Finder);
            Handed { duty, clock, finder_until }
        }
        None => hand_in(duty, facts),
    }
}

/// The contributor was promised a date: the finder keeps it.
fn hand_over(record: &Innovation, mine: Duty, facts: &Facts) -> Handed {
    Handed { finder_until: None, ..keep_date(record, mine, facts) }
}

/// The limits of a version of the route. There is one version so far.
pub const fn limits_of(_route: u16) -> &'static Limits {
    &Limits::STANDARD
}

/// The version that new records are on.
pub const CURRENT_ROUTE: u16 = 1;
