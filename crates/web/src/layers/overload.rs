//! Too many at once: so many are answered, so many wait, and the next is told at once to come back. Whether the process
//! is there can always be asked.

use crate::failure::busy;
use crate::layers::log::Number;
use crate::visitor::{App, Visitor};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How much is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Requests that are answered at the same time.
    pub at_once: usize,
    /// Requests that wait for their turn.
    pub waiting: usize,
    /// How long one waits for its turn.
    pub patience: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
}

impl Default for Sizes {
    fn default() -> Self {
        let (patience, timeout) = (Duration::from_secs(5), Duration::from_secs(30));
        Self { at_once: 64, waiting: 512, patience, timeout }
    }
}

/// The gate before all handlers.
#[derive(Debug)]
pub struct Gate {
    sizes: Sizes,
    at_work: Semaphore,
    queue: Semaphore,
    app: App,
}

impl Gate {
    /// A gate of a size.
    pub fn new(app: App, sizes: Sizes) -> Arc<Self> {
        let (at_work, queue) = (Semaphore::new(sizes.at_once), Semaphore::new(sizes.waiting));
        Arc::new(Self { sizes, at_work, queue, app })
    }

    async fn turn_away(&self, parts: &mut Parts) -> Response {
        if crate::api::is_for_programs(parts.uri.path()) {
            return crate::api::busy(parts);
        }
        let Ok(visitor) = Visitor::from_request_parts(parts, &self.app).await;
        busy(&visitor)
    }
}

/// Lets a request through, has it wait, or turns it away.
pub async fn gate(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/health/") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(place) = gate.queue.try_acquire() else { return gate.turn_away(&mut parts).await };
    let Ok(Ok(_turn)) = tokio::time::timeout(gate.sizes.patience, gate.at_work.acquire()).await else {
        return gate.turn_away(&mut parts).await;
    };
    drop(place);
    let mut asked = copy(&parts);
    let answer = next.run(Request::from_parts(parts, body));
    if let Ok(response) = tokio::time::timeout(gate.sizes.timeout, answer).await {
        return response;
    }
    tracing::error!("a request took longer than it may");
    gate.turn_away(&mut asked).await
}

/// What a page for the visitor needs of a request that is given away.
pub(crate) fn copy(parts: &Parts) -> Parts {
    let (mut copy, ()) = Request::new(()).into_parts();
    copy.uri = parts.uri.clone();
    copy.headers = parts.headers.clone();
    if let Some(number) = parts.extensions.get::<Number>() {
        copy.extensions.insert(number.clone());
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::http::header::RETRY_AFTER;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;
    use waymark_app::{Config, Env};
    use waymark_store::{Db, Options};

    async fn app() -> App {
        let db = Db::open("sqlite::memory:", Options { connections: 1, ..Options::default() }).await.unwrap();
        let config = Config {
            origin: "http://127.0.0.1:8080".to_owned(),
            mail_from: "waymark@localhost".to_owned(),
            is_demonstration: false,
        };
        App { env: Arc::new(Env::new(db, config)) }
    }

    /// A service whose page never comes, behind a gate.
    async fn stuck(sizes: Sizes) -> Router {
        Router::new()
            .route("/", get(std::future::pending::<()>))
            .route("/health/live", get(|| async { "live" }))
            .layer(from_fn_with_state(Gate::new(app().await, sizes), gate))
    }

    async fn ask(router: &Router, path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap()
    }

    const LONG: Duration = Duration::from_hours(1);

    #[tokio::test]
    async fn beyond_the_queue_one_is_told_at_once_to_come_back_and_health_still_answers() {
        let router = stuck(Sizes { at_once: 2, waiting: 3, patience: LONG, timeout: LONG }).await;
        for _ in 0..5 {
            let router = router.clone();
            tokio::spawn(async move { ask(&router, "/").await });
        }
        tokio::task::yield_now().await;
        let response = ask(&router, "/").await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(response.headers().contains_key(RETRY_AFTER));
        assert_eq!(ask(&router, "/health/live").await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn an_answer_that_takes_too_long_is_given_up() {
        let short = Duration::from_millis(5);
        let router = stuck(Sizes { at_once: 1, waiting: 1, patience: LONG, timeout: short }).await;
        assert_eq!(ask(&router, "/").await.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(
            ask(&router, "/").await.status(),
            StatusCode::SERVICE_UNAVAILABLE,
            "its place is free again"
        );
    }
}
