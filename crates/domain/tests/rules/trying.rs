//! Trying: hours had, then the three lines.

use crate::builders::*;
use waymark_domain::find::stage::{Outcome, Stage};
use waymark_domain::route::answer::{Go, Say};
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::{pass, trial};

const ON: &str = "2026-01-06";

fn trying() -> Story {
    let mut story = Story::told();
    story.says(Say::Go(GO), &lead(ON));
    story
}

#[test]
fn three_lines_keep_drop_or_pass_on() {
    let table = [
        (Outcome::Keep, Stage::Kept, None, None),
        (Outcome::Drop, Stage::Dropped, None, None),
        (Outcome::PassOn, Stage::PassedOn, Some(FINDER), Some("2026-02-12")),
    ];
    for (outcome, stage, who, due) in table {
        let mut story = trying();
        let trier = by(TRIER, &[], "2026-02-05");
        let event = trial::end_try(&story.record, lines(outcome), &trier).expect("the trier writes them");
        story.then(event, &trier);
        assert_eq!((story.record.stage, story.has()), (stage, who));
        assert_eq!(story.next_date(), due.map(day), "{outcome:?}");
        assert_eq!(trial::end_try(&story.record, lines(outcome), &trier), Err(Refusal::NotAtThisStep));
    }
}

#[test]
fn who_tried_brought_or_decided_writes_them_and_nobody_else() {
    let end = |facts| trial::end_try(&trying().record, lines(Outcome::Keep), &facts).map(|_| ());
    assert_eq!([end(ada(ON)), end(lead(ON)), end(by(TRIER, &[], ON))], [Ok(()); 3]);
    assert_eq!(end(finder(ON)), Err(Refusal::NotYours));
    assert_eq!(end(by(HELPER, &[], ON)), Err(Refusal::NotYours));
    let told = Story::told();
    assert_eq!(trial::end_try(&told.record, lines(Outcome::Keep), &lead(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn hours_are_confirmed_once_by_who_got_them_up_to_what_was_granted() {
    let mut story = trying();
    let trier = by(TRIER, &[], ON);
    let confirm = |story: &Story, hours, facts| trial::confirm_hours(&story.record, hours, &facts);
    assert_eq!(confirm(&story, 5, trier.clone()), Err(Refusal::TooManyHours(4)));
    assert_eq!(confirm(&story, 4, lead(ON)), Err(Refusal::NotYours));
    let event = confirm(&story, 4, trier.clone()).expect("as granted");
    story.then(event, &trier);
    assert_eq!(story.record.hours_had, Some(4));
    assert_eq!(confirm(&story, 4, trier.clone()), Err(Refusal::SaidAlready));
    let mut none = Story::told();
    assert_eq!(confirm(&none, 0, trier.clone()), Err(Refusal::NotAtThisStep));
    none.says(Say::Go(Go { hours: 0, ..GO }), &lead(ON));
    assert_eq!(confirm(&none, 0, trier), Err(Refusal::NotAtThisStep));
}

#[test]
fn a_try_without_its_lines_is_flagged_to_who_decided_then_goes_up() {
    let mut story = trying();
    assert_eq!(pass::time_passes(&story.record, &facts("2026-02-05")), None);
    for (on, step, who) in [("2026-02-06", 1, LEAD), ("2026-02-19", 2, HEAD), ("2026-03-05", 3, TOP)] {
        let event = pass::time_passes(&story.record, &facts(on)).expect("a step is reached");
        story.then(event, &facts(on));
        assert_eq!(
            (story.record.overdue_step, story.has(), story.record.stage),
            (step, Some(who), Stage::Trying)
        );
    }
}
