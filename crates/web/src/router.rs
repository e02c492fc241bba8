//! Which handler answers which address, and the layers around all of them.

use crate::assets;
use crate::failure::nowhere;
use crate::form::FORM_BYTES;
use crate::layers::overload::{Gate, Sizes};
use crate::layers::{headers, language, log, overload, too_large};
use crate::pages;
use crate::visitor::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use waymark_app::Env;
use waymark_app::routes::pattern;

/// The whole service over a world.
pub fn router(env: Arc<Env>) -> Router {
    sized(env, Sizes::default())
}

/// The same with a gate of another size.
pub fn sized(env: Arc<Env>, sizes: Sizes) -> Router {
    let is_https = env.config.origin.starts_with("https://");
    let app = App { env };
    let routes = Router::new()
        .merge(assets::routes())
        .route(pattern::Home, get(pages::home::get))
        .route(pattern::Live, get(pages::health::live))
        .route(pattern::Ready, get(pages::health::ready))
        .route(pattern::Record, get(pages::find::record::get))
        .route(pattern::History, get(pages::find::history::get))
        .route(pattern::Answer, get(pages::route::answer::get).post(pages::route::answer::post))
        .route(pattern::Act, get(pages::route::act::get).post(pages::route::act::post))
        .route(pattern::Work, get(pages::route::work::get))
        .route(pattern::Ideas, get(pages::find::list::get))
        .route(pattern::Place, get(pages::find::list::place))
        .route(pattern::Late, get(pages::find::late::get))
        .fallback(nowhere)
        .layer(tower_http::csrf::CsrfLayer::new())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), too_large::page))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(Arc::clone(&app.env), language::remember))
        .layer(from_fn_with_state(Gate::new(app.clone(), sizes), overload::gate))
        .layer(from_fn(log::log))
        .with_state(app);
    headers::layered(routes, is_https)
}
