//! The first run: from an empty database to somebody who is signed in.

use waymark_app::mail::Mailer;
use waymark_testkit::{Client, Page, TestApp, databases, sqlite};

const PASSWORD: &str = "kettle marble thursday-ish";

async fn answered(client: &mut Client, step: &str, fields: &[(&str, &str)]) -> Page {
    let page = client.get(format!("/start/{step}")).await;
    let sent = client.submit(&page, fields).await;
    assert_eq!(sent.status, 303, "{step}: {}", sent.text());
    sent
}

/// Answers all five questions as a body of one.
async fn all_answered(client: &mut Client) -> Page {
    answered(client, "body", &[("body-name", "Hafan Day Centre"), ("calendar", "england-and-wales")]).await;
    let me = [("name", "Mair Rees"), ("mail", "mair@hafan.example"), ("password", PASSWORD)];
    answered(client, "people", &me).await;
    answered(client, "doors", &[("door-danger", "999")]).await;
    answered(client, "mail", &[("mail-by", "files")]).await;
    let last = answered(client, "seen-by", &[]).await;
    client.follow(last).await
}

#[tokio::test]
async fn one_person_starts_from_an_empty_database_on_both_engines() {
    for database in databases().await {
        let app = TestApp::empty(database).await;
        let mut client = app.visitor();
        assert_eq!(client.get("/").await.location().as_deref(), Some("/start"));
        assert_eq!(client.get("/me").await.location().as_deref(), Some("/start"));
        let start = client.get("/start").await;
        assert!(start.text().contains("Five questions"), "{}", start.text());
        let check = all_answered(&mut client).await;
        assert!(check.text().contains("Hafan Day Centre"), "{}", check.text());
        assert!(!check.body.contains("kettle"), "the password is not shown");
        let sent = client.submit(&check, &[]).await;
        let done = client.follow(sent).await;
        assert_eq!(done.status, 200, "{:?}", app.engine());
        assert!(done.text().contains("Waymark is ready"), "{}", done.text());
        assert!(done.text().contains("http://127.0.0.1:8080/tell?at="), "{}", done.text());
        assert!(done.text().contains("Set all five numbers"), "{}", done.text());
        assert!(done.text().contains("Say where complaints about this service"), "{}", done.text());
        assert!(client.get("/work").await.body.contains("Mair Rees"));
        assert_eq!(client.get("/start").await.status, 404);
        assert_eq!(client.post("/start/body", &[("body-name", "Mine")]).await.status, 404);
    }
}

#[tokio::test]
async fn who_starts_without_a_mail_server_is_told_what_does_not_work_yet() {
    let app = TestApp::empty(sqlite().await).await.with_mail(Mailer::default());
    let mut client = app.visitor();
    let check = all_answered(&mut client).await;
    let sent = client.submit(&check, &[]).await;
    let done = client.follow(sent).await;
    assert!(done.text().contains("Name a mail server. Until then"), "{}", done.text());
    assert!(done.body.contains("href=\"/admin/mail\""), "{}", done.body);
}

#[tokio::test]
async fn what_is_missing_is_called_by_its_name() {
    let app = TestApp::empty(sqlite().await).await;
    let mut client = app.visitor();
    let page = client.get("/start/people").await;
    let again = client.submit(&page, &[("finder", "other"), ("lead", "other")]).await;
    for missing in ["Give a name", "Give the finder’s name", "Give the team lead’s work mail address"] {
        assert!(again.text().contains(missing), "{missing}: {}", again.text());
    }
    assert!(!again.text().contains("Fill this in"), "{}", again.text());
}

