//! A program that calls the API: by a token and without cookies. Whatever it is answered must be in the description.

use crate::app::TestApp;
use crate::schema::faults;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt as _;
use waymark_app::Actor;
use waymark_app::people::password::{self, Password};
use waymark_app::people::tokens::{self, Typed};
use waymark_domain::ids::AccountId;
use waymark_store::people::accounts;
use waymark_web::api::openapi;
use waymark_web::api::operation::BASE;

/// The password that people have who make tokens.
pub const PASSWORD: &str = "kettle marble thursday-ish";

/// The most bytes of an answer.
const ANSWER_BYTES: usize = 16 * 1024 * 1024;

static KEYS: AtomicU64 = AtomicU64::new(1);
static DESCRIPTION: LazyLock<Value> = LazyLock::new(openapi::description);

/// A program.
#[derive(Debug, Clone)]
pub struct Program {
    router: Router,
    /// Its token; none where it sends none.
    token: Option<String>,
    /// The language that it asks for.
    pub language: &'static str,
}

/// What it was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Value,
}

impl Told {
    /// The end of a problem's type; empty where it is none.
    pub fn problem(&self) -> &str {
        self.body["type"].as_str().and_then(|kind| kind.split_once('#')).map_or("", |(_, name)| name)
    }

    /// The pointers of what is wrong with the body.
    pub fn pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array();
        errors.into_iter().flatten().filter_map(|one| one["pointer"].as_str()).collect()
    }

    /// The text of a field.
    pub fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

impl TestApp {
    /// Gives a person a password, so that they can make tokens.
    ///
    /// # Panics
    /// Where the database is away.
    pub async fn gives_password(&self, account: AccountId) {
        let password = Password::parse(PASSWORD, &[]).expect("a password");
        let hash = password::hash(&self.env, password).await.expect("a hash");
        let mut tx = self.env.db.write().await.expect("a database");
        accounts::set_password(&mut tx, account.0, &hash).await.expect("a password is set");
        tx.commit().await.expect("a commit");
    }

    /// A token that a person makes; `scope` is `read` or `write`.
    pub async fn token(&self, name: &str, scope: &str) -> String {
        self.gives_password(self.person(name)).await;
        self.token_of(self.person(name), scope).await
    }

    /// A token that somebody with the password makes.
    ///
    /// # Panics
    /// Where none is made.
    pub async fn token_of(&self, account: AccountId, scope: &str) -> String {
        let once = self.env.secret();
        let typed =
            Typed { name: "a test", scope, days: "90", is_strong: true, password: PASSWORD, once: &once };
        let made = tokens::make(&self.env, Actor::Person(account), typed).await;
        made.expect("a token").expect("made once")
    }

    /// A program of a person, with a token that may act.
    pub async fn program(&self, name: &str) -> Program {
        self.stray().with_token(&self.token(name, "write").await)
    }

    /// A program without a token.
    pub fn stray(&self) -> Program {
        Program { router: waymark_web::router(Arc::clone(&self.env)), token: None, language: "en" }
    }
}

impl Program {
    /// The same with a token.
    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// `GET` of a path below the API's own.
    pub async fn get(&self, path: &str) -> Told {
        self.call((Method::GET, path), &[], Body::empty()).await
    }

    /// `POST` of a body, with a key of its own.
    pub async fn post(&self, path: &str, body: &Value) -> Told {
        let key = format!("key-{}", KEYS.fetch_add(1, Ordering::Relaxed));
        self.post_with(path, (&key, body)).await
    }

    /// `POST` of a body with a key.
    pub async fn post_with(&self, path: &str, (key, body): (&str, &Value)) -> Told {
        let headers = [("idempotency-key", key), ("content-type", "application/json")];
        self.call((Method::POST, path), &headers, Body::from(body.to_string())).await
    }

    /// Any call.
    ///
    /// # Panics
    /// Where the answer is not in the description, or not as it says.
    pub async fn call(&self, (method, path): (Method, &str), headers: &[(&str, &str)], body: Body) -> Told {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("{BASE}{path}"))
            .header(ACCEPT_LANGUAGE, self.language);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, ANSWER_BYTES).await.expect("a body");
        let body = serde_json::from_slice(&bytes).unwrap_or(json!(null));
        let told = Told { status: parts.status, headers: parts.headers, body };
        check(&told, (&method, path));
        told
    }
}

/// Whatever is answered is in the description, and as it is described there.
fn check(told: &Told, (method, path): (&Method, &str)) {
    let what = || format!("{method} {path}: {} {}", told.status, told.body);
    assert_eq!(told.headers["cache-control"], "no-store", "{}", what());
    assert!(!told.headers.contains_key("set-cookie"), "{}", what());
    let kind = told.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_done = told.status.is_success();
    assert_eq!(kind, if is_done { "application/json" } else { "application/problem+json" }, "{}", what());
    let path = path.split('?').next().unwrap_or_default();
    let Some(operation) = operation(path, method) else {
        assert!([404, 405].contains(&told.status.as_u16()), "{}", what());
        return;
    };
    let answer = &operation["responses"][told.status.as_str()];
    let answer = match answer["$ref"].as_str() {
        Some(at) => DESCRIPTION.pointer(at.trim_start_matches('#')).expect("an answer"),
        None => answer,
    };
    assert!(!answer.is_null(), "an answer that is not described: {}", what());
    let schema = &answer["content"][kind]["schema"];
    assert!(!schema.is_null(), "a kind that is not described: {}", what());
    let faults = faults(&DESCRIPTION, schema, &told.body);
    assert!(faults.is_empty(), "{}: {faults:#?}", what());
}

/// The operation of a path, by the description.
fn operation(path: &str, method: &Method) -> Option<&'static Value> {
    let paths = DESCRIPTION["paths"].as_object()?;
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let own: Vec<&str> = pattern.split('/').collect();
        own.len() == parts.len()
            && own.iter().zip(&parts).all(|(own, part)| own == part || own.starts_with('{'))
    };
    let found = paths.iter().find(|(pattern, _)| fits(pattern))?;
    found.1.get(method.as_str().to_lowercase())
}
