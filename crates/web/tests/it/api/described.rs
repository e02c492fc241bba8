//! The description: checked in, served as it is, and nothing is there that is not in it.

use axum::http::StatusCode;
use axum::http::header::ALLOW;
use std::path::Path;
use waymark_testkit::{TestApp, assert_kept};
use waymark_web::api::openapi::{description, text};
use waymark_web::api::{OPERATIONS, operation::BASE};

#[tokio::test]
async fn the_description_that_is_checked_in_is_the_one_that_is_served() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/api/v1/openapi.json").await;
    assert_eq!((page.status, page.body.as_str()), (StatusCode::OK, text()));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    assert_kept(&file, text());
}

#[tokio::test]
async fn every_route_is_described_and_everything_described_is_a_route() {
    let app = TestApp::new().await;
    let mut client = app.visitor();
    let description = description();
    let paths = description["paths"].as_object().expect("paths");
    let mut described = 0;
    for (path, methods) in paths {
        let methods: Vec<_> =
            methods.as_object().expect("methods").keys().map(|one| one.to_uppercase()).collect();
        described += methods.len();
        let sample = path.replace("{reference}", "WM-2026-7K3Q-9FT").replace(['{', '}'], "");
        // A method that no operation has: the router names those that there are.
        let refused = client.send_method("PATCH", &format!("{BASE}{sample}")).await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{path} is no route");
        let allowed = refused.headers[ALLOW].to_str().expect("methods");
        let allowed: Vec<_> = allowed.split(',').filter(|one| *one != "HEAD").collect();
        assert_eq!(allowed, methods, "{path}");
    }
    assert_eq!(described, OPERATIONS.len());
    let ids: Vec<_> = OPERATIONS.iter().map(|op| op.id.as_str()).collect();
    let powerful = ["admin", "role", "token", "password", "import", "session", "mail", "account", "cover"];
    for op in OPERATIONS.iter() {
        let is_powerful = powerful.iter().any(|word| op.path.contains(word) || op.id.contains(word));
        assert!(!is_powerful, "{} must not be reached by a token: {ids:?}", op.id);
    }
}
