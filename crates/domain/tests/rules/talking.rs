//! Between telling and answering: questions, replies, *ask why*, moved dates, news, taking it back.

use crate::builders::*;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::stage::Stage;
use waymark_domain::find::tell::Asked;
use waymark_domain::people::role::Role;
use waymark_domain::route::answer::Say;
use waymark_domain::route::clock::State;
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::{pass, talk};
use waymark_domain::text::Field;

const ON: &str = "2026-01-06";

fn ask(story: &Story, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    talk::ask(&story.record, words(Field::Question), facts)
}

fn asked() -> Story {
    let mut story = Story::told();
    let event = ask(&story, &lead(ON)).expect("the first pause");
    story.then(event, &lead(ON));
    story
}

fn move_to(story: &Story, to: &str, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    talk::move_date(&story.record, (day(to), words(Field::Why)), facts)
}

#[test]
fn a_question_pauses_the_clock_and_a_reply_keeps_the_days_left() {
    let mut story = asked();
    assert!(talk::waits_for_contributor(&story.record) && story.record.question.is_some());
    assert_eq!(story.next_date(), Some(day("2026-01-20")));
    let helper = by(HELPER, &[], "2026-01-08");
    let replied = talk::reply(&story.record, Some(words(Field::Reply)), &helper).expect("typed for Ada");
    story.then(replied, &helper);
    assert_eq!((story.next_date(), story.record.question), (Some(day("2026-01-21")), None));
}

#[test]
fn a_decision_is_paused_once_by_who_has_it_and_not_when_it_is_late() {
    let mut story = asked();
    assert_eq!(ask(&story, &lead(ON)), Err(Refusal::NotAtThisStep));
    let nothing = talk::reply(&story.record, None, &ada(ON)).expect("nothing to add");
    story.then(nothing, &ada(ON));
    assert_eq!(ask(&story, &lead(ON)), Err(Refusal::PausedAlready));
    let fresh = Story::told();
    assert_eq!(ask(&fresh, &ada(ON)), Err(Refusal::NotYours));
    assert!(ask(&fresh, &lead("2026-01-19")).is_ok());
    assert_eq!(ask(&fresh, &lead("2026-01-20")), Err(Refusal::PauseTooLate));
}

