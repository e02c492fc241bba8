//! How far an import has come, for its page. Only the process that does it knows; any other says that it is at work.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use uuid::Uuid;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows that are written.
    pub done: usize,
    /// Rows in all.
    pub all: usize,
}

static RUNNING: LazyLock<Mutex<HashMap<Uuid, Progress>>> = LazyLock::new(Mutex::default);

/// Says in its life that an import runs in this process; when it is dropped, the import has ended, well or not.
#[derive(Debug)]
pub(crate) struct Running(Uuid);

impl Running {
    /// Nothing where this process is at it already.
    pub(crate) fn begin(batch: Uuid, all: usize) -> Option<Self> {
        let mut running = running();
        if running.contains_key(&batch) {
            return None;
        }
        running.insert(batch, Progress { done: 0, all });
        Some(Self(batch))
    }

    pub(crate) fn one_more(&self) {
        if let Some(progress) = running().get_mut(&self.0) {
            progress.done += 1;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        running().remove(&self.0);
    }
}

/// How far an import has come that runs in this process.
pub fn of(batch: Uuid) -> Option<Progress> {
    running().get(&batch).copied()
}

fn running() -> std::sync::MutexGuard<'static, HashMap<Uuid, Progress>> {
    // A panic elsewhere leaves numbers behind that are as good as before.
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}
