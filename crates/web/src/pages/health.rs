//! Is it there, and can it answer?

use crate::failure::Outcome;
use crate::visitor::Visitor;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

const TEXT: &str = "text/plain; charset=utf-8";

/// The process is there.
pub async fn live() -> impl IntoResponse {
    ([(CONTENT_TYPE, TEXT)], "live\n")
}

/// The database answers, too.
pub async fn ready(visitor: Visitor) -> Outcome {
    drop(visitor.read().await.map_err(visitor.fails())?);
    Ok(([(CONTENT_TYPE, TEXT)], "ready\n").into_response())
}
