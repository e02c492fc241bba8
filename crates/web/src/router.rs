//! Which handler answers which address, and the layers around all of them.

use crate::assets;
use crate::failure::nowhere;
use crate::form::FORM_BYTES;
use crate::layers::headers;
use crate::pages;
use crate::visitor::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use std::sync::Arc;
use waymark_app::Env;
use waymark_app::routes::pattern;

/// The whole service over a world.
pub fn router(env: Arc<Env>) -> Router {
    let is_https = env.config.origin.starts_with("https://");
    let routes = Router::new()
        .merge(assets::routes())
        .route(pattern::Home, get(pages::home::get))
        .route(pattern::Live, get(pages::health::live))
        .route(pattern::Ready, get(pages::health::ready))
        .merge(pages::find::routes())
        .fallback(nowhere)
        .layer(tower_http::csrf::CsrfLayer::new())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .with_state(App { env });
    headers::layered(routes, is_https)
}
