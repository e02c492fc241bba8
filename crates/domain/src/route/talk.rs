//! Between telling and answering: a question, a reply, *ask why*, a moved date, news, taking it back.

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::find::stage::{AnswerKind, Stage};
use crate::ids::PartyId;
use crate::people::role::Role;
use crate::route::clock::{Clock, ClockError, Reason, State};
use crate::route::due::{BodyTime, working_days_between};
use crate::route::facts::{Facts, Refusal};
use crate::route::limits::Limits;
use crate::text::WordsRef;
use chrono::NaiveDate;

/// Asks the contributor something; the clock waits, once for each decision and ten working days at most.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotAtThisStep`], [`Refusal::PausedAlready`], [`Refusal::PauseTooLate`].
pub fn ask(record: &Innovation, question: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let clock = decider_clock(record, facts)?;
    let clock = clock.pause(facts.now, facts.limits, facts.body).map_err(|error| match error {
        ClockError::PausesUsed => Refusal::PausedAlready,
        ClockError::Overdue => Refusal::PauseTooLate,
        _ => Refusal::NotAtThisStep,
    })?;
    Ok(InnovationEvent::Asked { question, clock })
}

/// The contributor answers the question, or has nothing to add.
///
/// # Errors
/// [`Refusal::NotYours`], or [`Refusal::NotAtThisStep`] where nothing was asked.
pub fn reply(
    record: &Innovation,
    reply: Option<WordsRef>,
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    if !actor(facts).is_some_and(|actor| record.is_brought_by(actor)) {
        return Err(Refusal::NotYours);
    }
    Ok(InnovationEvent::Replied { reply, clock: resumed(record, facts)? })
}

/// The clock going on after its pause.
pub(crate) fn resumed(record: &Innovation, facts: &Facts) -> Result<Clock, Refusal> {
    let clock = record.clock.as_ref().ok_or(Refusal::NotAtThisStep)?;
    clock.resume(facts.now, facts.body).map_err(|_| Refusal::NotAtThisStep)
}

/// The contributor asks why the date has passed.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotLate`], [`Refusal::AskedAlready`].
pub fn ask_why(record: &Innovation, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let clock = record.clock.as_ref().filter(|_| record.stage.is_open()).ok_or(Refusal::NotAtThisStep)?;
    match () {
        () if !actor(facts).is_some_and(|actor| record.is_brought_by(actor)) => Err(Refusal::NotYours),
        () if !clock.is_overdue(facts.now, facts.body.zone) => Err(Refusal::NotLate),
        () if record.why_asked => Err(Refusal::AskedAlready),
        () => Ok(InnovationEvent::WhyAsked),
    }
}

/// Who owes the act gives a new date, at most thirty days away, and says why; the old date is kept.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::MovedAlready`] (a person moves a date once), or the date is not one to move to.
pub fn move_date(
    record: &Innovation,
    (to, why): (NaiveDate, WordsRef),
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    let clock = record.clock.as_ref().filter(|_| record.stage.is_open()).ok_or(Refusal::NotAtThisStep)?;
    let is_owed = actor(facts).is_some_and(|actor| record.owner == Some(actor) || is_decider(record, actor));
    let last = facts.due(facts.limits.news);
    match () {
        () if !is_owed => return Err(Refusal::NotYours),
        () if clock.moved.iter().any(|moved| moved.why.is_some()) => return Err(Refusal::MovedAlready),
        () if to <= facts.today() => return Err(Refusal::DateInThePast),
        () if to > last => return Err(Refusal::DateTooFar(last)),
        () => {}
    }
    let reason = Reason { at: facts.now, why: Some(why) };
    let clock = missed_if_late(clock, facts);
    let clock = clock.move_due(to, reason, facts.body.zone).map_err(|_| Refusal::NotAtThisStep)?;
    Ok(InnovationEvent::DateMoved { why, clock })
}

