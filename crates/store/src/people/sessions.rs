//! Who is signed in: sessions by the hash of their token.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::FromRow;
use uuid::Uuid;

/// A session with what every page needs to know of its person.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    /// Its id, by which its owner ends it.
    pub id: Uuid,
    /// Who.
    pub account: Uuid,
    /// The person's name.
    pub name: String,
    /// The person's language.
    pub language: String,
    /// When it was last used, microseconds since 1970.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub ends_at: i64,
    /// Is it on a shared computer?
    pub is_shared: bool,
}

/// A session that is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession<'a> {
    /// SHA-256 of the token.
    pub token_hash: &'a [u8],
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub account: Uuid,
    /// Now, microseconds since 1970.
    pub at: i64,
    /// When it ends at the latest.
    pub ends_at: i64,
    /// Is it on a shared computer?
    pub is_shared: bool,
    /// The browser, as it calls itself.
    pub agent: &'a str,
}

/// Begins a session.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn begin(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    let sql = "insert into session (token_hash, id, account, started_at, seen_at, ends_at, is_shared, agent) \
               values ($1, $2, $3, $4, $4, $5, $6, $7)";
    on!(tx, c => sqlx::query(sql)
        .bind(new.token_hash)
        .bind(new.id)
        .bind(new.account)
        .bind(new.at)
        .bind(new.ends_at)
        .bind(new.is_shared)
        .bind(new.agent)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(())
}

/// The session of a token that has not ended, of an account that is open.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, token_hash: &[u8], now: i64) -> Result<Option<SessionRow>> {
    let sql = "select s.id, s.account, a.name, a.language, s.seen_at, s.ends_at, s.is_shared \
               from session s join account a on a.id = s.account \
               where s.token_hash = $1 and s.ends_at > $2 and a.closed_at is null";
    on!(tx, c => sqlx::query_as(sql).bind(token_hash).bind(now).fetch_optional(c).await)
}

/// Ends the session of a token.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end(tx: &mut Tx, token_hash: &[u8]) -> Result<()> {
    let sql = "delete from session where token_hash = $1";
    on!(tx, c => sqlx::query(sql).bind(token_hash).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}
