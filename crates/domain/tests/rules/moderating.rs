//! Moderation: what the public tells waits to be listed, is seen by those who handle it meanwhile, and goes on all the same.

use crate::builders::*;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::{Because, Listing, Public, Say, credit, moderate};
use waymark_domain::find::stage::Outcome;
use waymark_domain::find::tell::{Asked, Tell, tell};
use waymark_domain::ids::PartyId;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::policy::{Action, Viewer, may};
use waymark_domain::route::trial::end_try;
use waymark_domain::text::Field;

const ON: &str = "2026-01-06";

/// An idea of somebody without an account.
fn public() -> Story {
    told_as(Some(Public { credit: None }))
}

fn told_as(public: Option<Public>) -> Story {
    let idea = Tell { public, ..idea() };
    let event = tell(idea, Asked::TeamLead, &ada(ON)).expect("told");
    Story::begun(event, &ada(ON))
}

fn acting(party: PartyId, role: Role) -> Facts<'static> {
    Facts { actor: Some(party), roles: vec![role], ..facts(ON) }
}

fn unlist() -> Say {
    Say::Unlist(Because::Private, words(Field::Why))
}

fn sees(record: &Innovation, role: Role) -> bool {
    let viewer = Viewer {
        party: Some(FAR),
        is_signed_in: true,
        roles: vec![role],
        is_of_body: true,
        only_checks: false,
    };
    may(&viewer, Action::See, record)
}

#[test]
fn it_waits_for_a_moderator_and_its_answer_does_not() {
    let mut story = public();
    assert_eq!(story.record.listing, Listing::Waiting);
    assert_eq!(story.record.seen_by(), SeenBy::Handlers);
    assert!(!sees(&story.record, Role::Member) && sees(&story.record, Role::Moderator));
    assert_eq!(story.record.next_date(), told_as(None).record.next_date(), "the same date as any idea");
    let moderator = acting(HEAD, Role::Moderator);
    story.then(moderate(&story.record, Say::List, &moderator).expect("listed"), &moderator);
    assert_eq!((story.record.listing, story.record.seen_by()), (Listing::Listed, SeenBy::Body));
    assert!(sees(&story.record, Role::Member));
    assert_eq!(moderate(&story.record, Say::List, &moderator), Err(Refusal::SaidAlready));
}

#[test]
fn what_is_not_listed_is_answered_and_can_be_listed_later() {
    let mut story = public();
    let finder = acting(FINDER, Role::Finder);
    let event = moderate(&story.record, unlist(), &finder).expect("where nobody is moderator");
    assert!(matches!(event, InnovationEvent::Moderated(what) if what.role == Role::Finder));
    assert!(matches!(event, InnovationEvent::Moderated(what) if !what.is_with_care));
    story.then(event, &finder);
    assert_eq!(story.record.listing, Listing::Unlisted);
    assert!(!sees(&story.record, Role::Member));
    story.says(waymark_domain::route::answer::Say::Go(GO), &lead(ON));
    let own = acting(ADA, Role::Member);
    let ended = end_try(&story.record, lines(Outcome::Keep), &own);
    assert_eq!(ended, Err(Refusal::NotYours), "whoever has no account has not seen it tried");
    assert_eq!(story.record.listing, Listing::Unlisted, "an answer lists nothing");
    assert!(moderate(&story.record, Say::List, &finder).is_ok());
    assert_eq!(moderate(&story.record, unlist(), &finder), Err(Refusal::SaidAlready));
    assert_eq!(story.record.moderated.len(), 1);
}

#[test]
fn what_is_handled_with_care_is_the_finders_to_moderate_and_the_event_says_why() {
    let idea = Tell { public: Some(Public { credit: None }), seen_by: SeenBy::Handlers, ..idea() };
    let mut story = Story::begun(tell(idea, Asked::TeamLead, &ada(ON)).expect("told"), &ada(ON));
    assert!(!sees(&story.record, Role::Moderator) && sees(&story.record, Role::Finder));
    let finder = acting(FINDER, Role::Finder);
    story.then(moderate(&story.record, Say::List, &finder).expect("listed"), &finder);
    assert_eq!((story.record.listing, story.record.seen_by()), (Listing::Listed, SeenBy::Handlers));
    let done: Vec<(Role, bool)> =
        story.record.moderated.iter().map(|done| (done.what.role, done.what.is_with_care)).collect();
    assert_eq!(done, [(Role::Finder, true)]);
}

#[test]
fn nobody_moderates_their_own_or_without_the_role() {
    let record = Story::told().record;
    assert_eq!(moderate(&record, unlist(), &acting(ADA, Role::Moderator)), Err(Refusal::Interested));
    assert_eq!(moderate(&record, unlist(), &acting(HEAD, Role::Head)), Err(Refusal::NotYours));
    let leave = Say::Leave(words(Field::Why));
    assert!(moderate(&record, leave, &acting(HEAD, Role::Moderator)).is_ok());
}

#[test]
fn a_name_is_read_before_it_shows() {
    let mut story = public();
    let moderator = acting(HEAD, Role::Moderator);
    story.then(moderate(&story.record, Say::List, &moderator).expect("listed"), &moderator);
    let name = words(Field::Credit);
    assert_eq!(credit(&story.record, name, &acting(TRIER, Role::Member)), Err(Refusal::NotYours));
    let own = acting(ADA, Role::Member);
    assert_eq!(credit(&Story::told().record, name, &own), Err(Refusal::NotYours), "she has an account");
    story.then(credit(&story.record, name, &own).expect("her own"), &own);
    assert_eq!((story.record.credit, story.record.listing), (Some(name), Listing::Waiting));
}
