//! Masking by programs: what is pointed out, how the texts would stand, and that nothing is done before it is.

use super::idea;
use serde_json::{Value, json};
use waymark_testkit::TestApp;

/// An idea in which a name stands.
fn named(app: &TestApp) -> Value {
    let mut idea = idea(app);
    idea["title"] = json!("What Blodwen Hughes does on Sundays");
    idea["problem"] = json!("We run out of blood bottles, and Blodwen  HUGHES buys them.");
    idea
}

#[tokio::test]
async fn a_finder_looks_at_it_first_and_then_masks_it_for_good() {
    for app in TestApp::on_each().await {
        let (ada, fay) = (app.program("ada").await, app.program("fay").await);
        let reference = ada.post("/ideas", &named(&app)).await.text("reference").to_owned();
        let path = format!("/records/{reference}/mask");
        let found = fay.get(&path).await;
        let items = found.body["items"].as_array().expect("items");
        assert!(items.contains(&json!("Blodwen Hughes")), "{}", found.body);
        assert_eq!(ada.get(&path).await.status, 403);
        let wish = json!({ "words": ["Blodwen Hughes"], "because": "person" });
        let preview = fay.post(&format!("{path}/preview"), &wish).await;
        let texts: Vec<_> =
            preview.body["items"].as_array().expect("items").iter().map(ToString::to_string).collect();
        let title = r#"{"field":"title","text":"What [masked] does on Sundays"}"#.to_owned();
        assert!(texts.len() == 2 && texts.contains(&title), "{}", preview.body);
        let record = fay.get(&format!("/records/{reference}")).await;
        assert_eq!(record.body["title"]["text"], "What Blodwen Hughes does on Sundays", "nothing is done");
        assert_eq!(ada.post(&format!("{path}/preview"), &wish).await.status, 403);
        assert_eq!(ada.post(&path, &wish).await.status, 403);
        let mut old = wish.clone();
        old["version"] = json!(7);
        assert_eq!(fay.post(&path, &old).await.problem(), "conflict");
        let done = fay.post(&path, &wish).await;
        assert_eq!((done.status.as_u16(), done.body["version"].as_u64()), (200, Some(2)), "{}", done.body);
        let record = ada.get(&format!("/records/{reference}")).await;
        assert_eq!(record.body["title"]["text"], "What [masked] does on Sundays");
        assert!(!record.body.to_string().to_lowercase().contains("blodwen"), "{}", record.body);
        let again = fay.post(&path, &wish).await;
        assert_eq!((again.status.as_u16(), again.pointers()), (422, vec!["/words"]), "none stands there");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn words_are_a_list_of_a_line_each() {
    let app = TestApp::new().await;
    let (ada, fay) = (app.program("ada").await, app.program("fay").await);
    let reference = ada.post("/ideas", &named(&app)).await.text("reference").to_owned();
    let many: Vec<&str> = vec!["bottles"; 21];
    let lists =
        [json!("Blodwen"), json!([7]), json!(["Blodwen\nHughes"]), json!([]), json!(["x"]), json!(many)];
    for words in lists {
        let wish = json!({ "words": words, "because": "person" });
        for path in [format!("/records/{reference}/mask"), format!("/records/{reference}/mask/preview")] {
            let told = fay.post(&path, &wish).await;
            assert_eq!((told.status.as_u16(), told.pointers()), (422, vec!["/words"]), "{wish}");
        }
    }
    let both = fay.post(&format!("/records/{reference}/mask"), &json!({})).await;
    assert_eq!(both.pointers(), ["/words", "/because"]);
    assert_eq!(ada.get(&format!("/records/{reference}")).await.body["version"], 1);
}
