//! One line in the log for each request: what was asked by its pattern, never by its address, since there are names and
//! secrets in addresses.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use waymark_app::env::counted;

/// Answers and writes the line.
pub async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    let (response, queries) = counted(next.run(request)).await;
    let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
    tracing::info!(
        target: "waymark::request",
        %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = response.status().as_u16(),
        milliseconds,
        queries,
    );
    response
}
