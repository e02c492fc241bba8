//! While there is no root, every page leads to the first run.

use crate::visitor::App;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use waymark_app::people::start;
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Env};

/// Remembers that the first run is done: a root is never taken away, so it need not be asked again.
#[derive(Debug, Clone)]
pub struct FirstRun {
    env: Arc<Env>,
    is_done: Arc<AtomicBool>,
}

impl FirstRun {
    /// Of a world.
    pub fn of(app: &App) -> Self {
        Self { env: Arc::clone(&app.env), is_done: Arc::default() }
    }

    /// Where the database is away the page itself says so.
    async fn is_to_do(&self) -> bool {
        if self.is_done.load(Ordering::Relaxed) {
            return false;
        }
        let Ok(mut ctx) = Ctx::read(&self.env, Actor::Nobody).await else { return false };
        let is_open = start::is_open(&mut ctx).await;
        self.is_done.store(matches!(is_open, Ok(false)), Ordering::Relaxed);
        matches!(is_open, Ok(true))
    }
}

/// Leads to the first run where it is to do.
pub async fn lead(State(first_run): State<FirstRun>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let start = Route::Start.to_string();
    let is_open = ["/assets/", "/health/"].iter().any(|own| path.starts_with(own))
        || path == start
        || path.starts_with(&format!("{start}/"));
    if !is_open && first_run.is_to_do().await {
        return Redirect::to(&start).into_response();
    }
    next.run(request).await
}
