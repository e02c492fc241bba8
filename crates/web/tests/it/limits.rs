//! What is too large, and what the log says of a request.

use crate::capture::{checked, draft_of};
use chrono::TimeDelta;
use waymark_app::people::pace::Whose;
use waymark_testkit::TestApp;

/// Takes every turn that somebody has.
fn hurry(app: &TestApp, whose: Whose<'_>) {
    while app.env.paces.take(whose, app.env.now()).is_ok() {}
}

#[tokio::test]
async fn whoever_writes_faster_than_anybody_types_waits_a_little_and_the_others_do_not() {
    let app = TestApp::new().await;
    hurry(&app, Whose::Person(app.person("ada")));
    let (mut ada, mut bea) = (app.signed_in("ada").await, app.signed_in("bea").await);
    let fields = [("problem", "We run out of blood bottles."), ("who", "lead")];
    let refused = ada.post("/tell", &fields).await;
    assert_eq!((refused.status.as_u16(), &refused.headers["retry-after"]), (429, &"1".parse().unwrap()));
    assert!(refused.text().contains("Wait a little"), "{}", refused.text());
    assert_eq!(ada.get("/ideas").await.status, 200, "reading is free");
    assert_ne!(bea.post("/tell", &fields).await.status, 429);
    app.advance(TimeDelta::seconds(1));
    assert_ne!(ada.post("/tell", &fields).await.status, 429);
    hurry(&app, Whose::Person(app.person("ada")));
    assert_eq!(ada.post("/sign-out", &[]).await.status, 303, "leaving is free");
}

#[tokio::test]
async fn an_address_from_which_nobody_signed_in_has_a_pace_of_its_own() {
    let app = TestApp::new().await;
    hurry(&app, Whose::Address(""));
    hurry(&app, Whose::SignIn(""));
    let fields = [("problem", "We run out of blood bottles."), ("mail", "ada@riverside.example")];
    for address in ["/tell", "/sign-in/new-password", "/sign-in"] {
        let refused = app.visitor().post(address, &fields).await;
        assert_eq!(refused.status, 429, "{address}");
    }
    assert_eq!(app.visitor().get("/tell").await.status, 200);
    assert_ne!(app.signed_in("bea").await.post("/tell", &fields).await.status, 429);
}

#[tokio::test]
async fn whoever_searches_faster_than_anybody_reads_waits_and_keeps_what_they_typed_on_both_engines() {
    for app in TestApp::on_each().await {
        let (mut ada, mut bea) = (app.signed_in("ada").await, app.signed_in("bea").await);
        let draft = draft_of(&checked(&mut ada, "/tell", &[]).await);
        hurry(&app, Whose::Search(app.person("ada")));
        assert_eq!(ada.get(format!("/drafts/{draft}/similar")).await.status, 429);
        let kept = ada.get(format!("/drafts/{draft}")).await;
        assert!(kept.body.contains("We run out of blood bottles every weekend"), "{}", kept.text());
        for address in ["/ideas?q=blood+bottles", "/problems?q=blood+bottles"] {
            let refused = ada.get(address).await;
            let wait = refused.headers.get("retry-after").and_then(|wait| wait.to_str().ok());
            assert_eq!((refused.status.as_u16(), wait), (429, Some("1")), "{address}");
            assert!(refused.text().contains("Wait a few seconds, then search again"), "{}", refused.text());
            assert!(refused.body.contains("value=\"blood bottles\""), "{}", refused.body);
            assert_eq!(bea.get(address).await.status, 200, "others have their own: {address}");
        }
        for file in ["/ideas.csv", "/problems.json", "/work.atom", "/shared.csv"] {
            let refused = ada.get(file).await;
            assert_eq!(
                (refused.status.as_u16(), &refused.headers["retry-after"]),
                (429, &"1".parse().unwrap())
            );
            assert!(refused.text().contains("Wait a little"), "{file}: {}", refused.text());
        }
        let welsh = ada.get("/ideas?q=gwaed&lang=cy").await;
        assert!(welsh.text().contains("Arhoswch ychydig eiliadau"), "{}", welsh.text());
        assert_eq!(ada.get("/ideas").await.status, 200, "a list without words is free");
        app.advance(TimeDelta::seconds(1));
        assert_eq!(ada.get("/ideas?q=gwaed").await.status, 200);
        hurry(&app, Whose::SearchFrom(""));
        assert_eq!(app.visitor().get("/ideas?q=blood").await.status, 429);
        assert_eq!(app.visitor().get("/ideas").await.status, 200);
    }
}

#[tokio::test]
async fn what_is_too_large_is_answered_with_a_page_in_the_readers_language() {
    let app = TestApp::new().await;
    let text = "x".repeat(300 * 1024);
    let english = app.visitor().post(BIG_FORM, &[("mail", &text)]).await;
    assert_eq!(english.status, 413);
    assert!(english.text().contains("Nothing of it was saved"), "{}", english.text());
    let welsh = app.visitor().post(format!("{BIG_FORM}?lang=cy"), &[("mail", &text)]).await;
    assert!(welsh.text().contains("Ni chadwyd dim"), "{}", welsh.text());
}

/// The address of a form; what is too large is refused before anybody is asked who they are.
const BIG_FORM: &str = "/records/WM-2026-7K3Q-9FT/answer";
