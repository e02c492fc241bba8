//! What a record says to the figures.

use crate::builders::*;
use waymark_domain::account::fact::{Fact, First, Says, facts as facts_of, is_with_care};
use waymark_domain::find::stage::{AnswerKind, Outcome};
use waymark_domain::find::tell::{Asked, Tell, tell};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::answer::{Say, object};
use waymark_domain::route::{reopen, talk, trial};
use waymark_domain::text::Field;

/// What the facts say, each with its day.
fn said(story: &Story) -> Vec<(Says, String)> {
    facts_of(&story.record).into_iter().map(|fact| (fact.says, fact.day.to_string())).collect()
}

fn first(story: &Story) -> Fact {
    facts_of(&story.record).into_iter().find(|fact| matches!(fact.says, Says::First(_))).expect("it waits")
}

fn on(day: &str, says: Says) -> (Says, String) {
    (says, day.to_owned())
}

const NO: Says =
    Says::Answer { kind: AnswerKind::Stop, is_reasoned: true, was_answer: None, is_shared: false };

#[test]
fn told_it_waits_and_its_answer_is_owed_on_its_date() {
    let story = Story::told();
    assert_eq!(
        said(&story),
        [on("2026-01-05", Says::First(First::Waiting)), on("2026-01-19", Says::Due(None))]
    );
    assert_eq!((first(&story).node, first(&story).until), (TEAM, None));
    assert!(!is_with_care(&story.record));
}

#[test]
fn answered_it_was_in_time_or_late_by_the_date_first_promised() {
    for (when, in_time) in [("2026-01-19", true), ("2026-01-20", false)] {
        let mut story = Story::told();
        story.says(stop(), &lead(when));
        let wanted = [
            on("2026-01-05", Says::First(First::Heard)),
            on("2026-01-19", Says::Due(Some((AnswerKind::Stop, in_time)))),
            on(when, NO),
        ];
        assert_eq!(said(&story), wanted);
        assert_eq!(first(&story).until, Some(day(when)));
    }
}

#[test]
fn a_date_that_was_moved_in_time_does_not_make_the_answer_in_time() {
    let mut story = Story::told();
    let moved = talk::move_date(&story.record, (day("2026-02-02"), words(Field::Why)), &lead("2026-01-12"));
    story.then(moved.expect("a date to move to"), &lead("2026-01-12"));
    assert_eq!(first(&story).until, Some(day("2026-01-12")), "a new date is a first answer");
    story.says(stop(), &lead("2026-01-30"));
    assert!(said(&story).contains(&on("2026-01-19", Says::Due(Some((AnswerKind::Stop, false))))));
}

#[test]
fn a_question_is_a_first_answer_and_taking_it_back_is_none() {
    let mut story = Story::told();
    let asked = talk::ask(&story.record, words(Field::Question), &lead("2026-01-07"));
    story.then(asked.expect("a question"), &lead("2026-01-07"));
    assert_eq!(
        (first(&story).says, first(&story).until),
        (Says::First(First::Heard), Some(day("2026-01-07")))
    );
    let mut story = Story::told();
    let back = talk::withdraw(&story.record, words(Field::Why), &ada("2026-01-08"));
    story.then(back.expect("hers"), &ada("2026-01-08"));
    assert_eq!(said(&story), [on("2026-01-05", Says::First(First::Withdrawn))]);
    assert_eq!(first(&story).until, Some(day("2026-01-08")));
}

#[test]
fn what_was_objected_to_is_no_answer() {
    let mut story = Story::told();
    let finder = finder("2026-01-07");
    story.then(story.typed(stop(), "2026-01-06", &finder).expect("typed"), &finder);
    let by_lead = lead("2026-01-08");
    let objected = object(&story.record, words(Field::Why), &by_lead);
    story.then(objected.expect("in time"), &by_lead);
    let says: Vec<Says> = said(&story).into_iter().map(|(says, _)| says).collect();
    assert_eq!(says, [Says::First(First::Waiting), Says::Due(None)]);
}

#[test]
fn what_is_open_again_owes_another_answer_and_the_first_one_counts() {
    let mut story = Story::told();
    story.says(stop(), &lead("2026-01-06"));
    let by_ada = ada("2026-04-01");
    let event = reopen::reopen(&story.record, (words(Field::Why), true), &by_ada);
    story.then(event.expect("something is new"), &by_ada);
    let wanted = [
        on("2026-01-05", Says::First(First::Heard)),
        on("2026-01-19", Says::Due(Some((AnswerKind::Stop, true)))),
        on("2026-01-06", NO),
        on("2026-04-17", Says::Due(None)),
    ];
    assert_eq!(said(&story), wanted, "Good Friday and Easter Monday are no working days");
}

#[test]
fn a_try_owes_its_lines_and_then_has_an_outcome() {
    let mut story = Story::told();
    story.says(Say::Go(GO), &lead("2026-01-06"));
    assert!(said(&story).contains(&on("2026-02-05", Says::Try(None))));
    let trier = by(TRIER, &[Role::Member], "2026-02-04");
    let ended = trial::end_try(&story.record, lines(Outcome::PassOn), &trier);
    story.then(ended.expect("written"), &trier);
    let says = said(&story);
    assert!(says.contains(&on("2026-02-04", Says::Try(Some(Outcome::PassOn)))), "{says:?}");
    assert!(says.iter().any(|(says, _)| *says == Says::Due(None)), "passed on, it waits again: {says:?}");
}

#[test]
fn the_contributors_word_is_in_the_answer() {
    let mut story = Story::told();
    story.says(stop(), &lead("2026-01-06"));
    let judged = talk::judge_answer(&story.record, false, &ada("2026-01-07"));
    story.then(judged.expect("hers to say"), &ada("2026-01-07"));
    let no =
        Says::Answer { kind: AnswerKind::Stop, is_reasoned: true, was_answer: Some(false), is_shared: false };
    assert!(said(&story).contains(&on("2026-01-06", no)));
}

#[test]
fn only_what_those_who_handle_it_see_is_handled_with_care() {
    for seen_by in SeenBy::ALL {
        let tell_it = Tell { seen_by, ..idea() };
        let facts = ada("2026-01-05");
        let told = tell(tell_it, Asked::TeamLead, &facts);
        let story = Story::begun(told.expect("a fair idea"), &facts);
        assert_eq!(is_with_care(&story.record), seen_by == SeenBy::Handlers);
    }
}
