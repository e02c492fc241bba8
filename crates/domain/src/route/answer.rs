//! Answering: the four answers of *decide it here*, on the page or in a meeting (specification, Answers).

use crate::find::event::{Answered, Duty, Elsewhere, InnovationEvent, Then, Try};
use crate::find::innovation::{Answer, Innovation};
use crate::find::stage::{AnswerKind, Reason, Stage};
use crate::find::tell::hand_in;
use crate::ids::{NodeId, PartyId};
use crate::route::clock::Clock;
use crate::route::facts::{Facts, Refusal};
use crate::route::limits::{Limit, Promise};
use crate::text::WordsRef;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};

/// What the decider says.
#[derive(Debug, Clone, PartialEq)]
pub enum Say {
    /// Try it.
    Go(Go),
    /// Not now, until an event and a date.
    NotNow {
        /// Why, in their own words.
        because: Because,
        /// The day on which it is read again at the latest.
        until: NaiveDate,
    },
    /// No, because.
    Stop(Because),
    /// Not mine, send on.
    SendOn {
        /// Why, in a line.
        why: WordsRef,
        /// To whom.
        to: SendTo,
    },
}

/// What *go* carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Go {
    /// Who tries it.
    pub who: PartyId,
    /// The decider's own words, if any.
    pub words: Option<WordsRef>,
    /// Until when; thirty days unless said.
    pub until: Option<NaiveDate>,
    /// Hours granted.
    pub hours: u32,
    /// Whose budget they come from.
    pub hours_from: Option<WordsRef>,
    /// Pence.
    pub pence: u32,
}

/// A reason with the words that every answer other than *go* needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    /// Which reason.
    pub reason: Reason,
    /// The decider's own words.
    pub words: WordsRef,
    /// What would change this; for *not now* the event.
    pub would_change: WordsRef,
}

/// Where it is sent on to.
#[derive(Debug, Clone, PartialEq)]
pub struct SendTo {
    /// Who has it then.
    pub duty: Duty,
    /// The node where it is handled then.
    pub at: NodeId,
    /// The legal body of that node.
    pub body: NodeId,
}

/// A decision that was taken in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub on: NaiveDate,
    /// Meeting and minute reference.
    pub reference: WordsRef,
}

/// Answers. `receiver` holds the facts of the place that it is sent on to, where it is.
///
/// # Errors
/// [`Refusal`] where the actor may not, the record is not waiting for an answer, or what it carries passes a limit.
pub fn answer(
    record: &Innovation,
    (say, meeting): (Say, Option<Meeting>),
    facts: &Facts,
    receiver: &Facts,
) -> Result<InnovationEvent, Refusal> {
    let (by, open) = may_answer(record, meeting.is_some(), facts)?;
    let at = decided_at(open, meeting, facts)?;
    let clock = open.meet(at, facts.body.zone).map_err(|_| Refusal::NotAtThisStep)?;
    let elsewhere = meeting.map(|meeting| taken_elsewhere(meeting, facts)).transpose()?;
    let mut answered = Answered {
        kind: say.kind(),
        by,
        reason: None,
        words: None,
        would_change: None,
        elsewhere,
        clock,
        then: Then::End,
        is_name_unknown: false,
        shared: None,
        is_review: record.under_review().is_some() && say.kind() != AnswerKind::SendOn,
    };
    match say {
        Say::Go(go) => go_ahead(&mut answered, go, record, facts)?,
        Say::NotNow { because, until } => not_now(&mut answered, (because, until), record, facts)?,
        Say::Stop(because) => answered.explain(because),
        Say::SendOn { why, to } => {
            answered.words = Some(why);
            answered.reason = Some(Reason::NotOurs);
            answered.then = hand_on(record, &to, receiver)?;
        }
    }
    Ok(InnovationEvent::Answered(Box::new(answered)))
}

/// The decider answers; somebody else who decides there may type for them what a meeting decided.
fn may_answer<'a>(
    record: &'a Innovation,
    is_typed: bool,
    facts: &Facts,
) -> Result<(Duty, &'a Clock), Refusal> {
    let (Some(decider), Some(clock), true) =
        (record.decider, record.clock.as_ref(), record.stage.awaits_answer())
    else {
        return Err(Refusal::NotAtThisStep);
    };
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    let is_decider = decider.party == actor;
    let may_type = is_typed && facts.decides() && !record.is_interested(actor);
    if !is_decider && !may_type {
        return Err(Refusal::NotYours);
    }
    if record.is_barred(decider) {
        return Err(Refusal::Interested);
    }
    Ok((decider, clock))
}

/// When it was decided: now, or at noon of the meeting's day in the body's zone, not before who decides had it.
fn decided_at(open: &Clock, meeting: Option<Meeting>, facts: &Facts) -> Result<DateTime<Utc>, Refusal> {
    let Some(meeting) = meeting else { return Ok(facts.now) };
    if meeting.on > facts.today() {
        return Err(Refusal::DateInTheFuture);
    }
    let noon = meeting.on.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12);
    let at = facts.body.zone.from_local_datetime(&noon).earliest().map(|at| at.with_timezone(&Utc));
    Ok(at.unwrap_or(facts.now).clamp(open.started.min(facts.now), facts.now))
}

fn taken_elsewhere(meeting: Meeting, facts: &Facts) -> Result<Elsewhere, Refusal> {
    Ok(Elsewhere {
        on: meeting.on,
        meeting: meeting.reference,
        typed_by: facts.actor.ok_or(Refusal::NotYours)?,
        object_until: facts.due(facts.limits.objection),
    })
}

