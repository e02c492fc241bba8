//! Who becomes a member: by the host of a confirmed work mail, or let in with one press.

use crate::capture::{checked, draft_of, sent};
use chrono::TimeDelta;
use waymark_app::mail::Letter;
use waymark_store::{run, sqlx};
use waymark_testkit::{Client, Page, TestApp};

/// The address of the link in a mail.
fn link_in(letter: &Letter) -> String {
    let rest = letter.text.split("http://127.0.0.1:8080").nth(1).expect("a link");
    rest.split_whitespace().next().expect("an address").to_owned()
}

fn mail_to<'m>(mails: &'m [Letter], to: &str) -> &'m Letter {
    mails.iter().find(|mail| mail.to == to).unwrap_or_else(|| panic!("no mail to {to}: {mails:#?}"))
}

/// Types an idea for ward 4 and asks for a link to an address.
async fn asked(app: &TestApp, visitor: &mut Client, mail: &str) -> Page {
    let ward4 = app.world.nodes["ward4"];
    let check = checked(visitor, &format!("/tell?at={ward4}"), &[]).await;
    let asked = visitor.submit(&check, &[("name", "Nia Rees"), ("mail", mail)]).await;
    assert!(asked.text().contains("Ward 4 does not know this address"), "{}", asked.text());
    check
}

/// Confirms an address by the link that was mailed to it, on a phone.
async fn confirmed(app: &TestApp, mail: &str) -> (Client, Page) {
    app.run_jobs().await;
    let mails = app.mails();
    let mut phone = app.visitor();
    let page = phone.get(link_in(mail_to(&mails, mail))).await;
    let after = sent(&mut phone, &page, &[]).await;
    (phone, after)
}

#[tokio::test]
async fn a_newcomer_with_another_host_is_let_in_with_one_press_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        asked(&app, &mut visitor, "nia@elsewhere.example").await;
        let (mut phone, page) = confirmed(&app, "nia@elsewhere.example").await;
        let text = page.text();
        assert!(
            text.contains("is kept, but not sent yet: Ward 4 does not know nia@elsewhere.example"),
            "{text}"
        );
        assert!(text.contains("Ann Field, Fay Singh can let you in"), "{text}");
        assert!(text.contains("by Tuesday 14 July 2026"), "{text}");
        assert!(phone.get("/work").await.location().is_some(), "nobody is signed in");

        app.run_jobs().await;
        let mails = app.mails();
        assert_eq!(mails.len(), 2, "{mails:#?}");
        for to in ["ann@riverside.example", "fay@riverside.example"] {
            let mail = mail_to(&mails, to);
            assert!(mail.text.contains("Nia Rees (nia@elsewhere.example)"), "{}", mail.text);
            assert!(!mail.text.contains("bottles"), "nobody reads it before it is sent");
        }
        assert!(app.signed_in("len").await.get("/waiting").await.text().contains("Nobody and nothing waits"));
        let mut fay = app.signed_in("fay").await;
        assert!(fay.get("/work").await.text().contains("People and roles that wait: 1"));
        let waiting = fay.get("/waiting").await;
        assert!(
            waiting.text().contains("Nia Rees") && !waiting.body.contains("bottles"),
            "{}",
            waiting.text()
        );
        let (action, _) = waiting.form();
        assert_eq!(app.signed_in("len").await.post(&action, &[("answer", "yes")]).await.status, 404);
        assert_eq!(fay.submit(&waiting, &[]).await.status, 422, "no button was pressed");
        assert_eq!(fay.submit(&waiting, &[("answer", "yes")]).await.status, 303);
        assert_eq!(fay.post(&action, &[("answer", "yes")]).await.status, 404, "settled already");

        app.run_jobs().await;
        let mails = app.mails();
        let welcome = mail_to(&mails, "nia@elsewhere.example");
        assert_eq!(welcome.subject, "You are in, and your idea is sent");
        let page = phone.get(link_in(welcome)).await;
        phone.submit(&page, &[("password", "kettle marble thursday-ish")]).await;
        assert!(phone.get("/work").await.text().contains("blood bottles"), "{:?}", app.engine());
        assert!(app.signed_in("len").await.get("/work").await.text().contains("blood bottles"));
        assert!(phone.get("/tell").await.text().contains("Told at: Ward 4"), "a member of the place now");
        app.run_jobs().await;
        app.assert_quiet().await;
    }
}

