//! Who may do what: every relation with every action at every stage, and the rules agree.

use crate::builders::*;
use waymark_domain::find::event::{Cause, Place};
use waymark_domain::find::hidden;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::{self, MaskedFor};
use waymark_domain::find::moderation::{self, Listing};
use waymark_domain::find::sight;
use waymark_domain::find::stage::{Outcome, Stage};
use waymark_domain::find::tell::add_to;
use waymark_domain::ids::PartyId;
use waymark_domain::people::{role::Role, setting::SeenBy};
use waymark_domain::route::answer::{Say, object};
use waymark_domain::route::facts::Facts;
use waymark_domain::route::policy::{Action, Viewer, hears_why, may};
use waymark_domain::route::{pass, reopen, review, talk, trial};
use waymark_domain::text::Field;

const ON: &str = "2026-01-06";
const MODERATOR: PartyId = PartyId(uuid::Uuid::from_u128(98));
/// The party that nobody has, as which whoever is signed in stands to a record in which they are none.
const NOBODYS: PartyId = PartyId(uuid::Uuid::nil());

/// Everybody who stands to the record in some way: name, party, roles that reach it, of the body, signed in.
fn everybody() -> Vec<(&'static str, Viewer)> {
    let one = |party: PartyId, roles: &[Role], is_of_body| Viewer {
        party: Some(party),
        roles: roles.to_vec(),
        is_of_body,
        is_signed_in: true,
        only_checks: false,
    };
    vec![
        ("contributor", one(ADA, &[Role::Member], true)),
        ("helper", one(HELPER, &[Role::Member], true)),
        ("decider", one(LEAD, &[Role::TeamLead], true)),
        ("trier", one(TRIER, &[Role::Member], true)),
        ("finder", one(FINDER, &[Role::Finder], true)),
        ("head", one(HEAD, &[Role::Head], true)),
        ("lead elsewhere", one(FAR, &[], false)),
        ("auditor", Viewer { only_checks: true, ..one(NOBODYS, &[Role::Auditor], true) }),
        ("administrator", one(NOBODYS, &[Role::Administrator], false)),
        ("colleague", one(NOBODYS, &[Role::Member], true)),
        ("moderator", one(MODERATOR, &[Role::Moderator], true)),
        ("other body", one(NOBODYS, &[], false)),
        ("not signed in", Viewer::default()),
    ]
}

fn at_stage(stage: Stage) -> Story {
    let mut story = Story::told();
    let trier = by(TRIER, &[], ON);
    let end = |story: &mut Story, outcome| {
        story.says(Say::Go(GO), &lead(ON));
        let event = trial::end_try(&story.record, lines(outcome), &trier).expect("the trier ends it");
        story.then(event, &trier);
    };
    match stage {
        Stage::Told => {}
        Stage::NotNow => drop(story.says(not_now("2026-03-02"), &lead(ON)).has()),
        Stage::Trying => drop(story.says(Say::Go(GO), &lead(ON)).has()),
        Stage::PassedOn => end(&mut story, Outcome::PassOn),
        Stage::Kept => end(&mut story, Outcome::Keep),
        Stage::Dropped => end(&mut story, Outcome::Drop),
        Stage::Stopped => {
            let head = by(HEAD, &[Role::Head], ON);
            let typed = story.typed(stop(), ON, &head).expect("a decider types it");
            story.then(typed, &head);
        }
        Stage::Withdrawn => {
            let event = talk::withdraw(&story.record, words(Field::Why), &ada(ON)).expect("her own");
            story.then(event, &ada(ON));
        }
        Stage::Done => {
            let lines = (words(Field::Did), words(Field::Changed));
            let event =
                waymark_domain::find::tell::just_did_it(idea(), lines, &ada(ON)).expect("fair shares");
            story = Story::begun(event, &ada(ON));
        }
    }
    story
}

