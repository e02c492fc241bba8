//! Acts: once for each key, against the version that was seen, with the words of the pages where they are not done.

use super::{idea, told};
use serde_json::json;
use waymark_testkit::TestApp;

#[tokio::test]
async fn an_idea_is_told_answered_tried_and_kept() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let reference = told(&app, &ada).await;
        let until = (app.env.now() + chrono::Days::new(20)).date_naive().to_string();
        let go = json!({
            "who": "contributor-0", "until": until, "hours": 2, "hours_from": "Ward 4", "words": "Do.", "version": 1,
        });
        let done = len.post(&format!("/records/{reference}/answers/go"), &go).await;
        assert_eq!((done.status.as_u16(), done.text("stage")), (200, "trying"), "{}", done.body);
        let lines = json!({ "did": "Ordered.", "changed": "None ran out.", "outcome": "keep" });
        let ended = ada.post(&format!("/records/{reference}/lines"), &lines).await;
        assert_eq!((ended.status.as_u16(), ended.text("stage")), (200, "kept"), "{}", ended.body);
        let judged = ada.post(&format!("/records/{reference}/was-answer"), &json!({ "answer": false })).await;
        assert_eq!(judged.status, 200, "{}", judged.body);
        let record = ada.get(&format!("/records/{reference}")).await;
        assert_eq!(record.body["answer"]["was_answer"], json!(false), "{}", record.body);
        assert_eq!(record.body["trial"]["hours_from"]["text"], "Ward 4");
        assert_eq!(record.body["lines"]["outcome"], "keep");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn what_is_sent_again_with_its_key_is_answered_again_and_not_done_again() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let first = ada.post_with("/ideas", ("one", &idea(&app))).await;
        let again = ada.post_with("/ideas", ("one", &idea(&app))).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        assert_eq!(ada.get("/ideas").await.body["count"], 1);
        let mut other = idea(&app);
        other["title"] = json!("Another one");
        let reused = ada.post_with("/ideas", ("one", &other)).await;
        assert_eq!((reused.status.as_u16(), reused.problem()), (422, "key-reused"));
        let bea = app.program("bea").await;
        assert_eq!(bea.post_with("/ideas", ("one", &other)).await.status, 201, "her key is her own");
        let reference = first.text("reference");
        let news = json!({ "news": "Soon." });
        let path = format!("/records/{reference}/withdraw");
        let gone = json!({ "why": "Solved by itself." });
        let once = ada.post_with(&path, ("two", &gone)).await;
        assert_eq!(once.status, 200, "{}", once.body);
        assert_eq!(
            ada.post_with(&path, ("two", &gone)).await.body,
            once.body,
            "though it could not be done now"
        );
        assert_eq!(ada.post_with(&path, ("three", &gone)).await.status, 403);
        assert_eq!(
            ada.post_with(&format!("/records/{reference}/news"), ("two", &news)).await.problem(),
            "key-reused"
        );
        app.advance(chrono::TimeDelta::hours(25));
        app.run_jobs().await;
        app.mails();
        assert_eq!(
            ada.post_with("/ideas", ("one", &idea(&app))).await.body,
            first.body,
            "kept for a day at least"
        );
    }
}

#[tokio::test]
async fn two_at_once_with_one_key_do_it_once() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let idea = idea(&app);
        let (one, two) =
            tokio::join!(ada.post_with("/ideas", ("k", &idea)), ada.post_with("/ideas", ("k", &idea)));
        assert_eq!((one.status.as_u16(), two.status.as_u16()), (201, 201), "{} {}", one.body, two.body);
        assert_eq!(one.body, two.body);
        assert_eq!(ada.get("/ideas").await.body["count"], 1);
    }
}

