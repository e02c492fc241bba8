//! What can go wrong with a database, in two sides: `Display` is for people and names no SQL; `source` is for the log.

use sqlx::error::ErrorKind;

/// The result of every function here.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the record first: load it again, show what changed and keep the person's text.
    #[error("Somebody else changed this at the same time.")]
    Conflict,
    /// A value that must be unique is there already.
    #[error("This is there already.")]
    Unique(Unique),
    /// The database cannot be reached or is too busy: answer 503 and try again later.
    #[error("The service cannot reach its records just now.")]
    Unavailable(#[source] sqlx::Error),
    /// The disk is full: nothing was written.
    #[error("There is no room left to save this.")]
    Full(#[source] sqlx::Error),
    /// A fault of the program or of the data; the chain of causes is for the log.
    #[error("Something went wrong with the records.")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Which values are there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unique {
    /// The table.
    pub table: String,
    /// The columns that must be unique together, as declared.
    pub columns: Vec<String>,
}

impl Unique {
    /// Whether the constraint is the one on these columns.
    pub fn is_on(&self, table: &str, columns: &[&str]) -> bool {
        self.table == table && self.columns == columns
    }
}

impl StoreError {
    /// A fault that is ours, described for the log.
    pub fn broken(why: impl Into<String>) -> Self {
        Self::Broken(why.into().into())
    }

    /// Whether the constraint on these columns refused: the problem of that field.
    pub fn is_unique_on(&self, table: &str, columns: &[&str]) -> bool {
        matches!(self, Self::Unique(unique) if unique.is_on(table, columns))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unavailable(error)
            }
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Self::Unavailable(error),
            sqlx::Error::Database(database) => match fault_of(database.as_ref()) {
                Fault::Unique(unique) if is_race(&unique) => Self::Conflict,
                Fault::Unique(unique) => Self::Unique(unique),
                Fault::Conflict => Self::Conflict,
                Fault::Unavailable => Self::Unavailable(error),
                Fault::Full => Self::Full(error),
                Fault::Other => Self::Broken(error.into()),
            },
            _ => Self::Broken(error.into()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => Self::Broken(other.into()),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full(error.into()),
            _ => Self::Broken(error.into()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}

/// What an engine's code says.
enum Fault {
    Unique(Unique),
    Conflict,
    Unavailable,
    Full,
    Other,
}

/// Two writers meet in the journal's key, or, for a new record, in the stream's. Two records may draw one reference: tried
/// again, the second draws another.
fn is_race(unique: &Unique) -> bool {
    let keys: [(&str, &[&str]); 3] =
        [("journal", &["stream", "version"]), ("stream", &["id"]), ("innovation", &["reference"])];
    keys.iter().any(|(table, columns)| unique.is_on(table, columns))
}

fn fault_of(error: &(dyn sqlx::error::DatabaseError + 'static)) -> Fault {
    if matches!(error.kind(), ErrorKind::UniqueViolation) {
        return Fault::Unique(unique_of(error));
    }
    let code = error.code().unwrap_or_default();
    match code.parse::<i32>() {
        Ok(code) if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => sqlite_fault(code),
        _ => postgres_fault(&code),
    }
}

/// What SQLite says where the index beside its log finds no room to grow (`SQLITE_IOERR_SHMSIZE`).
const SQLITE_NO_ROOM_FOR_INDEX: i32 = 4_874;

/// SQLite keeps the primary code in the low byte: 5 busy, 6 locked, 10 the disk, 13 full, 14 cannot open.
const fn sqlite_fault(code: i32) -> Fault {
    match (code, code & 0xff) {
        (SQLITE_NO_ROOM_FOR_INDEX, _) | (_, 13) => Fault::Full,
        (_, 5 | 6 | 10 | 14) => Fault::Unavailable,
        _ => Fault::Other,
    }
}

/// PostgreSQL's classes: 08 connection, 53 resources, 57P shutting down, 40 lost to a concurrent transaction.
fn postgres_fault(code: &str) -> Fault {
    match code {
        "53100" => Fault::Full,
        "40001" | "40P01" => Fault::Conflict,
        "53300" | "57P01" | "57P02" | "57P03" => Fault::Unavailable,
        code if code.starts_with("08") => Fault::Unavailable,
        _ => Fault::Other,
    }
}

/// SQLite says `UNIQUE constraint failed: t.a, t.b`; PostgreSQL gives the table and `Key (a, b)=(…)` in its detail.
fn unique_of(error: &(dyn sqlx::error::DatabaseError + 'static)) -> Unique {
    if let Some(error) = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        let detail = error.detail().unwrap_or_default();
        let columns =
            detail.split_once('(').and_then(|(_, rest)| rest.split_once(")=")).map_or("", |(c, _)| c);
        let table = error.table().unwrap_or_default().to_owned();
        return Unique { table, columns: columns.split(", ").map(str::to_owned).collect() };
    }
    let listed = error.message().rsplit_once(": ").map_or("", |(_, listed)| listed);
    let named = listed.split(", ").filter_map(|column| column.split_once('.'));
    let table = named.clone().next().map_or_else(String::new, |(table, _)| table.to_owned());
    Unique { table, columns: named.map(|(_, column)| column.to_owned()).collect() }
}
