//! What is said about a record by programs, and the answer that was looked at again.

use super::told;
use serde_json::json;
use waymark_testkit::TestApp;

#[tokio::test]
async fn what_was_said_is_read_and_taken_back_by_who_said_it() {
    for app in TestApp::on_each().await {
        let (ada, bea, olu) = (app.program("ada").await, app.program("bea").await, app.program("olu").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}/comments");
        assert_eq!(bea.get(&path).await.body["items"], json!([]));
        let said = bea.post(&path, &json!({ "comment": "Ours run out on Mondays." })).await;
        assert_eq!(said.status, 200, "{}", said.body);
        app.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(ada.post(&path, &json!({ "comment": "Since when?" })).await.status, 200);
        let read = ada.get(&path).await;
        let items = read.body["items"].as_array().expect("items").clone();
        assert_eq!((&items[0]["by"], &items[0]["is_yours"]), (&json!("Bea Okafor"), &json!(false)));
        assert_eq!(items[0]["words"]["text"], "Ours run out on Mondays.");
        assert_eq!(
            (&items[1]["words"]["text"], &items[1]["is_yours"]),
            (&json!("Since when?"), &json!(true))
        );
        assert_eq!(olu.get(&path).await.status, 404, "another body's");
        assert_eq!(app.program("otto").await.get(&path).await.problem(), "reason");
        let back = format!("{path}/{}/take-back", items[0]["id"].as_str().expect("an id"));
        assert_eq!(ada.post(&back, &json!({})).await.status, 404, "another person's");
        let other = told(&app, &ada).await;
        let elsewhere = back.replace(&reference, &other);
        assert_eq!(bea.post(&elsewhere, &json!({})).await.status, 404, "on another record");
        assert_eq!(bea.post_with(&back, ("once", &json!({}))).await.status, 200);
        assert_eq!(bea.post_with(&back, ("once", &json!({}))).await.status, 200, "answered again");
        assert_eq!(bea.post(&back, &json!({})).await.problem(), "refused");
        let left = ada.get(&path).await;
        assert!(!left.body.to_string().contains("Mondays"), "{}", left.body);
        assert_eq!(bea.post(&format!("{path}/none/take-back"), &json!({})).await.status, 404);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn the_answer_that_was_looked_at_again_is_there_beside_the_one_that_holds() {
    for app in TestApp::on_each().await {
        let (ada, len, hana) =
            (app.program("ada").await, app.program("len").await, app.program("hana").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}");
        let no = json!({ "reason": "R07", "words": "No room.", "would_change": "A paved field." });
        assert_eq!(len.post(&format!("{path}/answers/stop"), &no).await.status, 200);
        let asked = ada.post(&format!("{path}/ask-review"), &json!({ "why": "There is room." })).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert_eq!(ada.get(&path).await.body["reviewed"], json!(null));
        let no = json!({ "reason": "R01", "words": "It was tried.", "would_change": "Nothing." });
        let second = hana.post(&format!("{path}/answers/stop"), &no).await;
        assert_eq!(second.status, 200, "{}", second.body);
        let record = ada.get(&path).await;
        assert_eq!(record.body["answer"]["words"]["text"], "It was tried.", "{}", record.body);
        assert_eq!(record.body["reviewed"]["words"]["text"], "No room.");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_no_is_opened_again_with_what_is_new() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}");
        let no = json!({ "reason": "R07", "words": "No room.", "would_change": "A paved field." });
        assert_eq!(len.post(&format!("{path}/answers/stop"), &no).await.status, 200);
        let acts = ada.get(&path).await.body["acts"].clone();
        assert!(acts.as_array().is_some_and(|acts| acts.contains(&json!("reopen"))), "{acts}");
        let reopen = format!("{path}/reopen");
        let empty = ada.post(&reopen, &json!({})).await;
        assert_eq!((empty.status.as_u16(), empty.pointers()), (422, vec!["/why"]), "{}", empty.body);
        let done = ada.post(&reopen, &json!({ "why": "The field is paved." })).await;
        assert_eq!((done.status.as_u16(), done.text("stage")), (200, "told"), "{}", done.body);
        let again = ada.post(&reopen, &json!({ "why": "The field is paved." })).await;
        assert_eq!(again.status, 403, "it is open");
        let history = ada.get(&format!("{path}/history")).await;
        let newest = &history.body["items"][0];
        assert_eq!((&newest["kind"], &newest["by"]), (&json!("reopened"), &json!("Ada Price")));
        assert_eq!(newest["words"][0]["text"], "The field is paved.");
        app.run_jobs().await;
        app.mails();
    }
}
