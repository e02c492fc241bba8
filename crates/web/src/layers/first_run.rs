//! While there is no root, every page leads to the first run.

use crate::visitor::{App, Visitor};
use axum::extract::{FromRef, FromRequestParts as _, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use waymark_app::people::start;
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Env, Result};

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

    async fn is_to_do(&self) -> Result<bool> {
        if self.is_done.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let mut ctx = Ctx::read(&self.env, Actor::Nobody).await?;
        let is_open = start::is_open(&mut ctx).await?;
        self.is_done.store(!is_open, Ordering::Relaxed);
        Ok(is_open)
    }
}

impl FromRef<FirstRun> for Arc<Env> {
    fn from_ref(first_run: &FirstRun) -> Self {
        Self::clone(&first_run.env)
    }
}

/// Leads to the first run where it is to do.
pub async fn lead(State(first_run): State<FirstRun>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let start = Route::Start.to_string();
    let is_open = ["/assets/", "/health/"].iter().any(|own| path.starts_with(own))
        || path == start
        || path.starts_with(&format!("{start}/"));
    let is_to_do = if is_open { Ok(false) } else { first_run.is_to_do().await };
    match is_to_do {
        Ok(true) => Redirect::to(&start).into_response(),
        Ok(false) => next.run(request).await,
        // Said now: the page would wait for the database once more.
        Err(error) => {
            let (mut parts, _) = request.into_parts();
            let Ok(visitor) = Visitor::from_request_parts(&mut parts, &first_run).await;
            visitor.fails()(error).into_response()
        }
    }
}
