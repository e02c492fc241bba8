//! What is too large, and what the log says of a request.

use waymark_testkit::TestApp;

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
