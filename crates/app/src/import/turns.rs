//! How many uploaded files are read at once: each lies in memory, and may unpack to four times as much.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Files that are read at the same time.
const AT_ONCE: usize = 4;

/// Turns for reading files.
#[derive(Debug)]
pub struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Turns {
    /// A turn, which ends when it is dropped: whoever reads on a thread takes it along, since whoever waits may be gone before
    /// that ends. Nothing where as many are read as may be: nobody waits here with a file on the way.
    pub fn take(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).try_acquire_owned().ok()
    }
}
