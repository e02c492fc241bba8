//! Shared answers and the news round by programs.

use super::{idea, told};
use serde_json::{Value, json};
use waymark_domain::reference::Reference;
use waymark_testkit::{Program, TestApp};

/// A *no* for records, each in the version that was seen.
fn no(app: &TestApp, records: &[(&str, u32)]) -> Value {
    let records: Vec<Value> = records
        .iter()
        .map(|(reference, version)| json!({ "reference": reference, "version": version }))
        .collect();
    json!({
        "records": records,
        "reason": "R07",
        "words": "There is no room for more staff bays until the north field is paved next spring.",
        "would_change": "The field is paved.",
        "until": (app.env.now() + chrono::Days::new(90)).date_naive(),
    })
}

/// What people would call a record by that is not there.
fn nothing() -> String {
    Reference::new(2026, 700_000).to_string()
}

async fn answer_of(program: &Program, reference: &str) -> Value {
    program.get(&format!("/records/{reference}")).await.body["answer"].clone()
}

#[tokio::test]
async fn one_answer_is_given_to_several_used_again_and_read_again() {
    for app in TestApp::on_each().await {
        let (ada, bea, len) = (app.program("ada").await, app.program("bea").await, app.program("len").await);
        let (first, second) = (told(&app, &ada).await, told(&app, &bea).await);
        let waits = len.get("/shared/records").await;
        assert_eq!(waits.body["items"].as_array().map(Vec::len), Some(2), "{}", waits.body);
        assert_eq!(waits.body["items"][0]["version"], 1);
        assert_eq!(ada.get("/shared/records").await.body["items"], json!([]));
        let made = len.post_with("/shared", ("once", &no(&app, &[(&first, 1), (&second, 1)]))).await;
        assert_eq!((made.status.as_u16(), made.body["version"].as_u64()), (201, Some(1)), "{}", made.body);
        let again = len.post_with("/shared", ("once", &no(&app, &[(&first, 1), (&second, 1)]))).await;
        assert_eq!((again.status, &again.body), (made.status, &made.body));
        for (program, reference) in [(&ada, &first), (&bea, &second)] {
            assert_eq!(answer_of(program, reference).await["would_change"]["text"], "The field is paved.");
        }
        let id = made.text("id").to_owned();
        let one = len.get(&format!("/shared/{id}")).await;
        assert_eq!(
            (one.body["uses"].as_i64(), one.text("owner"), one.text("reason")),
            (Some(2), "Len Hughes", "R07")
        );
        assert_eq!(ada.get(&format!("/shared/{id}")).await.status, 404, "for who decides there");
        let third = told(&app, &ada).await;
        let more = json!({ "records": [{ "reference": third, "version": 1 }] });
        assert_eq!(ada.post(&format!("/shared/{id}/records"), &more).await.status, 404);
        let given = len.post(&format!("/shared/{id}/records"), &more).await;
        assert_eq!(given.status, 200, "{}", given.body);
        assert_eq!(len.get("/shared").await.body["items"][0]["uses"], 3);
        let change = json!({ "what": "change", "reason": "R07", "words": "No room, still.", "version": 1 });
        let lacks = len.post(&format!("/shared/{id}/again"), &change).await;
        assert_eq!((lacks.status.as_u16(), lacks.pointers()), (422, vec!["/would_change", "/until"]));
        let until = (app.env.now() + chrono::Days::new(30)).date_naive();
        let keep = json!({ "what": "keep", "until": until, "version": 1 });
        let kept = len.post(&format!("/shared/{id}/again"), &keep).await;
        assert_eq!((kept.status.as_u16(), kept.body["version"].as_u64()), (200, Some(2)), "{}", kept.body);
        assert_eq!(kept.text("reread_on"), until.to_string());
        let late = len.post(&format!("/shared/{id}/again"), &keep).await;
        assert_eq!((late.status.as_u16(), late.pointers()), (422, vec!["/what"]), "somebody was quicker");
        let gone = len.post(&format!("/shared/{id}/again"), &json!({ "what": "withdraw" })).await;
        assert_eq!(gone.status, 200, "{}", gone.body);
        assert_eq!(len.get(&format!("/shared/{id}")).await.body["is_withdrawn"], true);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn where_one_of_them_has_moved_on_nobody_is_answered() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let (first, second) = (told(&app, &ada).await, told(&app, &ada).await);
        for records in [[(first.as_str(), 1), (second.as_str(), 2)], [(&first, 1), (&nothing(), 1)]] {
            let told = len.post("/shared", &no(&app, &records)).await;
            assert_eq!((told.status.as_u16(), told.pointers()), (422, vec!["/records"]), "{}", told.body);
        }
        assert_eq!(answer_of(&ada, &first).await, json!(null));
        assert_eq!(len.get("/shared").await.body["items"], json!([]));
        let empty = len.post("/shared", &json!({})).await;
        assert_eq!(empty.pointers(), ["/records", "/reason", "/words", "/would_change", "/until"]);
        let lists = [
            json!(["x"]),
            json!([{ "reference": first }]),
            json!([{ "reference": first, "version": "1" }]),
            json!([{ "reference": "none", "version": 1 }]),
            json!([{ "reference": first, "version": 1, "more": 1 }]),
            json!(vec![json!({ "reference": first, "version": 1 }); 101]),
        ];
        for records in lists {
            let mut body = no(&app, &[]);
            body["records"] = records;
            let told = len.post("/shared", &body).await;
            assert_eq!(
                (told.status.as_u16(), told.pointers()),
                (422, vec!["/records"]),
                "{}",
                body["records"]
            );
        }
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn what_was_said_before_is_pointed_out_to_who_answers() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let (first, second) = (told(&app, &ada).await, told(&app, &ada).await);
        let mut said = no(&app, &[]);
        for field in ["records", "until"] {
            said.as_object_mut().expect("an object").remove(field);
        }
        assert_eq!(len.post(&format!("/records/{first}/answers/stop"), &said).await.status, 200);
        let path = format!("/records/{second}/answers/alike");
        let words = json!({ "words": said["words"] });
        assert_eq!(len.post(&path, &words).await.body["earlier"]["reference"], json!(first));
        assert_eq!(
            len.post(&path, &json!({ "words": "Yes, on Thursday." })).await.body["earlier"],
            json!(null)
        );
        assert_eq!(ada.post(&path, &words).await.body["earlier"], json!(null), "not hers to answer");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn news_of_several_is_written_all_or_none() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let mut references = Vec::new();
        for _ in 0..2 {
            let reference = ada.post("/ideas", &idea(&app)).await.text("reference").to_owned();
            let go = json!({ "who": "me", "until": (app.env.now() + chrono::Days::new(80)).date_naive() });
            let gone = len.post(&format!("/records/{reference}/answers/go"), &go).await;
            assert_eq!(gone.status, 200, "{}", gone.body);
            references.push(reference);
        }
        assert_eq!(len.get("/work/news").await.body["items"], json!([]), "they had news today");
        let news = |one: &str, two: &str| {
            json!({ "records": [
            { "reference": references[0], "news": one }, { "reference": two, "news": "It goes on." },
        ] })
        };
        let gone = len.post("/work/news", &news("The samples came.", &nothing())).await;
        assert_eq!((gone.status.as_u16(), gone.pointers()), (422, vec!["/records/1/news"]), "{}", gone.body);
        let long = len.post("/work/news", &news(&"x".repeat(60_000), &references[1])).await;
        assert_eq!((long.status.as_u16(), long.pointers()), (422, vec!["/records/0/news"]));
        for records in [news(" ", &references[1]), news("Once.", &references[0])] {
            let told = len.post("/work/news", &records).await;
            assert_eq!((told.status.as_u16(), told.pointers()), (422, vec!["/records"]), "{records}");
        }
        for body in [json!({}), json!({ "records": [] })] {
            assert_eq!(len.post("/work/news", &body).await.pointers(), ["/records"], "{body}");
        }
        let history = len.get(&format!("/records/{}", references[0])).await;
        assert_eq!(history.body["version"], 2, "nothing was written");
        let done = len.post("/work/news", &news("The samples came.", &references[1])).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let versions: Vec<_> =
            done.body["items"].as_array().expect("items").iter().map(|one| &one["version"]).collect();
        assert_eq!(versions, [3, 3]);
        app.run_jobs().await;
        app.mails();
    }
}
