//! Who may see a record: fewer at once, more with two.

use crate::builders::*;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::moderation::Listing;
use waymark_domain::find::sight::{Offer, Shown, Side, show_to};
use waymark_domain::people::{role::Role, setting::SeenBy};
use waymark_domain::route::facts::Refusal;

const ON: &str = "2026-01-06";

/// Says it and has it happen.
fn say(
    story: &mut Story,
    to: SeenBy,
    facts: &waymark_domain::route::facts::Facts<'static>,
) -> InnovationEvent {
    let event = show_to(&story.record, to, facts).expect("one of the two");
    story.then(event.clone(), facts);
    event
}

#[test]
fn fewer_see_it_as_soon_as_either_says_so() {
    for facts in [ada(ON), by(FINDER, &[Role::Finder], ON)] {
        let mut story = Story::told();
        assert_eq!(story.record.seen_by(), SeenBy::Body);
        let event = say(&mut story, SeenBy::Handlers, &facts);
        let by = facts.actor.expect("somebody");
        assert_eq!(event, InnovationEvent::SightSet(Shown { to: SeenBy::Handlers, by, with: None }));
        assert_eq!(story.record.seen_by(), SeenBy::Handlers);
        assert_eq!(show_to(&story.record, SeenBy::Handlers, &facts), Err(Refusal::SaidAlready));
    }
}

#[test]
fn more_see_it_when_both_have_said_so_and_no_more_than_both_said() {
    let (ada, finder) = (ada(ON), by(FINDER, &[Role::Finder], ON));
    for (first, second, side) in [(&ada, &finder, Side::Contributor), (&finder, &ada, Side::Finder)] {
        let mut story = Story::told();
        let offer = Offer { by: first.actor.expect("somebody"), side, to: SeenBy::Everyone };
        assert_eq!(say(&mut story, SeenBy::Everyone, first), InnovationEvent::SightOffered(offer));
        assert_eq!((story.record.seen_by(), story.record.wider), (SeenBy::Body, Some(offer)));
        assert!(story.record.offered_at.is_some_and(|at| at > story.record.sent_at));
        assert_eq!(
            show_to(&story.record, SeenBy::Everyone, first),
            Err(Refusal::SaidAlready),
            "one is not two"
        );
        say(&mut story, SeenBy::Bodies, second);
        assert_eq!((story.record.seen_by(), story.record.wider), (SeenBy::Bodies, None));
        assert_eq!(story.record.offered_at, None);
    }
}

#[test]
fn leaving_it_as_it_is_ends_what_was_offered_and_fewer_do_too() {
    let (ada, finder) = (ada(ON), by(FINDER, &[Role::Finder], ON));
    for to in [SeenBy::Body, SeenBy::Handlers] {
        let mut story = Story::told();
        say(&mut story, SeenBy::Bodies, &finder);
        say(&mut story, to, &ada);
        assert_eq!((story.record.seen_by(), story.record.wider), (to, None));
    }
}

#[test]
fn whoever_wishes_more_than_was_offered_offers_that() {
    let (ada, finder) = (ada(ON), by(FINDER, &[Role::Finder], ON));
    let mut story = Story::told();
    say(&mut story, SeenBy::Bodies, &finder);
    say(&mut story, SeenBy::Everyone, &ada);
    assert_eq!(story.record.seen_by(), SeenBy::Body);
    assert_eq!(
        story.record.wider.map(|offer| (offer.side, offer.to)),
        Some((Side::Contributor, SeenBy::Everyone))
    );
}

#[test]
fn a_finder_who_brought_it_is_not_both_and_nobody_else_is_either() {
    let mut story = Story::told();
    let both = by(ADA, &[Role::Finder], ON);
    say(&mut story, SeenBy::Bodies, &both);
    assert_eq!(show_to(&story.record, SeenBy::Bodies, &both), Err(Refusal::SaidAlready));
    for other in [by(HEAD, &[Role::Head], ON), by(LEAD, &[Role::TeamLead], ON), facts(ON)] {
        assert_eq!(show_to(&story.record, SeenBy::Handlers, &other), Err(Refusal::NotYours));
    }
}

#[test]
fn what_is_not_listed_is_seen_by_handlers_alone_whatever_was_said() {
    let mut story = Story::told();
    say(&mut story, SeenBy::Everyone, &ada(ON));
    say(&mut story, SeenBy::Everyone, &by(FINDER, &[Role::Finder], ON));
    story.record.listing = Listing::Unlisted;
    assert_eq!((story.record.seen_by(), story.record.sight), (SeenBy::Handlers, SeenBy::Everyone));
}
