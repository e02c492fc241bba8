//! What is larger than an address takes is answered with a page, as any other failure is.

use crate::failure::too_large;
use crate::layers::overload::copy;
use crate::visitor::{App, Visitor};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// Puts a page in place of the bare refusal.
pub async fn page(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut asked = copy(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if response.status() != StatusCode::PAYLOAD_TOO_LARGE || is_page {
        return response;
    }
    let Ok(visitor) = Visitor::from_request_parts(&mut asked, &app).await;
    too_large(&visitor)
}
