//! Drafts: what is half typed, kept for an account or for the secret of a browser.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A draft. It has an account or a key, never neither.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DraftRow {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub account: Option<Uuid>,
    /// SHA-256 of the browser's secret, while nobody has signed in.
    pub key_hash: Option<Vec<u8>>,
    /// Which form.
    pub form: String,
    /// The fields as JSON.
    pub payload: String,
    /// When it was last kept, microseconds since 1970.
    pub updated_at: i64,
}

/// Keeps a draft, new or known.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn keep(tx: &mut Tx, draft: &DraftRow) -> Result<()> {
    let sql = "insert into draft (id, account, key_hash, form, payload, updated_at) \
               values ($1, $2, $3, $4, $5, $6) on conflict (id) do update set account = excluded.account, \
               key_hash = excluded.key_hash, payload = excluded.payload, updated_at = excluded.updated_at";
    run!(
        tx,
        sqlx::query(sql)
            .bind(draft.id)
            .bind(draft.account)
            .bind(draft.key_hash.as_deref())
            .bind(&draft.form)
            .bind(&draft.payload)
            .bind(draft.updated_at)
    )?;
    Ok(())
}

/// A draft.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<DraftRow>> {
    let sql = "select id, account, key_hash, form, payload, updated_at from draft where id = $1";
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// The drafts of an account, or of a browser's secret where nobody has signed in, the newest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(
    tx: &mut Tx,
    (account, key_hash): (Option<Uuid>, Option<&[u8]>),
    limit: i64,
) -> Result<Vec<DraftRow>> {
    let sql = "select id, account, key_hash, form, payload, updated_at from draft \
               where account = $1 or (account is null and key_hash = $2) \
               order by updated_at desc, id limit $3";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(key_hash).bind(limit).fetch_all(c).await)
}

/// Gives a draft of a browser's secret to the account that opened it there.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn adopt(tx: &mut Tx, id: Uuid, account: Uuid) -> Result<u64> {
    let sql = "update draft set account = $2, key_hash = null where id = $1 and account is null";
    run!(tx, sqlx::query(sql).bind(id).bind(account))
}

/// Deletes a draft.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn remove(tx: &mut Tx, id: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from draft where id = $1").bind(id))?;
    Ok(())
}

/// Deletes a draft as it was last kept at a time (microseconds since 1970). Was it there, and so?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn take(tx: &mut Tx, (id, updated_at): (Uuid, i64)) -> Result<bool> {
    let sql = "delete from draft where id = $1 and updated_at = $2";
    Ok(run!(tx, sqlx::query(sql).bind(id).bind(updated_at))? == 1)
}

/// Deletes drafts that were last kept before a time, at most `limit`. Gives how many went.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn purge(tx: &mut Tx, before: i64, limit: i64) -> Result<u64> {
    let sql = "delete from draft where id in \
               (select id from draft where updated_at < $1 order by updated_at, id limit $2)";
    run!(tx, sqlx::query(sql).bind(before).bind(limit))
}
