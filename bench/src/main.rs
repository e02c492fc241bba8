//! `make bench`: how fast and how large Waymark is at 10,000 and 100,000 records on both databases.
//!
//! Each figure is beside something raw of the same run: *plain* is the server's own health endpoint, *commit* a single-row
//! commit with full sync on the same disk.

mod acts;
mod load;
mod people;
mod queries;
mod records;
mod report;
mod scenarios;
mod server;
mod visit;

use chrono::Utc;
use clap::Parser;
use report::Report;
use std::path::PathBuf;
use waymark_app::{Config, Env};
use waymark_store::{Db, Options};

/// Measures Waymark under load.
#[derive(Debug, Clone, Parser)]
pub struct Settings {
    /// The program to measure.
    #[arg(long, env = "WAYMARK_BIN")]
    binary: String,
    /// How many records, one run for each number.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    sizes: Vec<usize>,
    /// An empty PostgreSQL database beside SQLite; each run makes databases of its own in it.
    #[arg(long, env = "WAYMARK_BENCH_POSTGRES")]
    postgres: Option<String>,
    /// Where SQLite's files lie: on the disk whose speed counts.
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
    /// Seconds for each measurement.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Connections at once.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Only this engine: sqlite or postgres.
    #[arg(long)]
    only: Option<String>,
    /// Only these pages and acts, by the names in the table up to the comma; *plain* always.
    #[arg(long, value_delimiter = ',')]
    what: Vec<String>,
    /// Writes the searches that are checked in to a file, and measures nothing.
    #[arg(long)]
    write_queries: Option<PathBuf>,
    /// Where the figures go as JSON.
    #[arg(long, default_value = "target/bench/figures.json")]
    json: PathBuf,
}

type Done = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Done {
    let settings = Settings::parse();
    if let Some(file) = &settings.write_queries {
        return Ok(std::fs::write(file, queries::drawn())?);
    }
    std::fs::create_dir_all(&settings.folder)?;
    let mut report = Report::default();
    for size in &settings.sizes {
        for url in databases(&settings, *size).await? {
            measure(&settings, (&url, *size), &mut report).await?;
        }
    }
    report.print()?;
    std::fs::write(&settings.json, report.json()?)?;
    Ok(())
}

/// The databases of one size: each made anew.
async fn databases(settings: &Settings, size: usize) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let wants = |engine: &str| settings.only.as_deref().is_none_or(|only| only == engine);
    let mut urls = Vec::new();
    if wants("sqlite") {
        let file = settings.folder.join(format!("bench-{size}.db"));
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
        }
        urls.push(format!("sqlite:{}", file.display()));
    }
    if let Some(server) = settings.postgres.as_deref().filter(|_| wants("postgres")) {
        urls.push(scenarios::fresh_postgres(server, size).await?);
    }
    Ok(urls)
}

async fn measure(settings: &Settings, (url, size): (&str, usize), report: &mut Report) -> Done {
    let db = Db::open(url, Options::default()).await?;
    db.migrate().await?;
    let config = Config {
        origin: "http://127.0.0.1:8080".to_owned(),
        mail_from: "waymark@bench.example".to_owned(),
        is_demonstration: false,
    };
    let env = Env::new(db, config);
    let began = std::time::Instant::now();
    let tree = people::found(&env).await?;
    records::load(&env, &tree, (size, now())).await?;
    report.loaded(url, size, began.elapsed());
    scenarios::run(settings, (&env, &tree), (url, size), report).await?;
    env.db.close().await;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a measurement is of today")]
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}
