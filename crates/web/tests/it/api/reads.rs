//! Reading: as the pages, by the same rules of who sees what.

use super::{idea, told};
use serde_json::json;
use waymark_testkit::TestApp;

#[tokio::test]
async fn a_record_is_read_with_its_history_by_who_may_see_it() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let reference = told(&app, &ada).await;
        let record = len.get(&format!("/records/{reference}")).await;
        assert_eq!(record.status, 200, "{}", record.body);
        assert_eq!(record.body["problem"]["text"], "Blood bottles run out each Friday.");
        assert_eq!((record.text("stage"), record.text("owner")), ("told", "Len Hughes"));
        assert_eq!(record.body["brought_by"], json!([{ "name": "Ada Price", "share_percent": 100 }]));
        assert!(record.body["acts"].as_array().is_some_and(|acts| acts.contains(&json!("answer"))));
        let asked = len.post(&format!("/records/{reference}/ask"), &json!({ "question": "How many?" })).await;
        assert_eq!((asked.status.as_u16(), asked.body["version"].as_u64()), (200, Some(2)), "{}", asked.body);
        let history = ada.get(&format!("/records/{reference}/history")).await;
        let kinds: Vec<_> =
            history.body["items"].as_array().expect("items").iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, ["asked", "told"]);
        assert_eq!(history.body["items"][0]["words"][0]["text"], "How many?");
        assert_eq!(history.body["items"][0]["by"], "Len Hughes");
        let olu = app.program("olu").await;
        for path in [format!("/records/{reference}"), format!("/records/{reference}/history")] {
            assert_eq!(olu.get(&path).await.status, 404, "another body's");
        }
        let work = len.get("/work").await;
        assert_eq!(work.body["later"][0]["reference"], json!(reference), "{}", work.body);
        assert_eq!(ada.get("/work").await.body["waiting"][0]["act"], "reply");
    }
}

#[tokio::test]
async fn the_figures_of_a_place_are_those_of_its_page() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        told(&app, &ada).await;
        let reference = told(&app, &ada).await;
        let why = json!({ "reason": "R08", "words": "Not before May.", "would_change": "A second porter." });
        let answered = len.post(&format!("/records/{reference}/answers/stop"), &why).await;
        assert_eq!(answered.status, 200, "{}", answered.body);
        let path = format!("/places/{}/figures", app.world.nodes["ward4"]);
        let figures = ada.get(&path).await;
        assert_eq!(
            (figures.status.as_u16(), &figures.body["is_exact"]),
            (200, &json!(true)),
            "{}",
            figures.body
        );
        let items = figures.body["items"].as_array().expect("figures");
        let ids: Vec<_> = items.iter().filter_map(|one| one["id"].as_str()).collect();
        assert_eq!(ids, ["in-control", "first-answer", "on-time", "reasoned", "tried", "come-back"]);
        let first = &items[1];
        assert_eq!(first["columns"], json!(["heard", "waiting", "withdrawn", "told"]));
        let lines = first["lines"].as_array().expect("lines");
        let whole = lines.iter().find(|line| line["of"] == "whole").expect("the whole");
        assert_eq!((&whole["counts"], &whole["percents"]), (&json!([1, 1, 0, 2]), &json!([50])));
        let quarter = lines.iter().find(|line| line["of"] == "quarter").expect("a quarter");
        assert!(quarter["from"].is_string() && quarter["to"].is_string(), "{quarter}");
        let body = format!("/places/{}/figures", app.world.nodes["riverside"]);
        let others = app.program("olu").await.get(&body).await;
        assert_eq!((others.status.as_u16(), &others.body["is_exact"]), (200, &json!(false)));
        assert!(!others.body["items"].to_string().contains("[1,"), "too few to be shown: {}", others.body);
        assert_eq!(app.program("olu").await.get(&path).await.status, 404, "inside another body");
    }
}

