//! A language that was chosen stays chosen: the link adds `lang` to the address, the cookie remembers it.

use crate::visitor::{LANG_COOKIE, set_cookie};
use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use waymark_app::Env;
use waymark_app::words::Lang;

/// A year: a language is not chosen anew each week.
const REMEMBERED_SECONDS: i64 = 365 * 24 * 60 * 60;

/// Sets the cookie where the address chooses a language.
pub async fn remember(State(env): State<Arc<Env>>, request: Request, next: Next) -> Response {
    let chosen = request.uri().query().and_then(chosen);
    let mut response = next.run(request).await;
    if let Some(lang) = chosen {
        let cookie = set_cookie(&env, LANG_COOKIE, (lang.code(), REMEMBERED_SECONDS));
        if let Ok(value) = cookie.parse() {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

/// The language that a query chooses.
pub fn chosen(query: &str) -> Option<Lang> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::parse)
}
