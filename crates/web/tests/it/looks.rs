//! Whoever sees a record only to check it, as auditor or from government, reads none of its words before they have said why,
//! and adds none.

use crate::capture::sent;
use crate::walk::told_with;
use serde_json::json;
use uuid::Uuid;
use waymark_app::route::acts::Act;
use waymark_app::routes::{ALL, Known};
use waymark_store::{run, sqlx};
use waymark_testkit::{Client, TestApp};

const CANARY: &str = "Canary 7304";
/// Those who see it only to check it: head and finder of a government, and an auditor.
const CHECKING: [&str; 3] = ["rhys", "rae", "otto"];

/// An idea of Ada's in a government; the address of its record.
async fn below_government(app: &TestApp) -> String {
    let said = ("Order on Thursday", "Bottles run out. Canary 7304.");
    let record = told_with(app, ("ada", "ward4"), None, said).await;
    let mut tx = app.env.db.write().await.expect("a database");
    let above = "update node set level = 'government' where parent is null";
    run!(&mut tx, sqlx::query(above)).expect("a government");
    tx.commit().await.expect("a commit");
    format!("/records/{}", record.told.reference)
}

/// Every address of a record, each act by its name.
fn addresses(record: &str) -> Vec<(&'static Known, String)> {
    let reference = record.trim_start_matches("/records/");
    let mut all = Vec::new();
    for known in ALL.iter().filter(|known| known.pattern.contains("{reference}")) {
        let path = known.pattern.replace("{reference}", reference);
        let path = path.replace("{comment}", &Uuid::nil().to_string());
        if path.contains("{act}") {
            all.extend(Act::ALL.iter().map(|act| (known, path.replace("{act}", act.name()))));
        } else {
            all.push((known, path));
        }
    }
    all
}

async fn says_why(client: &mut Client, record: &str, back: &str) {
    let question = client.get(format!("{record}/look?back={record}{back}")).await;
    let opened = sent(client, &question, &[("why", "Audit of June, file 12")]).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
}

#[tokio::test]
async fn no_page_of_a_record_shows_its_words_before_the_reason() {
    let sendings: [&[(&str, &str)]; 4] = [
        &[("version", "0")],
        &[("version", "0"), ("answer", "stop"), ("meeting", "yes"), ("sure", "yes")],
        &[("version", "0"), ("answer", "not-now"), ("meeting", "yes"), ("sure", "change")],
        &[("words", "Canary"), ("because", "private"), ("act", "list"), ("news", "So."), ("to", "handlers")],
    ];
    for app in TestApp::on_each().await {
        let record = below_government(&app).await;
        for name in CHECKING {
            let mut client = app.signed_in(name).await;
            for (known, path) in addresses(&record) {
                let mut pages = Vec::new();
                if !known.is_act {
                    pages.push(client.get(&path).await);
                }
                for fields in sendings {
                    pages.push(client.post(&path, fields).await);
                }
                for page in pages {
                    assert!(!page.body.contains(CANARY), "{name} at {path}: {}", page.text());
                }
            }
        }
        let mut ada = app.signed_in("ada").await;
        let page = ada.get(&record).await;
        assert!(page.body.contains(CANARY), "it would be found: {}", page.text());
        let history = ada.get(format!("{record}/history")).await;
        for name in ["Rhys Ward", "Rae Dunn", "Otto Reed"] {
            assert!(!history.text().contains(name), "nothing was done: {}", history.text());
        }
    }
}

#[tokio::test]
async fn whoever_may_do_something_from_government_is_asked_why_and_then_does_it() {
    for app in TestApp::on_each().await {
        let record = below_government(&app).await;
        let mut rae = app.signed_in("rae").await;
        for page in ["", "/history", "/mask", "/moderate", "/report", "/news", "/who-sees", "/take-over"] {
            let asked = rae.get(format!("{record}{page}")).await;
            let to = asked.location().unwrap_or_default();
            assert!(to.starts_with(&format!("{record}/look?back=")), "{page}: {} {to}", asked.status);
        }
        let kept = rae.post(format!("{record}/news"), &[("news", "It goes on.")]).await;
        assert_eq!(kept.status, 403, "{}", kept.text());
        assert!(kept.text().contains("It goes on."), "what was typed stays: {}", kept.text());
        assert!(kept.body.contains(&format!("{record}/look?back=")), "{}", kept.body);
        says_why(&mut rae, &record, "/news").await;
        assert_eq!(rae.submit(&kept, &[]).await.status, 303);
        for page in ["/mask", "/moderate", "/report"] {
            assert_eq!(rae.get(format!("{record}{page}")).await.status, 200, "{page}");
        }
        let mut rhys = app.signed_in("rhys").await;
        let answer = format!("{record}/answer?meeting=yes");
        let to = rhys.get(&answer).await.location().unwrap_or_default();
        assert!(to.starts_with(&format!("{record}/look?back=")), "{to}");
        says_why(&mut rhys, &record, "/answer").await;
        assert!(rhys.get(&answer).await.text().contains(CANARY));
        let page = app.signed_in("ada").await.get("/me/data").await;
        for name in ["Rae Dunn", "Rhys Ward"] {
            assert!(page.text().contains(&format!("{name} opened WM-")), "{}", page.text());
        }
        // Who may not do it is told that, and asked nothing.
        let mut otto = app.signed_in("otto").await;
        for page in ["/answer", "/ask", "/mask", "/moderate"] {
            assert_eq!(otto.get(format!("{record}{page}")).await.status, 403, "{page}");
        }
    }
}

