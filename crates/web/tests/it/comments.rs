//! Comments: said by whoever sees a record, taken back by their author, told in the mail of the day.

use crate::walk::{told, told_by};
use chrono::TimeDelta;
use waymark_app::find::comment::AN_HOUR;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::people::setting::SeenBy;
use waymark_testkit::{Client, Page, TestApp};

fn history(record: &Innovation) -> String {
    format!("/records/{}/history", record.told.reference)
}

/// Sends the page's last form, which is the box for a comment.
async fn says(client: &mut Client, record: &Innovation, words: &str) -> Page {
    let page = client.get(history(record)).await;
    let (address, fields) = page.forms().pop().expect("a box for a comment");
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.retain(|(name, _)| *name != "comment");
    fields.push(("comment", words));
    client.post(address, &fields).await
}

#[tokio::test]
async fn a_colleague_says_something_and_takes_it_back() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let mut bea = app.signed_in("bea").await;
        let sent = says(&mut bea, &record, "We have this on ward 5, too.").await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let mut len = app.signed_in("len").await;
        let page = len.get(history(&record)).await;
        assert!(page.text().contains("We have this on ward 5, too."), "{}", page.text());
        assert!(page.text().contains("Bea Okafor, "), "{}", page.text());
        assert!(!page.text().contains("Take back your comment"), "it is not his");
        // A decider who is typing is not told that the record has moved on.
        assert!(page.text().contains("Sent to Len Hughes") && !page.text().contains("Wrote how it stands"));

        let page = bea.get(history(&record)).await;
        let (back, fields) = page.forms().into_iter().next().expect("a button");
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(len.post(&back, &fields).await.status, 404, "nobody takes back what another said");
        let sent = bea.post(&back, &fields).await;
        let page = bea.follow(sent).await;
        assert!(page.text().contains("Your comment is taken back"), "{}", page.text());
        assert!(!page.text().contains("We have this on ward 5"), "{}", page.text());
        let mut tx = app.env.db.read().await.unwrap();
        let sql = "select count(*) from words where body like '%ward 5, too%'";
        let left: i64 =
            waymark_store::on!(&mut tx, c => waymark_store::sqlx::query_scalar(sql).fetch_one(c).await)
                .unwrap();
        assert_eq!(left, 0, "its words are erased");
    }
}

#[tokio::test]
async fn whoever_may_not_see_it_or_only_reads_it_with_care_says_nothing() {
    let app = TestApp::new().await;
    let careful = told_by(&app, ("ada", "ward4"), Some(SeenBy::Handlers)).await;
    let plain = told(&app).await;
    let at = |record: &Innovation| format!("/records/{}/comments", record.told.reference);
    let mut len = app.signed_in("len").await;
    assert_eq!(says(&mut len, &careful, "I ask in the huddle.").await.status, 303);
    for (who, record, status) in
        [("ada", &careful, 403), ("bea", &careful, 404), ("olu", &plain, 404), ("otto", &plain, 403)]
    {
        let mut client = app.signed_in(who).await;
        let sent = client.post(at(record), &[("comment", "Hello.")]).await;
        assert_eq!(sent.status, status, "{who}");
        let page = client.get(history(record)).await;
        assert!(!page.text().contains("I ask in the huddle."), "{who}: {}", page.text());
    }
    let away = app.visitor().post(at(&plain), &[("comment", "Hello.")]).await;
    assert_ne!(away.status, 200);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_is_too_long_or_too_often_is_not_lost() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let mut bea = app.signed_in("bea").await;
    let long = "x".repeat(1_001);
    for (words, said) in [(long.as_str(), "1,000"), (" ", "Write something first")] {
        let again = says(&mut bea, &record, words).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains(said), "{}", again.text());
        assert!(again.body.contains(words.trim()));
    }
    for _ in 0..AN_HOUR {
        assert_eq!(says(&mut bea, &record, "And another thing.").await.status, 303);
    }
    let late = says(&mut bea, &record, "One more.").await;
    assert_eq!(late.status, 429);
    assert!(late.body.contains("One more."), "{}", late.body);
    let mut cai = app.signed_in("cai").await;
    assert_eq!(says(&mut cai, &record, "Others have their own pace.").await.status, 303);
    app.advance(TimeDelta::hours(2));
    let mut bea = app.signed_in("bea").await;
    assert_eq!(says(&mut bea, &record, "One more.").await.status, 303);
}

#[tokio::test]
async fn whoever_brought_it_hears_of_it_in_the_mail_of_the_day_and_not_of_their_own() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let mut ada = app.signed_in("ada").await;
        assert_eq!(says(&mut ada, &record, "By me.").await.status, 303);
        let texts = day_of_mail(&app).await;
        assert!(texts.is_empty(), "{texts:?}");
        let mut bea = app.signed_in("bea").await;
        assert_eq!(says(&mut bea, &record, "By Bea.").await.status, 303);
        let texts = day_of_mail(&app).await;
        assert_eq!(texts.len(), 1, "{texts:?}");
        let said = "Somebody has said something about what you told:\n- Order blood bottles on Thursday";
        assert!(texts[0].contains(said), "{}", texts[0]);
        assert!(!texts[0].contains("By Bea."), "{}", texts[0]);
        assert!(day_of_mail(&app).await.is_empty());
    }
}

/// What Ada is told on the next day.
async fn day_of_mail(app: &TestApp) -> Vec<String> {
    let mut texts = Vec::new();
    for _ in 0..24 {
        app.advance(TimeDelta::hours(1));
        app.run_jobs().await;
        let mails = app.mails().into_iter().filter(|mail| mail.to == "ada@riverside.example");
        texts.extend(mails.map(|mail| mail.text));
    }
    texts
}
