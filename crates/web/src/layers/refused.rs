//! What is refused before a handler sees it, or by the router, is answered with a page, as any other failure is: too
//! large, not to be read, no such address, sent from elsewhere. Nobody is left with a bare word or a blank window.

use super::overload::copy;
use crate::failure::refused;
use crate::visitor::{App, Visitor};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;

/// Puts a page in place of the bare refusal.
pub async fn page(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_for_people = !["/health/", "/assets/"].iter().any(|own| parts.uri.path().starts_with(own));
    let mut asked = copy(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    if !is_for_people || !is_bare(&response) {
        return response;
    }
    let Ok(visitor) = Visitor::from_request_parts(&mut asked, &app).await;
    let mut page = refused(&visitor, response.status());
    if let Some(allowed) = response.headers().get(ALLOW) {
        page.headers_mut().insert(ALLOW, allowed.clone());
    }
    page
}

fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    !is_page && (status.is_client_error() || status.is_server_error())
}