#[tokio::test]
async fn of_two_first_runs_one_wins_and_the_other_is_told() {
    for database in databases().await {
        let app = TestApp::empty(database).await;
        let (mut first, mut second) = (app.visitor(), app.visitor());
        let (one, two) = (all_answered(&mut first).await, all_answered(&mut second).await);
        let (done, other) = tokio::join!(first.submit(&one, &[]), second.submit(&two, &[]));
        let mut statuses = [done.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{:?}", app.engine());
    }
}

#[tokio::test]
async fn sent_twice_the_first_run_is_done_once() {
    let app = TestApp::empty(sqlite().await).await;
    let mut client = app.visitor();
    let check = all_answered(&mut client).await;
    let first = client.submit(&check, &[]).await;
    let second = client.submit(&check, &[]).await;
    assert_eq!(first.location(), second.location());
}

#[tokio::test]
async fn answers_that_cannot_be_taken_stay_on_the_page() {
    let app = TestApp::empty(sqlite().await).await;
    let mut client = app.visitor();
    let long = "x".repeat(251);
    for bad in ["", "\0", long.as_str()] {
        let page = client.get("/start/body").await;
        let again = client.submit(&page, &[("body-name", bad), ("calendar", "scotland")]).await;
        assert_eq!(again.status, 422, "{bad:?}");
        assert!(again.body.contains("value=\"scotland\" checked"), "the calendar stays chosen");
    }
    let page = client.get("/start/body").await;
    let odd = "<b>ŵ \u{202e}🦊 & \"co\"</b>";
    let again = client.submit(&page, &[("body-name", odd)]).await;
    assert_eq!(again.status, 422, "no calendar was chosen");
    let (_, fields) = again.form();
    assert!(fields.contains(&("body-name".to_owned(), odd.to_owned())), "{fields:?}");
    assert!(!again.body.contains("<b>ŵ"));
}

#[tokio::test]
async fn the_password_of_the_first_run_must_be_good_and_is_never_shown() {
    let app = TestApp::empty(sqlite().await).await;
    let mut client = app.visitor();
    let page = client.get("/start/people").await;
    let me = [("name", "Mair Rees"), ("mail", "mair@hafan.example"), ("password", "password1")];
    let again = client.submit(&page, &me).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("among the first that somebody would guess"), "{}", again.text());
    assert!(!again.body.contains("password1"));
}

#[tokio::test]
async fn another_finder_is_invited_and_ones_own_address_is_not_another() {
    let app = TestApp::empty(sqlite().await).await;
    let mut client = app.visitor();
    let page = client.get("/start/people").await;
    let me =
        [("name", "Mair Rees"), ("mail", "mair@hafan.example"), ("password", PASSWORD), ("finder", "other")];
    let own = [&me[..], &[("finder-name", "Mair"), ("finder-mail", "MAIR@hafan.example")]].concat();
    let again = client.submit(&page, &own).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("This is your own address"), "{}", again.text());
    let other = [&me[..], &[("finder-name", "Ifan"), ("finder-mail", "ifan@hafan.example")]].concat();
    assert_eq!(client.submit(&page, &other).await.status, 303);
}

#[tokio::test]
async fn each_question_is_asked_in_welsh_too() {
    let app = TestApp::empty(sqlite().await).await;
    for step in ["", "/body", "/people", "/doors", "/mail", "/seen-by"] {
        let page = app.visitor().get(format!("/start{step}?lang=cy")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("<html lang=\"cy\""), "{step}");
    }
}

#[tokio::test]
async fn the_founders_own_mail_host_is_proposed_unless_anybody_gets_an_address_there() {
    for (mail, proposed) in [("mair@Hafan.example", "hafan.example"), ("mair@gmail.com", "")] {
        let app = TestApp::empty(sqlite().await).await;
        let mut client = app.visitor();
        answered(&mut client, "people", &[("name", "Mair Rees"), ("mail", mail), ("password", PASSWORD)])
            .await;
        let page = client.get("/start/mail").await;
        assert!(page.form().1.contains(&("mail-hosts".to_owned(), proposed.to_owned())), "{}", page.text());
        let free = client.submit(&page, &[("mail-by", "files"), ("mail-hosts", "gmail.com")]).await;
        assert!(free.status == 422 && free.text().contains("strangers"), "{}", free.text());
        answered(&mut client, "mail", &[("mail-by", "files"), ("mail-hosts", "")]).await;
        let page = client.get("/start/mail").await;
        assert!(page.form().1.contains(&("mail-hosts".to_owned(), String::new())), "left empty on purpose");
    }
}
