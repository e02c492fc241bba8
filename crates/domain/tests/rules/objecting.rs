//! Objecting to what was typed for one: everything that followed is undone, or nothing is.

use crate::builders::*;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::stage::{Outcome, Stage};
use waymark_domain::find::tell::Asked;
use waymark_domain::people::role::Role;
use waymark_domain::route::answer::{Say, object};
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::{pass, talk, trial};
use waymark_domain::text::Field;

const ON: &str = "2026-01-06";

/// Typed by the head for the lead on 6 January, so one may object until the 13th.
fn typed(say: Say) -> Story {
    let mut told = Story::told();
    let facts = by(HEAD, &[Role::Head], ON);
    let event = told.typed(say, ON, &facts).expect("a decider types it");
    told.then(event, &facts);
    told
}

fn objects(story: &Story, on: &str) -> Result<InnovationEvent, Refusal> {
    object(&story.record, words(Field::Why), &lead(on))
}

#[test]
fn each_typed_answer_can_be_objected_to_until_the_last_day() {
    let far = send(duty(FAR, Role::TeamLead, ELSEWHERE), ELSEWHERE, ELSEWHERE);
    for say in [Say::Go(GO), not_now("2026-03-02"), stop(), far] {
        let mut story = typed(say);
        assert_eq!(objects(&story, "2026-01-14"), Err(Refusal::ObjectTooLate));
        let event = objects(&story, "2026-01-13").expect("the fifth working day");
        story.then(event, &lead("2026-01-13"));
        let record = &story.record;
        assert_eq!(
            (record.stage, story.has(), story.next_date()),
            (Stage::Told, Some(LEAD), Some(day("2026-01-27")))
        );
        assert_eq!((record.at, record.at_body, record.ended_at), (TEAM, BODY, None));
        assert!(record.answer().is_none() && record.trial.is_none());
        assert_eq!(objects(&story, "2026-01-13"), Err(Refusal::NotAtThisStep));
    }
}

#[test]
fn only_the_decider_objects_and_only_to_what_another_typed() {
    let story = typed(stop());
    let head = by(HEAD, &[Role::Head], ON);
    assert_eq!(object(&story.record, words(Field::Why), &head), Err(Refusal::NotYours));
    let mut own = Story::told();
    let event = own.typed(stop(), ON, &lead(ON)).expect("the decider types it");
    own.then(event, &lead(ON));
    assert_eq!(objects(&own, ON), Err(Refusal::NotAtThisStep));
    let mut said = Story::told();
    assert_eq!(objects(&said, ON), Err(Refusal::NotAtThisStep));
    said.says(stop(), &lead(ON));
    assert_eq!(objects(&said, ON), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_try_that_has_ended_and_an_idea_taken_back_stay_so() {
    let mut done = typed(Say::Go(GO));
    let trier = by(TRIER, &[], "2026-01-07");
    let end = trial::end_try(&done.record, lines(Outcome::Keep), &trier).expect("the trier ends it");
    done.then(end, &trier);
    assert_eq!(objects(&done, "2026-01-08"), Err(Refusal::NotAtThisStep));
    let mut withdrawn = typed(Say::Go(GO));
    let event = talk::withdraw(&withdrawn.record, words(Field::Why), &ada("2026-01-07")).expect("Ada's own");
    withdrawn.then(event, &ada("2026-01-07"));
    assert_eq!(objects(&withdrawn, "2026-01-08"), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_stop_typed_after_an_earlier_try_can_be_objected_to() {
    let mut story = Story::told();
    story.says(Say::Go(GO), &lead(ON));
    let trier = by(TRIER, &[], ON);
    let end = trial::end_try(&story.record, lines(Outcome::PassOn), &trier).expect("the trier ends it");
    story.then(end, &trier);
    let head = by(HEAD, &[Role::Head], ON);
    let stopped = story.typed(stop(), ON, &head).expect("typed for the finder");
    story.then(stopped, &head);
    let event =
        object(&story.record, words(Field::Why), &finder(ON)).expect("the earlier try is another answer");
    story.then(event, &finder(ON));
    assert_eq!((story.has(), story.next_date()), (Some(FINDER), Some(day("2026-01-13"))));
    assert!(story.record.trial.is_some());
}

#[test]
fn who_may_not_decide_there_any_more_objects_and_the_lead_has_it() {
    let mut story = typed(stop());
    let now_far =
        waymark_domain::route::facts::Facts { lead: duty(HEAD, Role::Head, BODY), ..by(LEAD, &[], ON) };
    let event = object(&story.record, words(Field::Why), &now_far).expect("it was typed for them");
    story.then(event, &now_far);
    assert_eq!(story.has(), Some(HEAD));
}

#[test]
fn an_objection_clears_what_was_said_since() {
    let mut story = typed(not_now("2026-03-02"));
    let back = pass::call_back(&story.record, &ada("2026-01-07")).expect("Ada says it has happened");
    story.then(back, &ada("2026-01-07"));
    let asked =
        talk::ask(&story.record, words(Field::Question), &lead("2026-01-08")).expect("the first pause");
    story.then(asked, &lead("2026-01-08"));
    let event = objects(&story, "2026-01-08").expect("in time");
    story.then(event, &lead("2026-01-08"));
    assert!(story.record.question.is_none() && !talk::waits_for_contributor(&story.record));
    assert_eq!(story.record.overdue_step, 0);
}

#[test]
fn an_objection_to_what_was_told_to_the_finder_gives_the_finders_time() {
    let mut story = Story::asked(Asked::Unknown);
    let head = by(HEAD, &[Role::Head], ON);
    let event = story.typed(stop(), ON, &head).expect("typed for the finder");
    story.then(event, &head);
    let event = object(&story.record, words(Field::Why), &finder(ON)).expect("in time");
    story.then(event, &finder(ON));
    assert_eq!((story.next_date(), story.record.finder_until), (Some(day("2026-01-13")), None));
}
