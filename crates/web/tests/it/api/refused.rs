//! What is refused before it is looked at: no token, no key, another kind of body, too much of it, at too quick a pace.

use super::idea;
use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use waymark_app::people::pace::Whose;
use waymark_testkit::TestApp;

#[tokio::test]
async fn only_a_good_token_in_its_header_is_let_in() {
    let app = TestApp::new().await;
    let good = app.token("ada", "read").await;
    for bad in ["", "wm_", "wm_00", &good[..66], &good.to_uppercase(), &good[3..], &format!("{good}0")] {
        let program = app.stray().with_token(bad);
        let told = program.get("/me").await;
        assert_eq!((told.status.as_u16(), told.problem()), (401, "sign-in"), "{bad:?}");
        assert!(told.headers.contains_key("www-authenticate"));
    }
    let stray = app.stray();
    assert_eq!(stray.get(&format!("/ideas?token={good}")).await.status, 401, "not in an address");
    let basic = [("authorization", "Basic YWRhOmFkYQ==")];
    assert_eq!(stray.call((Method::GET, "/me"), &basic, Body::empty()).await.status, 401);
    let lower = format!("bearer {good}");
    assert_eq!(
        stray.call((Method::GET, "/me"), &[("authorization", &lower)], Body::empty()).await.status,
        200
    );
}

#[tokio::test]
async fn each_refusal_has_its_status_and_says_how_to_mend_it() {
    let app = TestApp::new().await;
    let ada = app.program("ada").await;
    let json = ("content-type", "application/json");
    let key = ("idempotency-key", "k");
    let body = idea(&app).to_string();
    let post = (Method::POST, "/ideas");
    let large = format!("{{\"problem\": \"{}\"}}", "x".repeat(300 * 1024));
    let long = "k".repeat(201);
    let calls = vec![
        (post.clone(), vec![json], body.clone(), (400, "key-missing")),
        (post.clone(), vec![json, ("idempotency-key", &long)], body.clone(), (422, "invalid")),
        (post.clone(), vec![json, ("idempotency-key", " ")], body.clone(), (422, "invalid")),
        (post.clone(), vec![key], body.clone(), (415, "media-type")),
        (post.clone(), vec![key, ("content-type", "text/plain")], body.clone(), (415, "media-type")),
        (post.clone(), vec![key, json], "{".to_owned(), (400, "unreadable")),
        (post.clone(), vec![key, json], String::new(), (400, "unreadable")),
        (post.clone(), vec![key, json], "[1]".to_owned(), (422, "invalid")),
        (post.clone(), vec![key, json], large, (413, "too-large")),
        (post.clone(), vec![key, json, ("accept", "text/html")], body.clone(), (406, "not-acceptable")),
        ((Method::DELETE, "/ideas"), vec![], String::new(), (405, "method")),
        ((Method::PUT, "/me"), vec![], String::new(), (405, "method")),
        ((Method::GET, "/nothing"), vec![], String::new(), (404, "not-found")),
        ((Method::POST, "/admin/nodes"), vec![key, json], body.clone(), (404, "not-found")),
        ((Method::GET, "/records/WM-1"), vec![], String::new(), (404, "not-found")),
        ((Method::GET, "/records/%FF"), vec![], String::new(), (404, "not-found")),
        ((Method::GET, "/ideas?stage=lost"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?limit=19"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?limit=101"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?after=x"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?from=2026-02-30"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?to=yesterday"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?late=true&late=true"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?more=1"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/problems?search=%F0%9F%99%82"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/problems?q=meals"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/ideas?stage=%zz"), vec![], String::new(), (400, "unreadable")),
        ((Method::GET, "/places?search=%00"), vec![], String::new(), (422, "invalid")),
        ((Method::GET, "/problems?after=pffffffff"), vec![], String::new(), (200, "")),
    ];
    for ((method, path), headers, body, (status, name)) in calls {
        let told = ada.call((method.clone(), path), &headers, Body::from(body)).await;
        assert_eq!(
            (told.status.as_u16(), told.problem()),
            (status, name),
            "{method} {path} {headers:?}: {}",
            told.body
        );
        assert!(told.status == 200 || !told.text("detail").is_empty(), "{}", told.body);
    }
    assert_eq!(ada.get("/ideas").await.body["count"], 0, "nothing was done");
}

