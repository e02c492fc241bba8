//! Who is signed in: sessions by the hash of their token.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A session with what every page needs to know of its person.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column; none excludes another")]
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
    /// Does the person answer ideas anywhere?
    pub decides: bool,
    /// Is the person an administrator anywhere?
    pub administers: bool,
    /// Is the person an auditor, or an opener of hidden names, anywhere?
    pub audits: bool,
    /// Is the person an auditor anywhere?
    pub is_auditor: bool,
    /// Has the person a second factor?
    pub has_factor: bool,
    /// Was it shown in this session?
    pub is_stepped_up: bool,
    /// Did the session begin at a provider?
    pub is_elsewhere: bool,
}

/// A session as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OpenRow {
    /// Its id.
    pub id: Uuid,
    /// When it began, microseconds since 1970.
    pub started_at: i64,
    /// When it was last used.
    pub seen_at: i64,
    /// Is it on a shared computer?
    pub is_shared: bool,
    /// The browser, as it calls itself.
    pub agent: String,
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
    let sql = "select s.id, s.account, a.name, a.language, s.seen_at, s.ends_at, s.is_shared, \
               exists (select 1 from role_held g where g.account = a.id \
                    and g.role in ('team-lead', 'finder', 'head')) as decides, \
               exists (select 1 from role_held g where g.account = a.id \
                    and g.role = 'administrator') as administers, \
               exists (select 1 from role_held g where g.account = a.id \
                    and g.role in ('auditor', 'opener')) as audits, \
               exists (select 1 from role_held g where g.account = a.id and g.role = 'auditor') as is_auditor, \
               exists (select 1 from second_factor f where f.account = a.id \
                    and f.confirmed_at is not null) as has_factor, \
               s.stepped_up_at is not null as is_stepped_up, s.oidc_subject is not null as is_elsewhere \
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

/// Notes that the second factor was shown in a session, which goes on under another token. False where it has ended.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn step_up(tx: &mut Tx, session: Uuid, (token_hash, at): (&[u8], i64)) -> Result<bool> {
    let sql = "update session set token_hash = $2, stepped_up_at = $3 where id = $1";
    Ok(run!(tx, sqlx::query(sql).bind(session).bind(token_hash).bind(at))? == 1)
}

/// Notes that a session was used now (microseconds since 1970).
///
/// # Errors
/// Where the database cannot be reached.
pub async fn touch(tx: &mut Tx, id: Uuid, at: i64) -> Result<()> {
    run!(tx, sqlx::query("update session set seen_at = $2 where id = $1").bind(id).bind(at))?;
    Ok(())
}

/// The sessions of an account that have not ended, the latest used first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open(tx: &mut Tx, account: Uuid, now: i64) -> Result<Vec<OpenRow>> {
    let sql = "select id, started_at, seen_at, is_shared, agent from session \
               where account = $1 and ends_at > $2 order by seen_at desc, id";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(now).fetch_all(c).await)
}

/// Ends one session of an account.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end_one(tx: &mut Tx, account: Uuid, id: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from session where account = $1 and id = $2").bind(account).bind(id))?;
    Ok(())
}

/// Ends all sessions of an account but one; all of them where none is to stay.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end_all(tx: &mut Tx, account: Uuid, but: Option<Uuid>) -> Result<()> {
    // No session has the nil id, so it spares none.
    let sql = "delete from session where account = $1 and id <> $2";
    run!(tx, sqlx::query(sql).bind(account).bind(but.unwrap_or(Uuid::nil())))?;
    Ok(())
}
