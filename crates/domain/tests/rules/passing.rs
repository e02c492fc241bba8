//! Duties that pass on: taken over, an interest, a lost role, a moved node, time.

use crate::builders::*;
use waymark_domain::find::event::{Cause, Duty, InnovationEvent, Place};
use waymark_domain::find::stage::Stage;
use waymark_domain::find::tell::Asked;
use waymark_domain::people::{ladder::Explained, role::Role};
use waymark_domain::route::answer::{Go, Say};
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::pass;

const ON: &str = "2026-01-06";
const MINE: Duty = duty(FINDER, Role::Finder, BODY);

fn pass_to(story: &mut Story, next: Duty, on: &str) {
    let event = pass::reassign(&story.record, (Cause::RoleEnded, next), &facts(on)).expect("somebody else");
    story.then(event, &facts(on));
}

#[test]
fn the_finder_takes_it_over_within_five_days_and_keeps_the_date() {
    let mut story = Story::told();
    let take = |story: &Story, facts: Facts| pass::take_over(&story.record, MINE, &facts);
    assert_eq!(take(&story, finder("2026-01-13")), Err(Refusal::TakeOverTooLate));
    assert_eq!(take(&story, lead(ON)), Err(Refusal::NotYours));
    assert_eq!(take(&story, by(HEAD, &[Role::Finder], ON)), Err(Refusal::NotYours));
    let event = take(&story, finder("2026-01-12")).expect("the fifth day");
    story.then(event, &finder("2026-01-12"));
    assert_eq!((story.has(), story.next_date()), (Some(FINDER), Some(day("2026-01-19"))));
    assert_eq!(take(&story, finder("2026-01-12")), Err(Refusal::TakeOverTooLate));
}

