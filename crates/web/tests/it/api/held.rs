//! What is held back until somebody has read it, by programs: for who reads it, and for who sent it.

use crate::held_back::insisted;
use serde_json::json;
use waymark_testkit::TestApp;

/// A text that Ada sent on a page and that waits for Fay; its id.
async fn held(app: &TestApp) -> String {
    let page = insisted(&mut app.signed_in("ada").await, &[]).await;
    page.address.trim_start_matches("/held/").to_owned()
}

#[tokio::test]
async fn a_finder_reads_it_and_passes_it_on() {
    for app in TestApp::on_each().await {
        let id = held(&app).await;
        let (ada, bea, fay) = (app.program("ada").await, app.program("bea").await, app.program("fay").await);
        let path = format!("/held/{id}");
        let list = fay.get("/held").await;
        assert_eq!(list.body["to_read"][0]["id"], json!(id), "{}", list.body);
        assert!(!list.body.to_string().contains("4471"), "words are in the text alone: {}", list.body);
        let read = fay.get(&path).await;
        assert!(
            read.body["words"]["problem"].as_str().is_some_and(|said| said.contains("4471")),
            "{}",
            read.body
        );
        assert_eq!(read.body["held"]["by"], "Ada Price");
        let own = ada.get(&path).await;
        assert_eq!((&own.body["words"], &own.body["held"]["outcome"]), (&json!(null), &json!(null)));
        assert_eq!(ada.get("/held").await.body["own"][0]["id"], json!(id));
        let pass = json!({ "choice": "none" });
        for (program, status) in [(&ada, 404), (&bea, 404)] {
            assert_eq!(program.post(&format!("{path}/end"), &pass).await.status, status);
        }
        assert_eq!(bea.get(&path).await.status, 404);
        assert_eq!(bea.post(&format!("{path}/take-back"), &json!({})).await.status, 404);
        let nothing = fay.post(&format!("{path}/end"), &json!({})).await;
        assert_eq!((nothing.status.as_u16(), nothing.pointers()), (422, vec!["/choice"]));
        let done = fay.post_with(&format!("{path}/end"), ("once", &pass)).await;
        assert_eq!((done.status.as_u16(), done.text("outcome")), (200, "none"), "{}", done.body);
        assert_eq!(fay.post_with(&format!("{path}/end"), ("once", &pass)).await.body, done.body);
        assert_eq!(fay.post(&format!("{path}/end"), &pass).await.status, 404, "it waits no more");
        let own = ada.get(&path).await;
        let reference = own.body["held"]["reference"].as_str().expect("a record");
        assert_eq!(ada.get(&format!("/records/{reference}")).await.body["stage"], "told");
        assert_eq!(ada.post(&format!("{path}/take-back"), &json!({})).await.problem(), "conflict");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn it_goes_to_a_door_or_back_with_a_line_why() {
    for app in TestApp::on_each().await {
        let (to_door, given_back) = (held(&app).await, held(&app).await);
        let (ada, fay) = (app.program("ada").await, app.program("fay").await);
        for (id, choice) in [(to_door, "danger"), (given_back, "back")] {
            let path = format!("/held/{id}/end");
            let bare = fay.post(&path, &json!({ "choice": choice })).await;
            assert_eq!((bare.status.as_u16(), bare.pointers()), (422, vec!["/line"]), "{}", bare.body);
            let done = fay.post(&path, &json!({ "choice": choice, "line": "Call 2222 now." })).await;
            assert_eq!((done.status.as_u16(), done.text("outcome")), (200, choice), "{}", done.body);
            let own = ada.get(&format!("/held/{id}")).await;
            assert_eq!(own.body["held"]["outcome"], choice, "{}", own.body);
            assert_eq!(own.body["held"]["line"], "Call 2222 now.");
        }
        assert_eq!(fay.get("/held").await.body["to_read"], json!([]));
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn who_sent_it_takes_it_back_while_nobody_has_read_it() {
    for app in TestApp::on_each().await {
        let id = held(&app).await;
        let (ada, fay) = (app.program("ada").await, app.program("fay").await);
        let done = ada.post(&format!("/held/{id}/take-back"), &json!({})).await;
        assert_eq!((done.status.as_u16(), done.text("outcome")), (200, "back"), "{}", done.body);
        assert_eq!(fay.get("/held").await.body["to_read"], json!([]));
        assert_eq!(fay.get(&format!("/held/{id}")).await.status, 404);
        let page = app.signed_in("ada").await.get(format!("/drafts/{id}")).await;
        assert_eq!(page.status, 200, "it is a draft again");
        app.run_jobs().await;
        app.mails();
    }
}