/// A new date does not hide that the first one has passed, even where no job has recorded the miss yet.
fn missed_if_late(clock: &Clock, facts: &Facts) -> Clock {
    match clock.state {
        State::Running => clock.miss(facts.now, facts.body.zone).unwrap_or_else(|_| clock.clone()),
        _ => clock.clone(),
    }
}

/// Who handles it or brought it writes how it stands.
///
/// # Errors
/// [`Refusal::NotYours`], or [`Refusal::NotAtThisStep`] once it has ended.
pub fn news(record: &Innovation, words: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let actor = actor(facts).ok_or(Refusal::NotYours)?;
    let handles = record.owner == Some(actor) || is_decider(record, actor) || facts.has(Role::Finder);
    match () {
        () if !record.stage.is_open() => Err(Refusal::NotAtThisStep),
        () if !handles && !record.is_brought_by(actor) => Err(Refusal::NotYours),
        () => Ok(InnovationEvent::News { words }),
    }
}

/// The last day on which news is in time, where that is at most five working days away; the contributor heard last on
/// `since`.
pub fn news_nears(
    (since, today): (NaiveDate, NaiveDate),
    limits: &Limits,
    body: BodyTime<'_>,
) -> Option<NaiveDate> {
    let until = body.due_after(since, limits.news).date;
    let left = working_days_between(body.calendar, today, until).count;
    (left <= u32::from(limits.news_round_working_days)).then_some(until)
}

/// A contributor takes it back, while nobody else waits for its answer.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotAtThisStep`] once it has ended, [`Refusal::OthersWait`].
pub fn withdraw(record: &Innovation, why: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let clock = record.clock.as_ref().filter(|_| record.stage.is_open()).ok_or(Refusal::NotAtThisStep)?;
    if !actor(facts).is_some_and(|actor| record.is_contributor(actor)) {
        return Err(Refusal::NotYours);
    }
    if !record.also_told.is_empty() {
        return Err(Refusal::OthersWait);
    }
    let clock = clock.stop(facts.now).map_err(|_| Refusal::NotAtThisStep)?;
    Ok(InnovationEvent::Withdrawn { why, clock })
}

/// The contributor says whether it was an answer, once for each answer.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotAtThisStep`] without an answer to judge, [`Refusal::SaidAlready`].
pub fn judge_answer(
    record: &Innovation,
    was_answer: bool,
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    let answer = record.answer().filter(|answer| answer.given.kind != AnswerKind::SendOn);
    let answer = answer.ok_or(Refusal::NotAtThisStep)?;
    match () {
        () if !actor(facts).is_some_and(|actor| record.is_brought_by(actor)) => Err(Refusal::NotYours),
        () if answer.was_answer.is_some() => Err(Refusal::SaidAlready),
        () => Ok(InnovationEvent::AnswerJudged { was_answer }),
    }
}

/// Is the question to the contributor open?
pub fn waits_for_contributor(record: &Innovation) -> bool {
    record.clock.as_ref().is_some_and(|clock| matches!(clock.state, State::Paused { .. }))
}

fn actor(facts: &Facts) -> Option<PartyId> {
    facts.actor
}

fn is_decider(record: &Innovation, party: PartyId) -> bool {
    record.decider.is_some_and(|decider| decider.party == party)
}

fn decider_clock<'a>(record: &'a Innovation, facts: &Facts) -> Result<&'a Clock, Refusal> {
    let clock =
        record.clock.as_ref().filter(|_| record.stage.awaits_answer()).ok_or(Refusal::NotAtThisStep)?;
    let is_theirs = actor(facts).is_some_and(|actor| is_decider(record, actor));
    if is_theirs { Ok(clock) } else { Err(Refusal::NotYours) }
}

/// May *was this an answer?* be asked of the party now?
pub fn may_judge(record: &Innovation, party: PartyId) -> bool {
    let asks = |answer: &crate::find::innovation::Answer| {
        answer.was_answer.is_none() && answer.given.kind != AnswerKind::SendOn
    };
    record.is_brought_by(party) && record.stage != Stage::Withdrawn && record.answer().is_some_and(asks)
}
