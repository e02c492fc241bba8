//! Serving: open the database, listen, stop in order.

use crate::command::{Done, Settings};
use std::io::Write as _;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use waymark_app::{Actor, Config, Ctx, Env, demo};
use waymark_store::{Db, Options};

/// Opens the world that the settings name, with its tables up to date.
pub async fn open(settings: &Settings) -> Result<Env, Box<dyn std::error::Error>> {
    let db = Db::open(&settings.database, Options::default()).await?;
    db.migrate().await?;
    let mut env = Env::new(db, config(settings)?);
    env.config.is_demonstration = is_demonstration(&env).await?;
    Ok(env)
}

async fn is_demonstration(env: &Env) -> Result<bool, waymark_app::Error> {
    let mut ctx = Ctx::read(env, Actor::Console).await?;
    demo::is_demonstration(&mut ctx).await
}

fn config(settings: &Settings) -> Result<Config, String> {
    let origin = settings.origin.clone().unwrap_or_else(|| format!("http://{}", settings.listen));
    let origin = origin.trim_end_matches('/').to_owned();
    let config = Config { origin, mail_from: settings.mail_from.clone(), is_demonstration: false };
    if !config.origin.starts_with("https://") && !config.is_loopback() {
        return Err(format!(
            "the origin {} is not https, so browsers would drop the sign-in cookie in silence. \
             Put a TLS proxy before Waymark and give its https address as --origin.",
            config.origin
        ));
    }
    Ok(config)
}

/// Serves until it is told to stop.
pub async fn serve(settings: Settings) -> Done {
    log();
    let env = Arc::new(open(&settings).await?);
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    writeln!(std::io::stdout(), "Waymark is at {}", env.config.origin)?;
    tracing::info!(%address, "listening");
    let router = waymark_web::router(Arc::clone(&env));
    axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(told_to_stop())
        .await?;
    env.db.close().await;
    Ok(())
}

/// Brings the tables up to date and stops.
pub async fn migrate(settings: &Settings) -> Done {
    open(settings).await?.db.close().await;
    writeln!(std::io::stdout(), "The tables of {} are up to date.", settings.database)?;
    Ok(())
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}

fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // A subscriber that is set already is a test's own.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
