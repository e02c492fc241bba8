//! The open database and its transactions. SQLite has one writer and a few readers; PostgreSQL one pool.

use crate::error::{Result, StoreError};
use crate::rows::{self, Held};
use crate::writer::{Turn, Writer};
use crate::{dialect, open};
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::sqlite::SqlitePool;
use sqlx::{Postgres, Sqlite, SqliteConnection, Transaction};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Runs one `sqlx` expression on whichever engine the transaction is on and counts it; what the transaction holds goes
/// before it.
///
/// `on!(tx, c => sqlx::query("…").bind(id).execute(c).await)`: the text has `$1` placeholders, and the row type must
/// be readable from both engines. Gives `Result<_, StoreError>`.
#[macro_export]
macro_rules! on {
    ($tx:expr, $connection:ident => $run:expr) => {
        match $crate::db::Tx::settle(&mut *$tx).await {
            Ok(()) => $crate::on_settled!($tx, $connection => $run),
            Err(error) => Err(error),
        }
    };
}

/// The same for a transaction that holds nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! on_settled {
    ($tx:expr, $connection:ident => $run:expr) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(open) => match open.connection() {
                Ok($connection) => $run.map_err($crate::error::StoreError::from),
                Err(error) => Err(error),
            },
            $crate::db::Tx::Postgres(open) => match open.connection() {
                Ok($connection) => $run.map_err($crate::error::StoreError::from),
                Err(error) => Err(error),
            },
        }
    };
}

/// Runs a statement on whichever engine the transaction is on and gives the number of rows it touched.
///
/// `run!(tx, sqlx::query("update …").bind(id))`; gives `Result<u64, StoreError>`.
#[macro_export]
macro_rules! run {
    ($tx:expr, $query:expr) => {
        $crate::on!($tx, connection => $query.execute(connection).await.map(|done| done.rows_affected()))
    };
}

tokio::task_local! {
    static QUERIES: Cell<u32>;
}

/// Counts the queries of everything that a future does in its own task, all transactions together.
pub async fn counted<F: Future>(work: F) -> (F::Output, u32) {
    QUERIES
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, QUERIES.with(Cell::get))
        })
        .await
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// SQLite's reading connections, or PostgreSQL's connections in all.
    pub connections: u32,
    /// How many may wait for a connection; one more is told at once that the service is busy.
    pub queue: usize,
    /// How long one waits for a connection, and SQLite for a lock.
    pub patience: Duration,
    /// Prepared statements kept for each connection.
    pub statements: usize,
}

/// PostgreSQL's connections where nobody said anything: each waits for the server most of its time.
const POSTGRES_CONNECTIONS: u32 = 16;
impl Options {
    /// What holds for the engine of an address where nobody said anything.
    pub fn of(url: &str) -> Self {
        let connections = if is_postgres(url) { POSTGRES_CONNECTIONS } else { Self::default().connections };
        Self { connections, ..Self::default() }
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres")
}

impl Default for Options {
    fn default() -> Self {
        Self { connections: 4, queue: 256, patience: Duration::from_secs(1), statements: 256 }
    }
}

/// Which engine is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

/// What can be locked for one transaction at a time.
#[derive(Debug, Clone, Copy)]
pub enum Lock {
    /// Making a seal.
    Seal = 1,
    /// Founding the root.
    FirstRun = 2,
    /// Changing who holds which role, who is away, and where nodes lie.
    People = 3,
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pools: Pools,
    waiting: Arc<Semaphore>,
    patience: Duration,
}

#[derive(Debug, Clone)]
enum Pools {
    Sqlite { writer: Writer, readers: SqlitePool, file: PathBuf },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:<file>` (made if missing) or `postgres://…` (15 or newer). Tables are [`Db::migrate`]'s affair.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it cannot be reached, [`StoreError::Broken`] for an address that is none.
    pub async fn open(url: &str, options: Options) -> Result<Self> {
        let waiting = Arc::new(Semaphore::new(options.queue));
        let pools = if is_postgres(url) {
            Pools::Postgres(open::postgres(url, &options).await?)
        } else {
            let (writer, readers, file) = open::sqlite(url, &options).await?;
            Pools::Sqlite { writer, readers, file }
        };
        Ok(Self { pools, waiting, patience: options.patience })
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// SQLite's file; nothing for PostgreSQL.
    pub fn file(&self) -> Option<&Path> {
        match &self.pools {
            Pools::Sqlite { file, .. } => Some(file),
            Pools::Postgres(_) => None,
        }
    }

    /// Brings the tables up to this program's version; each migration is one transaction, so a stopped run continues.
    ///
    /// # Errors
    /// [`StoreError::Broken`] where the database is newer than the program or a released migration was edited.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { writer, file, .. } => {
                let _alone = open::lock_folder(file).await?;
                let steps = dialect::migrations(Engine::Sqlite);
                writer.alone(async |connection| Ok(steps.run(connection).await?)).await?;
            }
            Pools::Postgres(pool) => dialect::migrations(Engine::Postgres).run(pool).await?,
        }
        Ok(())
    }

    /// The schema: the version found in the database (0 for an empty one), and the last that this program knows.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn schema(&self) -> Result<(i64, i64)> {
        let known = dialect::migrations(Engine::Sqlite).iter().map(|step| step.version).max().unwrap_or(0);
        let mut tx = self.read().await?;
        let is_there = dialect::has_table(&mut tx, "_sqlx_migrations").await?;
        let sql = "select coalesce(max(version), 0) from _sqlx_migrations where success";
        let found = if is_there { on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await)? } else { 0 };
        Ok((found, known))
    }

    /// A reading transaction: what it reads is one snapshot.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection is free within the patience or the queue is full.
    pub async fn read(&self) -> Result<Tx> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let begun =
                    self.begin(Box::pin(readers.begin_with(dialect::begin(Engine::Sqlite, false)))).await?;
                Ok(Tx::Sqlite(Open::new(OnSqlite::Reading(begun))))
            }
            Pools::Postgres(pool) => {
                let begun =
                    self.begin(Box::pin(pool.begin_with(dialect::begin(Engine::Postgres, false)))).await?;
                Ok(Tx::Postgres(Open::new(begun)))
            }
        }
    }

    /// A writing transaction. SQLite takes its lock at the start, so that it never fails half-way for want of it.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn write(&self) -> Result<Tx> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                let turn = self.begin(Box::pin(writer.turn())).await?;
                Ok(Tx::Sqlite(Open::new(OnSqlite::Writing(turn))))
            }
            Pools::Postgres(pool) => {
                let begun =
                    self.begin(Box::pin(pool.begin_with(dialect::begin(Engine::Postgres, true)))).await?;
                Ok(Tx::Postgres(Open::new(begun)))
            }
        }
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Begins within the patience: on SQLite the wait for the one writer and that for another process's lock would add up,
    /// and for a server that hangs the driver would wait for ever.
    async fn begin<T, E>(&self, beginning: Beginning<'_, T, E>) -> Result<T>
    where
        StoreError: From<E>,
    {
        let busy = || StoreError::Unavailable(sqlx::Error::PoolTimedOut);
        let place = self.waiting.try_acquire().map_err(|_| busy())?;
        let begun = tokio::time::timeout(self.patience, beginning).await;
        let begun = begun.map_err(|_| busy())??;
        drop(place);
        Ok(begun)
    }
}

