//! Tries that are counted, by a hash of what was tried and from where.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;

/// How often something was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct AttemptRow {
    /// Tries since the count began.
    pub tries: i64,
    /// When the last one was, microseconds since 1970.
    pub last_at: i64,
}

/// The tries under a key.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(tx: &mut Tx, key: &[u8]) -> Result<Option<AttemptRow>> {
    let sql = "select tries, last_at from attempt where key = $1";
    on!(tx, c => sqlx::query_as(sql).bind(key).fetch_optional(c).await)
}

/// Counts one more try; the count begins anew where the last try was before `since` (microseconds since 1970).
///
/// # Errors
/// Where the database cannot be reached.
pub async fn note(tx: &mut Tx, key: &[u8], (at, since): (i64, i64)) -> Result<()> {
    let sql = "insert into attempt (key, tries, last_at) values ($1, 1, $2) on conflict (key) do update \
               set tries = case when attempt.last_at < $3 then 1 else attempt.tries + 1 end, last_at = $2";
    run!(tx, sqlx::query(sql).bind(key).bind(at).bind(since))?;
    Ok(())
}

/// Forgets the tries under a key.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn forget(tx: &mut Tx, key: &[u8]) -> Result<()> {
    run!(tx, sqlx::query("delete from attempt where key = $1").bind(key))?;
    Ok(())
}
