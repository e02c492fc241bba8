//! What this installation is: one row for each name.

use crate::db::Tx;
use crate::error::Result;
use crate::on;

/// The value of a name.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn value(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    let sql = "select value from installation where name = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(name).fetch_optional(c).await)
}

/// Says a value under a name, in place of what was said before.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    let sql = "insert into installation (name, value) values ($1, $2) \
               on conflict (name) do update set value = excluded.value";
    on!(tx, c => sqlx::query(sql).bind(name).bind(value).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}
