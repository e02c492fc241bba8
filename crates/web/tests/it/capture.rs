//! Telling, from the form to the receipt: what people see and what is kept.

use waymark_testkit::TestApp;
use waymark_testkit::client::{Client, Page};

const IDEA: [(&str, &str); 5] = [
    ("problem", "We run out of blood bottles every weekend. Then we borrow."),
    ("solution", "Order on Thursday."),
    ("who", "lead"),
    ("origin", "front-line"),
    ("title", ""),
];

async fn sent(client: &mut Client, form: &Page, fields: &[(&str, &str)]) -> Page {
    let next = client.submit(form, fields).await;
    client.follow(next).await
}

#[tokio::test]
async fn a_signed_in_person_tells_an_idea_and_hears_who_has_it_by_when() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let form = ada.get("/tell").await;
        assert!(form.text().contains("Danger now: danger@riverside.example"), "{}", form.text());
        assert!(form.text().contains("Told at: Ward 4, Riverside Hospital"), "{}", form.text());
        let check = sent(&mut ada, &form, &IDEA).await;
        assert!(check.text().contains("Check your answers"), "{}", check.text());
        assert!(check.text().contains("We run out of blood bottles every weekend"), "{}", check.text());
        let receipt = sent(&mut ada, &check, &[]).await;
        let text = receipt.text();
        assert!(text.contains("Len Hughes has it. You hear by Tuesday 21 July 2026."), "{text}");
        assert!(text.contains("WM-2026-"), "{text}");
        let again = sent(&mut ada, &check, &[]).await;
        assert_eq!(again.address, receipt.address, "sending twice makes one record");
        assert!(ada.get("/drafts").await.text().contains("You have no drafts"));
        let origin = ada.get("/tell").await;
        assert!(origin.form().1.contains(&("origin".to_owned(), "front-line".to_owned())), "asked once");
    }
}
