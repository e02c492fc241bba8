//! A review: whoever brought it asks once that another decider look at an answer (specification, Answers). Why so:
//! `docs/decisions/0022-answers.md`.

use crate::find::event::{Duty, Handed, InnovationEvent};
use crate::find::innovation::{Answer, Innovation};
use crate::find::stage::{AnswerKind, Stage};
use crate::route::clock::Clock;
use crate::route::due::BodyTime;
use crate::route::facts::{Facts, Refusal};
use crate::route::limits::{Limits, Promise};
use crate::text::WordsRef;
use chrono::NaiveDate;

/// Asks that somebody else look at the answer; `next` is who that would be, sought for the record [`asked`].
///
/// # Errors
/// [`Refusal::NotYours`] for anybody but who brought it, [`Refusal::NotAtThisStep`] without an answer to look at or a
/// second time, [`Refusal::ReviewTooLate`], [`Refusal::Interested`].
pub fn ask(
    record: &Innovation,
    (why, next): (WordsRef, Duty),
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    let answer = reviewable(record).ok_or(Refusal::NotAtThisStep)?;
    match () {
        () if !facts.actor.is_some_and(|actor| record.is_brought_by(actor)) => Err(Refusal::NotYours),
        () if facts.today() > last_day(answer, facts.limits, facts.body) => Err(Refusal::ReviewTooLate),
        () if asked(record).is_barred(next) => Err(Refusal::Interested),
        () => {
            let limit = facts.limits.review_answer;
            let clock = Clock::start(Promise::ReviewAnswer, limit, facts.now, facts.body);
            let handed = Handed { duty: next, clock, finder_until: None };
            Ok(InnovationEvent::ReviewAsked { why, handed })
        }
    }
}

/// The answer that somebody else may be asked to look at: it holds, it is no *go*, and nobody was asked before.
pub fn reviewable(record: &Innovation) -> Option<&Answer> {
    let is_time = record.reviewed.is_none() && matches!(record.stage, Stage::NotNow | Stage::Stopped);
    record
        .answer()
        .filter(|answer| is_time && !matches!(answer.given.kind, AnswerKind::Go | AnswerKind::SendOn))
}

/// The last day on which a review of an answer may be asked.
pub fn last_day(answer: &Answer, limits: &Limits, body: BodyTime<'_>) -> NaiveDate {
    body.due_after(body.day_of(answer.at), limits.review).date
}

/// The record as it is once a review was asked: whoever answered must keep out of deciding then.
pub fn asked(record: &Innovation) -> Innovation {
    let mut asked = record.clone();
    asked.review_begins();
    asked
}

impl Innovation {
    /// The answer that somebody else was asked to look at, while they have not answered.
    pub fn under_review(&self) -> Option<&Answer> {
        let place = self.reviewed.filter(|_| self.stage.awaits_answer())?;
        let decides = |answer: &Answer| !answer.is_objected && answer.given.kind != AnswerKind::SendOn;
        let is_answered = self.answers.iter().skip(place + 1).any(decides);
        self.answers.get(place).filter(|_| !is_answered)
    }

    /// Somebody else looks at the answer, which stays: the record waits for theirs.
    pub(crate) fn review_asked(&mut self, handed: &Handed) {
        self.review_begins();
        self.opens_again(handed);
    }

    /// From now on the last answer that holds is looked at.
    pub(crate) fn review_begins(&mut self) {
        self.reviewed = self.answers.iter().rposition(|answer| !answer.is_objected);
        self.stage = Stage::Told;
    }
}
