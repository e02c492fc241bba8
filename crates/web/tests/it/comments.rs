//! Comments: said by whoever sees a record, taken back by their author, reported and taken away, told in the mail of the day.

use crate::capture::sent;
use crate::digest::day_of_mails;
use crate::public::moderator;
use crate::walk::{told, told_by};
use chrono::TimeDelta;
use waymark_app::find::comment::AN_HOUR;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::people::setting::SeenBy;
use waymark_testkit::{Client, Page, TestApp};

pub(crate) fn history(record: &Innovation) -> String {
    format!("/records/{}/history", record.told.reference)
}

/// Sends the page's last form, which is the box for a comment.
pub(crate) async fn says(client: &mut Client, record: &Innovation, words: &str) -> Page {
    let page = client.get(history(record)).await;
    let (address, fields) = page.forms().pop().expect("a box for a comment");
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.retain(|(name, _)| *name != "comment");
    fields.push(("comment", words));
    client.post(address, &fields).await
}

/// The same for words that name somebody: once that was pointed out, they are sent as they are.
pub(crate) async fn says_as_it_is(client: &mut Client, record: &Innovation, words: &str) {
    let asked = says(client, record, words).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let sent = client.submit(&asked, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
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

/// The first link of a page that leads to a part of the service.
pub(crate) fn link_to(page: &Page, part: &str) -> Option<String> {
    let mut hrefs = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.find(|href| href.contains(part)).map(str::to_owned)
}

/// Somebody finds something wrong with the only comment on a record.
async fn reports(client: &mut Client, record: &Innovation, line: &str) -> Page {
    let page = client.get(history(record)).await;
    let report = link_to(&page, "/report?part=").expect("a link beside it");
    let form = client.get(report).await;
    assert!(form.text().contains("Comment: Bea Okafor, "), "{}", form.text());
    sent(client, &form, &[("because", "harmful"), ("line", line)]).await
}

/// Bea hears of her comment in the mail of the day, Ada of both her reports, and no mail says what was written.
async fn mailed_without_words(app: &TestApp) {
    app.run_jobs().await;
    assert!(app.mails().is_empty(), "nothing goes at once");
    let mails = day_of_mails(app).await;
    let lines = |name: &str, line: &str| -> Vec<usize> {
        let own = mails.iter().filter(|mail| mail.to == format!("{name}@riverside.example"));
        own.map(|mail| mail.text.matches(line).count()).collect()
    };
    assert_eq!(lines("bea", "what you said about it was taken away"), [1], "{mails:#?}");
    assert_eq!(lines("ada", "you said that something is wrong with it"), [2], "{mails:#?}");
    assert!(mails.iter().all(|mail| !mail.text.contains("Pugh") && !mail.text.contains("colleagues")));
    let next = day_of_mails(app).await;
    assert!(next.iter().all(|mail| !mail.text.contains("A moderator has looked")), "once: {next:#?}");
}

#[tokio::test]
async fn a_comment_that_is_reported_is_left_or_taken_away_with_a_reason_and_put_back() {
    for app in TestApp::on_each().await {
        moderator(&app).await;
        app.advance(TimeDelta::hours(1));
        let record = told(&app).await;
        let (mut bea, mut ada) = (app.signed_in("bea").await, app.signed_in("ada").await);
        says_as_it_is(&mut bea, &record, "Mr Pugh drinks.").await;
        let own = bea.get(history(&record)).await;
        assert!(link_to(&own, "/report?part=").is_none(), "nobody reports their own: {}", own.text());
        let done = reports(&mut ada, &record, "It insults him.").await;
        assert!(done.text().contains("A moderator will look at it"), "{}", done.text());
        for name in ["len", "bea", "fay"] {
            let queue = app.signed_in(name).await.get("/moderation").await;
            assert!(link_to(&queue, "/moderate").is_none(), "{name}: {}", queue.text());
        }
        let mut cai = app.signed_in("cai").await;
        let queue = cai.get("/moderation").await;
        let decide = link_to(&queue, "/moderate").expect("a way to decide");
        assert!(queue.text().contains("Decide whether a comment stays"), "{}", queue.text());
        assert!(decide.contains("/comments/"), "the idea itself was not reported: {decide}");
        for (name, status) in [("ada", 403), ("bea", 403), ("fay", 403), ("olu", 404)] {
            let mut other = app.signed_in(name).await;
            assert_eq!(other.get(&decide).await.status, status, "{name}");
            assert_eq!(other.post(&decide, &[("act", "leave"), ("words", "No.")]).await.status, status);
        }
        let page = cai.get(&decide).await;
        assert!(page.text().contains("Mr Pugh drinks.") && page.text().contains("It insults him."));
        assert_eq!(cai.submit(&page, &[("act", "leave")]).await.status, 422, "leaving it has a reason, too");
        sent(&mut cai, &page, &[("act", "leave"), ("words", "He says so himself.")]).await;
        assert!(link_to(&cai.get("/moderation").await, "/moderate").is_none(), "it has been looked at");
        assert!(ada.get("/moderation").await.text().contains("He says so himself."));
        // A second time, and the moderator finds it too much.
        reports(&mut ada, &record, "It still insults him.").await;
        let page = cai.get(&decide).await;
        let typed = [("act", "unlist"), ("because", "harmful"), ("words", "Not about colleagues.")];
        sent(&mut cai, &page, &typed).await;
        let own = bea.get(history(&record)).await.text();
        let note = "Taken away by a moderator: only its author and moderators see it. \
                    It insults or threatens somebody: “Not about colleagues.”";
        assert!(own.contains("Mr Pugh drinks.") && own.contains(note), "{own}");
        for name in ["ada", "len", "fay"] {
            let page = app.signed_in(name).await.get(history(&record)).await;
            assert!(!page.text().contains("Mr Pugh"), "{name}: {}", page.text());
        }
        mailed_without_words(&app).await;
        let mut cai = app.signed_in("cai").await;
        let riverside = app.world.nodes["riverside"];
        let log = cai.get(format!("/places/{riverside}/moderation")).await;
        let told = "Comment taken away: It insults or threatens somebody";
        assert!(log.text().contains(told), "{}", log.text());
        let table = cai.get(format!("/places/{riverside}/moderation.csv")).await;
        assert!(table.body.contains("Comment reported, and left as it is"), "{}", table.body);
        // It is put back by a moderator, who still sees it where it stood.
        let page = cai.get(history(&record)).await;
        let decide = link_to(&page, "/moderate").expect("a way to decide");
        let page = cai.get(&decide).await;
        sent(&mut cai, &page, &[("act", "list")]).await;
        assert!(app.signed_in("len").await.get(history(&record)).await.text().contains("Mr Pugh drinks."));
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn nobody_moderates_what_they_said_or_what_is_said_of_their_own_and_taken_back_it_waits_no_more() {
    let app = TestApp::new().await;
    moderator(&app).await;
    // Cai, who moderates, told it himself.
    let record = told_by(&app, ("cai", "ward5"), None).await;
    let (mut bea, mut cai) = (app.signed_in("bea").await, app.signed_in("cai").await);
    says(&mut bea, &record, "We tried that.").await;
    let page = cai.get(history(&record)).await;
    let decide = link_to(&page, "/moderate").expect("a way to decide");
    let page = cai.get(&decide).await;
    let typed = [("act", "unlist"), ("because", "other"), ("words", "I do not like it.")];
    let refused = cai.submit(&page, &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(bea.get(history(&record)).await.text().contains("We tried that."));
    reports(&mut app.signed_in("len").await, &record, "He did not.").await;
    assert!(link_to(&cai.get("/moderation").await, "/comments/").is_some());
    let page = bea.get(history(&record)).await;
    let (back, fields) = page.forms().into_iter().next().expect("a button");
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(bea.post(&back, &fields).await.status, 303);
    assert!(link_to(&cai.get("/moderation").await, "/comments/").is_none(), "nothing is left to look at");
    assert_eq!(cai.get(&decide).await.status, 404);
    app.run_jobs().await;
    app.mails();
}

#[tokio::test]
async fn a_comment_that_was_reported_before_care_was_due_waits_for_the_finder_and_for_no_moderator() {
    for app in TestApp::on_each().await {
        moderator(&app).await;
        let record = told(&app).await;
        let (mut bea, mut ada) = (app.signed_in("bea").await, app.signed_in("ada").await);
        let (mut cai, mut fay) = (app.signed_in("cai").await, app.signed_in("fay").await);
        says_as_it_is(&mut bea, &record, "Mr Pugh drinks.").await;
        reports(&mut ada, &record, "It insults him.").await;
        let decide = link_to(&cai.get("/moderation").await, "/comments/").expect("a way to decide");
        let form = ada.get(format!("/records/{}/who-sees", record.told.reference)).await;
        sent(&mut ada, &form, &[("to", "handlers")]).await;
        let queue = cai.get("/moderation").await;
        let is_there = queue.text().contains("blood bottles") || link_to(&queue, "/comments/").is_some();
        assert!(!is_there, "{}", queue.text());
        assert_eq!(cai.get(&decide).await.status, 404);
        assert_eq!(cai.post(&decide, &[("act", "leave"), ("words", "No.")]).await.status, 404);
        let queue = fay.get("/moderation").await;
        assert_eq!(link_to(&queue, "/comments/").as_ref(), Some(&decide), "{}", queue.text());
        let page = fay.get(&decide).await;
        assert!(page.text().contains("Mr Pugh drinks.") && page.text().contains("It insults him."));
        let typed = [("act", "unlist"), ("because", "harmful"), ("words", "Not about colleagues.")];
        sent(&mut fay, &page, &typed).await;
        assert!(link_to(&fay.get("/moderation").await, "/comments/").is_none(), "nothing waits for ever");
        let log = format!("/places/{}/moderation.csv", app.world.nodes["riverside"]);
        let table = fay.get(&log).await.body;
        assert!(table.contains("Fay Singh (finder, since it was handled with care)"), "{table}");
        let table = cai.get(&log).await.body;
        assert!(!table.contains(record.told.reference.as_str()) && !table.contains("Fay Singh"), "{table}");
        app.run_jobs().await;
        app.mails();
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
