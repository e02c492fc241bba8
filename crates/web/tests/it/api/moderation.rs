//! Moderation and reports by programs: what waits, deciding it, the log, and what became of one's own report.

use super::told;
use crate::authorisation::{State, record};
use crate::public::moderator;
use serde_json::json;
use waymark_testkit::TestApp;

#[tokio::test]
async fn what_the_public_told_is_listed_or_not_and_the_log_says_so() {
    for app in TestApp::on_each().await {
        moderator(&app).await;
        let reference = record(&app, State::Public).await.told.reference.to_string();
        let (cai, bea, fay) = (app.program("cai").await, app.program("bea").await, app.program("fay").await);
        let queue = cai.get("/moderation").await;
        assert_eq!(queue.body["to_list"][0]["reference"], json!(reference), "{}", queue.body);
        assert_eq!(queue.body["logs"][0]["name"], "Riverside Hospital");
        assert_eq!(bea.get("/moderation").await.body["to_list"], json!([]));
        assert_eq!(fay.get("/moderation").await.body["to_list"], json!([]), "somebody else is moderator");
        let path = format!("/records/{reference}/moderate");
        let nothing = cai.post(&path, &json!({})).await;
        assert_eq!((nothing.status.as_u16(), nothing.pointers()), (422, vec!["/act"]));
        let why = json!({ "act": "unlist" });
        assert_eq!(cai.post(&path, &why).await.pointers(), ["/because", "/words"]);
        let version = json!({ "act": "list", "version": 9 });
        assert_eq!(cai.post(&path, &version).await.problem(), "conflict");
        let no =
            json!({ "act": "unlist", "because": "private", "words": "It names a patient.", "version": 1 });
        let done = cai.post_with(&path, ("once", &no)).await;
        assert_eq!((done.status.as_u16(), done.body["version"].as_u64()), (200, Some(2)), "{}", done.body);
        assert_eq!(cai.post_with(&path, ("once", &no)).await.body, done.body);
        let again = json!({ "act": "unlist", "because": "private", "words": "It names a patient." });
        assert_eq!(cai.post(&path, &again).await.problem(), "refused", "it is unlisted already");
        app.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(cai.post(&path, &json!({ "act": "list" })).await.status, 200);
        assert_eq!(bea.get(&format!("/records/{reference}")).await.status, 200, "listed, and seen");
        let log = cai.get(&format!("/places/{}/moderation", app.world.nodes["riverside"])).await;
        assert_eq!(log.body["is_by_finder"], false);
        let acts: Vec<_> =
            log.body["items"].as_array().expect("items").iter().map(|one| &one["act"]).collect();
        assert_eq!(acts, ["list", "unlist"], "{}", log.body);
        assert_eq!(log.body["items"][1]["words"]["text"], "It names a patient.");
        assert_eq!(
            (&log.body["items"][1]["because"], &log.body["items"][1]["by"]),
            (&json!("private"), &json!("Cai Morgan"))
        );
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn what_somebody_reports_is_looked_at_and_they_read_what_became_of_it() {
    for app in TestApp::on_each().await {
        let (ada, bea, fay) = (app.program("ada").await, app.program("bea").await, app.program("fay").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}/report");
        let nothing = bea.post(&path, &json!({ "line": "x\u{7}y" })).await;
        assert_eq!((nothing.status.as_u16(), nothing.problem()), (422, "invalid"));
        assert_eq!(nothing.pointers(), ["/because", "/line"]);
        let wrong = json!({ "because": "private", "line": "It names somebody." });
        let said = bea.post(&path, &wrong).await;
        assert_eq!((said.status.as_u16(), said.body["version"].as_u64()), (200, Some(1)), "{}", said.body);
        assert_eq!(bea.get("/reports").await.body["items"][0]["outcome"], json!(null));
        assert_eq!(fay.get("/reports").await.body["items"], json!([]), "another person's");
        assert_eq!(fay.get("/moderation").await.body["reported"][0]["reference"], json!(reference));
        let reports = format!("/records/{reference}/reports");
        assert_eq!(fay.get(&reports).await.body["items"][0]["line"], "It names somebody.");
        for other in [&ada, &bea] {
            assert_eq!(other.get(&reports).await.status, 403, "for moderators");
        }
        let leave = json!({ "act": "leave", "words": "It names nobody." });
        assert_eq!(fay.post(&format!("/records/{reference}/moderate"), &leave).await.status, 200);
        let own = bea.get("/reports").await;
        assert_eq!(own.body["items"][0]["outcome"], "leave", "{}", own.body);
        assert_eq!(own.body["items"][0]["words"], "It names nobody.");
        assert_eq!(fay.get("/moderation").await.body["reported"], json!([]));
        assert_eq!(fay.get(&reports).await.body["items"], json!([]));
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn who_does_not_see_it_any_more_reads_what_became_of_their_report_without_its_reference_and_why() {
    for app in TestApp::on_each().await {
        let (ada, bea, fay) = (app.program("ada").await, app.program("bea").await, app.program("fay").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}");
        let wrong = json!({ "because": "private", "line": "It names somebody." });
        assert_eq!(bea.post(&format!("{path}/report"), &wrong).await.status, 200);
        let no = json!({ "act": "unlist", "because": "private", "words": "It names a patient." });
        assert_eq!(fay.post(&format!("{path}/moderate"), &no).await.status, 200);
        // Taken from the lists is what they reported it for: they read why, though they do not see it any more.
        assert_eq!(bea.get(&path).await.status, 404);
        let own = bea.get("/reports").await.body["items"][0].clone();
        assert_eq!((&own["reference"], &own["outcome"]), (&json!(reference), &json!("unlist")), "{own}");
        assert_eq!(own["words"], "It names a patient.");
        assert_eq!(ada.post(&format!("{path}/who-sees"), &json!({ "to": "handlers" })).await.status, 200);
        let own = bea.get("/reports").await.body["items"][0].clone();
        assert_eq!((&own["reference"], &own["outcome"]), (&json!(null), &json!("unlist")), "{own}");
        assert_eq!((&own["words"], &own["line"]), (&json!(null), &json!("It names somebody.")), "{own}");
        // What waits is told without its reference, too.
        let other = told(&app, &ada).await;
        app.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(bea.post(&format!("/records/{other}/report"), &wrong).await.status, 200);
        assert_eq!(bea.get("/reports").await.body["items"][0]["reference"], json!(other));
        let narrow = ada.post(&format!("/records/{other}/who-sees"), &json!({ "to": "handlers" })).await;
        assert_eq!(narrow.status, 200, "{}", narrow.body);
        let own = bea.get("/reports").await.body["items"][0].clone();
        assert_eq!((&own["reference"], &own["outcome"]), (&json!(null), &json!(null)), "{own}");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_report_of_what_was_written_since_names_it() {
    let app = TestApp::new().await;
    let (ada, len, fay) = (app.program("ada").await, app.program("len").await, app.program("fay").await);
    let reference = told(&app, &ada).await;
    let asked =
        len.post(&format!("/records/{reference}/ask"), &json!({ "question": "Who is Mrs Orchard?" })).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let path = format!("/records/{reference}/report");
    for (part, known) in [(2, 2), (77, 0), (0, 0)] {
        let said = ada.post(&path, &json!({ "part": part, "because": "harmful" })).await;
        assert_eq!(said.status, 200, "{}", said.body);
        let items = fay.get(&format!("/records/{reference}/reports")).await.body["items"].clone();
        let last = items.as_array().and_then(|all| all.last()).cloned().expect("a report");
        assert_eq!(last["part"], known, "{items}");
        app.advance(chrono::TimeDelta::seconds(1));
    }
    app.run_jobs().await;
    app.mails();
}

#[tokio::test]
async fn a_comment_is_reported_taken_away_and_put_back() {
    for app in TestApp::on_each().await {
        moderator(&app).await;
        let (ada, bea, cai) = (app.program("ada").await, app.program("bea").await, app.program("cai").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}/comments");
        assert_eq!(bea.post(&path, &json!({ "comment": "Mr Pugh drinks." })).await.status, 200);
        let comment = ada.get(&path).await.body["items"][0]["id"].clone();
        let report = format!("/records/{reference}/report");
        for none in ["none", "00000000-0000-4000-8000-000000000000"] {
            let wrong = json!({ "comment": none, "because": "harmful" });
            assert_eq!(ada.post(&report, &wrong).await.status, 404, "{none}");
        }
        let wrong = json!({ "comment": comment, "because": "harmful", "line": "It insults him." });
        assert_eq!(ada.post(&report, &wrong).await.status, 200);
        let queue = cai.get("/moderation").await;
        let waits = json!([{ "reference": reference, "comment": comment }]);
        assert_eq!(queue.body["comments"], waits, "{}", queue.body);
        assert_eq!(queue.body["reported"][0]["reference"], json!(reference));
        let reports = cai.get(&format!("/records/{reference}/reports")).await;
        let first = &reports.body["items"][0];
        assert_eq!((&first["comment"], &first["part"]), (&comment, &json!(0)), "{}", reports.body);
        let moderate = format!("{path}/{}/moderate", comment.as_str().expect("an id"));
        let no = json!({ "act": "unlist", "because": "harmful", "words": "It insults somebody." });
        for other in [&ada, &bea] {
            assert_eq!(other.post(&moderate, &no).await.status, 403, "for moderators");
        }
        let half = cai.post(&moderate, &json!({ "act": "unlist" })).await;
        assert_eq!(half.pointers(), ["/because", "/words"], "{}", half.body);
        assert_eq!(cai.post(&moderate, &no).await.status, 200);
        assert_eq!(cai.post(&moderate, &no).await.problem(), "refused", "it is taken away already");
        assert_eq!(ada.get(&path).await.body["items"], json!([]));
        let own = bea.get(&path).await.body["items"][0]["unlisted"].clone();
        assert_eq!(own, json!({ "because": "harmful", "words": "It insults somebody." }));
        assert_eq!(cai.get("/moderation").await.body["comments"], json!([]));
        let log = cai.get(&format!("/places/{}/moderation", app.world.nodes["riverside"])).await;
        let done = &log.body["items"][0];
        assert_eq!((&done["comment"], &done["act"]), (&comment, &json!("unlist")), "{}", log.body);
        assert_eq!(cai.post(&moderate, &json!({ "act": "list" })).await.status, 200);
        assert_eq!(ada.get(&path).await.body["items"][0]["unlisted"], json!(null));
        app.run_jobs().await;
        app.mails();
    }
}