#[tokio::test]
async fn a_program_that_acts_faster_than_it_may_is_told_when_to_come_back() {
    let app = TestApp::new().await;
    let ada = app.program("ada").await;
    let pace = Whose::Person(app.person("ada"));
    while app.env.paces.take(pace, app.env.now()).is_ok() {}
    let told = ada.post("/ideas", &idea(&app)).await;
    assert_eq!((told.status.as_u16(), told.problem()), (429, "too-many"));
    assert_eq!(told.headers["retry-after"], "1");
    assert_eq!(ada.get("/ideas").await.status, 200, "reading goes on");
    assert_eq!(app.program("bea").await.post("/ideas", &idea(&app)).await.status, 201);
}

#[tokio::test]
async fn a_program_that_searches_or_asks_faster_than_it_may_is_told_when_to_come_back() {
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let like = json!({ "text": "The bottles of the ward run out every weekend." });
        while app.env.paces.take(Whose::Search(app.person("ada")), app.env.now()).is_ok() {}
        for refused in [
            ada.get("/ideas?search=bottles").await,
            ada.get("/problems?search=bottles").await,
            ada.get("/places?search=ward").await,
            ada.post("/similar", &like).await,
        ] {
            assert_eq!((refused.status.as_u16(), refused.problem()), (429, "too-many"));
            assert_eq!(refused.headers["retry-after"], "1");
        }
        assert_eq!(ada.get("/ideas").await.status, 200, "without words it goes on");
        while app.env.paces.take(Whose::Program(app.person("ada")), app.env.now()).is_ok() {}
        let refused = ada.get("/ideas").await;
        assert_eq!((refused.status.as_u16(), refused.problem()), (429, "too-many"));
        assert_eq!(app.program("bea").await.get("/ideas").await.status, 200, "others have their own");
        app.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(ada.get("/ideas?search=bottles").await.status, 200);
    }
}

#[tokio::test]
async fn what_only_those_who_handle_it_see_is_in_no_answer_to_others() {
    const CANARY: &str = "canary 8812";
    for app in TestApp::on_each().await {
        let ada = app.program("ada").await;
        let node = app.world.nodes["riverside"];
        let mut ctx = app.write_as("ann").await;
        let hidden = waymark_domain::people::setting::Setting::SeenBy(
            waymark_domain::people::setting::SeenBy::Handlers,
        );
        waymark_app::people::node::set(&mut ctx, node, vec![hidden]).await.expect("a setting");
        ctx.commit().await.expect("a commit");
        let mut idea = idea(&app);
        idea["problem"] = json!(format!("Bottles of {CANARY} run out each Friday."));
        idea["title"] = json!(format!("Title {CANARY}"));
        let told = ada.post("/ideas", &idea).await;
        assert_eq!(told.status, 201, "{}", told.body);
        let reference = told.text("reference").to_owned();
        app.run_jobs().await;
        assert!(ada.get(&format!("/records/{reference}")).await.body.to_string().contains(CANARY));
        for person in ["bea", "cai", "olu", "ann"] {
            let program = app.program(person).await;
            let paths = [
                "/ideas?limit=100".to_owned(),
                format!("/ideas?place={node}"),
                "/work".to_owned(),
                format!("/records/{reference}"),
                format!("/records/{reference}/history"),
                format!("/places/{node}/late"),
                format!("/places/{node}/doors"),
                "/problems".to_owned(),
            ];
            for path in paths {
                let told = program.get(&path).await;
                assert!(!told.body.to_string().contains(CANARY), "{person} {path}: {}", told.body);
                assert!(!told.body.to_string().contains(&reference), "{person} {path}: {}", told.body);
            }
            let like =
                program.post("/similar", &json!({ "text": format!("Bottles of {CANARY} run out") })).await;
            assert_eq!(like.body["items"], json!([]), "{person}");
            let news = program.post(&format!("/records/{reference}/news"), &json!({ "news": "x" })).await;
            assert_eq!(news.status, 404, "{person}");
        }
        app.mails();
    }
}
