//! The first stretch through the use cases: told, answered, tried.

use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::route::answer::{Reply, answer};
use waymark_app::route::change::Seen;
use waymark_app::route::trial::{Lines, end_try};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Outcome, Stage};
use waymark_domain::text::{Prose, Title};
use waymark_store::{Change, Stamp, StoreError, journal};
use waymark_testkit::TestApp;

fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

#[tokio::test]
async fn an_idea_is_told_answered_and_tried_on_both_databases() {
    for app in TestApp::on_each().await {
        let mut ctx = app.write_as("ada").await;
        let typed = Typed {
            node: app.world.nodes["ward4"],
            who_could: WhoCould::TeamLead,
            title: Title::parse("Blood bottles").expect("a title"),
            problem: prose("We run out of blood bottles every weekend."),
            solution: Some(prose("Order on Thursday.")),
            contributors: vec![(app.person("ada"), 100)],
            is_assisted: false,
            origin: Origin::FrontLine,
            seen_by: None,
            answers: None,
            external_id: None,
        };
        let told = tell(&mut ctx, &typed).await.expect("told");
        ctx.commit().await.expect("a commit");
        assert_eq!((told.stage, told.broken_promise()), (Stage::Told, None));

        let mut ctx = app.write_as("len").await;
        let seen = Seen { id: told.id, version: Some(1) };
        let go = Reply::Go {
            who: app.person("ada"),
            words: None,
            until: None,
            hours: 2,
            hours_from: None,
            pence: 0,
        };
        let tried = answer(&mut ctx, seen, (&go, None)).await.expect("answered");
        ctx.commit().await.expect("a commit");
        assert_eq!((tried.stage, tried.broken_promise()), (Stage::Trying, None));

        let mut ctx = app.write_as("ada").await;
        let lines = Lines { did: prose("Ordered."), changed: prose("None missing."), outcome: Outcome::Keep };
        let kept = end_try(&mut ctx, Seen { id: told.id, version: None }, &lines).await.expect("ended");
        ctx.commit().await.expect("a commit");
        assert_eq!((kept.stage, kept.broken_promise()), (Stage::Kept, None), "{:?}", app.engine());
    }
}

#[tokio::test]
async fn a_reference_that_two_records_draw_is_a_conflict_to_be_tried_again() {
    for app in TestApp::on_each().await {
        let first = crate::jobs::told(&app, "ada").await;
        let mut tx = app.env.db.write().await.unwrap();
        let mut history = journal::history::<Innovation>(&mut tx, first.id.0).await.unwrap();
        let happened = history.remove(0);
        let stamp =
            Stamp { actor: happened.meta.actor, happened_at: app.env.now(), recorded_at: app.env.now() };
        let second = Change { id: app.env.id(), events: vec![happened.event], words: Vec::new(), stamp };
        journal::save::<Innovation>(&mut tx, None, second).await.unwrap();
        let refused = tx.settle().await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
}

#[tokio::test]
async fn the_first_page_keeps_the_page_rules_in_both_languages() {
    let app = TestApp::new().await;
    let english = app.visitor().get("/").await;
    assert!(english.text().contains("Say what would work better"), "{}", english.text());
    let welsh = app.visitor().get("/?lang=cy").await;
    assert!(welsh.body.contains("lang=\"cy\""), "{}", welsh.body);
    assert_eq!(app.visitor().get("/nowhere").await.status, 404);
}

#[tokio::test]
async fn a_chosen_language_stays_chosen() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    visitor.get("/?lang=cy").await;
    assert!(visitor.get("/").await.body.contains("<html lang=\"cy\""));
    visitor.get("/?lang=en").await;
    assert!(visitor.get("/").await.body.contains("<html lang=\"en\""));
}
