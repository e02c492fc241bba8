//! How each engine is opened: what its connections keep, how long they wait, what they forget.

use crate::db::Options;
use crate::error::{Result, StoreError};
use crate::writer::Writer;
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

/// A connection that lay unused for longer is asked whether it is still there before it is used.
const FRESH: Duration = Duration::from_secs(1);

/// Pages in SQLite's log before they are taken over into the file: a page that many acts change is then written once.
const LOG_PAGES: &str = "10000";
/// What the one connection that writes keeps of the file in memory (16 MiB, in SQLite's notation).
const WRITER_CACHE: &str = "-16384";
/// What each connection that reads keeps of it (4 MiB): a list of a large body looks up some hundred pages.
const READER_CACHE: &str = "-4096";

/// Lets one process at a time migrate; the driver does that on PostgreSQL only. The folder is locked and not the file:
/// closing any handle on a SQLite file gives up the locks that SQLite itself holds on it. Ends with the process, too.
pub(crate) async fn lock_folder(file: &Path) -> Result<File> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.to_owned();
    let locked = tokio::task::spawn_blocking(move || -> std::io::Result<File> {
        let handle = File::open(folder)?;
        handle.lock()?;
        Ok(handle)
    });
    Ok(locked.await.map_err(|error| StoreError::broken(error.to_string()))??)
}

/// Makes a file that its owner alone can read: everybody's words and secrets are to be in it.
pub(crate) fn private(file: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
}

/// SQLite's writer, its readers and its file, which is made where it is missing.
pub(crate) async fn sqlite(url: &str, options: &Options) -> Result<(Writer, SqlitePool, PathBuf)> {
    let base = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(options.patience)
        .statement_cache_capacity(options.statements);
    let file = base.get_filename().to_owned();
    if ![":memory:", "mode=memory"].iter().any(|memory| url.contains(memory)) {
        // SQLite gives its log the rights that the file has. A file that is there keeps its own; where none can be made, SQLite
        // says why.
        drop(private(&file));
    }
    let writing = base.clone().journal_mode(SqliteJournalMode::Wal);
    let writing = writing.pragma("wal_autocheckpoint", LOG_PAGES).pragma("cache_size", WRITER_CACHE);
    let writer = Writer::open(writing.pragma("temp_store", "memory")).await?;
    let reading = base.create_if_missing(false).read_only(true).pragma("cache_size", READER_CACHE);
    let readers = SqlitePoolOptions::new()
        .acquire_timeout(options.patience)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(async { Ok(is_at_rest(connection)) }))
        .idle_timeout(None)
        .max_lifetime(None)
        .max_connections(options.connections)
        .connect_with(reading)
        .await?;
    Ok((writer, readers, file))
}

/// Whether the driver knows of no open transaction. Where the disk fails, SQLite undoes one by itself; the driver then
/// fails to undo it, holds it for open and begins no other on that connection.
fn is_at_rest(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}

/// The connections of a PostgreSQL database.
pub(crate) async fn postgres(url: &str, options: &Options) -> Result<PgPool> {
    // Our statements ask for few rows by keys, so one plan for each serves whatever is bound. Planning every time, or
    // compiling what runs for a fraction of a millisecond, took longer than answering; and what they ask for lies in
    // memory or on a disk without arms, so that reading a whole table is no cheaper than three keys.
    let connect = PgConnectOptions::from_str(url)?.statement_cache_capacity(options.statements).options([
        ("plan_cache_mode", "force_generic_plan"),
        ("jit", "off"),
        ("random_page_cost", "1.1"),
    ]);
    let pool = PgPoolOptions::new()
        .acquire_timeout(options.patience)
        .max_connections(options.connections)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > FRESH {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(connect)
        .await?;
    Ok(pool)
}
