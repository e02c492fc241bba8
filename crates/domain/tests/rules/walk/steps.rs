//! What must hold of each step from one state of a record to the next, whoever took it. The walk of `app` uses it too.

use waymark_domain::find::event::{Cause, InnovationEvent, Then};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::people::ladder::Explained;
use waymark_domain::route::clock::Clock;

/// Checks the step that an event made of a record.
pub fn check((before, after): (&Innovation, &Innovation), event: &InnovationEvent) {
    check_steps(before, after, event);
    check_clock(before, event);
    check_money(before, event);
    check_review(after, event);
    check_reopened((before, after), event);
}

/// How late it is only rises until somebody answers, or a new decision begins.
fn check_steps(before: &Innovation, after: &Innovation, event: &InnovationEvent) {
    let begins_anew = matches!(
        event,
        InnovationEvent::Answered(_)
            | InnovationEvent::TryEnded { .. }
            | InnovationEvent::Objected { .. }
            | InnovationEvent::ReviewAsked { .. }
            | InnovationEvent::Reopened { .. }
            | InnovationEvent::Passed { cause: Cause::CameBack, .. }
    );
    assert!(begins_anew || after.overdue_step >= before.overdue_step, "{event:?}");
    let next_step = before.overdue_step + 1;
    assert!(begins_anew || after.overdue_step <= next_step.min(3), "a step was left out: {event:?}");
}

/// A clock ends in the event that ends it, is carried on, or is replaced by a decision that begins anew.
fn check_clock(before: &Innovation, event: &InnovationEvent) {
    let Some(old) = &before.clock else { return };
    let is_same = |clock: &Clock| clock.started == old.started && clock.promise == old.promise;
    match event {
        InnovationEvent::Answered(answered) => assert!(is_same(&answered.clock) && !answered.clock.is_open()),
        InnovationEvent::TryEnded { clock, .. } | InnovationEvent::Withdrawn { clock, .. } => {
            assert!(is_same(clock) && !clock.is_open(), "{event:?}");
        }
        InnovationEvent::Passed { cause: Cause::CameBack, .. }
        | InnovationEvent::Objected { .. }
        | InnovationEvent::ReviewAsked { .. }
        | InnovationEvent::Reopened { .. } => {}
        InnovationEvent::Passed { handed, .. } | InnovationEvent::Overdue { handed, .. } => {
            assert!(is_same(&handed.clock), "the promised date was lost: {event:?}");
        }
        InnovationEvent::Asked { clock, .. }
        | InnovationEvent::Replied { clock, .. }
        | InnovationEvent::PauseEnded { clock }
        | InnovationEvent::DateMoved { clock, .. } => assert!(is_same(clock), "{event:?}"),
        _ => {}
    }
}

/// A review is never with whoever answered, but for the head of the whole where nobody else is left, and the answer stays.
fn check_review(after: &Innovation, event: &InnovationEvent) {
    let InnovationEvent::ReviewAsked { handed, .. } = event else { return };
    let answer = after.under_review().expect("an answer is looked at");
    let is_last = handed.duty.explained == Some(Explained::LastResort);
    assert!(is_last || handed.duty.party != answer.given.by.party, "{event:?}");
    assert!(!answer.is_objected && after.stage.awaits_answer() && after.ended_at.is_none());
}

/// Only a *no* is opened again; it stays, and nobody with an interest has it, but for the head of the whole.
fn check_reopened((before, after): (&Innovation, &Innovation), event: &InnovationEvent) {
    let InnovationEvent::Reopened { handed, .. } = event else { return };
    let kept = after.answer().map(|answer| answer.given.kind);
    assert_eq!((before.stage, kept), (Stage::Stopped, Some(AnswerKind::Stop)), "{event:?}");
    assert!(after.stage.awaits_answer() && after.ended_at.is_none() && after.overdue_step == 0);
    assert!(!after.is_barred(handed.duty), "{event:?}");
}

/// Nobody says yes to money for what they brought, or types that somebody did.
fn check_money(before: &Innovation, event: &InnovationEvent) {
    let InnovationEvent::Answered(answered) = event else { return };
    let Then::Try(trial) = &answered.then else { return };
    let typist = answered.elsewhere.as_ref().map(|elsewhere| elsewhere.typed_by);
    let is_own =
        before.is_interested(answered.by.party) || typist.is_some_and(|typist| before.is_interested(typist));
    assert!(trial.pence == 0 || !is_own, "own money: {event:?}");
}
