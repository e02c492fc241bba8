//! Masking: by a finder, of something, at any stage, and nothing else of the record changes.

use crate::builders::*;
use waymark_domain::find::masking::{MaskedFor, mask};
use waymark_domain::people::role::Role;
use waymark_domain::record::Record as _;
use waymark_domain::route::facts::{Facts, Refusal};

const ON: &str = "2026-01-06";

#[test]
fn a_finder_masks_something_and_nobody_else_does() {
    let facts = |role| Facts { actor: Some(FINDER), roles: vec![role], ..facts(ON) };
    let texts = || (vec![remade()], false);
    assert!(mask(texts(), MaskedFor::Person, &facts(Role::Finder)).is_ok());
    assert_eq!(mask(texts(), MaskedFor::Person, &facts(Role::TeamLead)), Err(Refusal::NotYours));
    let nowhere = (Vec::new(), false);
    assert_eq!(mask(nowhere, MaskedFor::Harm, &facts(Role::Finder)), Err(Refusal::NothingToMask));
    let in_comments = (Vec::new(), true);
    assert!(mask(in_comments, MaskedFor::Harm, &facts(Role::Finder)).is_ok(), "it says so all the same");
    let nobody = Facts { actor: None, ..facts(Role::Finder) };
    assert_eq!(mask(texts(), MaskedFor::Person, &nobody), Err(Refusal::NotYours));
}

#[test]
fn it_changes_nothing_else_and_is_no_news() {
    let mut story = Story::told();
    let before = story.record.clone();
    let facts = Facts { actor: Some(FINDER), roles: vec![Role::Finder], ..facts("2026-01-08") };
    let event = mask((vec![remade()], false), MaskedFor::Private, &facts).expect("a finder");
    story.then(event, &facts);
    let mut after = story.record.clone();
    assert_eq!(after.version(), before.version() + 1);
    after.version = before.version;
    assert_eq!(after, before);
}

#[test]
fn each_reason_is_read_by_its_name() {
    for reason in MaskedFor::ALL {
        assert_eq!(MaskedFor::parse(reason.name()), Some(reason));
    }
    assert_eq!(MaskedFor::parse("because"), None);
}
