//! Second factors: their secrets, codes for when the phone is lost, and who asked that one be taken away.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A second factor. It has no `Debug`: no log has the secret.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct FactorRow {
    /// What phone and service both know.
    pub secret: Vec<u8>,
    /// Was one code typed, so that the phone is known to have it?
    pub is_confirmed: bool,
    /// The step of the last code that was taken.
    pub last_step: i64,
}

/// The second factor of an account.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(tx: &mut Tx, account: Uuid) -> Result<Option<FactorRow>> {
    let sql = "select secret, confirmed_at is not null as is_confirmed, last_step from second_factor \
               where account = $1";
    on!(tx, c => sqlx::query_as(sql).bind(account).fetch_optional(c).await)
}

/// Keeps a secret that is about to be shown; one that was shown before and not confirmed is forgotten. False where there
/// is one that was confirmed.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn begin(tx: &mut Tx, account: Uuid, (secret, at): (&[u8], i64)) -> Result<bool> {
    let sql = "insert into second_factor (account, secret, begun_at, last_step) values ($1, $2, $3, 0) \
               on conflict (account) do update set secret = $2, begun_at = $3 \
               where second_factor.confirmed_at is null";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(secret).bind(at))? == 1)
}

/// Confirms a factor by the step of its first code. False where it was confirmed before.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn confirm(tx: &mut Tx, account: Uuid, (step, at): (i64, i64)) -> Result<bool> {
    let sql = "update second_factor set confirmed_at = $3, last_step = $2 \
               where account = $1 and confirmed_at is null";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(step).bind(at))? == 1)
}

/// Takes the code of a step. False where it, or a later one, was taken before: of two at once, one is told no.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn take_step(tx: &mut Tx, account: Uuid, step: i64) -> Result<bool> {
    let sql = "update second_factor set last_step = $2 where account = $1 and last_step < $2";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(step))? == 1)
}

/// Takes a recovery code. False where there is none such, or it was taken before.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn take_code(tx: &mut Tx, account: Uuid, code_hash: &[u8]) -> Result<bool> {
    let sql = "delete from recovery_code where account = $1 and code_hash = $2";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(code_hash))? == 1)
}

/// Puts new recovery codes in place of those that there were.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set_codes(tx: &mut Tx, account: Uuid, hashes: &[[u8; 32]]) -> Result<()> {
    run!(tx, sqlx::query("delete from recovery_code where account = $1").bind(account))?;
    for hash in hashes {
        let sql = "insert into recovery_code (account, code_hash) values ($1, $2)";
        run!(tx, sqlx::query(sql).bind(account).bind(hash.as_slice()))?;
    }
    Ok(())
}

/// How many recovery codes are left.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn codes_left(tx: &mut Tx, account: Uuid) -> Result<i64> {
    let sql = "select count(*) from recovery_code where account = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).fetch_one(c).await)
}

/// Takes the factor of an account away, with its codes, and whatever was asked about it.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn remove(tx: &mut Tx, account: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from recovery_code where account = $1").bind(account))?;
    run!(tx, sqlx::query("delete from second_factor where account = $1").bind(account))?;
    run!(tx, sqlx::query("delete from factor_reset where account = $1").bind(account))?;
    Ok(())
}

/// A role with what tells whether it needs a second factor.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ReachRow {
    /// Which role.
    pub role: String,
    /// Where.
    pub node: Uuid,
    /// Is there an open node below?
    pub has_below: bool,
    /// The setting of the nearest node that says something of it, as JSON.
    pub setting: Option<String>,
}

/// What an account holds besides being a member.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reach(tx: &mut Tx, account: Uuid) -> Result<Vec<ReachRow>> {
    let sql = "select g.role, g.node, \
               exists (select 1 from node n where n.parent = g.node and not n.is_closed) as has_below, \
               (select s.value from node_above a \
                    join node_setting s on s.node = a.ancestor and s.name = 'second-factor' \
                    where a.node = g.node order by a.height limit 1) as setting \
               from role_held g where g.account = $1 and g.role <> 'member' order by g.role_grant";
    on!(tx, c => sqlx::query_as(sql).bind(account).fetch_all(c).await)
}

/// A factor that somebody asked to be taken away.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ResetRow {
    /// Its id.
    pub id: Uuid,
    /// Whose factor.
    pub account: Uuid,
    /// The name of that person.
    pub name: String,
    /// Who asked.
    pub asked_by: Uuid,
    /// The name of who asked.
    pub asked_by_name: String,
    /// Until when it can be said yes to, microseconds since 1970.
    pub ends_at: i64,
}

/// Who asks that whose factor be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewReset {
    /// Its id.
    pub id: Uuid,
    /// Whose factor.
    pub account: Uuid,
    /// Who asks.
    pub asked_by: Uuid,
    /// Now, microseconds since 1970.
    pub at: i64,
    /// Until when it can be said yes to.
    pub ends_at: i64,
}

/// Notes that somebody asks for it; what was asked for before about the same person and is over, makes room.
///
/// # Errors
/// Of a unique violation on `factor_reset (account)` where it is asked for already.
pub async fn ask_reset(tx: &mut Tx, new: NewReset) -> Result<()> {
    let over = "delete from factor_reset where account = $1 and ends_at <= $2";
    run!(tx, sqlx::query(over).bind(new.account).bind(new.at))?;
    let sql =
        "insert into factor_reset (id, account, asked_by, asked_at, ends_at) values ($1, $2, $3, $4, $5)";
    run!(
        tx,
        sqlx::query(sql).bind(new.id).bind(new.account).bind(new.asked_by).bind(new.at).bind(new.ends_at)
    )?;
    Ok(())
}

/// What is asked for and not over, the most urgent first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn resets(tx: &mut Tx, (now, limit): (i64, i64)) -> Result<Vec<ResetRow>> {
    let sql = "select r.id, r.account, a.name, r.asked_by, b.name as asked_by_name, r.ends_at \
               from factor_reset r join account a on a.id = r.account and a.closed_at is null \
               join account b on b.id = r.asked_by where r.ends_at > $1 order by r.ends_at, r.id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)
}

/// One of them.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reset(tx: &mut Tx, id: Uuid, now: i64) -> Result<Option<ResetRow>> {
    let sql = "select r.id, r.account, a.name, r.asked_by, b.name as asked_by_name, r.ends_at \
               from factor_reset r join account a on a.id = r.account and a.closed_at is null \
               join account b on b.id = r.asked_by where r.id = $1 and r.ends_at > $2";
    on!(tx, c => sqlx::query_as(sql).bind(id).bind(now).fetch_optional(c).await)
}

/// Ends one of them without its being done. False where it was settled before.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn refuse_reset(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(run!(tx, sqlx::query("delete from factor_reset where id = $1").bind(id))? == 1)
}