fn go_ahead(answered: &mut Answered, go: Go, record: &Innovation, facts: &Facts) -> Result<(), Refusal> {
    let is_own = record.is_interested(answered.by.party);
    let decided_on = answered.elsewhere.as_ref().map_or_else(|| facts.today(), |elsewhere| elsewhere.on);
    let until = go.until.unwrap_or_else(|| facts.body.due_after(decided_on, facts.limits.try_until).date);
    match () {
        () if is_own && go.pence > 0 => return Err(Refusal::OwnMoney),
        () if go.pence > facts.go_pence => return Err(Refusal::TooMuchMoney(facts.go_pence)),
        () if go.hours > crate::limits::HOURS => return Err(Refusal::TooManyHours(crate::limits::HOURS)),
        () => check_future(until, facts)?,
    }
    let clock = Clock::start(Promise::TryUntil, Limit::On(until), facts.now, facts.body);
    answered.words = go.words;
    answered.then =
        Then::Try(Try { who: go.who, hours: go.hours, hours_from: go.hours_from, pence: go.pence, clock });
    Ok(())
}

/// The second *not now* at the same decision goes one level up: that level reads it again. A review has gone up already.
fn not_now(
    answered: &mut Answered,
    (because, until): (Because, NaiveDate),
    record: &Innovation,
    facts: &Facts,
) -> Result<(), Refusal> {
    check_future(until, facts)?;
    let is_second =
        record.answer().is_some_and(|last| last.given.kind == AnswerKind::NotNow) && !answered.is_review;
    let duty = if is_second { facts.above } else { answered.by };
    let clock = Clock::start(Promise::NotNow, Limit::On(until), facts.now, facts.body);
    answered.explain(because);
    answered.then = Then::Wait { until, duty, clock };
    Ok(())
}

/// Sent on once within the body, the receiver has the full time; sent on again, the date stays as it is, so that
/// nobody can send an idea round for ever. Another body always has its own time.
fn hand_on(record: &Innovation, to: &SendTo, receiver: &Facts) -> Result<Then, Refusal> {
    let duty = if to.duty.role.decides() { to.duty } else { receiver.finder };
    match () {
        () if record.decider.is_some_and(|decider| decider.party == duty.party) => {
            return Err(Refusal::SameHands);
        }
        () if record.is_barred(duty) => return Err(Refusal::Interested),
        () => {}
    }
    let mut handed = hand_in(duty, receiver);
    let is_within = to.body == record.at_body;
    if let (true, true, Some(clock)) = (is_within, record.sent_on > 0, record.clock.as_ref()) {
        handed.clock = clock.resume(receiver.now, receiver.body).unwrap_or_else(|_| clock.clone());
    }
    let zone = receiver.body.zone.name().to_owned();
    Ok(Then::HandOn { handed, at: to.at, body: to.body, zone })
}

/// A date that is after today and at most as far as *not now* may name.
fn check_future(date: NaiveDate, facts: &Facts) -> Result<(), Refusal> {
    let last = facts.due(facts.limits.not_now_max);
    match () {
        () if date <= facts.today() => Err(Refusal::DateInThePast),
        () if date > last => Err(Refusal::DateTooFar(last)),
        () => Ok(()),
    }
}

impl Say {
    /// Which of the four answers it is.
    pub const fn kind(&self) -> AnswerKind {
        match self {
            Self::Go(_) => AnswerKind::Go,
            Self::NotNow { .. } => AnswerKind::NotNow,
            Self::Stop(_) => AnswerKind::Stop,
            Self::SendOn { .. } => AnswerKind::SendOn,
        }
    }
}

impl Answered {
    fn explain(&mut self, because: Because) {
        self.reason = Some(because.reason);
        self.words = Some(because.words);
        self.would_change = Some(because.would_change);
    }
}

/// The decider says within the days allowed that what was typed for them does not hold. They have it again, or the lead
/// where they may not decide it any more. `facts` are those of the place where it was answered ([`Answer::from`]); that
/// may have changed meanwhile, so `pass::rehome` and `pass::reassign` are asked afterwards; who could have it is sought
/// for the record as it is [`undone`].
///
/// # Errors
/// [`Refusal::NotAtThisStep`], [`Refusal::NotYours`], [`Refusal::ObjectTooLate`].
pub fn object(record: &Innovation, why: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let (answer, elsewhere) = open_to_objection(record).ok_or(Refusal::NotAtThisStep)?;
    let by = answer.given.by;
    let may_decide = facts.has(by.role) && !undone(record).is_interested(by.party);
    let duty = if may_decide { by } else { facts.lead };
    match () {
        () if facts.actor != Some(by.party) => Err(Refusal::NotYours),
        () if facts.today() > elsewhere.object_until => Err(Refusal::ObjectTooLate),
        () => Ok(InnovationEvent::Objected { why, handed: hand_in(duty, facts) }),
    }
}

/// The record as it would be without its last answer: who may decide it then.
pub fn undone(record: &Innovation) -> Innovation {
    let mut undone = record.clone();
    undone.reviewed = undone.reviewed.filter(|place| place + 1 != undone.answers.len());
    undone.stage = Stage::Told;
    if let Some(last) = undone.answers.last_mut() {
        last.is_objected = true;
    }
    undone
}

/// The last answer where somebody else typed it and nothing was done on it that cannot be undone: a try that has ended,
/// or an idea that its contributor took back.
pub(crate) fn open_to_objection(record: &Innovation) -> Option<(&Answer, &Elsewhere)> {
    let answer = record.answers.last().filter(|answer| !answer.is_objected)?;
    let typed_by_another = |elsewhere: &&Elsewhere| elsewhere.typed_by != answer.given.by.party;
    let elsewhere = answer.given.elsewhere.as_ref().filter(typed_by_another)?;
    let was_tried = answer.given.kind == AnswerKind::Go && record.lines.is_some();
    (!was_tried && record.stage != Stage::Withdrawn).then_some((answer, elsewhere))
}
