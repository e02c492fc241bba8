//! Who may say something about a record, and take it back; when news is due.

use crate::builders::*;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::find::comment::{Comment, CommentEvent, Moderator, may_comment, moderate, take_back};
use waymark_domain::find::event::Sealed;
use waymark_domain::find::masking::MaskedFor;
use waymark_domain::find::moderation::{Because, Moderation, Say};
use waymark_domain::find::tell::Tell;
use waymark_domain::ids::{InnovationId, PartyId};
use waymark_domain::people::{role::Role, setting::SeenBy};
use waymark_domain::record::{Happened, Meta, Record as _};
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::limits::Limits;
use waymark_domain::route::policy::Viewer;
use waymark_domain::route::talk::news_nears;
use waymark_domain::text::{Digest, Field, Language, Remade};

const ON: &str = "2026-01-05";

fn told(seen_by: SeenBy, sealed: Option<Sealed>) -> Story {
    let facts = ada(ON);
    let tell_it = Tell { seen_by, sealed, ..idea() };
    let asked = waymark_domain::find::tell::Asked::TeamLead;
    Story::begun(waymark_domain::find::tell::tell(tell_it, asked, &facts).expect("a fair idea"), &facts)
}

fn viewer(party: Option<PartyId>, role: Role) -> Viewer {
    Viewer { party, is_signed_in: true, roles: vec![role], is_of_body: true, only_checks: false }
}

#[test]
fn whoever_sees_it_says_something_and_where_care_is_due_only_who_handles_it() {
    let people = [
        ("contributor", viewer(Some(ADA), Role::Member)),
        ("decider", viewer(Some(LEAD), Role::TeamLead)),
        ("finder", viewer(None, Role::Finder)),
        ("colleague", viewer(None, Role::Member)),
        ("auditor", viewer(None, Role::Auditor)),
        ("government", Viewer { only_checks: true, ..viewer(None, Role::Head) }),
        ("visitor", Viewer::default()),
    ];
    let keys = Some(Sealed { keys: [Uuid::from_u128(1), Uuid::from_u128(2)] });
    for (story, expected) in [
        (told(SeenBy::Body, None), vec!["contributor", "decider", "finder", "colleague"]),
        (told(SeenBy::Everyone, None), vec!["contributor", "decider", "finder", "colleague"]),
        (told(SeenBy::Handlers, None), vec!["decider", "finder"]),
        (told(SeenBy::Body, keys), vec!["decider", "finder"]),
    ] {
        let may = |(_, viewer): &&(&str, Viewer)| may_comment(viewer, &story.record);
        let allowed: Vec<&str> = people.iter().filter(may).map(|(name, _)| *name).collect();
        assert_eq!(allowed, expected, "{:?}", story.record.told.seen_by);
    }
}

/// A comment of Ada's.
fn written() -> Comment {
    let event = CommentEvent::Written {
        on: InnovationId(Uuid::from_u128(1)),
        body: BODY,
        author: ADA,
        language: Language::Cy,
        words: words(Field::Comment),
    };
    Comment::begin(Uuid::from_u128(5), &happened(event, 1)).expect("written first")
}

fn happened(event: CommentEvent, version: u32) -> Happened<CommentEvent> {
    let meta = Meta { version, actor: Some(ADA), happened_at: at(ON), recorded_at: at(ON) };
    Happened { event, meta }
}

#[test]
fn its_author_takes_it_back_once() {
    let mut comment = written();
    assert_eq!(take_back(&comment, LEAD), Err(Refusal::NotYours));
    let event = take_back(&comment, ADA).expect("her own");
    comment.apply(&happened(event, 2));
    assert!(comment.is_taken_back && comment.version == 2);
    assert_eq!(take_back(&comment, ADA), Err(Refusal::SaidAlready));
    let leave = Say::Leave(words(Field::Why));
    assert_eq!(moderate(&comment, leave, MODERATOR), Err(Refusal::SaidAlready), "it is gone");
}

const MODERATOR: Moderator =
    Moderator { party: HEAD, role: Role::Moderator, is_with_care: false, is_interested: false };

#[test]
fn a_moderator_takes_it_away_or_leaves_it_and_puts_it_back() {
    let mut comment = written();
    let unlist = Say::Unlist(Because::Harmful, words(Field::Why));
    let own = Moderator { party: ADA, ..MODERATOR };
    let partial = Moderator { is_interested: true, ..MODERATOR };
    for by in [own, partial] {
        assert_eq!(moderate(&comment, unlist, by), Err(Refusal::Interested), "{by:?}");
    }
    assert_eq!(moderate(&comment, Say::List, MODERATOR), Err(Refusal::SaidAlready), "it is there");
    let says = [(Say::Leave(words(Field::Why)), false), (unlist, true), (Say::List, false), (unlist, true)];
    for (version, (say, is_unlisted)) in (2..).zip(says) {
        let event = moderate(&comment, say, MODERATOR).expect("a fair act");
        comment.apply(&happened(event, version));
        assert_eq!((comment.is_unlisted, comment.version), (is_unlisted, version));
    }
    assert_eq!(moderate(&comment, unlist, MODERATOR), Err(Refusal::SaidAlready));
    assert!(take_back(&comment, ADA).is_ok(), "its words are hers");
    let acts: Vec<Moderation> = comment.moderated.iter().map(|done| done.what.act).collect();
    assert_eq!(acts, [Moderation::Leave, Moderation::Unlist, Moderation::List, Moderation::Unlist]);
    assert!(comment.moderated.iter().all(|done| !done.what.is_with_care));
    let finder = Moderator { role: Role::Finder, is_with_care: true, ..MODERATOR };
    comment.apply(&happened(moderate(&comment, Say::List, finder).expect("a fair act"), 6));
    let by: Vec<(Role, bool)> =
        comment.moderated.iter().map(|done| (done.what.role, done.what.is_with_care)).collect();
    assert_eq!(by.last(), Some(&(Role::Finder, true)), "by which right a finder did it");
}

#[test]
fn masking_it_changes_what_vouches_for_its_words_and_nothing_else() {
    let mut comment = written();
    let before = comment.clone();
    let digest = Digest([9; 32]);
    let texts = vec![Remade { was: comment.words, digest }];
    comment.apply(&happened(CommentEvent::Masked { texts, because: MaskedFor::Person }, 2));
    assert_eq!(comment.words.digest, digest);
    assert_eq!(Comment { words: before.words, version: 1, ..comment }, before);
}

#[test]
fn news_is_on_the_round_from_five_working_days_before_its_thirty_days_end() {
    let body = facts(ON).body;
    let nears = |today: &str| news_nears((day(ON), day(today)), &Limits::STANDARD, body);
    // Thirty days after Monday 5 January are Wednesday 4 February; five working days before that is Wednesday 28 January.
    let until: Option<NaiveDate> = Some(day("2026-02-04"));
    assert_eq!((nears("2026-01-27"), nears("2026-01-28")), (None, until));
    assert_eq!((nears("2026-02-04"), nears("2026-03-04")), (until, until), "late, it stays there");
}