#[tokio::test]
async fn who_is_not_let_in_is_told_kindly_and_keeps_what_they_typed() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    let check = asked(&app, &mut visitor, "nia@elsewhere.example").await;
    confirmed(&app, "nia@elsewhere.example").await;
    let mut ann = app.signed_in("ann").await;
    let waiting = ann.get("/waiting").await;
    assert_eq!(ann.submit(&waiting, &[("answer", "no")]).await.status, 303);
    app.run_jobs().await;
    let mails = app.mails();
    let mail = mail_to(&mails, "nia@elsewhere.example");
    assert!(mail.text.contains("Nothing is lost"), "{}", mail.text);
    let again = visitor.get(&check.address).await;
    assert!(again.text().contains("Order on Thursday."), "{}", again.text());
    visitor.submit(&again, &[("name", "Nia Rees"), ("mail", "nia@riverside.example")]).await;
    let (_, receipt) = confirmed(&app, "nia@riverside.example").await;
    assert!(receipt.text().contains("Len Hughes has it"), "{}", receipt.text());
}

#[tokio::test]
async fn a_work_address_confirmed_meanwhile_ends_the_waiting() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    let check = asked(&app, &mut visitor, "nia@elsewhere.example").await;
    confirmed(&app, "nia@elsewhere.example").await;
    let again = visitor.get(&check.address).await;
    visitor.submit(&again, &[("name", "Nia Rees"), ("mail", "nia@riverside.example")]).await;
    let (_, receipt) = confirmed(&app, "nia@riverside.example").await;
    assert!(receipt.text().contains("Len Hughes has it"), "{}", receipt.text());
    assert!(app.signed_in("ann").await.get("/waiting").await.text().contains("Nobody and nothing waits"));
}

#[tokio::test]
async fn nobody_waits_without_a_date_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        let check = asked(&app, &mut visitor, "nia@elsewhere.example").await;
        confirmed(&app, "nia@elsewhere.example").await;
        app.run_jobs().await;
        app.mails();
        app.advance(TimeDelta::days(8));
        app.run_jobs().await;
        let mails = app.mails();
        let late: Vec<&str> = mails
            .iter()
            .filter(|mail| mail.text.contains("still waits to be let in"))
            .map(|mail| mail.to.as_str())
            .collect();
        for to in ["ann", "fay", "rhys", "rae"] {
            assert!(late.contains(&format!("{to}@riverside.example").as_str()), "{to}: {late:?}");
        }
        app.advance(TimeDelta::days(23));
        app.run_jobs().await;
        let mails = app.mails();
        let mail = mail_to(&mails, "nia@elsewhere.example");
        assert!(mail.text.contains("within a month. We are sorry"), "{}", mail.text);
        assert!(app.signed_in("ann").await.get("/waiting").await.text().contains("Nobody and nothing waits"));
        assert!(visitor.get(format!("/drafts/{}/check", draft_of(&check))).await.text().contains("Thursday"));
    }
}

#[tokio::test]
async fn what_cannot_be_sent_any_more_waits_among_the_drafts_of_who_was_let_in() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    asked(&app, &mut visitor, "nia@elsewhere.example").await;
    confirmed(&app, "nia@elsewhere.example").await;
    let mut tx = app.env.db.write().await.expect("a database");
    let sql = "update draft set payload = replace(payload, 'front-line', 'the moon')";
    assert_eq!(run!(&mut tx, sqlx::query(sql)).expect("a draft"), 1);
    tx.commit().await.expect("a commit");
    let mut ann = app.signed_in("ann").await;
    let waiting = ann.get("/waiting").await;
    ann.submit(&waiting, &[("answer", "yes")]).await;
    app.run_jobs().await;
    let mails = app.mails();
    let mail = mail_to(&mails, "nia@elsewhere.example");
    let mut phone = app.visitor();
    let page = phone.get(link_in(mail)).await;
    phone.submit(&page, &[("password", "kettle marble thursday-ish")]).await;
    assert_eq!(mail.subject, "You are in; your idea needs one more look");
    let drafts = phone.get("/drafts").await;
    assert!(drafts.text().contains("blood bottles"), "{}", drafts.text());
}
