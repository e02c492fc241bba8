//! Telling: who has it first and by when; what cannot be sent.

use crate::builders::*;
use waymark_domain::find::event::{Contributor, InnovationEvent};
use waymark_domain::find::stage::{Stage, WayIn};
use waymark_domain::find::tell::{Asked, add_to, equal_shares, just_did_it, tell};
use waymark_domain::ids::PartyId;
use waymark_domain::limits::CONTRIBUTORS;
use waymark_domain::people::role::Role;
use waymark_domain::route::answer::Say;
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::talk;
use waymark_domain::text::Field;

fn shared_by(shares: &[(PartyId, u8)]) -> Result<InnovationEvent, Refusal> {
    let contributors = shares
        .iter()
        .map(|(party, share_percent)| Contributor { party: *party, share_percent: *share_percent });
    let tell_it = waymark_domain::find::tell::Tell { contributors: contributors.collect(), ..idea() };
    tell(tell_it, Asked::TeamLead, &ada("2026-01-05"))
}

#[test]
fn it_goes_to_who_could_say_yes_with_a_date() {
    let table = [
        (Asked::TeamLead, LEAD, "2026-01-19", Some("2026-01-12")),
        (Asked::Somebody(duty(HEAD, Role::Head, BODY)), HEAD, "2026-01-19", Some("2026-01-12")),
        (Asked::Somebody(duty(FINDER, Role::Finder, BODY)), FINDER, "2026-01-12", None),
        (Asked::Somebody(duty(TRIER, Role::Member, TEAM)), FINDER, "2026-01-12", None),
        (Asked::Unknown, FINDER, "2026-01-12", None),
    ];
    for (asked, who, due, finder_until) in table {
        let told = Story::asked(asked);
        assert_eq!(told.has(), Some(who), "{asked:?}");
        assert_eq!(told.record.owner, Some(who), "{asked:?}");
        assert_eq!(told.next_date(), Some(day(due)), "{asked:?}");
        assert_eq!(told.record.finder_until, finder_until.map(day), "{asked:?}");
        assert_eq!(told.record.stage, Stage::Told);
    }
}

#[test]
fn nobody_is_asked_what_they_brought_themselves_unless_nobody_is_left() {
    assert_eq!(Story::asked(Asked::Somebody(duty(ADA, Role::TeamLead, TEAM))).has(), Some(FINDER));
    assert_eq!(Story::asked(Asked::Somebody(resort(ADA))).has(), Some(ADA));
}

#[test]
fn the_way_in_follows_from_what_is_told() {
    let way_in = |external_id: Option<&str>, has_solution: bool| {
        let mut told = idea();
        told.external_id = external_id.map(str::to_owned);
        told.solution = told.solution.filter(|_| has_solution);
        let event = tell(told, Asked::TeamLead, &ada("2026-01-05")).expect("fair shares");
        Story::begun(event, &ada("2026-01-05")).record.told
    };
    assert_eq!(way_in(None, true).way_in, WayIn::Idea);
    assert_eq!(way_in(None, false).way_in, WayIn::Problem);
    assert_eq!(way_in(Some("7"), true).way_in, WayIn::Imported);
    assert!(way_in(None, false).is_problem() && !way_in(None, true).is_problem());
}

#[test]
fn what_was_just_done_waits_for_nobody() {
    let facts = ada("2026-01-05");
    let event = just_did_it(idea(), (words(Field::Did), words(Field::Changed)), &facts).expect("fair shares");
    let record = Story::begun(event, &facts).record;
    assert_eq!((record.stage, record.broken_promise()), (Stage::Done, None));
    assert_eq!((record.decider, record.clock.is_none()), (None, true));
    assert!(record.lines.is_some() && record.ended_at == Some(facts.now));
}

