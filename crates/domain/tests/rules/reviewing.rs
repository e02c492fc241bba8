//! A review: asked once, in time, of somebody else; both answers stay.

use crate::builders::*;
use waymark_domain::find::event::{Cause, Duty};
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::people::role::Role;
use waymark_domain::route::answer::{Say, object};
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::{pass, review, talk};
use waymark_domain::text::Field;

const ABOVE: Duty = duty(HEAD, Role::Head, BODY);

/// Answered by the lead on Tuesday 6 January: a review may be asked until 5 February.
fn answered(say: Say) -> Story {
    let mut story = Story::told();
    story.says(say, &lead("2026-01-06"));
    story
}

fn asks(story: &Story, next: Duty, facts: &Facts) -> Result<(), Refusal> {
    review::ask(&story.record, (words(Field::Why), next), facts).map(drop)
}

fn asked(mut story: Story) -> Story {
    let facts = ada("2026-01-07");
    let event = review::ask(&story.record, (words(Field::Why), ABOVE), &facts).expect("in time");
    story.then(event, &facts);
    story
}

fn head(on: &str) -> Facts<'static> {
    by(HEAD, &[Role::Head], on)
}

#[test]
fn whoever_brought_it_asks_once_within_thirty_days() {
    for say in [not_now("2026-03-02"), stop()] {
        let story = answered(say);
        assert_eq!(asks(&story, ABOVE, &ada("2026-02-06")), Err(Refusal::ReviewTooLate));
        assert_eq!(asks(&story, ABOVE, &ada("2026-02-05")), Ok(()));
        assert_eq!(asks(&story, ABOVE, &lead("2026-01-07")), Err(Refusal::NotYours));
        let mut story = asked(story);
        assert_eq!(asks(&story, ABOVE, &ada("2026-01-07")), Err(Refusal::NotAtThisStep));
        story.says(stop(), &head("2026-01-08"));
        assert_eq!(asks(&story, ABOVE, &ada("2026-01-09")), Err(Refusal::NotAtThisStep));
    }
}

#[test]
fn there_is_none_of_a_go_of_what_was_sent_on_or_of_what_was_taken_back() {
    let far = send(duty(FAR, Role::TeamLead, ELSEWHERE), ELSEWHERE, ELSEWHERE);
    for story in [Story::told(), answered(Say::Go(GO)), answered(far)] {
        assert_eq!(asks(&story, ABOVE, &ada("2026-01-07")), Err(Refusal::NotAtThisStep));
    }
    let mut story = answered(not_now("2026-03-02"));
    let event = talk::withdraw(&story.record, words(Field::Why), &ada("2026-01-07")).expect("her own");
    story.then(event, &ada("2026-01-07"));
    assert_eq!(asks(&story, ABOVE, &ada("2026-01-07")), Err(Refusal::NotAtThisStep));
}

#[test]
fn it_goes_to_somebody_else_with_ten_working_days_and_both_answers_stay() {
    let story = answered(stop());
    for barred in [duty(LEAD, Role::TeamLead, TEAM), duty(ADA, Role::Head, BODY)] {
        assert_eq!(asks(&story, barred, &ada("2026-01-07")), Err(Refusal::Interested));
    }
    assert_eq!(asks(&story, resort(LEAD), &ada("2026-01-07")), Ok(()));
    let mut story = asked(story);
    let record = &story.record;
    assert_eq!((record.stage, record.ended_at, story.has()), (Stage::Told, None, Some(HEAD)));
    assert_eq!(story.next_date(), Some(day("2026-01-21")));
    assert!(story.answer(stop(), &lead("2026-01-08")).is_err());
    story.says(Say::Go(GO), &head("2026-01-08"));
    let given: Vec<_> =
        story.record.answers.iter().map(|one| (one.given.kind, one.given.is_review)).collect();
    assert_eq!(given, [(AnswerKind::Stop, false), (AnswerKind::Go, true)]);
    assert!(story.record.under_review().is_none() && !story.record.is_interested(LEAD));
}

#[test]
fn whoever_answered_keeps_out_until_it_is_reviewed() {
    let mut story = asked(answered(stop()));
    let typed = story.typed(stop(), "2026-01-08", &lead("2026-01-08"));
    assert_eq!(typed.map(drop), Err(Refusal::NotYours));
    let back = send(duty(LEAD, Role::TeamLead, TEAM), TEAM, BODY);
    assert_eq!(story.answer(back, &head("2026-01-08")).map(drop), Err(Refusal::Interested));
    let on = send(duty(FAR, Role::TeamLead, ELSEWHERE), ELSEWHERE, ELSEWHERE);
    story.says(on, &head("2026-01-08"));
    assert!(story.record.is_interested(LEAD), "sent on, it is still to be looked at");
    story.says(not_now("2026-03-02"), &by(FAR, &[Role::TeamLead], "2026-01-09"));
    // The first *not now* of whoever looks at it comes back to them.
    assert_eq!((story.record.stage, story.has()), (Stage::NotNow, Some(FAR)));
    let event = pass::time_passes(&story.record, &facts("2026-03-02")).expect("its day");
    story.then(event, &facts("2026-03-02"));
    assert_eq!(story.has(), Some(FAR));
}

#[test]
fn an_objection_to_what_is_looked_at_ends_the_review_and_it_may_be_asked_anew() {
    let mut story = Story::told();
    let typed = story.typed(stop(), "2026-01-06", &head("2026-01-06")).expect("a decider types it");
    story.then(typed, &head("2026-01-06"));
    let mut story = asked(story);
    let event = object(&story.record, words(Field::Why), &lead("2026-01-08")).expect("in time");
    story.then(event, &lead("2026-01-08"));
    assert_eq!((story.has(), story.record.reviewed), (Some(LEAD), None));
    story.says(stop(), &lead("2026-01-09"));
    assert_eq!(asks(&story, ABOVE, &ada("2026-01-10")), Ok(()));
}

#[test]
fn an_objection_to_the_review_itself_brings_the_review_back() {
    let mut story = asked(answered(stop()));
    let finder = by(FINDER, &[Role::Finder], "2026-01-08");
    let typed = story.typed(stop(), "2026-01-08", &finder).expect("a decider types it");
    story.then(typed, &finder);
    let event = object(&story.record, words(Field::Why), &head("2026-01-09")).expect("in time");
    story.then(event, &head("2026-01-09"));
    assert_eq!(story.has(), Some(HEAD));
    assert!(story.record.is_interested(LEAD));
}

#[test]
fn somebody_away_hands_the_review_on_with_its_date() {
    let mut story = asked(answered(stop()));
    let next = duty(TOP, Role::Head, node(3));
    let event = pass::reassign(&story.record, (Cause::Away, next), &facts("2026-01-08")).expect("another");
    story.then(event, &facts("2026-01-08"));
    assert_eq!((story.has(), story.next_date()), (Some(TOP), Some(day("2026-01-21"))));
    assert!(story.record.under_review().is_some());
}