#[test]
fn an_interested_finder_takes_nothing_over_and_nobody_what_is_being_tried() {
    let mut story = Story::told();
    story.then(InnovationEvent::InterestDeclared { party: FINDER }, &finder(ON));
    assert_eq!(pass::take_over(&story.record, MINE, &finder(ON)), Err(Refusal::Interested));
    let mut trying = Story::told();
    trying.says(Say::Go(GO), &lead(ON));
    assert_eq!(pass::take_over(&trying.record, MINE, &finder(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_finder_who_got_it_otherwise_has_nothing_to_take_over() {
    let mut story = Story::told();
    pass_to(&mut story, MINE, ON);
    assert_eq!((story.record.finder_until, story.next_date()), (None, Some(day("2026-01-19"))));
    assert_eq!(pass::take_over(&story.record, MINE, &finder(ON)), Err(Refusal::TakeOverTooLate));
}

#[test]
fn a_declared_interest_passes_it_on_with_its_date() {
    let mut story = Story::told();
    let head = duty(HEAD, Role::Head, BODY);
    for other in [ada(ON), finder(ON)] {
        assert_eq!(pass::declare_interest(&story.record, head, &other), Err(Refusal::NotYours));
    }
    let own = pass::declare_interest(&story.record, duty(LEAD, Role::TeamLead, TEAM), &lead(ON));
    assert_eq!(own, Err(Refusal::Interested));
    let to_ada = pass::declare_interest(&story.record, duty(ADA, Role::Head, BODY), &lead(ON));
    assert_eq!(to_ada, Err(Refusal::Interested));
    for event in pass::declare_interest(&story.record, head, &lead(ON)).expect("the decider's own word") {
        story.then(event, &lead(ON));
    }
    assert_eq!((story.has(), story.next_date()), (Some(HEAD), Some(day("2026-01-19"))));
    assert!(story.record.is_interested(LEAD));
}

#[test]
fn the_last_resort_declares_once_and_decides_all_the_same() {
    let mut story = Story::asked(Asked::Somebody(duty(TOP, Role::Head, BODY)));
    let top = by(TOP, &[Role::Head], ON);
    for event in pass::declare_interest(&story.record, resort(TOP), &top).expect("nobody else is left") {
        story.then(event, &top);
    }
    assert_eq!(pass::declare_interest(&story.record, resort(TOP), &top), Err(Refusal::SaidAlready));
    assert!(story.answer(stop(), &top).is_ok());
    assert_eq!(story.answer(Say::Go(Go { pence: 1, ..GO }), &top), Err(Refusal::OwnMoney));
    story.says(stop(), &top);
    assert_eq!(pass::declare_interest(&story.record, resort(TOP), &top), Err(Refusal::NotAtThisStep));
}

#[test]
fn it_passes_to_somebody_else_only_where_that_changes_something() {
    let mut story = Story::told();
    let same = duty(LEAD, Role::TeamLead, TEAM);
    assert_eq!(pass::reassign(&story.record, (Cause::Away, same), &facts(ON)), None);
    let as_cover = Duty { explained: Some(Explained::Cover), ..same };
    pass_to(&mut story, as_cover, ON);
    assert_eq!(story.record.decider, Some(as_cover));
    story.says(stop(), &lead(ON));
    assert_eq!(pass::reassign(&story.record, (Cause::Away, MINE), &facts(ON)), None);
}

#[test]
fn who_tries_it_keeps_the_try_when_its_decider_changes() {
    let mut story = Story::told();
    story.says(Say::Go(GO), &lead(ON));
    pass_to(&mut story, duty(HEAD, Role::Head, BODY), ON);
    assert_eq!((story.has(), story.record.owner), (Some(HEAD), Some(TRIER)));
    let event = pass::take_up(&story.record).expect("the trier is gone");
    story.then(event, &facts(ON));
    assert_eq!(story.record.owner, Some(HEAD));
    assert_eq!(pass::take_up(&story.record), None);
    pass_to(&mut story, duty(TOP, Role::Head, BODY), ON);
    assert_eq!(story.record.owner, Some(TOP));
    assert_eq!(pass::take_up(&Story::told().record), None);
}

#[test]
fn a_record_follows_its_node_to_another_body_and_keeps_its_date() {
    let mut story = Story::told();
    assert_eq!(pass::rehome(&story.record, story.record.place()), None);
    let place = Place { at: TEAM, body: ELSEWHERE, zone: "Europe/London".to_owned() };
    let event = pass::rehome(&story.record, place.clone()).expect("another body");
    story.then(event, &facts(ON));
    assert_eq!((story.record.place(), story.next_date()), (place, Some(day("2026-01-19"))));
}

#[test]
fn not_now_comes_back_on_its_day_or_when_somebody_says_so() {
    let mut story = Story::told();
    assert_eq!(pass::call_back(&story.record, &lead(ON)), Err(Refusal::NotAtThisStep));
    story.says(not_now("2026-02-02"), &lead(ON));
    assert_eq!(pass::call_back(&story.record, &by(TRIER, &[Role::Member], ON)), Err(Refusal::NotYours));
    assert_eq!(pass::call_back(&story.record, &facts(ON)), Err(Refusal::NotYours));
    for who in [ada(ON), lead(ON), finder(ON)] {
        assert!(pass::call_back(&story.record, &who).is_ok(), "{:?}", who.actor);
    }
    assert_eq!(pass::time_passes(&story.record, &facts("2026-02-01")), None);
    let event = pass::time_passes(&story.record, &facts("2026-02-02")).expect("its day");
    story.then(event, &facts("2026-02-02"));
    assert_eq!((story.record.stage, story.has()), (Stage::Told, Some(LEAD)));
    assert_eq!((story.next_date(), story.record.news_at), (Some(day("2026-02-16")), at("2026-02-02")));
}

#[test]
fn a_missed_answer_goes_to_the_finder_then_up_then_to_the_top() {
    let mut story = Story::told();
    assert_eq!(pass::time_passes(&story.record, &facts("2026-01-19")), None);
    let steps = [
        ("2026-01-20", FINDER, "2026-01-27"),
        ("2026-02-02", HEAD, "2026-02-09"),
        ("2026-02-16", TOP, "2026-02-23"),
    ];
    for ((on, who, due), step) in steps.into_iter().zip(1..) {
        let event = pass::time_passes(&story.record, &facts(on)).expect("a step is reached");
        story.then(event, &facts(on));
        assert_eq!((story.has(), story.next_date()), (Some(who), Some(day(due))), "{on}");
        assert_eq!((story.record.overdue_step, story.record.owner), (step, Some(who)));
        assert_eq!(pass::time_passes(&story.record, &facts(on)), None, "{on}");
    }
}

#[test]
fn a_record_that_nobody_answers_has_a_date_ahead_every_day_of_the_year() {
    let mut story = Story::told();
    for days in 0..365 {
        let today = days_after("2026-01-05", days).to_string();
        while let Some(event) = pass::time_passes(&story.record, &facts(&today)) {
            story.then(event, &facts(&today));
        }
        assert!(
            story.next_date().is_some_and(|next| next >= day(&today)),
            "{today}: {:?}",
            story.next_date()
        );
    }
    assert_eq!((story.has(), story.record.overdue_step), (Some(TOP), 3));
}

#[test]
fn a_job_that_ran_late_takes_each_step_in_turn() {
    let mut story = Story::told();
    let late = facts("2026-03-02");
    for (who, step) in [(FINDER, 1), (HEAD, 2), (TOP, 3)] {
        let event = pass::time_passes(&story.record, &late).expect("three steps are owed");
        story.then(event, &late);
        assert_eq!((story.has(), story.record.overdue_step), (Some(who), step));
    }
    assert_eq!(pass::time_passes(&story.record, &late), None);
}

#[test]
fn a_friday_missed_is_with_the_finder_on_saturday() {
    let told = ada("2026-01-02");
    let event = waymark_domain::find::tell::tell(idea(), Asked::TeamLead, &told).expect("a fair idea");
    let story = Story::begun(event, &told);
    assert_eq!(story.next_date(), Some(day("2026-01-16")));
    assert_eq!(pass::time_passes(&story.record, &facts("2026-01-16")), None);
    assert!(matches!(
        pass::time_passes(&story.record, &facts("2026-01-17")),
        Some(InnovationEvent::Overdue { step: 1, .. })
    ));
}

#[test]
fn time_does_nothing_to_what_has_ended() {
    let mut story = Story::told();
    story.says(stop(), &lead(ON));
    assert_eq!(pass::time_passes(&story.record, &facts("2027-01-06")), None);
}

#[test]
fn every_version_of_the_route_has_limits() {
    assert_eq!(pass::limits_of(pass::CURRENT_ROUTE).decide_here, facts(ON).limits.decide_here);
}