/// Who may, by action and stage; nobody at the stages that are left out.
fn expected(action: Action, stage: Stage) -> &'static [&'static str] {
    use Stage::{Dropped, Kept, NotNow, PassedOn, Stopped, Told, Trying};
    match (action, stage) {
        (Action::Answer, Told)
        | (Action::DeclareInterest, Told | NotNow | Trying)
        | (Action::MoveDate, Told | NotNow)
        | (Action::Object, Stopped) => &["decider"],
        (Action::Answer | Action::DeclareInterest | Action::MoveDate, PassedOn)
        | (Action::TakeOver, Told)
        | (Action::Mask, _) => &["finder"],
        (Action::ShowTo, _) => &["contributor", "finder"],
        (Action::TypeFor, Told | PassedOn) => &["decider", "finder", "head"],
        (Action::Converse, _) | (Action::AskReview, NotNow | Stopped) => &["contributor", "helper"],
        (Action::Withdraw, Told | NotNow | Trying | PassedOn) => &["contributor"],
        (Action::EndTry, Trying) => &["contributor", "decider", "trier"],
        (Action::ConfirmHours, Trying | PassedOn | Kept | Dropped) => &["trier"],
        (Action::TellNews, Told | NotNow) | (Action::CallBack, NotNow) | (Action::Reopen, Stopped) => {
            &["contributor", "helper", "decider", "finder"]
        }
        (Action::TellNews, Trying) => &["contributor", "helper", "decider", "trier", "finder"],
        (Action::TellNews, PassedOn) => &["contributor", "helper", "finder"],
        (Action::MoveDate, Trying) => &["decider", "trier"],
        (Action::AddTo, Told | NotNow | Trying) => {
            &["contributor", "helper", "trier", "finder", "head", "colleague", "moderator"]
        }
        (Action::AddTo, PassedOn) => {
            &["contributor", "helper", "decider", "trier", "head", "colleague", "moderator"]
        }
        (Action::Moderate, _) => &["finder", "moderator"],
        _ => &[],
    }
}

#[test]
fn each_may_do_what_the_table_says_and_nothing_else() {
    for stage in Stage::ALL {
        let story = at_stage(*stage);
        assert_eq!(story.record.stage, *stage);
        for action in Action::ALL.into_iter().filter(|action| *action != Action::See) {
            let allowed: Vec<&str> = everybody()
                .into_iter()
                .filter(|(_, viewer)| may(viewer, action, &story.record))
                .map(|(name, _)| name)
                .collect();
            assert_eq!(allowed, expected(action, *stage), "{action:?} at {stage:?}");
        }
    }
}

#[test]
fn those_who_handle_it_always_see_it_and_others_as_it_says() {
    let handlers = ["contributor", "helper", "decider", "trier", "finder", "head", "auditor"];
    let of_body = [handlers.as_slice(), &["colleague", "moderator"]].concat();
    let signed_in: Vec<&str> =
        everybody().iter().map(|(name, _)| *name).filter(|name| *name != "not signed in").collect();
    let all: Vec<&str> = everybody().iter().map(|(name, _)| *name).collect();
    let table = [
        (SeenBy::Handlers, handlers.to_vec()),
        (SeenBy::Body, of_body),
        (SeenBy::Bodies, signed_in),
        (SeenBy::Everyone, all),
    ];
    for (seen_by, expected) in table {
        let mut story = at_stage(Stage::Trying);
        story.record.sight = seen_by;
        let sees: Vec<&str> = everybody()
            .into_iter()
            .filter(|(_, viewer)| may(viewer, Action::See, &story.record))
            .map(|(name, _)| name)
            .collect();
        assert_eq!(sees, expected, "{seen_by:?}");
    }
}

#[test]
fn whoever_reported_it_hears_why_while_they_would_see_it_in_the_lists() {
    let mut story = Story::told();
    let among = |is_in: &dyn Fn(&Viewer) -> bool| -> Vec<&'static str> {
        everybody().into_iter().filter(|(_, viewer)| is_in(viewer)).map(|(name, _)| name).collect()
    };
    for seen_by in [SeenBy::Handlers, SeenBy::Body, SeenBy::Bodies, SeenBy::Everyone] {
        (story.record.sight, story.record.listing) = (seen_by, Listing::Listed);
        let see = among(&|viewer| may(viewer, Action::See, &story.record));
        for listing in [Listing::Listed, Listing::Waiting, Listing::Unlisted] {
            story.record.listing = listing;
            let hear = among(&|viewer| hears_why(viewer, &story.record));
            assert_eq!(hear, see, "{seen_by:?} {listing:?}");
            assert_eq!(hear.contains(&"colleague"), seen_by != SeenBy::Handlers, "{seen_by:?} {listing:?}");
        }
    }
}

#[test]
fn whoever_sees_it_only_to_check_it_adds_no_words_to_it() {
    let story = Story::told();
    for role in [Role::Auditor, Role::Head, Role::Finder] {
        let by_role = |only_checks| Viewer {
            party: Some(NOBODYS),
            is_signed_in: true,
            roles: vec![role],
            is_of_body: false,
            only_checks,
        };
        assert!(may(&by_role(true), Action::See, &story.record), "{role:?}");
        assert!(!may(&by_role(true), Action::AddTo, &story.record), "{role:?}");
        assert!(may(&by_role(false), Action::AddTo, &story.record), "{role:?}: who sees it otherwise, too");
    }
}

