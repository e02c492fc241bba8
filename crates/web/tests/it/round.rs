//! The news round: what nears thirty days without news, a box each, one send.

use crate::walk::{days_pass, told, told_by};
use waymark_domain::find::innovation::Innovation;
use waymark_testkit::TestApp;

fn news(record: &Innovation) -> String {
    format!("news-{}", record.told.reference)
}

/// Two that Len has and has answered *try it*, so that nothing else is late: their tries last until September.
async fn quiet(app: &TestApp) -> (Innovation, Innovation) {
    let (first, second) = (told(app).await, told_by(app, ("bea", "ward4"), None).await);
    let mut len = app.signed_in("len").await;
    for record in [&first, &second] {
        let form = len.get(format!("/records/{}/answer?answer=go", record.told.reference)).await;
        let until = [("until-day", "1"), ("until-month", "10"), ("until-year", "2026")];
        let sent = len.submit(&form, &until).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    app.run_jobs().await;
    app.mails();
    (first, second)
}

#[tokio::test]
async fn each_box_that_is_filled_in_is_news_and_the_empty_ones_stay() {
    for app in TestApp::on_each().await {
        let (first, second) = quiet(&app).await;
        let mut len = app.signed_in("len").await;
        // Told and answered on Tuesday 7 July: thirty days end on Thursday 6 August, five working days before is 30 July.
        days_pass(&app, &first, 22).await;
        let mut early = app.signed_in("len").await;
        assert!(early.get("/work/news").await.text().contains("Everybody has had news lately."));
        assert!(!early.get("/work").await.text().contains("without news"));
        drop(len);
        days_pass(&app, &first, 1).await;
        len = app.signed_in("len").await;
        assert!(len.get("/work").await.text().contains("2 records have been without news"));
        let form = len.get("/work/news").await;
        let until = "No news since Tuesday 7 July 2026. The thirty days end on Thursday 6 August 2026.";
        assert!(form.text().contains(until), "{}", form.text());
        let none = len.submit(&form, &[]).await;
        assert_eq!(none.status, 422);
        assert!(none.text().contains("Write how at least one of them stands"), "{}", none.text());

        let sent = len.submit(&form, &[(news(&first).as_str(), "The samples have come.")]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Your news is on the records"), "{}", page.text());
        assert!(!page.body.contains(&news(&first)) && page.body.contains(&news(&second)), "{}", page.body);
        let history = len.get(format!("/records/{}/history", first.told.reference)).await;
        assert!(history.text().contains("The samples have come."), "{}", history.text());
        // Who tries it brought it: their own words are no news, so it is not theirs to write.
        let mut ada = app.signed_in("ada").await;
        assert!(ada.get("/work/news").await.text().contains("Everybody has had news lately."));
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_name_in_one_box_is_pointed_out_with_what_is_in_all() {
    for app in TestApp::on_each().await {
        let (first, second) = quiet(&app).await;
        days_pass(&app, &first, 25).await;
        let mut len = app.signed_in("len").await;
        let form = len.get("/work/news").await;
        let (one, other) = (news(&first), news(&second));
        let typed = [(one.as_str(), "They have come."), (other.as_str(), "Ask Mrs Parri.")];
        let asked = len.submit(&form, &typed).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        assert!(asked.text().contains("Mrs Parri looks like the name of a person"), "{}", asked.text());
        let change = len.submit(&asked, &[("sure", "change")]).await;
        for kept in ["They have come.", "Ask Mrs Parri."] {
            assert!(change.body.contains(kept), "{kept}: {}", change.text());
        }
        let history = format!("/records/{}/history", first.told.reference);
        assert!(!len.get(&history).await.text().contains("They have come."), "nothing is done before");
        let sent = len.submit(&asked, &[]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Your news is on the records"), "{}", page.text());
        assert!(len.get(&history).await.text().contains("They have come."));
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_fault_in_one_box_keeps_what_is_in_all() {
    let app = TestApp::new().await;
    let (first, second) = quiet(&app).await;
    days_pass(&app, &first, 25).await;
    let foreign = told_by(&app, ("olu", "ward1"), None).await;
    let mut len = app.signed_in("len").await;
    let form = len.get("/work/news").await;
    let long = "x".repeat(5_001);
    let (one, other, third) = (news(&first), news(&second), news(&foreign));
    for (bad, words, said) in [
        (&other, long.as_str(), "5,000"),
        (&third, "Not mine.", "Nothing can be written on this one any more"),
    ] {
        let sent = len.submit(&form, &[(one.as_str(), "They have come."), (bad.as_str(), words)]).await;
        assert_eq!(sent.status, 422, "{bad}");
        for kept in ["They have come.", words, said] {
            assert!(sent.body.contains(kept), "{bad} {}", sent.text());
        }
    }
    let history = len.get(format!("/records/{}/history", first.told.reference)).await;
    assert!(!history.text().contains("They have come."), "all of it or nothing");
    app.run_jobs().await;
    app.mails();
}
