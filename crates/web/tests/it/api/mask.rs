//! Masking by programs: what is pointed out, how the texts would stand, and that nothing is done before it is.

use super::{idea, told};
use crate::problems::listed_with;
use serde_json::{Value, json};
use waymark_domain::people::setting::SeenBy;
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
        assert_eq!((&preview.body["reports"], &preview.body["is_in_answers"]), (&json!(0), &json!(false)));
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

#[tokio::test]
async fn a_problem_and_a_shared_answer_are_masked_the_same_way() {
    for app in TestApp::on_each().await {
        let (ada, len, fay) = (app.program("ada").await, app.program("len").await, app.program("fay").await);
        let said = ["What Blodwen Hughes cooks", "It is cold.", "Ask Blodwen Hughes."];
        let problem = listed_with(&app, ("fay", "riverside"), (SeenBy::Body, None), said).await;
        let reference = told(&app, &ada).await;
        let no = json!({
            "records": [{ "reference": reference, "version": 1 }], "reason": "R07",
            "words": "There is no room. Ask Blodwen Hughes.", "would_change": "A field that is paved.",
            "until": (app.env.now() + chrono::Days::new(90)).date_naive(),
        });
        let shared = len.post("/shared", &no).await.text("id").to_owned();
        let wish = json!({ "words": ["Blodwen Hughes"], "because": "person" });
        let problem = format!("/problems/{problem}");
        let shared = format!("/shared/{shared}");
        for (own, stranger, is_in_answers) in [(&problem, &ada, false), (&shared, &len, true)] {
            let path = format!("{own}/mask");
            let found = fay.get(&path).await;
            let items = found.body["items"].as_array().expect("items");
            assert!(items.contains(&json!("Blodwen Hughes")), "{own}: {}", found.body);
            assert_eq!(stranger.get(&path).await.status, 403, "{own}");
            for path in [path.clone(), format!("{path}/preview")] {
                assert_eq!(stranger.post(&path, &wish).await.status, 403, "{path}");
                assert_eq!(stranger.post(&path, &json!({})).await.status, 403, "{path}");
            }
            let preview = fay.post(&format!("{path}/preview"), &wish).await;
            assert_eq!(preview.body["is_in_answers"], is_in_answers, "{own}: {}", preview.body);
            assert!(preview.body.to_string().contains("[masked]"), "{own}: {}", preview.body);
            assert!(fay.get(own).await.body.to_string().contains("Blodwen"), "{own}: nothing is done");
            let mut old = wish.clone();
            old["version"] = json!(7);
            assert_eq!(fay.post(&path, &old).await.problem(), "conflict", "{own}");
            let done = fay.post(&path, &wish).await;
            assert_eq!(
                (done.status.as_u16(), done.body["version"].as_u64()),
                (200, Some(2)),
                "{own}: {}",
                done.body
            );
            let after = fay.get(own).await;
            assert_eq!(after.body["version"], 2, "{own}: {}", after.body);
            assert!(!after.body.to_string().contains("Blodwen"), "{own}: {}", after.body);
            let again = fay.post(&path, &wish).await;
            assert_eq!((again.status.as_u16(), again.pointers()), (422, vec!["/words"]), "{own}");
        }
        let record = ada.get(&format!("/records/{reference}")).await;
        assert_eq!(record.body["answer"]["words"]["text"], "There is no room. Ask [masked].");
        app.run_jobs().await;
        app.mails();
    }
}