/// What the policy alone knows: whether somebody sees the record, and whether only to check it.
fn is_known(viewer: &Viewer, action: Action, record: &Innovation) -> bool {
    may(viewer, Action::See, record) && !(viewer.only_checks && action == Action::AddTo)
}

/// Whether the rule itself lets the viewer do it, with values that it has nothing against.
fn accepts(action: Action, story: &Story, facts: &Facts) -> bool {
    let record = &story.record;
    let why = words(Field::Why);
    match action {
        Action::See => true,
        Action::Answer => {
            story.answer(stop(), facts).is_ok() || talk::ask(record, words(Field::Question), facts).is_ok()
        }
        Action::DeclareInterest => {
            pass::declare_interest(record, duty(TOP, Role::Head, node(3)), facts).is_ok()
        }
        Action::TypeFor => story.typed(stop(), ON, facts).is_ok(),
        Action::TakeOver => {
            let mine = facts.actor.map(|actor| duty(actor, Role::Finder, BODY));
            mine.is_some_and(|mine| pass::take_over(record, mine, facts).is_ok())
        }
        Action::Converse => {
            let late = Facts { now: at("2026-04-01"), ..facts.clone() };
            talk::reply(record, None, facts).is_ok()
                || talk::ask_why(record, &late).is_ok()
                || talk::judge_answer(record, true, facts).is_ok()
        }
        Action::Withdraw => talk::withdraw(record, why, facts).is_ok(),
        Action::EndTry => trial::end_try(record, lines(Outcome::Keep), facts).is_ok(),
        Action::ConfirmHours => trial::confirm_hours(record, 1, facts).is_ok(),
        Action::TellNews => talk::news(record, words(Field::News), facts).is_ok(),
        Action::MoveDate => talk::move_date(record, (day("2026-01-30"), why), facts).is_ok(),
        Action::CallBack => pass::call_back(record, facts).is_ok(),
        Action::Object => object(record, why, facts).is_ok(),
        Action::AskReview => review::ask(record, (why, duty(HEAD, Role::Head, BODY)), facts).is_ok(),
        Action::Reopen => reopen::reopen(record, (why, true), facts).is_ok(),
        Action::OpenName => {
            let asked = Innovation { opening: Some(HELPER), ..record.clone() };
            hidden::ask_opening(record, why, facts).is_ok() && hidden::open(&asked, facts).is_ok()
        }
        Action::Moderate => moderation::moderate(record, moderation::Say::Leave(why), facts).is_ok(),
        Action::ShowTo => sight::show_to(record, SeenBy::Handlers, facts).is_ok(),
        Action::Credit => moderation::credit(record, words(Field::Credit), facts).is_ok(),
        Action::GiveName => hidden::give_name(record, PartyId(uuid::Uuid::from_u128(99)), facts).is_ok(),
        Action::Mask => masking::mask((vec![remade()], false), MaskedFor::Person, facts).is_ok(),
        Action::AddTo => facts.actor.is_some_and(|actor| add_to(record, added(&[actor]), facts).is_ok()),
    }
}

#[test]
fn the_rules_accept_exactly_what_the_policy_allows() {
    for stage in Stage::ALL {
        let story = at_stage(*stage);
        for (name, viewer) in everybody() {
            let facts = Facts { actor: viewer.party, roles: viewer.roles.clone(), ..facts(ON) };
            for action in Action::ALL.into_iter().filter(|action| *action != Action::See) {
                let is_allowed = may(&viewer, action, &story.record);
                let is_known = is_known(&viewer, action, &story.record);
                let is_accepted = is_known && accepts(action, &story, &facts);
                // Whoever may converse may have nothing to say; every other action is open where it is allowed.
                let agree = is_allowed == is_accepted || (action == Action::Converse && is_allowed);
                assert!(agree, "{name} {action:?} at {stage:?}: may {is_allowed}, does {is_accepted}");
            }
        }
    }
}

#[test]
fn the_last_resort_types_what_a_meeting_decided_over_its_own() {
    let mut story = Story::told();
    let event = pass::reassign(&story.record, (Cause::Interest, resort(ADA)), &facts(ON)).expect("another");
    story.then(event, &facts(ON));
    let head = by(ADA, &[Role::Head], ON);
    let viewer = Viewer {
        party: Some(ADA),
        is_signed_in: true,
        roles: head.roles.clone(),
        is_of_body: true,
        only_checks: false,
    };
    assert!(may(&viewer, Action::TypeFor, &story.record) && story.typed(stop(), ON, &head).is_ok());
    let place = Place { at: ELSEWHERE, ..story.record.place() };
    assert!(pass::rehome(&story.record, place).is_some());
}
