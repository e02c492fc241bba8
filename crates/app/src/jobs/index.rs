//! Each day what is missing in the index of *similar ones* is put into it: records of a time before the index, and all
//! after a migration emptied it. Nobody has to know that there is one.

use crate::find::index;
use crate::jobs::held::{Fail, Held};

/// The kind of job.
pub const KIND: &str = "similar-index";

/// Completes the index. Run again, there is nothing missing.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let written = index::complete(held.env).await?;
    if written > 0 {
        tracing::info!(written, "records were put into the index of similar ones");
    }
    held.done().await
}

/// Writes the index anew without what was taken out of it. Run again, there is little to do.
pub(crate) async fn forget(held: Held<'_>) -> Result<(), Fail> {
    index::forget(held.env).await?;
    held.done().await
}