#[tokio::test]
async fn a_program_reads_no_words_and_does_nothing_before_the_reason() {
    for app in TestApp::on_each().await {
        let record = below_government(&app).await;
        let rae = app.program("rae").await;
        for path in ["", "/history", "/comments", "/mask", "/reports"] {
            let told = rae.get(&format!("{record}{path}")).await;
            assert_eq!((told.status.as_u16(), told.problem()), (403, "reason"), "{path}: {}", told.body);
        }
        let words = json!({ "words": ["Canary"], "because": "person" });
        let acts = [
            ("/mask/preview", words.clone()),
            ("/mask", words),
            ("/report", json!({ "because": "other" })),
            ("/news", json!({ "news": "It goes on." })),
            ("/moderate", json!({ "act": "unlist", "because": "other", "words": "It is none." })),
        ];
        for (path, body) in &acts {
            let told = rae.post(&format!("{record}{path}"), body).await;
            assert_eq!((told.status.as_u16(), told.problem()), (403, "reason"), "{path}: {}", told.body);
        }
        says_why(&mut app.signed_in("rae").await, &record, "").await;
        let (path, body) = &acts[0];
        assert_eq!(rae.post(&format!("{record}{path}"), body).await.status, 200);
        assert_eq!(rae.get(&format!("{record}/mask")).await.status, 200);
    }
}

#[tokio::test]
async fn a_program_says_why_and_reads_for_a_day_and_whoever_brought_it_sees_that() {
    for app in TestApp::on_each().await {
        let record = below_government(&app).await;
        let look = format!("{record}/look");
        let why = json!({ "why": "Audit of June, file 12" });
        for name in CHECKING {
            let program = app.program(name).await;
            let empty = program.post(&look, &json!({ "why": " " })).await;
            assert_eq!((empty.status.as_u16(), empty.pointers()), (422, vec!["/why"]), "{}", empty.body);
            assert_eq!(program.get(&record).await.problem(), "reason", "nothing was noted");
            let said = program.post(&look, &why).await;
            assert_eq!(said.status, 200, "{}", said.body);
            assert!(!said.body.to_string().contains(CANARY), "{}", said.body);
            assert!(program.get(&record).await.body.to_string().contains(CANARY), "{name}");
            assert_eq!(program.post(&look, &json!({})).await.status, 200, "{name} said it already");
        }
        let reader = app.stray().with_token(&app.token("otto", "read").await);
        assert_eq!(reader.post(&look, &why).await.problem(), "scope", "it writes down who looked");
        assert!(reader.get(&record).await.body.to_string().contains(CANARY), "said once for all of theirs");
        let page = app.signed_in("ada").await.get("/me/data").await;
        for name in ["Rae Dunn", "Rhys Ward", "Otto Reed"] {
            assert!(page.text().contains(&format!("{name} opened WM-")), "{}", page.text());
        }
        assert!(page.text().contains("Audit of June, file 12"), "{}", page.text());
        assert_eq!(app.program("olu").await.post(&look, &why).await.status, 404, "not theirs to know of");
        app.advance(chrono::TimeDelta::hours(25));
        assert_eq!(reader.get(&record).await.problem(), "reason", "a day is over");
    }
}

#[tokio::test]
async fn whoever_only_checks_adds_no_words_and_takes_no_part_in_the_talk() {
    for app in TestApp::on_each().await {
        let record = below_government(&app).await;
        let acts = [
            (
                "/add",
                json!({ "problem": "We order these on Fridays and they are gone on Sundays.", "unknown": true, "origin": "front-line" }),
            ),
            ("/comments", json!({ "comment": "Since when?" })),
        ];
        for name in CHECKING {
            says_why(&mut app.signed_in(name).await, &record, "").await;
            let program = app.program(name).await;
            for (path, body) in &acts {
                let told = program.post(&format!("{record}{path}"), body).await;
                assert_eq!(
                    (told.status.as_u16(), told.problem()),
                    (403, "forbidden"),
                    "{name} {path}: {}",
                    told.body
                );
            }
        }
        let bea = app.program("bea").await;
        for (path, body) in &acts {
            let told = bea.post(&format!("{record}{path}"), body).await;
            assert!(told.status.is_success(), "a colleague does: {path}: {}", told.body);
        }
        app.run_jobs().await;
        app.mails();
    }
}
