//! SQLite's one writing connection. Changes that come while others are made share one transaction, each in a savepoint of
//! its own, and so one sync of the disk, which takes as long as all the rest. Nobody is told that a change is kept before
//! that sync, and one that is undone takes nothing of the others with it. While a transaction is open, a savepoint without
//! anything in it waits for the next change: to ask for one would keep the others waiting.

use crate::db::Engine;
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::rows::{self, Held};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The most changes in one transaction: whoever made the first waits for the last.
const MOST: usize = 64;

/// The connection, for whoever has the turn.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    options: Arc<SqliteConnectOptions>,
    shared: Arc<Mutex<Shared>>,
    /// How many wait for a turn.
    waiting: Arc<AtomicUsize>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Made anew where it was lost.
    connection: Option<SqliteConnection>,
    /// What the open transaction has, where there is one.
    group: Option<Group>,
    is_closed: bool,
}

/// The changes of one transaction.
#[derive(Debug, Default)]
struct Group {
    /// Those that wait for its end.
    changes: usize,
    outcome: Outcome,
}

/// Whether the transaction was kept, once that is known: `false` where it was lost.
type Outcome = Arc<OnceLock<bool>>;

/// What everybody else needs to be gone for.
type Guard = OwnedMutexGuard<Shared>;

impl Writer {
    /// Connects.
    pub(crate) async fn open(options: SqliteConnectOptions) -> Result<Self> {
        let connection = Some(options.connect().await?);
        let shared = Arc::new(Mutex::new(Shared { connection, ..Shared::default() }));
        Ok(Self { options: Arc::new(options), shared, waiting: Arc::default() })
    }

    /// Waits for a turn and begins a change: in the transaction that is open, or in a new one.
    pub(crate) async fn turn(&self) -> Result<Turn> {
        let waits = Waits::on(&self.waiting);
        let guard = Arc::clone(&self.shared).lock_owned().await;
        drop(waits);
        let mut turn = Turn { writer: self.clone(), guard: Some(guard) };
        let shared = turn.shared()?;
        if shared.group.is_none() {
            shared.connect(&self.options).await?;
            shared.group = Some(Group::default());
            shared.run(dialect::begin(Engine::Sqlite, true)).await?;
        }
        Ok(turn)
    }

    /// Does something with the connection while nobody has a turn.
    pub(crate) async fn alone<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T>,
    ) -> Result<T> {
        let mut guard = Arc::clone(&self.shared).lock_owned().await;
        close(&mut guard).await?;
        guard.connect(&self.options).await?;
        work(guard.open()?).await
    }

    /// Closes the connection, after which there are no turns.
    pub(crate) async fn close(&self) {
        let mut guard = Arc::clone(&self.shared).lock_owned().await;
        // Whose changes could not be kept is told by their own ends.
        let _ = close(&mut guard).await;
        guard.is_closed = true;
        if let Some(connection) = guard.connection.take() {
            let _ = connection.close().await;
        }
    }
}

/// Counts one who waits, until it is dropped.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn on(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One change. Dropped without [`Turn::keep`], nothing of it stays.
#[derive(Debug)]
pub struct Turn {
    writer: Writer,
    /// Nothing once it has ended.
    guard: Option<Guard>,
}

impl Turn {
    /// The connection.
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection> {
        self.shared()?.open()
    }

    fn shared(&mut self) -> Result<&mut Shared> {
        self.guard.as_deref_mut().ok_or_else(|| StoreError::broken("a change that has ended"))
    }

    /// Runs its last statements and makes it last; on return it survives power loss. Where others wait for a turn it lines
    /// up behind them, and then ends the transaction for all of them, unless one of them was quicker.
    pub(crate) async fn keep(mut self, held: Vec<Held>) -> Result<()> {
        let Some(guard) = self.guard.take() else { return Ok(()) };
        // On its own: whoever waits for it may go away in the middle.
        let kept = tokio::spawn(keep(self.writer.clone(), guard, held));
        kept.await.map_err(|error| StoreError::broken(error.to_string()))?
    }

    /// Undoes it.
    pub(crate) async fn undo(mut self) -> Result<()> {
        let Some(guard) = self.guard.take() else { return Ok(()) };
        tokio::spawn(undo(guard)).await.map_err(|error| StoreError::broken(error.to_string()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut guard) = self.guard.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(undo(guard))),
            Err(_) => guard.lose(),
        }
    }
}

/// Ends a change, and leaves a savepoint for the next.
const NEXT: &str = "release change; savepoint change";

async fn keep(writer: Writer, mut guard: Guard, mut held: Vec<Held>) -> Result<()> {
    let group = guard.group.as_ref().ok_or_else(lost)?;
    let outcome = Arc::clone(&group.outcome);
    let is_shared = group.changes + 1 < MOST && writer.waiting.load(Ordering::SeqCst) > 0;
    held.extend(is_shared.then(|| (NEXT.into(), Vec::new())));
    if let Err(error) = guard.run_all(held).await {
        undo(guard).await;
        return Err(error);
    }
    if is_shared {
        guard.group.as_mut().ok_or_else(lost)?.changes += 1;
        drop(guard);
        guard = Arc::clone(&writer.shared).lock_owned().await;
    }
    match outcome.get() {
        Some(true) => Ok(()),
        Some(false) => Err(lost()),
        None => close(&mut guard).await,
    }
}

/// Ends the open transaction, where there is one, for all whose changes are in it.
async fn close(shared: &mut Shared) -> Result<()> {
    if shared.group.is_none() {
        return Ok(());
    }
    match shared.run("commit").await {
        Ok(()) => {
            shared.group.take().map(|group| group.outcome.set(true));
            Ok(())
        }
        Err(error) => {
            shared.lose();
            Err(error)
        }
    }
}

/// Takes the last change back; the transaction goes on where others wait for its end.
async fn undo(mut guard: Guard) {
    let Some(group) = &guard.group else { return };
    let undone = if group.changes > 0 {
        guard.run("rollback to change").await
    } else {
        let undone = guard.run("rollback").await;
        guard.group = None;
        undone
    };
    if undone.is_err() {
        guard.lose();
    }
}

/// What those are told whose changes SQLite undid since somebody after them found the disk full or gone.
fn lost() -> StoreError {
    let why = "the transaction that this change was part of was lost";
    StoreError::Unavailable(sqlx::Error::Io(std::io::Error::other(why)))
}

impl Shared {
    async fn connect(&mut self, options: &SqliteConnectOptions) -> Result<()> {
        if self.is_closed {
            return Err(StoreError::Unavailable(sqlx::Error::PoolClosed));
        }
        if self.connection.is_none() {
            self.connection = Some(options.connect().await?);
        }
        Ok(())
    }

    fn open(&mut self) -> Result<&mut SqliteConnection> {
        self.connection.as_mut().ok_or_else(lost)
    }

    async fn run(&mut self, sql: &'static str) -> Result<()> {
        sqlx::query(sql).execute(self.open()?).await?;
        Ok(())
    }

    async fn run_all(&mut self, held: Vec<Held>) -> Result<()> {
        let connection = self.open()?;
        for (sql, cells) in rows::together(Engine::Sqlite, held) {
            rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells).execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// Lets the connection go, which undoes what is not kept, and says so to all whose changes were in it.
    fn lose(&mut self) {
        self.connection = None;
        if let Some(group) = self.group.take() {
            // Only whoever ends a transaction sets it, and once.
            let _ = group.outcome.set(false);
        }
    }
}