#[tokio::test]
async fn a_list_goes_on_where_it_says_and_has_every_record_once() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        for number in 0..23 {
            let mut idea = idea(&app);
            idea["problem"] = json!(format!("Trolley {number} squeaks."));
            assert_eq!(ada.post("/ideas", &idea).await.status, 201);
        }
        let mut seen = Vec::new();
        let mut path = "/ideas?mine=true".to_owned();
        loop {
            let page = ada.get(&path).await;
            let items = page.body["items"].as_array().expect("items").clone();
            seen.extend(items.iter().map(|one| one["reference"].to_string()));
            assert_eq!(page.body["count"], 23);
            let Some(next) = page.body["next"].as_str() else { break };
            path = format!("/ideas?mine=true&after={next}");
        }
        assert_eq!(seen.len(), 23);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 23, "one is there twice");
        assert_eq!(ada.get("/ideas?limit=100").await.body["next"], json!(null));
        assert_eq!(ada.get("/ideas?stage=kept").await.body["items"], json!([]));
        let today = app.env.now().date_naive();
        for (days, count) in [
            (format!("from={today}&to={today}"), 23),
            (format!("from={}", today + chrono::Days::new(1)), 0),
            (format!("to={}", today - chrono::Days::new(1)), 0),
        ] {
            for words in ["", "&search=squeaks"] {
                let told = ada.get(&format!("/ideas?{days}{words}")).await;
                assert_eq!(told.body["count"], count, "{days}{words}: {}", told.body);
            }
        }
        assert_eq!(app.program("olu").await.get("/ideas").await.body["count"], 0, "another body's");
    }
}

#[tokio::test]
async fn work_says_that_there_is_more_than_it_gives_and_gives_it() {
    for app in TestApp::on_each().await {
        for _ in 0..101 {
            crate::walk::told(&app).await;
        }
        let len = app.program("len").await;
        let count = |told: &waymark_testkit::Told| told.body["waiting"].as_array().map(Vec::len);
        let some = len.get("/work").await;
        assert_eq!((count(&some), &some.body["is_more"]), (Some(100), &json!(true)), "{:?}", app.engine());
        let all = len.get("/work?limit=101").await;
        assert_eq!((count(&all), &all.body["is_more"]), (Some(101), &json!(false)), "{:?}", app.engine());
        for limit in ["0", "99", "5001", "all"] {
            assert_eq!(len.get(&format!("/work?limit={limit}")).await.problem(), "invalid", "{limit}");
        }
    }
}

#[tokio::test]
async fn places_and_similar_ones_are_found() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let found = ada.get("/places?search=ward%204").await;
        assert_eq!(found.body["items"][0]["body"], "Riverside Hospital");
        let top = ada.get("/places").await;
        let root = top.body["items"][0]["id"].as_str().expect("an id").to_owned();
        let below = ada.get(&format!("/places/{root}")).await;
        assert_eq!(below.body["below"][1]["name"], "Riverside Hospital");
        let reference = told(&app, &ada).await;
        app.run_jobs().await;
        let text = json!({ "text": "Each Friday blood bottles run out; order them on Thursday." });
        let like = app.program("bea").await.post("/similar", &text).await;
        assert_eq!(like.body["items"][0]["reference"], json!(reference), "{}", like.body);
        assert_eq!(app.program("olu").await.post("/similar", &text).await.body["items"], json!([]));
        assert_eq!(ada.get("/problems").await.body["items"], json!([]));
    }
}

/// Found by schemathesis: a word with a letter that an engine does not know was a fault of ours.
#[tokio::test]
async fn similar_ones_are_found_in_letters_that_an_engine_does_not_know() {
    for app in TestApp::on_each().await {
        let (ada, bea) = (app.program("ada").await, app.program("bea").await);
        let texts = [
            "हर शुक्रवार बोतलें कम पड़ती हैं अस्पताल में",
            "\u{30822}\u{652b9}\u{30823} \u{82a}dßØ \u{1e900}\u{1e901}\u{1e902}",
        ];
        for text in texts {
            let mut idea = idea(&app);
            idea["problem"] = json!(text);
            idea["title"] = json!("Bottles");
            let told = ada.post("/ideas", &idea).await;
            assert_eq!(told.status, 201, "{}", told.body);
        }
        app.run_jobs().await;
        for text in texts {
            assert_eq!(bea.post("/similar", &json!({ "text": text })).await.status, 200, "{text}");
        }
        let like = bea.post("/similar", &json!({ "text": texts[0] })).await;
        assert_eq!(like.body["items"][0]["title"]["text"], "Bottles", "{}", like.body);
        app.mails();
    }
}
