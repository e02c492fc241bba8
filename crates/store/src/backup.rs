//! Back-up and restore. SQLite is copied while it is used; PostgreSQL has tools of its own, which are named.

use crate::db::{Db, Engine};
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::open::private;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What marks a SQLite file as Waymark's; written by the first migration.
const APPLICATION_ID: i64 = 0x5759_4d4b;

/// Why a file was not taken as a back-up, or not written.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something at that path; nothing is ever overwritten.
    #[error("there is something at {0} already")]
    Taken(PathBuf),
    /// Not a SQLite database of Waymark.
    #[error("{0} is not a Waymark database")]
    Foreign(PathBuf),
    /// Written by a newer Waymark.
    #[error("{path} has schema {found}, this program knows {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema in it.
        found: i64,
        /// The last one that this program knows.
        known: i64,
    },
    /// The file's pages contradict each other.
    #[error("{path} is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first thing that SQLite found.
        what: String,
    },
    /// Only SQLite is copied by Waymark itself.
    #[error("PostgreSQL is backed up by pg_dump")]
    NotSqlite,
    /// The database or the disk did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Copies an open SQLite database, as of one moment, to a new file. The file appears whole and on the disk or not at
/// all; writers go on meanwhile.
///
/// # Errors
/// [`BackupError::Taken`], [`BackupError::NotSqlite`], or [`StoreError::Full`].
pub async fn backup(db: &Db, to: &Path) -> Result<(), BackupError> {
    let from = db.file().ok_or(BackupError::NotSqlite)?;
    refuse_taken(to)?;
    let unfinished = beside(to);
    remove_if_there(&unfinished)?;
    let mut connection = open_file(from).await?;
    // SQLite fills an empty file that is there.
    private(&unfinished)?;
    let target = unfinished.to_string_lossy().into_owned();
    let copied = sqlx::query("vacuum into $1").bind(target).execute(&mut connection).await;
    connection.close().await?;
    match copied {
        Ok(_) => publish(&unfinished, to),
        Err(error) => {
            remove_if_there(&unfinished)?;
            Err(error.into())
        }
    }
}

/// Puts a back-up in the place of a database that is not there. Gives the schema's version in it.
///
/// # Errors
/// [`BackupError::Taken`] where there is something already, and the reasons of [`check`].
pub async fn restore(from: &Path, to: &Path) -> Result<i64, BackupError> {
    refuse_taken(to)?;
    for leftover in ["-wal", "-shm"] {
        // A log of another database beside the new file would be played into it.
        refuse_taken(&with_suffix(to, leftover))?;
    }
    let version = check(from).await?;
    let unfinished = beside(to);
    remove_if_there(&unfinished)?;
    io::copy(&mut File::open(from)?, &mut private(&unfinished)?)?;
    publish(&unfinished, to)?;
    Ok(version)
}

/// How a SQLite file begins, and where the mark stands in it.
const BEGINNING: &[u8] = b"SQLite format 3\0";
const MARK_AT: usize = 68;
/// The most files of a folder that are looked at.
const LOOKED_AT: usize = 1_000;

/// Back-ups that lie in a folder, the database itself among them: files that bear Waymark's mark.
pub fn lying_in(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().take(LOOKED_AT);
    files.map(|entry| entry.path()).filter(|path| path.is_file() && is_marked(path)).collect()
}

fn is_marked(path: &Path) -> bool {
    let mut head = [0; MARK_AT + 4];
    let is_read = File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok();
    let mark = u32::from_be_bytes([head[MARK_AT], head[MARK_AT + 1], head[MARK_AT + 2], head[MARK_AT + 3]]);
    is_read && head.starts_with(BEGINNING) && i64::from(mark) == APPLICATION_ID
}

/// Whether a file is a whole Waymark database that this program can open. Gives the schema's version.
///
/// # Errors
/// [`BackupError::Foreign`], [`BackupError::Newer`], [`BackupError::Damaged`].
pub async fn check(path: &Path) -> Result<i64, BackupError> {
    let foreign = || BackupError::Foreign(path.to_owned());
    if !path.is_file() {
        return Err(foreign());
    }
    let mut connection = open_file(path).await.map_err(|_| foreign())?;
    let application = sqlx::query_scalar("pragma application_id").fetch_one(&mut connection).await;
    let application: i64 = application.map_err(|_| foreign())?;
    if application != APPLICATION_ID {
        return Err(foreign());
    }
    let sql = "select coalesce(max(version), 0) from _sqlx_migrations where success";
    let found: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.map_err(|_| foreign())?;
    let known = dialect::migrations(Engine::Sqlite).iter().map(|step| step.version).max().unwrap_or(0);
    if found > known {
        return Err(BackupError::Newer { path: path.to_owned(), found, known });
    }
    let what: String = sqlx::query_scalar("pragma quick_check(1)").fetch_one(&mut connection).await?;
    connection.close().await?;
    match what.as_str() {
        "ok" => Ok(found),
        _ => Err(BackupError::Damaged { path: path.to_owned(), what }),
    }
}

/// A command that an operator runs. The password comes from `PGPASSWORD` or `~/.pgpass`, never from an argument,
/// which every user of the machine can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The program.
    pub program: &'static str,
    /// Its arguments, one a word.
    pub arguments: Vec<String>,
}

/// How to back a PostgreSQL database up to a file.
///
/// # Errors
/// [`StoreError::Broken`] where the address is none.
pub fn postgres_backup(url: &str, to: &Path) -> Result<Command> {
    let mut arguments = vec!["--format=custom".to_owned(), "--no-owner".to_owned()];
    arguments.push(format!("--file={}", to.display()));
    arguments.extend(server(url)?);
    Ok(Command { program: "pg_dump", arguments })
}

/// How to restore one into an empty PostgreSQL database.
///
/// # Errors
/// [`StoreError::Broken`] where the address is none.
pub fn postgres_restore(url: &str, from: &Path) -> Result<Command> {
    let flags = ["--no-owner", "--exit-on-error", "--single-transaction"];
    let mut arguments: Vec<String> = flags.map(str::to_owned).to_vec();
    arguments.extend(server(url)?);
    arguments.push(from.display().to_string());
    Ok(Command { program: "pg_restore", arguments })
}

/// What a database is backed up by, for a message.
pub fn tool(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "waymark backup",
        Engine::Postgres => "pg_dump",
    }
}

fn server(url: &str) -> Result<Vec<String>> {
    let options = PgConnectOptions::from_str(url)?;
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    Ok(vec![
        format!("--host={}", options.get_host()),
        format!("--port={}", options.get_port()),
        format!("--username={}", options.get_username()),
        format!("--dbname={database}"),
    ])
}

async fn open_file(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    connection.execute("select count(*) from sqlite_schema").await?;
    Ok(connection)
}

/// Makes a finished file last and gives it its name, unless somebody was quicker: a hard link never overwrites.
fn publish(unfinished: &Path, to: &Path) -> Result<(), BackupError> {
    File::open(unfinished)?.sync_all()?;
    let linked = fs::hard_link(unfinished, to);
    fs::remove_file(unfinished)?;
    match linked {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(BackupError::Taken(to.to_owned()));
        }
        other => other?,
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn refuse_taken(path: &Path) -> Result<(), BackupError> {
    match path.symlink_metadata() {
        Ok(_) => Err(BackupError::Taken(path.to_owned())),
        Err(_) => Ok(()),
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn beside(path: &Path) -> PathBuf {
    with_suffix(path, ".unfinished")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
