//! Work that comes again: for which period each was planned last. A clock that is set back plans nothing twice.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};

/// The period for which work was planned last; nothing where it never was.
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the database is gone.
pub async fn last(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    let sql = "select period from recurring where name = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(name).fetch_optional(c).await)
}

/// Notes a period; periods of one name are texts that sort by time. False where it, or a later one, was noted before:
/// then somebody else has planned it.
///
/// # Errors
/// As [`last`].
pub async fn advance(tx: &mut Tx, name: &str, period: &str) -> Result<bool> {
    let sql = "insert into recurring (name, period) values ($1, $2)
        on conflict (name) do update set period = excluded.period where recurring.period < excluded.period";
    Ok(run!(tx, sqlx::query(sql).bind(name).bind(period))? == 1)
}