#[test]
fn nobody_is_asked_once_it_was_answered() {
    let mut story = Story::told();
    story.says(Say::Go(GO), &lead(ON));
    assert_eq!(ask(&story, &lead(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn only_who_brought_it_replies_and_only_to_a_question() {
    let story = asked();
    assert_eq!(talk::reply(&story.record, None, &lead(ON)), Err(Refusal::NotYours));
    assert_eq!(talk::reply(&Story::told().record, None, &ada(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_pause_that_nobody_ends_runs_out_after_ten_working_days() {
    let mut story = asked();
    assert_eq!(pass::time_passes(&story.record, &facts("2026-01-20")), None);
    let over = pass::time_passes(&story.record, &facts("2026-01-21")).expect("the pause is over");
    story.then(over, &facts("2026-01-21"));
    assert_eq!((story.next_date(), story.record.question), (Some(day("2026-02-02")), None));
    assert_eq!(story.record.overdue_step, 0);
}

#[test]
fn why_is_asked_once_when_the_date_has_passed() {
    let mut story = Story::told();
    let why = |story: &Story, facts: Facts| talk::ask_why(&story.record, &facts);
    assert_eq!(why(&story, ada("2026-01-19")), Err(Refusal::NotLate));
    assert_eq!(why(&story, lead("2026-01-20")), Err(Refusal::NotYours));
    let event = why(&story, ada("2026-01-20")).expect("late since midnight");
    story.then(event, &ada("2026-01-20"));
    assert_eq!(why(&story, ada("2026-01-20")), Err(Refusal::AskedAlready));
    let moved = move_to(&story, "2026-01-27", &lead("2026-01-20")).expect("a first new date");
    story.then(moved, &lead("2026-01-20"));
    assert!(!story.record.why_asked);
    story.says(stop(), &lead("2026-01-20"));
    assert_eq!(why(&story, ada("2026-01-20")), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_date_is_moved_once_within_thirty_days_and_keeps_the_old_one() {
    let mut story = Story::told();
    let last = days_after(ON, 30);
    assert_eq!(move_to(&story, ON, &lead(ON)), Err(Refusal::DateInThePast));
    assert_eq!(move_to(&story, "2026-02-06", &lead(ON)), Err(Refusal::DateTooFar(last)));
    assert_eq!(move_to(&story, "2026-01-19", &lead(ON)), Err(Refusal::NotAtThisStep));
    assert_eq!(move_to(&story, "2026-02-05", &ada(ON)), Err(Refusal::NotYours));
    let moved = move_to(&story, "2026-02-05", &lead(ON)).expect("the last day allowed");
    story.then(moved, &lead(ON));
    let clock = story.record.clock.clone().expect("it runs");
    assert_eq!((clock.due.date, clock.first_due().date), (last, day("2026-01-19")));
    assert_eq!(move_to(&story, "2026-02-04", &lead(ON)), Err(Refusal::MovedAlready));
}

#[test]
fn a_new_date_does_not_hide_a_miss_that_no_job_has_seen() {
    let mut story = Story::told();
    let moved = move_to(&story, "2026-01-27", &lead("2026-01-20")).expect("a first new date");
    story.then(moved, &lead("2026-01-20")).says(stop(), &lead("2026-01-21"));
    let given = &story.record.answers[0].given;
    assert!(matches!(given.clock.state, State::Met { late: true, .. }), "{:?}", given.clock.state);
}

#[test]
fn who_handles_or_brought_it_writes_news_and_only_others_words_are_news_to_them() {
    let mut story = Story::told();
    let news = |story: &Story, facts: &Facts| talk::news(&story.record, words(Field::News), facts);
    assert_eq!(news(&story, &by(TRIER, &[Role::Member], ON)), Err(Refusal::NotYours));
    assert_eq!(news(&story, &facts(ON)), Err(Refusal::NotYours));
    for (who, is_news) in [(ada(ON), false), (lead("2026-01-07"), true), (finder("2026-01-08"), true)] {
        let event = news(&story, &who).expect("they handle or brought it");
        story.then(event, &who);
        assert_eq!(story.record.news_at == who.now, is_news, "{:?}", who.actor);
    }
    story.says(stop(), &lead("2026-01-09"));
    assert_eq!(news(&story, &lead("2026-01-09")), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_contributor_takes_it_back_while_it_is_open() {
    let mut story = Story::told();
    let withdraw = |story: &Story, facts: &Facts| talk::withdraw(&story.record, words(Field::Why), facts);
    assert_eq!(withdraw(&story, &by(HELPER, &[], ON)), Err(Refusal::NotYours));
    let event = withdraw(&story, &ada(ON)).expect("her own");
    story.then(event, &ada(ON));
    assert_eq!((story.record.stage, story.has()), (Stage::Withdrawn, None));
    assert!(matches!(story.record.clock, Some(ref clock) if !clock.is_open()));
    assert_eq!(withdraw(&story, &ada(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn was_this_an_answer_is_asked_once_for_each_answer_but_not_for_sending_on() {
    let judge = |story: &Story, facts: &Facts| talk::judge_answer(&story.record, true, facts);
    let mut story = Story::asked(Asked::TeamLead);
    assert_eq!(judge(&story, &ada(ON)), Err(Refusal::NotAtThisStep));
    story.says(send(duty(HEAD, Role::Head, BODY), BODY, BODY), &lead(ON));
    assert_eq!(judge(&story, &ada(ON)), Err(Refusal::NotAtThisStep));
    story.says(stop(), &by(HEAD, &[Role::Head], ON));
    assert_eq!(judge(&story, &lead(ON)), Err(Refusal::NotYours));
    assert!(talk::may_judge(&story.record, ADA) && !talk::may_judge(&story.record, LEAD));
    let event = judge(&story, &ada(ON)).expect("her question");
    story.then(event, &ada(ON));
    assert_eq!(story.record.answers[1].was_answer, Some(true));
    assert_eq!(judge(&story, &ada(ON)), Err(Refusal::SaidAlready));
    assert!(!talk::may_judge(&story.record, ADA));
}
