//! Links that work once, by the hash of their secret.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A ticket that is to be given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicket<'a> {
    /// The hash of its secret.
    pub token_hash: &'a [u8],
    /// What it is for.
    pub purpose: &'a str,
    /// Whose it is, where there is an account.
    pub account: Option<Uuid>,
    /// What else it carries, as JSON.
    pub payload: &'a str,
    /// When it ends, microseconds since 1970.
    pub ends_at: i64,
}

/// A ticket that works.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TicketRow {
    /// What it is for.
    pub purpose: String,
    /// Whose it is, where there is an account.
    pub account: Option<Uuid>,
    /// What else it carries, as JSON.
    pub payload: String,
}

/// Keeps a ticket; older ones of the same account and purpose stop working.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, new: &NewTicket<'_>) -> Result<()> {
    let older = "delete from ticket where account = $1 and purpose = $2 and used_at is null";
    run!(tx, sqlx::query(older).bind(new.account).bind(new.purpose))?;
    let sql =
        "insert into ticket (token_hash, purpose, account, payload, ends_at) values ($1, $2, $3, $4, $5)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(new.token_hash)
            .bind(new.purpose)
            .bind(new.account)
            .bind(new.payload)
            .bind(new.ends_at)
    )?;
    Ok(())
}

/// The ticket of a secret, where it was not used and has not ended.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, token_hash: &[u8], now: i64) -> Result<Option<TicketRow>> {
    let sql = "select purpose, account, payload from ticket \
               where token_hash = $1 and used_at is null and ends_at > $2";
    on!(tx, c => sqlx::query_as(sql).bind(token_hash).bind(now).fetch_optional(c).await)
}

/// Uses a ticket up. Says whether it still worked: of two at once, one is told no.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn use_up(tx: &mut Tx, token_hash: &[u8], now: i64) -> Result<bool> {
    let sql = "update ticket set used_at = $2 where token_hash = $1 and used_at is null and ends_at > $2";
    Ok(run!(tx, sqlx::query(sql).bind(token_hash).bind(now))? == 1)
}

/// Stops every ticket of an account.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn stop(tx: &mut Tx, account: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from ticket where account = $1 and used_at is null").bind(account))?;
    Ok(())
}
