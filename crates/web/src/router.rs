//! Which handler answers which address, and the layers around all of them.

use crate::assets;
use crate::failure::nowhere;
use crate::form::FORM_BYTES;
use crate::layers::{headers, language};
use crate::pages;
use crate::visitor::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
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
        .route(pattern::Record, get(pages::find::record::get))
        .route(pattern::History, get(pages::find::history::get))
        .route(pattern::Answer, get(pages::route::answer::get).post(pages::route::answer::post))
        .route(pattern::Act, get(pages::route::act::get).post(pages::route::act::post))
        .route(pattern::Work, get(pages::route::work::get))
        .route(pattern::Ideas, get(pages::find::list::get))
        .route(pattern::Place, get(pages::find::list::place))
        .route(pattern::Late, get(pages::find::late::get))
        .route(
            pattern::Import,
            get(pages::import::start::get)
                .post(pages::import::start::post)
                .layer(DefaultBodyLimit::max(pages::import::start::UPLOAD_BYTES)),
        )
        .route(pattern::ImportFile, get(pages::import::file::get).post(pages::import::file::post))
        .route(pattern::ImportColumns, get(pages::import::columns::get).post(pages::import::columns::post))
        .route(pattern::ImportFaults, get(pages::import::faults::get))
        .fallback(nowhere)
        .layer(tower_http::csrf::CsrfLayer::new())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(Arc::clone(&env), language::remember))
        .with_state(App { env });
    headers::layered(routes, is_https)
}
