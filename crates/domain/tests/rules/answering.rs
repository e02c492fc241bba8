//! The four answers: what each leads to, what each is refused for.

use crate::builders::*;
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::find::tell::Asked;
use waymark_domain::limits::HOURS;
use waymark_domain::people::role::Role;
use waymark_domain::route::answer::{Go, Say};
use waymark_domain::route::clock::State;
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::{pass, talk};
use waymark_domain::text::Field;

const ON: &str = "2026-01-06";

#[test]
fn go_is_tried_by_who_was_named_for_thirty_days() {
    let mut told = Story::told();
    told.says(Say::Go(GO), &lead(ON));
    let record = &told.record;
    assert_eq!((record.stage, record.owner, told.has()), (Stage::Trying, Some(TRIER), Some(LEAD)));
    assert_eq!(told.next_date(), Some(days_after(ON, 30)));
    assert!(matches!(record.answers[0].given.clock.state, State::Met { late: false, .. }));
}

#[test]
fn not_now_waits_with_who_said_it() {
    let mut told = Story::told();
    told.says(not_now("2026-06-01"), &lead(ON));
    assert_eq!((told.record.stage, told.has()), (Stage::NotNow, Some(LEAD)));
    assert_eq!((told.next_date(), told.record.owner), (Some(day("2026-06-01")), Some(LEAD)));
}