#[test]
fn shares_are_whole_percents_that_make_a_hundred_one_for_each_person() {
    let refused = [
        vec![],
        vec![(ADA, 99)],
        vec![(ADA, 100), (LEAD, 1)],
        vec![(ADA, 100), (LEAD, 0)],
        vec![(ADA, 50), (ADA, 50)],
    ];
    for shares in refused {
        assert_eq!(shared_by(&shares), Err(Refusal::BadShares), "{shares:?}");
    }
    assert!(shared_by(&[(ADA, 1), (LEAD, 99)]).is_ok());
    let mut alone = idea();
    alone.contributors.clear();
    let lines = (words(Field::Did), words(Field::Changed));
    assert_eq!(just_did_it(alone, lines, &ada("2026-01-05")), Err(Refusal::BadShares));
}

#[test]
fn twenty_people_may_share_an_idea_and_one_more_may_not() {
    let many = |count: usize| -> Vec<(PartyId, u8)> {
        let shares = equal_shares(u8::try_from(count).expect("few people"));
        shares.into_iter().zip(100..).map(|(share, number)| (party(number), share)).collect()
    };
    assert!(shared_by(&many(CONTRIBUTORS)).is_ok());
    assert_eq!(shared_by(&many(CONTRIBUTORS + 1)), Err(Refusal::BadShares));
}

#[test]
fn equal_shares_make_a_hundred_for_any_number() {
    for count in 0..=u8::MAX {
        assert_eq!(equal_shares(count).iter().map(|share| u32::from(*share)).sum::<u32>(), 100);
    }
    assert_eq!(equal_shares(3), [34, 33, 33]);
}

#[test]
fn whoever_tells_the_same_later_is_counted_once_has_no_share_and_does_not_decide() {
    let mut story = Story::told();
    let trier = by(TRIER, &[Role::Member], "2026-01-06");
    for _ in 0..2 {
        let event = add_to(&story.record, added(&[TRIER, FINDER]), &trier).expect("it is open");
        story.then(event, &trier);
    }
    assert_eq!(story.record.also_told, [TRIER, FINDER]);
    assert!(!story.record.is_contributor(TRIER) && story.record.is_interested(FINDER));
    let own = add_to(&story.record, added(&[ADA]), &ada("2026-01-06")).expect("more words of hers");
    story.then(own, &ada("2026-01-06"));
    assert_eq!(story.record.also_told, [TRIER, FINDER], "she has a share already");
    assert!(story.record.news_at < at("2026-01-06"), "it is no news of those who have it");
}

fn add(story: &Story, tellers: &[PartyId], facts: &Facts) -> Result<InnovationEvent, Refusal> {
    add_to(&story.record, added(tellers), facts)
}

#[test]
fn words_are_added_by_no_decider_to_nothing_that_has_ended_and_to_no_crowd() {
    let mut story = Story::told();
    let trier = by(TRIER, &[Role::Member], "2026-01-06");
    assert_eq!(add(&story, &[LEAD], &lead("2026-01-06")), Err(Refusal::YoursToAnswer));
    assert_eq!(add(&story, &[LEAD], &trier), Err(Refusal::YoursToAnswer));
    assert_eq!(add(&story, &[TRIER], &facts("2026-01-06")), Err(Refusal::NotYours));
    let crowd: Vec<PartyId> = (100..101 + CONTRIBUTORS as u128).map(party).collect();
    for wrong in [&[][..], &[TRIER, TRIER], &crowd] {
        assert_eq!(add(&story, wrong, &trier), Err(Refusal::BadShares));
    }
    assert!(add(&story, &crowd[1..], &trier).is_ok());
    story.says(stop(), &lead("2026-01-06"));
    assert_eq!(add(&story, &[TRIER], &trier), Err(Refusal::NotAtThisStep));
}

#[test]
fn nobody_takes_back_what_others_wait_for_too() {
    let mut story = Story::told();
    let trier = by(TRIER, &[Role::Member], "2026-01-06");
    let event = add_to(&story.record, added(&[TRIER]), &trier).expect("it is open");
    story.then(event, &trier);
    let back = |story: &Story| talk::withdraw(&story.record, words(Field::Why), &ada("2026-01-07"));
    assert_eq!(back(&story), Err(Refusal::OthersWait));
    story.says(Say::Go(GO), &lead("2026-01-07"));
    assert_eq!(back(&story), Err(Refusal::OthersWait));
}
