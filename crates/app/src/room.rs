//! Room on the database's disk. That there is none is said once in the log, and once that there is some again: a full
//! disk is not to be filled with lines that say so.

use crate::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};

/// Is there room, as far as was seen last?
#[derive(Debug, Default)]
pub struct Room {
    is_out: AtomicBool,
}

impl Room {
    /// Takes note of an error. True where it says that the disk is full, of which the log then knows.
    pub fn is_missed_by(&self, error: &Error) -> bool {
        let Error::Full(cause) = error else { return false };
        if !self.is_out.swap(true, Ordering::Relaxed) {
            let cause = std::error::Error::source(cause).map(ToString::to_string).unwrap_or_default();
            tracing::error!(
                cause,
                "no room left on the database's disk: nothing can be saved until there is; reading goes on"
            );
        }
        true
    }

    /// Takes note that something was written.
    pub(crate) fn is_there(&self) {
        // Looked at first: this is asked at every commit, and nearly always there was room before.
        if self.is_out.load(Ordering::Relaxed) && self.is_out.swap(false, Ordering::Relaxed) {
            tracing::info!("there is room again on the database's disk");
        }
    }
}