#[test]
fn stop_ends_it_with_reason_words_and_what_would_change_it() {
    let mut told = Story::told();
    told.says(stop(), &lead(ON));
    let answer = told.record.answer().expect("it was answered");
    assert!(
        answer.given.reason.is_some() && answer.given.words.is_some() && answer.given.would_change.is_some()
    );
    assert_eq!((told.record.stage, told.has(), told.next_date()), (Stage::Stopped, None, None));
    assert_eq!(told.answer(stop(), &lead(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn sent_on_the_receiver_has_the_full_time_of_their_own_calendar() {
    let mut told = Story::told();
    told.says(send(duty(FAR, Role::TeamLead, ELSEWHERE), ELSEWHERE, ELSEWHERE), &lead("2026-11-26"));
    let record = &told.record;
    assert_eq!((record.stage, told.has(), record.sent_on), (Stage::Told, Some(FAR), 1));
    assert_eq!((record.at, record.at_body), (ELSEWHERE, ELSEWHERE));
    // St Andrew's day, 30 November 2026, is no working day in Scotland.
    assert_eq!(told.next_date(), Some(day("2026-12-11")));
    assert_eq!(record.overdue_step, 0);
}

#[test]
fn sent_on_to_a_finder_it_is_answered_in_five_days() {
    let mut told = Story::told();
    told.says(send(duty(FINDER, Role::Finder, BODY), TEAM, BODY), &lead("2026-01-12"));
    assert_eq!((told.next_date(), told.record.finder_until), (Some(day("2026-01-19")), None));
}

#[test]
fn sent_on_again_within_the_body_the_date_stays() {
    let mut told = Story::told();
    told.says(send(duty(HEAD, Role::Head, BODY), BODY, BODY), &lead("2026-01-12"));
    assert_eq!(told.next_date(), Some(day("2026-01-26")));
    told.says(send(duty(LEAD, Role::TeamLead, TEAM), TEAM, BODY), &by(HEAD, &[Role::Head], "2026-01-20"));
    assert_eq!((told.has(), told.next_date()), (Some(LEAD), Some(day("2026-01-26"))));
}

#[test]
fn sent_on_again_while_it_waits_for_the_contributor_it_waits_no_longer() {
    let mut told = Story::told();
    let head = by(HEAD, &[Role::Head], "2026-01-20");
    told.says(send(duty(HEAD, Role::Head, BODY), BODY, BODY), &lead("2026-01-12"));
    let asked = talk::ask(&told.record, words(Field::Question), &head).expect("the first pause");
    told.then(asked, &head).says(send(duty(LEAD, Role::TeamLead, TEAM), TEAM, BODY), &head);
    assert!(!talk::waits_for_contributor(&told.record) && told.record.question.is_none());
    assert_eq!(told.next_date(), Some(day("2026-01-26")));
}

#[test]
fn sent_on_late_for_a_second_time_it_stays_as_late_as_it_was() {
    let mut told = Story::told();
    told.says(send(duty(HEAD, Role::Head, BODY), BODY, BODY), &lead("2026-01-06"));
    let late = facts("2026-01-21");
    let overdue = pass::time_passes(&told.record, &late).expect("due on the 20th");
    told.then(overdue, &late);
    assert_eq!((told.has(), told.record.overdue_step), (Some(FINDER), 1));
    told.says(send(duty(LEAD, Role::TeamLead, TEAM), TEAM, BODY), &finder("2026-01-22"));
    assert_eq!((told.has(), told.record.overdue_step), (Some(LEAD), 1));
    assert_eq!(pass::time_passes(&told.record, &facts("2026-01-22")), None);
    assert_eq!(told.next_date(), Some(day("2026-01-28")));
}

#[test]
fn nobody_sends_it_to_themselves_or_to_who_brought_it() {
    let told = Story::told();
    let to = |duty| told.answer(send(duty, TEAM, BODY), &lead(ON));
    assert_eq!(to(duty(LEAD, Role::TeamLead, TEAM)), Err(Refusal::SameHands));
    assert_eq!(to(duty(ADA, Role::TeamLead, TEAM)), Err(Refusal::Interested));
    assert!(to(resort(ADA)).is_ok());
}

#[test]
fn who_does_not_decide_cannot_be_sent_it_so_the_finder_there_has_it() {
    let mut told = Story::told();
    told.says(send(duty(TRIER, Role::Member, ELSEWHERE), ELSEWHERE, ELSEWHERE), &lead(ON));
    assert_eq!(told.has(), Some(FAR));
}

#[test]
fn only_who_has_it_answers() {
    let told = Story::told();
    for other in [ada(ON), finder(ON), by(HEAD, &[Role::Head], ON), facts(ON)] {
        assert_eq!(told.answer(stop(), &other), Err(Refusal::NotYours), "{:?}", other.actor);
    }
}

#[test]
fn money_and_hours_have_limits() {
    let told = Story::told();
    let go = |pence, hours| told.answer(Say::Go(Go { pence, hours, ..GO }), &lead(ON));
    assert!(go(50_000, HOURS).is_ok());
    assert_eq!(go(50_001, 0), Err(Refusal::TooMuchMoney(50_000)));
    assert_eq!(go(0, HOURS + 1), Err(Refusal::TooManyHours(HOURS)));
}

#[test]
fn the_last_resort_decides_its_own_idea_but_never_its_own_money() {
    let told = Story::asked(Asked::Somebody(resort(ADA)));
    let head = by(ADA, &[Role::Head], ON);
    assert_eq!(told.answer(Say::Go(Go { pence: 1, ..GO }), &head), Err(Refusal::OwnMoney));
    assert!(told.answer(Say::Go(GO), &head).is_ok());
}

#[test]
fn a_decider_with_an_interest_does_not_answer() {
    let mut told = Story::told();
    let declared = waymark_domain::find::event::InnovationEvent::InterestDeclared { party: LEAD };
    told.then(declared, &lead(ON));
    assert_eq!(told.answer(stop(), &lead(ON)), Err(Refusal::Interested));
}

#[test]
fn dates_lie_after_today_and_within_twenty_four_months() {
    let told = Story::told();
    let last = day("2028-01-06");
    let until = |date: &str| told.answer(not_now(date), &lead(ON)).map(|_| ());
    assert_eq!(until(ON), Err(Refusal::DateInThePast));
    assert_eq!(until("2026-01-07"), Ok(()));
    assert_eq!(until("2028-01-06"), Ok(()));
    assert_eq!(until("2028-01-07"), Err(Refusal::DateTooFar(last)));
    let go = told.answer(Say::Go(Go { until: Some(day(ON)), ..GO }), &lead(ON));
    assert_eq!(go, Err(Refusal::DateInThePast));
}

#[test]
fn the_second_not_now_goes_one_level_up() {
    let mut told = Story::told();
    told.says(not_now("2026-02-02"), &lead(ON));
    let back = facts("2026-02-02");
    let came_back = pass::time_passes(&told.record, &back).expect("the day has come");
    told.then(came_back, &back).says(not_now("2026-03-02"), &lead("2026-02-03"));
    assert_eq!((told.has(), told.record.stage), (Some(HEAD), Stage::NotNow));
}

#[test]
fn a_meetings_decision_counts_from_its_day() {
    let mut told = Story::told();
    let facts = by(HEAD, &[Role::Head], "2026-01-21");
    let typed = told.typed(Say::Go(GO), "2026-01-19", &facts).expect("a decider types it");
    told.then(typed, &facts);
    let given = &told.record.answers[0].given;
    assert!(matches!(given.clock.state, State::Met { late: false, .. }), "{given:?}");
    let elsewhere = given.elsewhere.as_ref().expect("a meeting");
    assert_eq!((given.by.party, elsewhere.typed_by), (LEAD, HEAD));
    assert_eq!(elsewhere.object_until, day("2026-01-28"));
    assert_eq!(told.next_date(), Some(days_after("2026-01-19", 30)));
}

#[test]
fn a_meetings_decision_is_typed_by_who_decides_there_without_an_interest() {
    let told = Story::told();
    let typed = |facts| told.typed(stop(), "2026-01-06", &facts);
    assert_eq!(typed(by(HELPER, &[Role::Member, Role::Auditor], ON)), Err(Refusal::NotYours));
    assert_eq!(typed(by(ADA, &[Role::Head], ON)), Err(Refusal::NotYours));
    assert!(typed(lead(ON)).is_ok());
    assert_eq!(told.typed(stop(), "2026-01-07", &lead(ON)), Err(Refusal::DateInTheFuture));
}

#[test]
fn a_meeting_before_it_was_told_counts_from_the_telling() {
    let mut told = Story::told();
    let typed = told.typed(stop(), "2025-12-01", &lead(ON)).expect("minutes of December");
    told.then(typed, &lead(ON));
    let State::Met { at, .. } = told.record.answers[0].given.clock.state else { panic!("it was met") };
    assert_eq!(at, told.record.sent_at);
}

#[test]
fn each_answer_says_which_it_is() {
    let kinds = [Say::Go(GO), not_now(ON), stop(), send(duty(FAR, Role::Head, BODY), BODY, BODY)];
    assert_eq!(kinds.map(|say| say.kind()).as_slice(), AnswerKind::ALL);
}
