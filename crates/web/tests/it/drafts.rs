//! What is half typed: whose it is, and how much of it is kept.

use crate::capture::{checked, signed_in_too};
use waymark_app::find::draft;
use waymark_testkit::TestApp;

#[tokio::test]
async fn what_was_typed_at_a_browser_is_not_shown_to_who_signs_in_there_next() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        let mut typed = Vec::new();
        for problem in ["The bottles run out.", "The lift stops."] {
            typed.push(checked(&mut visitor, "/tell", &[("where", "ward 4"), ("problem", problem)]).await);
        }
        let listed = visitor.get("/drafts").await;
        assert!(listed.text().contains("bottles") && listed.text().contains("lift"), "{}", listed.text());
        assert!(listed.text().contains("3 days"), "{}", listed.text());
        let mut len = signed_in_too(&app, visitor.clone(), "len").await;
        let own = len.get("/drafts").await;
        assert!(!own.text().contains("bottles") && !own.text().contains("lift"), "{}", own.text());
        assert_eq!(len.get(&typed[0].address).await.status, 200, "theirs, who opens it");
        let own = len.get("/drafts").await;
        assert!(own.text().contains("bottles") && !own.text().contains("lift"), "{}", own.text());
        let left = visitor.get("/drafts").await;
        assert!(!left.text().contains("bottles") && left.text().contains("lift"), "{}", left.text());
    }
}

#[tokio::test]
async fn there_is_a_limit_of_drafts_and_the_text_stays_on_the_page() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    for _ in 0..draft::DRAFTS {
        checked(&mut ada, "/tell", &[]).await;
    }
    let page = checked(&mut ada, "/tell", &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("You have 20 drafts") && page.body.contains("Order on Thursday."));
}
