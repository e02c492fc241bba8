//! Serving and working: listen, do jobs, stop in order.

use crate::command::Done;
use crate::database::open;
use crate::settings::{LogAs, Settings};
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use waymark_app::jobs::Worker;

/// Serves until it is told to stop; then answers what it has begun and finishes the jobs in hand.
pub async fn serve(settings: &Settings, without_jobs: bool) -> Done {
    log(settings.log);
    let env = Arc::new(open(settings).await?);
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    let stop = told_to_stop();
    let worker = Arc::new(Worker::new(Arc::clone(&env)));
    let working = (!without_jobs).then(|| tokio::spawn(worker.work(until(stop.clone()))));
    writeln!(std::io::stdout(), "Waymark is at {}", env.config.origin)?;
    tracing::info!(%address, "listening");
    let router = waymark_web::router(Arc::clone(&env)).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(until(stop)).await?;
    if let Some(working) = working {
        working.await?;
    }
    env.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Does jobs until it is told to stop.
pub async fn work(settings: &Settings) -> Done {
    log(settings.log);
    let env = Arc::new(open(settings).await?);
    tracing::info!("working");
    Arc::new(Worker::new(Arc::clone(&env))).work(until(told_to_stop())).await;
    env.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Becomes true once the process is interrupted or terminated.
fn told_to_stop() -> watch::Receiver<bool> {
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
        }
        // Nobody listens any more: then there is nothing left to stop.
        let _ = tell.send(true);
    });
    told
}

async fn until(mut told: watch::Receiver<bool>) {
    // An error means that the one who would tell is gone.
    let _ = told.wait_for(|is_told| *is_told).await;
}

fn log(form: LogAs) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A subscriber that is set already is a test's own.
    let _ = match form {
        LogAs::Text => subscriber.try_init(),
        LogAs::Json => subscriber.json().flatten_event(true).with_span_list(false).try_init(),
    };
}
