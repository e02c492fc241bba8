//! Looks that need a reason: who looked at what of whom, when and why.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A look that is to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLook<'a> {
    /// When, microseconds since 1970.
    pub at: i64,
    /// Who looked.
    pub looker: Uuid,
    /// At what: a name of the code.
    pub what: &'a str,
    /// Why, in words or as a name of the code.
    pub why: &'a str,
}

/// Notes a look at what is a person's own.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn at_person(tx: &mut Tx, (id, account): (Uuid, Uuid), new: &NewLook<'_>) -> Result<()> {
    let sql = "insert into look (id, at, account, looker, what, why) values ($1, $2, $3, $4, $5, $6)";
    run!(
        tx,
        sqlx::query(sql).bind(id).bind(new.at).bind(account).bind(new.looker).bind(new.what).bind(new.why)
    )?;
    Ok(())
}

/// Notes a look at a record, for one of those who brought it or told it too.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn at_record(
    tx: &mut Tx,
    (id, account, record): (Uuid, Uuid, Uuid),
    new: &NewLook<'_>,
) -> Result<()> {
    let sql =
        "insert into look (id, at, account, looker, what, record, why) values ($1, $2, $3, $4, $5, $6, $7)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(id)
            .bind(new.at)
            .bind(account)
            .bind(new.looker)
            .bind(new.what)
            .bind(record)
            .bind(new.why)
    )?;
    Ok(())
}

/// The accounts of those who brought a record or told it too; nobody for a hidden name.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn brought_by(tx: &mut Tx, record: Uuid) -> Result<Vec<Uuid>> {
    let sql = "select p.account from party p where p.record = $1 \
               and (exists (select 1 from contributor c where c.innovation = $1 and c.party = p.id) \
                    or exists (select 1 from also_told t where t.innovation = $1 and t.party = p.id)) order by p.account";
    on!(tx, c => sqlx::query_scalar(sql).bind(record).fetch_all(c).await)
}

/// Was a look of somebody at a record noted since a time (microseconds since 1970)?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn is_noted(tx: &mut Tx, (looker, record): (Uuid, Uuid), since: i64) -> Result<bool> {
    let sql = "select exists (select 1 from look where looker = $1 and record = $2 and at >= $3)";
    on!(tx, c => sqlx::query_scalar(sql).bind(looker).bind(record).bind(since).fetch_one(c).await)
}

/// A look, as the person sees it whose it was.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LookRow {
    /// When, microseconds since 1970.
    pub at: i64,
    /// At what.
    pub what: String,
    /// The reference of the record, where it was one.
    pub reference: Option<String>,
    /// Who looked; empty once they were erased.
    pub looker: String,
    /// Why.
    pub why: String,
}

/// The looks at what is a person's, the latest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<LookRow>> {
    let sql = "select l.at, l.what, i.reference, coalesce(b.name, '') as looker, l.why from look l \
               left join account b on b.id = l.looker left join innovation i on i.id = l.record \
               where l.account = $1 order by l.at desc, l.id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(limit).fetch_all(c).await)
}
