//! What the log and the audit keep of what was refused: who, where and when; never what was typed.

use crate::hidden_dump::Log;
use crate::second_factor::{by_password, phone};
use crate::walk::told;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::io;
use tracing::Dispatch;
use tracing::subscriber::DefaultGuard;
use waymark_app::people::audit::{self, Act};
use waymark_store::{on, run, sqlx};
use waymark_testkit::{PASSWORD, TestApp};

/// All that is logged on this thread while the two beside it are kept.
fn listening() -> (Log, DefaultGuard, Dispatch) {
    let log = Log::default();
    // With one subscriber alone, what another test's thread logs first would be switched off for this one, too.
    let second = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(io::sink);
    let second = Dispatch::new(second.finish());
    let lines = tracing_subscriber::fmt().json().flatten_event(true);
    let lines = lines.with_max_level(tracing::Level::INFO).with_writer(log.clone());
    (log, tracing::subscriber::set_default(lines.finish()), second)
}

/// The lines of a kind.
fn lines(log: &Log, target: &str) -> Vec<Value> {
    let text = log.text();
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    all.filter(|line| line["target"] == target).collect()
}

/// What the audit has of a person, by name.
async fn noted(app: &TestApp, name: &str) -> Vec<String> {
    let mut tx = app.env.db.read().await.expect("a database");
    let (sql, account) = ("select action from audit where account = $1", app.person(name).0);
    let mut all: Vec<String> =
        on!(&mut tx, c => sqlx::query_scalar(sql).bind(account).fetch_all(c).await).expect("the audit");
    all.sort_unstable();
    all
}

#[tokio::test]
async fn sign_ins_that_failed_and_tries_beyond_a_limit_leave_a_trace_without_what_was_typed() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("ada")).await;
        let (log, _logging, _second) = listening();
        let ada = app.person("ada").0.to_string();
        let mut client = app.visitor();
        for mail in ["ada@riverside.example", "nobody@riverside.example"] {
            for _ in 0..6 {
                client.post("/sign-in", &[("mail", mail), ("password", "Canary 7321")]).await;
            }
        }
        let wrong = lines(&log, "waymark::audit");
        assert_eq!(wrong.len(), 10, "five each were looked at: {wrong:?}");
        assert!(wrong.iter().all(|line| line["action"] == "sign-in-refused"), "{wrong:?}");
        assert_eq!(wrong.iter().filter(|line| line["account"] == json!(ada)).count(), 5, "{wrong:?}");
        let late = lines(&log, "waymark::refused");
        assert_eq!(late.len(), 2, "{late:?}");
        assert!(late.iter().all(|line| line["route"] == "/sign-in" && line["status"] == 429), "{late:?}");
        app.advance(TimeDelta::minutes(1));
        let typed = [("mail", "ada@riverside.example"), ("password", PASSWORD)];
        assert_eq!(client.post("/sign-in", &typed).await.status, 303);
        assert_eq!(noted(&app, "ada").await, ["sign-ins-refused", "signed-in"]);
        assert_eq!(lines(&log, "waymark::audit").len(), 12, "what the audit has, the log has, too");
        for typed in ["Canary 7321", "riverside.example", PASSWORD] {
            assert!(!log.text().contains(typed), "{typed}");
        }
    }
}

