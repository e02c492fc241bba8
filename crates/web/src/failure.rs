//! What a visitor reads when something was not done; the log keeps the rest, once.

use crate::filters;
use crate::form::FORM_BYTES;
use crate::layers::signed_out::Kept;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::Extension;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::Error;
use waymark_app::words::text_with;

/// Seconds after which one may come back when the database is away.
pub(crate) const RETRY_SECONDS: u32 = 5;
/// The same when the disk is full: somebody has to make room first.
const RETRY_FULL_SECONDS: u32 = 300;

/// The page of something that was not done.
#[derive(Debug, Template)]
#[template(path = "pages/failure.html")]
pub struct FailurePage {
    layout: Layout,
    text: String,
    mend: String,
    /// The number of the request, where the fault is ours.
    number: Option<String>,
}

/// A failure with who is to read it.
#[derive(Debug)]
pub struct Failure {
    error: Error,
    visitor: Box<Visitor>,
}

/// The answer of a handler.
pub type Outcome = Result<Response, Failure>;

impl Visitor {
    /// Turns a use case's error into this visitor's page: `.map_err(visitor.fails())`.
    pub fn fails(&self) -> impl Fn(Error) -> Failure + '_ {
        |error| Failure { error, visitor: Box::new(self.clone()) }
    }
}

/// Status and key of the words for an error.
pub fn kind(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Error::SignInFirst => (StatusCode::UNAUTHORIZED, "sign-in"),
        Error::SecondFactor => (StatusCode::UNAUTHORIZED, "second-factor"),
        Error::ReasonFirst(_) => (StatusCode::FORBIDDEN, "reason"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        Error::Refused(_) | Error::RoleRefused(_) => (StatusCode::CONFLICT, "refused"),
        Error::Conflict => (StatusCode::CONFLICT, "conflict"),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
        Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Error::Full(_) => (StatusCode::SERVICE_UNAVAILABLE, "full"),
        Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self { error, visitor } = self;
        if let Some(kept) = Kept::of(&error, visitor.met()) {
            let away = Redirect::to(&kept.address(&visitor.address));
            return (Extension(kept), away).into_response();
        }
        let (status, name) = kind(&error);
        note(&visitor, &error);
        with_wait(page(&visitor, status, name), &error)
    }
}

/// Writes a fault of ours into the log, once.
pub(crate) fn note(visitor: &Visitor, error: &Error) {
    if kind(error).0.is_server_error() && !visitor.env.room.is_missed_by(error) {
        tracing::error!(error = %chain(error), route = visitor.pattern, "a request failed");
    }
}

/// An answer that says when one may come back, where waiting helps.
pub(crate) fn with_wait(mut response: Response, error: &Error) -> Response {
    if let Some(seconds) = wait_seconds(error) {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// After how many seconds one may come back, where waiting helps.
pub(crate) const fn wait_seconds(error: &Error) -> Option<u32> {
    match error {
        Error::TooMany { retry_after_seconds } => Some(*retry_after_seconds),
        Error::Unavailable(_) => Some(RETRY_SECONDS),
        Error::Full(_) => Some(RETRY_FULL_SECONDS),
        _ => None,
    }
}

fn page(visitor: &Visitor, status: StatusCode, name: &str) -> Response {
    let failure = FailurePage {
        layout: visitor.layout(visitor.met(), visitor.text(&format!("failure-{name}-title"))),
        text: text_with(visitor.lang, &format!("failure-{name}"), &[("limit", (FORM_BYTES / 1024).into())]),
        mend: visitor.text(&format!("failure-{name}-mend")),
        number: status.is_server_error().then(|| visitor.number.to_string()),
    };
    page::answer(status, &failure, visitor.lang)
}

/// The page for an address that is none, with the way back for whoever is signed in.
pub async fn nowhere(visitor: Visitor) -> Response {
    // Where the database is away, nobody is known, and the address is none all the same.
    let _ = visitor.read().await;
    page(&visitor, StatusCode::NOT_FOUND, "not-found")
}

/// The page for a request that was not taken up because too many are at work.
pub(crate) fn busy(visitor: &Visitor) -> Response {
    let mut response = page(visitor, StatusCode::SERVICE_UNAVAILABLE, "unavailable");
    response.headers_mut().insert(RETRY_AFTER, RETRY_SECONDS.into());
    response
}

/// The page for what was refused before a handler saw it.
pub(crate) fn refused(visitor: &Visitor, status: StatusCode) -> Response {
    let name = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
        StatusCode::FORBIDDEN => "elsewhere",
        other if other.is_server_error() => "internal",
        _ => "unreadable",
    };
    page(visitor, status, name)
}

/// An error with all its causes, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |cause| cause.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

/// A text as a value of a query.
pub fn urlencoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
