//! Hidden names: two open one together, its owner gives it, whoever answers says that they do not know whose it is.

use crate::builders::*;
use uuid::Uuid;
use waymark_domain::find::event::{InnovationEvent, Sealed};
use waymark_domain::find::hidden::{answered, ask_opening, give_name, lapse, open, over_at};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::tell::{Asked, tell};
use waymark_domain::ids::PartyId;
use waymark_domain::people::role::Role;
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::text::Field;

const ON: &str = "2026-01-06";

/// A record that waits for its answer, with Ada's name hidden.
fn hidden() -> Innovation {
    Innovation { sealed: Some(ADA), ..Story::told().record }
}

fn acting(party: PartyId, role: Role) -> Facts<'static> {
    Facts { actor: Some(party), roles: vec![role], ..facts(ON) }
}

#[test]
fn two_openers_open_it_and_nobody_else() {
    let (first, second) = (acting(HEAD, Role::Opener), acting(FINDER, Role::Opener));
    let ask = |record: &Innovation, facts: &Facts| ask_opening(record, words(Field::Why), facts);
    assert_eq!(ask(&hidden(), &acting(HEAD, Role::Head)), Err(Refusal::NotYours));
    assert_eq!(ask(&Story::told().record, &first), Err(Refusal::NothingToOpen), "no name is hidden");
    assert_eq!(open(&hidden(), &second), Err(Refusal::NothingToOpen), "nobody has asked");
    assert!(matches!(ask(&hidden(), &first), Ok(InnovationEvent::OpeningAsked { by: HEAD, .. })));
    let asked = Innovation { opening: Some(HEAD), ..hidden() };
    assert_eq!(ask(&asked, &second), Err(Refusal::NothingToOpen), "it was asked already");
    assert_eq!(open(&asked, &first), Err(Refusal::OneIsNotTwo));
    assert_eq!(open(&asked, &acting(FINDER, Role::Finder)), Err(Refusal::NotYours));
    assert_eq!(open(&asked, &second), Ok(InnovationEvent::NameOpened { by: [HEAD, FINDER] }));
}

/// The same from its first event.
fn told_hidden() -> Story {
    let facts = ada("2026-01-05");
    let mut event = tell(idea(), Asked::TeamLead, &facts).expect("a fair idea");
    if let InnovationEvent::Told(told) = &mut event {
        told.sealed = Some(Sealed { keys: [Uuid::nil(), Uuid::max()] });
    }
    Story::begun(event, &facts)
}

#[test]
fn an_opening_that_nobody_joined_is_over_after_a_fortnight_and_may_be_begun_anew() {
    let mut story = told_hidden();
    let first = |on: &str| by(HEAD, &[Role::Opener], on);
    let second = |on: &str| by(FINDER, &[Role::Opener], on);
    let asked = ask_opening(&story.record, words(Field::Why), &first(ON)).expect("begun");
    story.then(asked, &first(ON));
    assert_eq!(over_at(&story.record), Some(at("2026-01-20")));
    assert_eq!(lapse(&story.record, &facts("2026-01-19")), None);
    assert!(open(&story.record, &second("2026-01-19")).is_ok());
    let late = open(&story.record, &second("2026-01-20"));
    assert_eq!(late, Err(Refusal::OpeningOver), "also where it is not written down yet");
    let over = facts("2026-01-20");
    let event = lapse(&story.record, &over).expect("it is over");
    story.then(event, &over);
    assert_eq!((story.record.opening, over_at(&story.record)), (None, None));
    assert_eq!(lapse(&story.record, &over), None, "once");
    assert_eq!(open(&story.record, &second("2026-01-20")), Err(Refusal::NothingToOpen));
    let asked = ask_opening(&story.record, words(Field::Why), &first("2026-01-21")).expect("begun anew");
    story.then(asked, &first("2026-01-21"));
    let opened = open(&story.record, &second("2026-02-03")).expect("opened");
    story.then(opened, &second("2026-02-03"));
    assert_eq!(lapse(&story.record, &facts("2026-03-01")), None, "what was opened is not over");
}

#[test]
fn its_owner_gives_their_name_unless_they_would_decide_their_own() {
    let own = acting(ADA, Role::Member);
    assert_eq!(give_name(&hidden(), TRIER, &own), Ok(InnovationEvent::NameGiven { party: TRIER }));
    assert_eq!(give_name(&hidden(), TRIER, &acting(TRIER, Role::Member)), Err(Refusal::NotYours));
    assert_eq!(give_name(&Story::told().record, TRIER, &own), Err(Refusal::NotYours), "no name is hidden");
    assert_eq!(give_name(&hidden(), LEAD, &own), Err(Refusal::Interested));
}

#[test]
fn whoever_answers_says_that_they_do_not_know_whose_it_is() {
    let given = || Story::told().answer(stop(), &lead(ON)).expect("an answer");
    assert_eq!(answered(&hidden(), given(), false), Err(Refusal::NameMayBeKnown));
    let event = answered(&hidden(), given(), true).expect("taken");
    assert!(matches!(event, InnovationEvent::Answered(given) if given.is_name_unknown));
    assert_eq!(
        answered(&Story::told().record, given(), false),
        Ok(given()),
        "where no name is hidden nobody is asked"
    );
}