#[tokio::test]
async fn a_wrong_code_and_a_wrong_proof_are_in_the_audit_of_whose_account_it_is() {
    for app in TestApp::on_each().await {
        let (log, _logging, _second) = listening();
        let ann = app.person("ann");
        let phone = phone(&app, ann).await;
        let mut client = by_password(&app, ann).await;
        let page = client.get("/sign-in/code").await;
        assert_eq!(client.submit(&page, &[("code", "Canary 7323")]).await.status, 422);
        assert_eq!(noted(&app, "ann").await, ["code-refused"]);
        app.advance(TimeDelta::seconds(1));
        assert_eq!(client.submit(&page, &[("code", &phone.code())]).await.status, 303);
        assert_eq!(noted(&app, "ann").await, ["code-refused", "stepped-up"]);
        app.gives_password(app.person("ada")).await;
        let mut ada = app.signed_in("ada").await;
        let page = ada.get("/me/close").await;
        assert_eq!(ada.submit(&page, &[("password", "Canary 7322")]).await.status, 422);
        assert_eq!(noted(&app, "ada").await, ["password-refused"]);
        let told = lines(&log, "waymark::audit");
        let actions: Vec<&str> = told.iter().filter_map(|line| line["action"].as_str()).collect();
        assert_eq!(actions, ["code-refused", "stepped-up", "password-refused"]);
        assert!(!log.text().contains("Canary"), "{}", log.text());
    }
}

#[tokio::test]
async fn whoever_is_refused_is_named_in_the_log_by_a_number_and_nothing_that_was_undone_is_there() {
    let app = TestApp::new().await;
    let record = format!("/records/{}", told(&app).await.told.reference);
    let (log, _logging, _second) = listening();
    let bea = app.person("bea").0.to_string();
    let mut client = app.signed_in("bea").await;
    assert_eq!(client.get("/admin").await.status, 403);
    let refused = lines(&log, "waymark::refused");
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!((&refused[0]["account"], &refused[0]["route"]), (&json!(bea), &json!("/admin")));
    // From another site, and with a token that is none.
    app.signed_in("bea").await.sent_from("cross-site").post("/me", &[]).await;
    app.stray().with_token("wm_none").get("/me").await;
    let statuses: Vec<Value> =
        lines(&log, "waymark::refused").iter().map(|line| line["status"].clone()).collect();
    assert_eq!(statuses, [json!(403), json!(403), json!(401)]);
    // Who puts a name on what they told without it is not named.
    assert_eq!(client.get(format!("{record}/name")).await.status, 403);
    let refused = lines(&log, "waymark::refused");
    let last = refused.last().expect("a line");
    assert_eq!((&last["route"], &last["account"]), (&json!("/records/{reference}/name"), &Value::Null));
    let mut ctx = app.write_as("bea").await;
    audit::note(&mut ctx, Act::MailSet, app.person("bea").0).await.expect("noted");
    drop(ctx);
    assert!(lines(&log, "waymark::audit").is_empty(), "{}", log.text());
}

#[tokio::test]
async fn a_number_joins_the_lines_of_a_request_and_stands_on_the_page_of_a_fault() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let mut tx = app.env.db.write().await.expect("a database");
        run!(&mut tx, sqlx::query("alter table draft rename to draft_elsewhere")).expect("renamed");
        tx.commit().await.expect("a commit");
        let (log, _logging, _second) = listening();
        let fault = ada.get("/drafts").await;
        assert_eq!(fault.status, 500, "{:?}: {}", app.engine(), fault.text());
        ada.get("/ideas").await;
        let number = |line: &Value| line["span"]["number"].as_str().expect("a number").to_owned();
        let requests: Vec<String> = lines(&log, "waymark::request").iter().map(number).collect();
        let errors: Vec<String> = lines(&log, "waymark_web::failure").iter().map(number).collect();
        assert_eq!((requests.len(), errors.len()), (2, 1), "{}", log.text());
        assert!(requests[0] != requests[1] && requests[0] == errors[0], "{}", log.text());
        assert!(fault.text().contains(&format!("quote this number: {}", errors[0])), "{}", fault.text());
        assert!(!ada.get("/nowhere").await.text().contains("quote this number"), "no fault of ours");
    }
}

#[tokio::test]
async fn answers_in_plain_text_say_how_their_letters_are_written() {
    let app = TestApp::new().await;
    for address in ["/health/live", "/health/ready"] {
        let answer = app.visitor().get(address).await;
        assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8", "{address}");
    }
}
