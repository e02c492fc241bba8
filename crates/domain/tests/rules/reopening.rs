//! Opening again: a *no* comes back with what is new, to whoever can answer it now.

use crate::builders::*;
use waymark_domain::find::event::{Duty, InnovationEvent};
use waymark_domain::find::stage::{AnswerKind, Outcome, Stage};
use waymark_domain::find::tell::{Asked, add_to};
use waymark_domain::people::{ladder::Explained, role::Role};
use waymark_domain::route::answer::{Say, object};
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::limits::Promise;
use waymark_domain::route::reopen::{is_open_again, reopen};
use waymark_domain::route::{pass, review, talk, trial};
use waymark_domain::text::Field;

/// Long after the thirty days for a review; ten working days later is 15 June.
const ON: &str = "2026-06-01";

/// Answered *no* by the lead on Tuesday 6 January.
fn stopped() -> Story {
    let mut story = Story::told();
    story.says(stop(), &lead("2026-01-06"));
    story
}

fn opens(story: &Story, is_there: bool, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    reopen(&story.record, (words(Field::Why), is_there), facts)
}

fn opened(mut story: Story, facts: &Facts) -> Story {
    let event = opens(&story, true, facts).expect("something is new");
    story.then(event, facts);
    story
}

#[test]
fn a_no_is_open_again_with_ten_working_days_and_its_answer_stays() {
    let story = opened(stopped(), &ada(ON));
    let record = &story.record;
    assert_eq!((record.stage, record.ended_at, story.has()), (Stage::Told, None, Some(LEAD)));
    assert_eq!((story.next_date(), record.finder_until), (Some(day("2026-06-15")), None));
    assert_eq!(record.clock.as_ref().map(|clock| clock.promise), Some(Promise::DecideHere));
    assert_eq!(record.answer().map(|answer| answer.given.kind), Some(AnswerKind::Stop));
    assert_eq!((record.news_at, record.overdue_step), (at(ON), 0));
    assert!(is_open_again(record) && record.under_review().is_none() && !record.is_interested(LEAD));
}

#[test]
fn whoever_told_it_or_answered_it_and_a_finder_may_and_nobody_else() {
    let mut story = Story::told();
    let too =
        add_to(&story.record, added(&[FAR]), &by(FAR, &[Role::Member], "2026-01-05")).expect("the same");
    story.then(too, &by(FAR, &[Role::Member], "2026-01-05"));
    story.says(stop(), &lead("2026-01-06"));
    let member = |party| by(party, &[Role::Member], ON);
    // Whoever answered it may, though they lead the team no more.
    for facts in [ada(ON), member(HELPER), member(FAR), member(LEAD), finder(ON)] {
        assert!(opens(&story, true, &facts).is_ok(), "{:?}", facts.actor);
    }
    for facts in [member(TRIER), by(HEAD, &[Role::Head], ON), by(TOP, &[Role::Head], ON), facts(ON)] {
        assert_eq!(opens(&story, true, &facts), Err(Refusal::NotYours), "{:?}", facts.actor);
    }
}

#[test]
fn only_a_no_that_holds_is_opened_again() {
    let mut withdrawn = Story::told();
    let event = talk::withdraw(&withdrawn.record, words(Field::Why), &ada("2026-01-06")).expect("her own");
    withdrawn.then(event, &ada("2026-01-06"));
    let mut dropped = Story::told();
    dropped.says(Say::Go(GO), &lead("2026-01-06"));
    let trier = by(TRIER, &[], "2026-01-07");
    let end = trial::end_try(&dropped.record, lines(Outcome::Drop), &trier).expect("the trier ends it");
    dropped.then(end, &trier);
    let mut waiting = Story::told();
    waiting.says(not_now("2026-09-01"), &lead("2026-01-06"));
    for story in [Story::told(), waiting, withdrawn, dropped, opened(stopped(), &ada(ON))] {
        assert_eq!(opens(&story, true, &ada(ON)), Err(Refusal::NotAtThisStep), "{:?}", story.record.stage);
    }
}

#[test]
fn it_goes_to_the_lead_where_whoever_answered_may_not_decide_it_any_more() {
    let other: Duty = duty(HEAD, Role::Head, BODY);
    let now = Facts { lead: other, ..ada(ON) };
    let mut gone = stopped();
    let event = opens(&gone, false, &now).expect("something is new");
    gone.then(event, &now);
    assert_eq!(gone.has(), Some(HEAD));

    let mut interested = stopped();
    interested.then(InnovationEvent::InterestDeclared { party: LEAD }, &facts(ON));
    let event = opens(&interested, true, &now).expect("something is new");
    interested.then(event, &now);
    assert_eq!(interested.has(), Some(HEAD));

    // Nobody who brought it, nor who told the same, but for the last resort.
    let own = Facts { lead: duty(ADA, Role::TeamLead, TEAM), ..ada(ON) };
    assert_eq!(opens(&stopped(), false, &own), Err(Refusal::Interested));
    assert!(opens(&stopped(), false, &Facts { lead: resort(ADA), ..ada(ON) }).is_ok());
}

