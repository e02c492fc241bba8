//! What this installation is, by name; and the answers of its first run until they are all there.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use uuid::Uuid;

/// A value of the installation.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn value(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    let sql = "select value from installation where name = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(name).fetch_optional(c).await)
}

/// The values of the installation whose names begin so.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn beginning(tx: &mut Tx, with: &str) -> Result<Vec<(String, String)>> {
    let sql = "select name, value from installation where substr(name, 1, length($1)) = $1 order by name";
    on!(tx, c => sqlx::query_as(sql).bind(with).fetch_all(c).await)
}

/// Sets a value of the installation.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    let sql =
        "insert into installation (name, value) values ($1, $2) on conflict (name) do update set value = $2";
    run!(tx, sqlx::query(sql).bind(name).bind(value))?;
    Ok(())
}

/// Takes a value of the installation away.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn remove(tx: &mut Tx, name: &str) -> Result<()> {
    run!(tx, sqlx::query("delete from installation where name = $1").bind(name))?;
    Ok(())
}

/// The form under which the answers of the first run are kept as a draft.
const FIRST_RUN: &str = "first-run";

/// The answers of the first run that a browser gave so far.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn answers(tx: &mut Tx, id: Uuid) -> Result<Option<String>> {
    let sql = "select payload from draft where id = $1 and form = $2";
    on!(tx, c => sqlx::query_scalar(sql).bind(id).bind(FIRST_RUN).fetch_optional(c).await)
}

/// Keeps the answers of the first run; `key_hash` is that of the browser's secret, `at` microseconds since 1970.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn keep_answers(
    tx: &mut Tx,
    (id, key_hash): (Uuid, &[u8]),
    (payload, at): (&str, i64),
) -> Result<()> {
    let sql = "insert into draft (id, key_hash, form, payload, updated_at) values ($1, $2, $3, $4, $5) \
               on conflict (id) do update set payload = $4, updated_at = $5";
    run!(tx, sqlx::query(sql).bind(id).bind(key_hash).bind(FIRST_RUN).bind(payload).bind(at))?;
    Ok(())
}

/// Forgets all answers of first runs, whoever gave them: there is one first run.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn forget_answers(tx: &mut Tx) -> Result<()> {
    run!(tx, sqlx::query("delete from draft where form = $1").bind(FIRST_RUN))?;
    Ok(())
}
