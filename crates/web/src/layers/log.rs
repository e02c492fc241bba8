//! One line in the log for each request: what was asked by its pattern, never by its address, since there are names and
//! secrets in addresses. What was refused has a second line, with who asked. A number joins all that is logged meanwhile.

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tracing::Instrument as _;
use waymark_app::Env;
use waymark_app::env::counted;
use waymark_app::routes::pattern;
use waymark_domain::ids::AccountId;
use waymark_domain::spelt::Spelt;

/// Who asks, once it is found: for the line of what is refused.
#[derive(Debug, Clone, Default)]
pub struct Asker(Arc<OnceLock<AccountId>>);

impl Asker {
    /// Notes who it is.
    pub fn found(&self, account: AccountId) {
        // A request has one asker: who was found first stays.
        let _ = self.0.set(account);
    }
}

/// Characters of the number of a request: 40 bits, few enough to be read aloud.
const NUMBER_CHARS: usize = 8;

/// The number of a request, in all its lines and on the page of a fault. It is drawn, so it says nothing about who asks.
#[derive(Debug, Clone, Default)]
pub struct Number(String);

impl Number {
    fn drawn(env: &Env) -> Self {
        Self(Spelt::of(&env.bytes::<NUMBER_CHARS>()).in_groups(4))
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where nobody is named, whatever they are refused: who comes here may have hidden their name on a record, and a log would
/// tell that they have one.
const UNNAMED: [&str; 5] =
    [pattern::ComeBack, pattern::GiveName, pattern::DraftWhose, pattern::DraftCheck, pattern::DraftSend];

/// Answers and writes the line.
pub async fn log(State(env): State<Arc<Env>>, mut request: Request, next: Next) -> Response {
    let number = Number::drawn(&env);
    // Of the highest level, so that a log of errors alone has the number, too.
    let span = tracing::error_span!(target: "waymark::request", "request", %number);
    request.extensions_mut().insert(number);
    lined(request, next).instrument(span).await
}

async fn lined(mut request: Request, next: Next) -> Response {
    let (asker, has_token) = (Asker::default(), request.headers().contains_key(AUTHORIZATION));
    request.extensions_mut().insert(asker.clone());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    let (response, queries) = counted(next.run(request)).await;
    let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
    let (route, status) = (route.as_ref().map_or("-", MatchedPath::as_str), response.status());
    tracing::info!(
        target: "waymark::request",
        %method,
        route,
        status = status.as_u16(),
        milliseconds,
        queries,
    );
    if is_refused(status, has_token) {
        note_refused(&asker, (&method, route), status);
    }
    response
}

/// Not theirs, too often, sent from another site, or with a token that is none.
fn is_refused(status: StatusCode, has_token: bool) -> bool {
    let is_not_let = matches!(status, StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS);
    is_not_let || (has_token && status == StatusCode::UNAUTHORIZED)
}

fn note_refused(asker: &Asker, (method, route): (&Method, &str), status: StatusCode) {
    let account = asker.0.get().filter(|_| !UNNAMED.contains(&route));
    tracing::info!(
        target: "waymark::refused",
        account = account.map(|account| tracing::field::display(account.0)),
        %method,
        route,
        status = status.as_u16(),
    );
}
