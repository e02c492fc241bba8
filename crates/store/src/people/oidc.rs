//! Signing in by OpenID Connect: who somebody is elsewhere, and sign-ins that are under way there.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A sign-in that is about to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLogin<'a> {
    /// The hash of what the provider gives back.
    pub state_hash: &'a [u8],
    /// The hash of what the browser keeps.
    pub browser_hash: &'a [u8],
    /// What the token must repeat.
    pub nonce: &'a str,
    /// What proves to the provider that it is we who come back.
    pub verifier: &'a str,
    /// Where to go then.
    pub back: &'a str,
    /// Is it a shared computer?
    pub is_shared: bool,
    /// Until when it may come back, microseconds since 1970.
    pub ends_at: i64,
}

/// A sign-in that came back.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LoginRow {
    /// What the token must repeat.
    pub nonce: String,
    /// What proves to the provider that it is we who come back.
    pub verifier: String,
    /// Where to go then.
    pub back: String,
    /// Is it a shared computer?
    pub is_shared: bool,
}

/// Notes that somebody leaves to sign in elsewhere.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn begin(tx: &mut Tx, new: &NewLogin<'_>) -> Result<()> {
    let sql = "insert into oidc_login (state_hash, browser_hash, nonce, verifier, back, is_shared, ends_at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(new.state_hash)
            .bind(new.browser_hash)
            .bind(new.nonce)
            .bind(new.verifier)
            .bind(new.back)
            .bind(new.is_shared)
            .bind(new.ends_at)
    )?;
    Ok(())
}

/// Takes a sign-in that comes back in the browser in which it began: once, of two at once one is told that there is none.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn take(tx: &mut Tx, [state_hash, browser_hash]: [&[u8]; 2], now: i64) -> Result<Option<LoginRow>> {
    let sql = "delete from oidc_login where state_hash = $1 and browser_hash = $2 and ends_at > $3 \
               returning nonce, verifier, back, is_shared";
    on!(tx, c => sqlx::query_as(sql).bind(state_hash).bind(browser_hash).bind(now).fetch_optional(c).await)
}

/// The account of somebody whom an issuer knows by a subject.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn account(tx: &mut Tx, [issuer, subject]: [&str; 2]) -> Result<Option<Uuid>> {
    let sql = "select account from oidc_link where issuer = $1 and subject = $2";
    on!(tx, c => sqlx::query_scalar(sql).bind(issuer).bind(subject).fetch_optional(c).await)
}

/// Notes whom an issuer means by a subject.
///
/// # Errors
/// Of a unique violation on `oidc_link (issuer, subject)`.
pub async fn link(tx: &mut Tx, [issuer, subject]: [&str; 2], (account, at): (Uuid, i64)) -> Result<()> {
    let sql = "insert into oidc_link (issuer, subject, account, linked_at) values ($1, $2, $3, $4)";
    run!(tx, sqlx::query(sql).bind(issuer).bind(subject).bind(account).bind(at))?;
    Ok(())
}

/// Notes of a session that it began at the provider, and whom that means.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn note_session(tx: &mut Tx, token_hash: &[u8], subject: &str) -> Result<()> {
    let sql = "update session set oidc_subject = $2 where token_hash = $1";
    run!(tx, sqlx::query(sql).bind(token_hash).bind(subject))?;
    Ok(())
}

/// A node that says something of the mail hosts of its staff.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct HostsRow {
    /// The node.
    pub node: Uuid,
    /// The setting, as JSON.
    pub value: String,
}

/// Every open node that lists mail hosts itself, the topmost first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn listing_hosts(tx: &mut Tx, limit: i64) -> Result<Vec<HostsRow>> {
    let sql = "select s.node, s.value from node_setting s join node n on n.id = s.node and not n.is_closed \
               where s.name = 'mail-hosts' \
               order by (select max(a.height) from node_above a where a.node = s.node), n.name, s.node limit $1";
    on!(tx, c => sqlx::query_as(sql).bind(limit).fetch_all(c).await)
}