#[test]
fn what_a_finder_answered_goes_to_a_finder_and_to_no_lead_of_its_own() {
    let mut story = Story::asked(Asked::Unknown);
    story.says(stop(), &finder("2026-01-06"));
    let event = opens(&story, false, &ada(ON)).expect("something is new");
    story.then(event, &ada(ON));
    assert_eq!(story.record.decider, Some(facts(ON).finder));
    assert_ne!(story.has(), Some(LEAD));
}

#[test]
fn a_hidden_name_comes_back_to_no_lead_that_it_was_not_sent_to() {
    for (hidden, next) in [(Some(ADA), facts(ON).finder), (None, facts(ON).lead)] {
        let mut story = Story::asked(Asked::Somebody(duty(HEAD, Role::Head, BODY)));
        story.says(stop(), &by(HEAD, &[Role::Head], "2026-01-06"));
        story.record.sealed = hidden;
        let event = opens(&story, false, &ada(ON)).expect("something is new");
        let InnovationEvent::Reopened { handed, .. } = event else { panic!("{event:?}") };
        assert_eq!(handed.duty, next, "{hidden:?}");
    }
}

#[test]
fn who_covered_covers_again_and_a_last_resort_is_none_without_an_interest() {
    for (was, is) in [(Explained::Cover, Some(Explained::Cover)), (Explained::LastResort, None)] {
        let mut story = Story::asked(Asked::Somebody(Duty { explained: Some(was), ..resort(HEAD) }));
        story.says(stop(), &by(HEAD, &[Role::Head], "2026-01-06"));
        let story = opened(story, &ada(ON));
        assert_eq!(story.record.decider, Some(Duty { explained: is, ..resort(HEAD) }));
    }
}

#[test]
fn the_finder_has_the_finders_time() {
    let mut story = Story::asked(Asked::Unknown);
    story.says(stop(), &finder("2026-01-06"));
    let story = opened(story, &ada(ON));
    assert_eq!((story.has(), story.next_date()), (Some(FINDER), Some(day("2026-06-08"))));
}

#[test]
fn it_may_be_answered_no_again_and_opened_again() {
    let mut story = opened(stopped(), &ada(ON));
    story.says(stop(), &lead("2026-06-02"));
    assert!(!is_open_again(&story.record));
    let given: Vec<_> =
        story.record.answers.iter().map(|one| (one.given.kind, one.given.is_review)).collect();
    assert_eq!(given, [(AnswerKind::Stop, false), (AnswerKind::Stop, false)]);
    let mut story = opened(story, &finder("2026-06-03"));
    let far = send(duty(FAR, Role::TeamLead, ELSEWHERE), ELSEWHERE, ELSEWHERE);
    story.says(far, &lead("2026-06-03"));
    assert!(is_open_again(&story.record), "who was sent it still has to know what is new");
    story.says(Say::Go(GO), &by(FAR, &[Role::TeamLead], "2026-06-04"));
    assert!(!is_open_again(&story.record));
}

#[test]
fn after_a_review_whoever_gave_its_answer_has_it_again() {
    let head = |on| by(HEAD, &[Role::Head], on);
    let mut story = stopped();
    let asks = ada("2026-01-07");
    let event = review::ask(&story.record, (words(Field::Why), duty(HEAD, Role::Head, BODY)), &asks);
    story.then(event.expect("in time"), &asks);
    assert!(!is_open_again(&story.record), "a second look is another thing");
    story.says(stop(), &head("2026-01-08"));
    assert_eq!(opens(&story, true, &by(LEAD, &[Role::TeamLead], ON)), Err(Refusal::NotYours));
    let mut story = opened(story, &ada(ON));
    assert_eq!(story.has(), Some(HEAD));
    story.says(stop(), &head("2026-06-02"));
    let asks = ada("2026-06-03");
    let again = review::ask(&story.record, (words(Field::Why), duty(TOP, Role::Head, node(3))), &asks);
    assert_eq!(again.map(drop), Err(Refusal::NotAtThisStep), "a review is asked once");
}

#[test]
fn an_objection_undoes_the_answer_though_it_was_opened_again() {
    let mut story = Story::told();
    let head = by(HEAD, &[Role::Head], "2026-01-06");
    let typed = story.typed(stop(), "2026-01-06", &head).expect("a decider types it");
    story.then(typed, &head);
    let mut story = opened(story, &ada("2026-01-07"));
    let event = object(&story.record, words(Field::Why), &lead("2026-01-08")).expect("in time");
    story.then(event, &lead("2026-01-08"));
    assert_eq!((story.has(), story.record.stage), (Some(LEAD), Stage::Told));
    assert!(story.record.answer().is_none() && !is_open_again(&story.record));
}

#[test]
fn it_is_late_like_anything_else_that_is_open() {
    let mut story = opened(stopped(), &ada(ON));
    let event = pass::time_passes(&story.record, &facts("2026-06-16")).expect("its date has passed");
    story.then(event, &facts("2026-06-16"));
    assert_eq!((story.has(), story.record.overdue_step), (Some(FINDER), 1));
}