#[tokio::test]
async fn who_saw_an_older_version_is_told_where_the_record_stands() {
    for app in TestApp::on_each().await {
        let (ada, len) = (app.program("ada").await, app.program("len").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}/ask");
        assert_eq!(len.post(&path, &json!({ "question": "How many?", "version": 1 })).await.status, 200);
        let late = json!({ "reply": "Nine.", "version": 1 });
        let told = ada.post(&format!("/records/{reference}/reply"), &late).await;
        assert_eq!((told.status.as_u16(), told.problem()), (409, "conflict"));
        assert_eq!(told.body["current"]["version"], 2, "{}", told.body);
        let now = json!({ "reply": "Nine.", "version": 2 });
        assert_eq!(ada.post(&format!("/records/{reference}/reply"), &now).await.status, 200);
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_by_pointer_in_the_words_of_the_pages_in_both_languages() {
    let app = TestApp::new().await;
    let mut ada = app.program("ada").await;
    let empty = ada.post("/ideas", &json!({})).await;
    assert_eq!((empty.status.as_u16(), empty.problem()), (422, "invalid"));
    assert_eq!(empty.pointers(), ["/problem", "/solution", "/who", "/place", "/origin"]);
    let said = |told: &waymark_testkit::Told| {
        told.body["errors"][0]["detail"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(said(&empty), waymark_app::words::text(waymark_app::words::Lang::En, "tell-problem-empty"));
    ada.language = "cy";
    let cymraeg = ada.post("/ideas", &json!({})).await;
    assert_eq!(said(&cymraeg), waymark_app::words::text(waymark_app::words::Lang::Cy, "tell-problem-empty"));
    assert_eq!(cymraeg.headers["content-language"], "cy");
    ada.language = "en";
    let kinds =
        json!({ "problem": 7, "unknown": "yes", "place": null, "people": [{ "name": 1 }], "more": 1 });
    let kinds = ada.post("/ideas", &kinds).await;
    assert_eq!(kinds.pointers(), ["/more", "/people", "/problem", "/unknown"], "{}", kinds.body);
    let mut group = idea(&app);
    group["people"] = json!([{ "name": "Bea", "mail": "none" }]);
    assert_eq!(ada.post("/ideas", &group).await.pointers(), ["/people/0/mail"]);
    group["people"] = json!([{ "name": "Bea Okafor", "mail": "bea@riverside.example", "share_percent": 40 }]);
    assert_eq!(ada.post("/ideas", &group).await.pointers(), ["/own_share_percent"]);
    group["own_share_percent"] = json!(60);
    let shared = ada.post("/ideas", &group).await;
    let record = ada.get(&format!("/records/{}", shared.text("reference"))).await;
    assert_eq!(record.body["brought_by"][1]["share_percent"], 40, "{}", record.body);
}

#[tokio::test]
async fn it_is_told_for_somebody_who_agreed_and_who_typed_it_is_named() {
    for app in TestApp::on_each().await {
        let (ada, bea) = (app.program("ada").await, app.program("bea").await);
        let mut theirs = idea(&app);
        theirs["behalf"] = json!({ "name": " ", "mail": "none", "agreed": false });
        let refused = ada.post("/ideas", &theirs).await;
        let wrong = ["/behalf/name", "/behalf/mail", "/behalf/agreed"];
        assert_eq!(refused.pointers(), wrong, "{}", refused.body);
        for odd in [json!("Bea"), json!({ "name": 1 }), json!({ "agreed": "yes" }), json!({ "share": 1 })] {
            theirs["behalf"] = odd;
            assert_eq!(ada.post("/ideas", &theirs).await.pointers(), ["/behalf"]);
        }
        let agreed = json!({ "name": "Bea Okafor", "mail": "bea@riverside.example", "agreed": true });
        theirs["behalf"] = agreed.clone();
        theirs["people"] = json!([{ "name": "Cai Morgan", "mail": "cai@riverside.example" }]);
        assert_eq!(ada.post("/ideas", &theirs).await.pointers(), ["/people"], "one or the other");
        theirs["people"] = json!([]);
        let told = ada.post("/ideas", &theirs).await;
        assert_eq!(told.status, 201, "{}", told.body);
        let record = bea.get(&format!("/records/{}", told.text("reference"))).await;
        assert_eq!(record.body["brought_by"], json!([{ "name": "Bea Okafor", "share_percent": 100 }]));
        assert_eq!(record.body["assisted_by"], "Ada Price");
        assert_eq!(bea.get("/work").await.body["brought"][0]["reference"], told.body["reference"]);

        let reference = super::told(&app, &app.program("len").await).await;
        let words = json!({
            "problem": "Ours is empty, too.", "unknown": true, "origin": "front-line", "behalf": agreed,
        });
        let added = ada.post(&format!("/records/{reference}/add"), &words).await;
        assert_eq!(added.status, 200, "{}", added.body);
        let record = ada.get(&format!("/records/{reference}")).await;
        assert_eq!(record.body["also_told"], json!(["Bea Okafor"]), "{}", record.body);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_rule_of_the_route_says_no_at_its_field_and_a_door_is_asked_about() {
    let app = TestApp::new().await;
    let (ada, len) = (app.program("ada").await, app.program("len").await);
    let reference = told(&app, &ada).await;
    let stop = json!({ "reason": "R08", "words": "No.", "awaited": "A porter.", "until": "2020-01-01" });
    let path = format!("/records/{reference}/answers/not-now");
    let past = len.post(&path, &stop).await;
    assert_eq!((past.status.as_u16(), past.problem(), past.pointers()), (422, "refused", vec!["/until"]));
    let mut smoke = idea(&app);
    smoke["problem"] =
        json!("There is smoke coming from the boiler room now and the alarm has not gone off.");
    let asked = ada.post("/ideas", &smoke).await;
    assert_eq!((asked.status.as_u16(), asked.pointers()), (422, vec!["/problem"]));
    smoke["door"] = json!("none");
    assert_eq!(ada.post("/ideas", &smoke).await.status, 201);
}

#[tokio::test]
async fn words_are_added_to_one_and_done_things_are_listed() {
    let app = TestApp::new().await;
    let (ada, bea) = (app.program("ada").await, app.program("bea").await);
    let reference = told(&app, &ada).await;
    let words =
        json!({ "problem": "Our drawer is empty on Fridays, too.", "unknown": true, "origin": "front-line" });
    let added = bea.post(&format!("/records/{reference}/add"), &words).await;
    assert_eq!(added.status, 200, "{}", added.body);
    let record = ada.get(&format!("/records/{reference}")).await;
    assert_eq!(record.body["also_told"], json!(["Bea Okafor"]));
    let done = json!({
        "problem": "Trolleys squeaked.", "did": "We oiled them.", "changed": "They are quiet.",
        "origin": "front-line", "place": app.world.nodes["ward4"].to_string(),
    });
    let listed = bea.post("/done", &done).await;
    assert_eq!((listed.status.as_u16(), listed.text("stage")), (201, "done"), "{}", listed.body);
}

#[tokio::test]
async fn what_a_meeting_decided_is_typed_for_the_decider_who_may_object() {
    for app in TestApp::on_each().await {
        let (ada, len, hana) =
            (app.program("ada").await, app.program("len").await, app.program("hana").await);
        let reference = told(&app, &ada).await;
        let path = format!("/records/{reference}/meeting/stop");
        let day = |days: u64| (app.env.now() + chrono::Days::new(days)).date_naive().to_string();
        let no = json!({
            "on": day(0), "minutes": "Ward meeting, item 4", "reason": "R08", "words": "Not before May.",
            "would_change": "A second porter.", "version": 1,
        });
        assert_eq!(ada.post(&path, &no).await.status, 403, "she decides nothing");
        assert_eq!(app.program("olu").await.post(&path, &no).await.status, 404, "another body's");
        let reader = app.stray().with_token(&app.token("hana", "read").await);
        assert_eq!(reader.post(&path, &no).await.problem(), "scope");
        let mut wrong = no.clone();
        wrong["on"] = json!(day(1));
        let ahead = hana.post(&path, &wrong).await;
        assert_eq!((ahead.problem(), ahead.pointers()), ("refused", vec!["/on"]), "{}", ahead.body);
        wrong["on"] = json!(null);
        wrong["minutes"] = json!(" ");
        assert_eq!(hana.post(&path, &wrong).await.pointers(), ["/on", "/minutes"]);

        let asked = len.post(&format!("/records/{reference}/ask"), &json!({ "question": "How many?" })).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        let stale = hana.post(&path, &no).await;
        assert_eq!((stale.problem(), &stale.body["current"]["version"]), ("conflict", &json!(2)));
        let mut no = no;
        no["version"] = json!(2);
        let done = hana.post_with(&path, ("one", &no)).await;
        assert_eq!((done.status.as_u16(), done.text("stage")), (200, "stopped"), "{}", done.body);
        assert_eq!(hana.post_with(&path, ("one", &no)).await.body, done.body, "not done again");
        let record = ada.get(&format!("/records/{reference}")).await;
        let answer = &record.body["answer"];
        assert_eq!((&answer["by"], &answer["typed_by"]), (&json!("Len Hughes"), &json!("Hana Lewis")));
        assert_eq!((&answer["on"], &answer["kind"]), (&json!(day(0)), &json!("stop")), "{answer}");
        assert_eq!(answer["meeting"]["text"], "Ward meeting, item 4");
        assert_eq!(len.get("/work").await.body["waiting"][0]["act"], "object");
        let why = json!({ "why": "We decided to try it." });
        let back = len.post(&format!("/records/{reference}/object"), &why).await;
        assert_eq!((back.status.as_u16(), back.text("stage")), (200, "told"), "{}", back.body);
        app.run_jobs().await;
        app.mails();
    }
}
