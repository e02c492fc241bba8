//! Reading: as the pages, by the same rules of who sees what.

use super::{idea, told};
use crate::bad_input::scene::somebody;
use crate::problems::{listed, listed_with};
use serde_json::json;
use waymark_app::people::node::{self, NewNode};
use waymark_app::{Actor, Ctx};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::calendar::CalendarName;
use waymark_testkit::{TestApp, databases};

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
async fn problems_are_searched_as_on_their_page() {
    for app in TestApp::on_each().await {
        for _ in 0..21 {
            listed(&app, SeenBy::Body, None).await;
        }
        let said = ["Lost slippers", "Slippers go missing.", "Judged by the laundry."];
        listed_with(&app, ("fay", "riverside"), (SeenBy::Body, None), said).await;
        let ada = app.program("ada").await;
        let count = |told: &waymark_testkit::Told| told.body["items"].as_array().map(Vec::len);
        let words = "/problems?search=MEAL+%22by+the+kitchen%22";
        let first = ada.get(words).await;
        assert_eq!((first.status.as_u16(), count(&first)), (200, Some(20)), "{}", first.body);
        let next = first.body["next"].as_str().expect("there is one more");
        let second = ada.get(&format!("{words}&after={next}")).await;
        assert_eq!((count(&second), &second.body["next"]), (Some(1), &json!(null)), "{}", second.body);
        assert_ne!(first.body["items"][0]["id"], second.body["items"][0]["id"]);
        let other = ada.get("/problems?search=slippers").await;
        assert_eq!((count(&other), &other.body["items"][0]["title"]), (Some(1), &json!("Lost slippers")));
        assert_eq!(ada.get("/problems?search=needles").await.body["items"], json!([]));
        let olu = app.program("olu").await.get("/problems?search=meal").await;
        assert_eq!(olu.body["items"], json!([]), "another body's");
    }
}

#[tokio::test]
async fn a_place_says_its_doors_and_who_could_say_yes_there() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let path = format!("/places/{}/doors", app.world.nodes["ward4"]);
        let told = ada.get(&path).await;
        assert_eq!((told.status.as_u16(), &told.body["is_open"]), (200, &json!(true)), "{}", told.body);
        assert_eq!(told.body["place"]["name"], "Ward 4");
        assert_eq!((&told.body["takes_public"], &told.body["ask"]), (&json!(false), &json!([])));
        let doors = told.body["doors"].as_array().expect("doors");
        assert_eq!(doors.len(), 5, "{}", told.body);
        assert_eq!(doors[0], json!({ "door": "danger", "address": "danger@riverside.example" }));
        let deciders = told.body["deciders"].as_array().expect("people");
        assert_eq!(deciders[0], json!({ "name": "Len Hughes", "role": "team-lead", "place": "Ward 4" }));
        let names: Vec<_> = deciders.iter().filter_map(|one| one["name"].as_str()).collect();
        assert!(names.contains(&"Fay Singh") && names.contains(&"Rhys Ward"), "{names:?}");
        assert!(!names.contains(&"Una McKay") && !names.contains(&"Ann Field"), "{names:?}");
        let own = app.program("len").await.get(&path).await;
        assert!(!own.body.to_string().contains("Len Hughes"), "nobody asks oneself: {}", own.body);
        let nowhere = "/places/00000000-0000-4000-8000-000000000000/doors";
        assert_eq!(ada.get(nowhere).await.status, 404);
    }
}

#[tokio::test]
async fn a_place_without_doors_says_who_can_set_them() {
    for database in databases().await {
        let app = TestApp::empty(database).await;
        let mut ctx = Ctx::write(&app.env, Actor::Console).await.expect("a database");
        let new = NewNode {
            name: "Hafan Day Centre".to_owned(),
            level: Level::Organisation,
            parent: None,
            is_body: true,
            calendar: Some(CalendarName::EnglandAndWales),
            zone: None,
            external_id: None,
        };
        let node = node::found(&mut ctx, new).await.expect("a node");
        ctx.commit().await.expect("a commit");
        let (account, _) = somebody(&app, node, &[Role::Member, Role::Administrator]).await;
        app.gives_password(account).await;
        let program = app.stray().with_token(&app.token_of(account, "read").await);
        let told = program.get(&format!("/places/{node}/doors")).await;
        assert_eq!((told.status.as_u16(), &told.body["is_open"]), (200, &json!(false)), "{}", told.body);
        assert_eq!((&told.body["doors"], &told.body["ask"]), (&json!([]), &json!(["Nia Puw"])));
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

#[tokio::test]
async fn names_and_numbers_in_a_text_are_pointed_out_and_no_act_asks_about_them() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let text = "Ask Mrs Parri (943 476 5919) or the Riverside Porters.";
        let parri = json!({ "looks": "name", "words": "Mrs Parri" });
        let number = json!({ "looks": "health", "words": "943 476 5919" });
        let porters = json!({ "looks": "name", "words": "Riverside Porters" });
        let found = ada.post("/names", &json!({ "text": text })).await;
        assert_eq!(found.body["items"], json!([parri, number, porters]), "{}", found.body);
        let place = app.world.nodes["ward4"].to_string();
        let found = ada.post("/names", &json!({ "text": text, "place": place })).await;
        assert_eq!(found.body["items"], json!([parri, number]), "the hospital is nobody: {}", found.body);
        let nowhere = json!({ "text": text, "place": "00000000-0000-4000-8000-000000000000" });
        assert_eq!(ada.post("/names", &nowhere).await.body["items"], json!([parri, number, porters]));
        assert_eq!(ada.post("/names", &json!({ "text": "They run out." })).await.body["items"], json!([]));
        let reference = told(&app, &ada).await;
        let said = json!({ "comment": text });
        assert_eq!(ada.post(&format!("/records/{reference}/comments"), &said).await.status, 200);
        app.run_jobs().await;
        app.mails();
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
