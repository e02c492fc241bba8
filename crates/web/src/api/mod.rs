//! The API for programs: the same use cases as the pages, by tokens, as JSON. One list of operations makes the router and
//! the description, so that none is there undescribed. Why so: `docs/decisions/0017-api.md`.

mod caller;
mod doors;
mod facts;
mod figures;
mod held;
mod input;
mod key;
mod lists;
mod mask;
mod moderation;
pub mod openapi;
pub mod operation;
mod people;
pub mod problem;
mod read;
mod round;
mod run;
pub mod schema;
pub mod shapes;
mod shared;
mod table;
mod talk;
mod write;

use crate::layers::headers::PUBLIC;
use crate::layers::overload::copy;
use crate::visitor::{App, wanted_lang};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, any, get, on};
use problem::{Fault, PROBLEM_TYPE};
pub use table::OPERATIONS;
use waymark_app::routes::pattern;
use waymark_app::words::Lang;

/// What every address for programs begins with.
const PROGRAMS: &str = "/api/";

/// Is it an address for programs?
pub(crate) fn is_for_programs(path: &str) -> bool {
    path.starts_with(PROGRAMS)
}

/// Every operation, and the description of all.
pub fn routes() -> Router<App> {
    let base = Router::new()
        .route(pattern::Description, get(description))
        .route(&format!("{PROGRAMS}{{*rest}}"), any(|| async { StatusCode::NOT_FOUND }));
    OPERATIONS.iter().fold(base, |router, op| {
        let filter = if op.body.is_some() { MethodFilter::POST } else { MethodFilter::GET };
        let handler = move |State(app): State<App>, request: Request| run::run(app, op, request);
        router.route(&op.pattern(), on(filter, handler))
    })
}

/// `GET /api/v1/openapi.json`
async fn description() -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, json), (CACHE_CONTROL, PUBLIC)], openapi::text()).into_response()
}

/// What is refused before an operation sees it is told as any other problem is.
pub async fn refused(State(_): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let lang = language(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let is_told = kind.is_some_and(|kind| kind.as_bytes().starts_with(PROBLEM_TYPE.as_bytes()));
    if is_told || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let name = match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        other if other.is_server_error() => "internal",
        _ => "unreadable",
    };
    let mut problem = Fault::Bare(status, name).answer(lang, None);
    if let Some(allowed) = response.headers().get(ALLOW) {
        problem.headers_mut().insert(ALLOW, allowed.clone());
    }
    problem
}

/// The language of a request whose person is not known.
fn language(parts: &Parts) -> Lang {
    let mut asked = copy(parts);
    asked.headers.remove(COOKIE);
    wanted_lang(&asked)
}

/// The answer to a request that was not taken up because too many are at work.
pub(crate) fn busy(parts: &Parts) -> Response {
    Fault::Bare(StatusCode::SERVICE_UNAVAILABLE, "unavailable").answer(language(parts), None)
}
