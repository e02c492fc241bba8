//! Masking: by a finder, of something, at any stage, and nothing else of the record changes.

use crate::builders::*;
use uuid::Uuid;
use waymark_domain::find::masking::{MaskedFor, mask, mask_problem, mask_shared, may_mask};
use waymark_domain::find::problem::{Listed, Problem, ProblemEvent};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::record::{Event as _, Happened, Meta, Record as _};
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::text::{Digest, Field, Language, Remade};

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
fn what_is_no_record_is_masked_by_a_finder_of_its_place() {
    let (finder, others) = ([Role::Member, Role::Finder], [Role::TeamLead, Role::Head, Role::Auditor]);
    let texts = || vec![remade()];
    let because = MaskedFor::Person;
    assert!(may_mask(&finder) && !may_mask(&others));
    let event = mask_problem(texts(), because, &finder).expect("a finder");
    assert_eq!((event.name(), event.parties()), ("masked", Vec::new()));
    assert_eq!(mask_problem(texts(), because, &others), Err(Refusal::NotYours));
    assert_eq!(mask_problem(Vec::new(), because, &finder), Err(Refusal::NothingToMask));
    let event = mask_shared((texts(), false), because, &finder).expect("a finder");
    assert_eq!((event.name(), event.parties()), ("masked", Vec::new()));
    assert_eq!(mask_shared((texts(), true), because, &others), Err(Refusal::NotYours));
    assert_eq!(mask_shared((Vec::new(), false), because, &finder), Err(Refusal::NothingToMask));
    assert!(mask_shared((Vec::new(), true), because, &finder).is_ok(), "it stood in an answer alone");
}

#[test]
fn masking_a_problem_changes_what_vouches_for_its_texts_and_nothing_else() {
    let listed = Listed {
        node: TEAM,
        body: BODY,
        by: FINDER,
        seen_by: SeenBy::Body,
        language: Language::En,
        title: words(Field::Title),
        problem: words(Field::Problem),
        details: Some(words(Field::Details)),
        opens_at: None,
        closes_at: None,
        money: None,
        source_url: None,
        external_id: None,
    };
    let happened = |event, version| {
        let meta = Meta { version, actor: Some(FINDER), happened_at: at(ON), recorded_at: at(ON) };
        Happened { event, meta }
    };
    let first = happened(ProblemEvent::Listed(Box::new(listed)), 1);
    let mut problem = Problem::begin(Uuid::from_u128(3), &first).expect("listed comes first");
    let before = problem.clone();
    let digest = Digest([9; 32]);
    let texts = [Field::Title, Field::Details].map(|field| Remade { was: words(field), digest });
    let event = mask_problem(texts.to_vec(), MaskedFor::Harm, &[Role::Finder]).expect("a finder");
    problem.apply(&happened(event, 2));
    let said = &problem.listed;
    assert_eq!((said.title.digest, said.details.map(|text| text.digest)), (digest, Some(digest)));
    let Listed { title, details, .. } = before.listed.clone();
    let listed = Listed { title, details, ..problem.listed.clone() };
    assert_eq!(Problem { listed, version: 1, ..problem }, before);
}

#[test]
fn each_reason_is_read_by_its_name() {
    for reason in MaskedFor::ALL {
        assert_eq!(MaskedFor::parse(reason.name()), Some(reason));
    }
    assert_eq!(MaskedFor::parse("because"), None);
}
