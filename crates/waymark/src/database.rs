//! Opening the database that the settings name.

use crate::command::Done;
use crate::settings::Settings;
use std::io::Write as _;
use std::path::Path;
use waymark_app::mail::{Mailer, Post, Trust};
use waymark_app::people::breached::Breached;
use waymark_app::{Actor, Config, Ctx, Env, demo};
use waymark_store::{Db, Options};

/// What went wrong, in words.
type Fault = Box<dyn std::error::Error>;

/// Opens the world that the settings name, with its tables up to date; a SQLite file is made where there is none.
pub async fn open(settings: &Settings) -> Result<Env, Fault> {
    if let Some(folder) = file(settings).and_then(Path::parent) {
        std::fs::create_dir_all(folder)?;
    }
    let mut env = env(settings).await?;
    env.db.migrate().await?;
    env.config.is_demonstration = is_demonstration(&env).await?;
    Ok(env)
}

/// Opens what is there and changes nothing.
pub async fn open_as_it_is(settings: &Settings) -> Result<Env, Fault> {
    match file(settings).filter(|file| !file.exists()) {
        Some(file) => Err(format!("there is no database at {}", file.display()).into()),
        None => env(settings).await,
    }
}

/// SQLite's file.
pub fn file(settings: &Settings) -> Option<&Path> {
    let path = settings.database.strip_prefix("sqlite:")?;
    Some(Path::new(path.strip_prefix("//").unwrap_or(path)))
}

async fn env(settings: &Settings) -> Result<Env, Fault> {
    let config = config(settings)?;
    let trust = settings.mail_ca.as_deref().map(Trust::read).transpose()?.unwrap_or_default();
    let mailer = match &settings.mail {
        Some(setting) => Mailer::fixed(Post::parse(setting, &trust)?),
        None => Mailer::trusting(trust),
    };
    let usual = Options::of(&settings.database);
    let options = Options { connections: settings.connections.unwrap_or(usual.connections), ..usual };
    let db = Db::open(&settings.database, options).await.map_err(|error| cannot_open(settings, &error))?;
    let breached = settings.breached.as_deref().map(Breached::open).transpose()?;
    Ok(Env::new(db, config).with_mail(mailer).with_oidc(settings.oidc.provider()?).with_breached(breached))
}

/// Names the database without its password.
fn cannot_open(settings: &Settings, error: &waymark_store::StoreError) -> String {
    let url = &settings.database;
    let name = match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://…@{place}"),
        _ => url.clone(),
    };
    let cause = std::error::Error::source(error).map(|cause| format!(" ({cause})")).unwrap_or_default();
    format!("{name} cannot be opened: {error}{cause}")
}

async fn is_demonstration(env: &Env) -> Result<bool, waymark_app::Error> {
    let mut ctx = Ctx::read(env, Actor::Console).await?;
    demo::is_demonstration(&mut ctx).await
}

fn config(settings: &Settings) -> Result<Config, String> {
    let (origin, mail_from) = (settings.origin.clone(), settings.mail_from.clone());
    let config = Config { origin, mail_from, is_demonstration: false };
    if !config.origin.starts_with("https://") && !config.is_loopback() {
        return Err(format!(
            "the origin {} is not https, so browsers would drop the sign-in cookie in silence. \
             Put a TLS proxy before Waymark and give its https address as --origin.",
            config.origin
        ));
    }
    Ok(config)
}

/// Brings the tables up to date and stops.
pub async fn migrate(settings: &Settings) -> Done {
    open(settings).await?.db.close().await;
    writeln!(std::io::stdout(), "The tables are up to date.")?;
    Ok(())
}
