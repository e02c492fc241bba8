//! A shared answer: written by whoever decides, used in its body until its day, read again by its owner.

use crate::builders::*;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::account::fact::{Says, facts as said};
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::masking::{MaskedFor, mask_shared};
use waymark_domain::find::stage::{AnswerKind, Reason};
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::record::{Event as _, Happened, Meta, Record as _};
use waymark_domain::route::answer::Say;
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::shared::{
    SharedAnswer, SharedEvent, Text, change, check_use, keep, mark, withdraw, write,
};
use waymark_domain::text::{Digest, Field, Language, Remade};

const ON: &str = "2026-01-06";
const PLACE: (NodeId, NodeId) = (TEAM, BODY);

fn text() -> Text {
    let (words, would_change) = (words(Field::Answer), words(Field::WouldChange));
    Text { reason: Reason::NoMoney, language: Language::En, words, would_change }
}

fn happened(event: SharedEvent, version: u32) -> Happened<SharedEvent> {
    let meta = Meta { version, actor: Some(LEAD), happened_at: at(ON), recorded_at: at(ON) };
    Happened { event, meta }
}

fn written(until: &str) -> SharedAnswer {
    let event = write(PLACE, (text(), day(until)), &lead(ON)).expect("whoever decides writes it");
    assert_eq!(event.parties(), [LEAD]);
    SharedAnswer::begin(Uuid::from_u128(7), &happened(event, 1)).expect("written comes first")
}

fn then(shared: &SharedAnswer, event: SharedEvent) -> SharedAnswer {
    let mut after = shared.clone();
    after.apply(&happened(event, shared.version + 1));
    after
}

#[test]
fn whoever_decides_writes_it_for_twelve_months_at_most() {
    let tried = |until: NaiveDate, facts: &Facts| write(PLACE, (text(), until), facts).map(drop);
    assert_eq!(tried(day("2027-01-06"), &lead(ON)), Ok(()));
    assert_eq!(tried(day("2027-01-07"), &lead(ON)), Err(Refusal::DateTooFar(day("2027-01-06"))));
    assert_eq!(tried(day(ON), &lead(ON)), Err(Refusal::DateInThePast));
    assert_eq!(tried(day("2026-06-01"), &ada(ON)), Err(Refusal::NotYours));
    assert_eq!(tried(day("2026-06-01"), &facts(ON)), Err(Refusal::NotYours));
}

#[test]
fn it_is_used_in_its_body_until_the_end_of_its_day() {
    let (shared, story) = (written("2026-06-01"), Story::told());
    let used = |shared: &SharedAnswer, on: &str| check_use(shared, &story.record, &lead(on));
    assert_eq!(used(&shared, "2026-06-01"), Ok(()));
    assert_eq!(used(&shared, "2026-06-02"), Err(Refusal::NotAtThisStep));
    let elsewhere = SharedAnswer { body: ELSEWHERE, ..shared.clone() };
    assert_eq!(used(&elsewhere, ON), Err(Refusal::NotYours));
    let gone = then(&shared, withdraw(&shared, &lead(ON)).expect("its owner"));
    assert_eq!(used(&gone, ON), Err(Refusal::NotAtThisStep));
}

#[test]
fn whoever_reads_it_again_owns_it_and_what_is_withdrawn_stays_so() {
    let shared = written("2026-06-01");
    let head = by(HEAD, &[Role::Head], ON);
    let kept = then(&shared, keep(&shared, day("2026-12-01"), &head).expect("who decides there"));
    assert_eq!((kept.kept.owner, kept.kept.reread_on, kept.text), (HEAD, day("2026-12-01"), shared.text));
    let other = Text { reason: Reason::NotSafe, ..text() };
    let changed =
        then(&kept, change(&kept, (other, day("2026-12-01")), &lead(ON)).expect("who decides there"));
    assert_eq!((changed.kept.owner, changed.text.reason, changed.version), (LEAD, Reason::NotSafe, 3));
    assert_eq!(keep(&shared, day("2026-12-01"), &ada(ON)), Err(Refusal::NotYours));
    assert_eq!(keep(&shared, day("2028-12-01"), &lead(ON)), Err(Refusal::DateTooFar(day("2027-01-06"))));
    // An owner who decides nothing there any more still reads what is theirs.
    assert!(withdraw(&shared, &by(LEAD, &[], ON)).is_ok());
    let gone = then(&shared, SharedEvent::Withdrawn);
    assert_eq!(keep(&gone, day("2026-12-01"), &lead(ON)), Err(Refusal::NotAtThisStep));
    assert_eq!(withdraw(&gone, &lead(ON)), Err(Refusal::NotAtThisStep));
}

#[test]
fn masking_it_changes_what_vouches_for_its_words_and_nothing_else() {
    let shared = written("2026-06-01");
    let digest = Digest([9; 32]);
    let texts = vec![Remade { was: shared.text.would_change, digest }];
    let event = mask_shared((texts, true), MaskedFor::Person, &[Role::Finder]).expect("a finder");
    let after = then(&shared, event);
    assert_eq!((after.text.would_change.digest, after.version), (digest, 2));
    assert_eq!(SharedAnswer { text: shared.text, version: 1, ..after }, shared);
}

#[test]
fn an_answer_that_was_given_with_it_is_counted_as_shared_and_a_go_never_is() {
    let (shared, mut story) = (written("2026-06-01"), Story::told());
    let go = mark(&shared, story.answer(Say::Go(GO), &lead(ON)).expect("a go"));
    assert!(matches!(go, InnovationEvent::Answered(given) if given.shared.is_none()));
    let event = mark(&shared, story.answer(stop(), &lead(ON)).expect("a no"));
    story.then(event, &lead(ON));
    let answer = &story.record.answers[0].given;
    assert_eq!(answer.shared.map(|used| (used.id, used.version)), Some((shared.id, 1)));
    let is_shared =
        Says::Answer { kind: AnswerKind::Stop, is_reasoned: true, was_answer: None, is_shared: true };
    assert!(said(&story.record).iter().any(|fact| fact.says == is_shared));
}
