//! Who answers while somebody is away, and the open records that hang on a person or a role.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;

/// An absence.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CoverRow {
    /// Its id.
    pub id: Uuid,
    /// Who is away.
    pub account: Uuid,
    /// The first day, `YYYY-MM-DD`.
    pub from_on: String,
    /// The last day.
    pub to_on: String,
    /// Who answers meanwhile.
    pub covered_by: Option<Uuid>,
    /// The name of who answers.
    pub name: Option<String>,
}

/// Keeps an absence.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(
    tx: &mut Tx,
    (id, account): (Uuid, Uuid),
    (from_on, to_on): (&str, &str),
    covered_by: Option<Uuid>,
) -> Result<()> {
    let sql = "insert into cover (id, account, from_on, to_on, covered_by) values ($1, $2, $3, $4, $5)";
    run!(tx, sqlx::query(sql).bind(id).bind(account).bind(from_on).bind(to_on).bind(covered_by))?;
    Ok(())
}

/// The absences of a person that have not ended on a day, the next first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(tx: &mut Tx, account: Uuid, day: &str) -> Result<Vec<CoverRow>> {
    let sql = "select c.id, c.account, c.from_on, c.to_on, c.covered_by, a.name \
               from cover c left join account a on a.id = c.covered_by \
               where c.account = $1 and c.to_on >= $2 order by c.from_on, c.id";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(day).fetch_all(c).await)
}

/// How many absences of a person touch the days from one to another.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn overlapping(tx: &mut Tx, account: Uuid, (from_on, to_on): (&str, &str)) -> Result<i64> {
    let sql = "select count(*) from cover where account = $1 and from_on <= $3 and to_on >= $2";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).bind(from_on).bind(to_on).fetch_one(c).await)
}

/// Takes back an absence of a person; says whether there was one.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn remove(tx: &mut Tx, account: Uuid, id: Uuid) -> Result<bool> {
    let sql = "delete from cover where account = $1 and id = $2";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(id))? == 1)
}

/// Lets nobody answer for others any more who has left: their absences go on without cover.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn uncover(tx: &mut Tx, account: Uuid) -> Result<()> {
    run!(tx, sqlx::query("update cover set covered_by = null where covered_by = $1").bind(account))?;
    run!(tx, sqlx::query("delete from cover where account = $1").bind(account))?;
    Ok(())
}

/// Takes somebody out as cover of absences that touch some days; gives who is away then.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn release(tx: &mut Tx, account: Uuid, (from_on, to_on): (&str, &str)) -> Result<Vec<Uuid>> {
    let sql = "update cover set covered_by = null \
               where covered_by = $1 and from_on <= $3 and to_on >= $2 returning account";
    let away: Vec<Uuid> =
        on!(tx, c => sqlx::query_scalar(sql).bind(account).bind(from_on).bind(to_on).fetch_all(c).await)?;
    // What is changed comes in no order, and each database has its own.
    Ok(BTreeSet::from_iter(away).into_iter().collect())
}

/// The open records that a person decides or owns.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn records_of(tx: &mut Tx, account: Uuid) -> Result<Vec<Uuid>> {
    let sql = "select i.id as id from party p join innovation i on i.decider = p.id \
               where p.account = $1 and i.ended_at is null \
               union select i.id from party p join innovation i on i.owner = p.id \
               where p.account = $1 and i.ended_at is null order by id";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).fetch_all(c).await)
}

/// The open records that are decided by a role at a node.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn records_by_role(tx: &mut Tx, (role, node): (&str, Uuid)) -> Result<Vec<Uuid>> {
    let sql = "select id from innovation where decider_node = $2 and decider_role = $1 and ended_at is null \
               order by id";
    on!(tx, c => sqlx::query_scalar(sql).bind(role).bind(node).fetch_all(c).await)
}

/// The open records that are handled at a node or below it.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn records_below(tx: &mut Tx, node: Uuid) -> Result<Vec<Uuid>> {
    let sql = "select i.id from node_above a join innovation i on i.at_node = a.node \
               where a.ancestor = $1 and i.ended_at is null order by i.id";
    on!(tx, c => sqlx::query_scalar(sql).bind(node).fetch_all(c).await)
}
