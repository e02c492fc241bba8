//! Who may say something about a record, and take it back; when news is due.

use crate::builders::*;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::find::comment::{Comment, CommentEvent, may_comment, take_back};
use waymark_domain::find::event::Sealed;
use waymark_domain::find::tell::Tell;
use waymark_domain::ids::{InnovationId, PartyId};
use waymark_domain::people::{role::Role, setting::SeenBy};
use waymark_domain::record::{Happened, Meta, Record as _};
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::limits::Limits;
use waymark_domain::route::policy::Viewer;
use waymark_domain::route::talk::news_nears;
use waymark_domain::text::{Field, Language};

const ON: &str = "2026-01-05";

fn told(seen_by: SeenBy, sealed: Option<Sealed>) -> Story {
    let facts = ada(ON);
    let tell_it = Tell { seen_by, sealed, ..idea() };
    let asked = waymark_domain::find::tell::Asked::TeamLead;
    Story::begun(waymark_domain::find::tell::tell(tell_it, asked, &facts).expect("a fair idea"), &facts)
}

fn viewer(party: Option<PartyId>, role: Role) -> Viewer {
    Viewer { party, is_signed_in: true, roles: vec![role], is_of_body: true }
}

#[test]
fn whoever_sees_it_says_something_and_where_care_is_due_only_who_handles_it() {
    let people = [
        ("contributor", viewer(Some(ADA), Role::Member)),
        ("decider", viewer(Some(LEAD), Role::TeamLead)),
        ("finder", viewer(None, Role::Finder)),
        ("colleague", viewer(None, Role::Member)),
        ("auditor", viewer(None, Role::Auditor)),
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

#[test]
fn its_author_takes_it_back_once() {
    let event = CommentEvent::Written {
        on: InnovationId(Uuid::from_u128(1)),
        body: BODY,
        author: ADA,
        language: Language::Cy,
        words: words(Field::Comment),
    };
    let meta = |version| Meta { version, actor: Some(ADA), happened_at: at(ON), recorded_at: at(ON) };
    let mut comment =
        Comment::begin(Uuid::from_u128(5), &Happened { event, meta: meta(1) }).expect("written first");
    assert_eq!(take_back(&comment, LEAD), Err(Refusal::NotYours));
    let event = take_back(&comment, ADA).expect("her own");
    comment.apply(&Happened { event, meta: meta(2) });
    assert!(comment.is_taken_back && comment.version == 2);
    assert_eq!(take_back(&comment, ADA), Err(Refusal::SaidAlready));
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