/// What connects and begins. In a box: it takes some 9 KB, which every future that waits for it would take up as well, to
/// be moved through each layer of the service.
type Beginning<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// An open transaction. Dropped without [`Tx::commit`], nothing of it stays.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Open<OnSqlite>),
    /// On PostgreSQL.
    Postgres(Open<Transaction<'static, Postgres>>),
}

/// A transaction of one engine with its count of queries.
#[derive(Debug)]
pub struct Open<T> {
    transaction: T,
    queries: u32,
    held: Vec<Held>,
}

/// What queries run on while a transaction is open.
pub trait Connected {
    /// The engine's connection.
    type Connection;

    /// The connection.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it was lost.
    fn connection(&mut self) -> Result<&mut Self::Connection>;
}

/// A transaction on SQLite.
#[derive(Debug)]
pub enum OnSqlite {
    /// On one of the readers.
    Reading(Transaction<'static, Sqlite>),
    /// On the writer, with other changes or alone.
    Writing(Turn),
}

impl Connected for OnSqlite {
    type Connection = SqliteConnection;

    fn connection(&mut self) -> Result<&mut SqliteConnection> {
        match self {
            Self::Reading(transaction) => Ok(transaction),
            Self::Writing(turn) => turn.connection(),
        }
    }
}

impl Connected for Transaction<'static, Postgres> {
    type Connection = PgConnection;

    fn connection(&mut self) -> Result<&mut PgConnection> {
        Ok(self)
    }
}

impl<T: Connected> Open<T> {
    const fn new(transaction: T) -> Self {
        Self { transaction, queries: 0, held: Vec::new() }
    }

    /// The connection for one query, which is counted; [`on!`] calls it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it was lost.
    pub fn connection(&mut self) -> Result<&mut T::Connection> {
        debug_assert!(self.held.is_empty(), "a query would not see what was written before it");
        self.queries += 1;
        // Outside of `counted` nobody asks.
        let _ = QUERIES.try_with(|queries| queries.set(queries.get() + 1));
        self.transaction.connection()
    }
}

impl Tx {
    /// How many queries were run in it.
    pub fn queries(&self) -> u32 {
        match self {
            Self::Sqlite(open) => open.queries,
            Self::Postgres(open) => open.queries,
        }
    }

    /// Which engine it is on.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Holds statements until the next query, or until the end: those that nobody waits for go together.
    pub(crate) fn hold(&mut self, mut statements: Vec<Held>) {
        self.held().append(&mut statements);
    }

    fn held(&mut self) -> &mut Vec<Held> {
        match self {
            Self::Sqlite(open) => &mut open.held,
            Self::Postgres(open) => &mut open.held,
        }
    }

    /// Runs what it holds, so that whatever comes next sees it.
    ///
    /// # Errors
    /// [`StoreError`] of the first statement that failed; then nothing of the transaction may be kept.
    pub async fn settle(&mut self) -> Result<()> {
        if self.held().is_empty() {
            return Ok(());
        }
        let held = std::mem::take(self.held());
        rows::run(self, held).await
    }

    /// Makes it last; on return it survives power loss.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was written.
    pub async fn commit(mut self) -> Result<()> {
        if self.engine() == Engine::Postgres {
            self.settle().await?;
        }
        match self {
            Self::Sqlite(open) => match open.transaction {
                OnSqlite::Reading(transaction) => transaction.commit().await?,
                OnSqlite::Writing(turn) => turn.keep(open.held).await?,
            },
            Self::Postgres(open) => open.transaction.commit().await?,
        }
        Ok(())
    }

    /// Undoes it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the connection is gone, which undoes it too.
    pub async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(open) => match open.transaction {
                OnSqlite::Reading(transaction) => transaction.rollback().await?,
                OnSqlite::Writing(turn) => turn.undo().await?,
            },
            Self::Postgres(open) => open.transaction.rollback().await?,
        }
        Ok(())
    }
}
