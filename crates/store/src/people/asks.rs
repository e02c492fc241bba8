//! Powerful roles that were asked for and wait for a second yes.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::FromRow;
use uuid::Uuid;

/// A role that waits.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AskRow {
    /// The id.
    pub id: Uuid,
    /// Which role.
    pub role: String,
    /// Where.
    pub node: Uuid,
    /// The node's name.
    pub node_name: String,
    /// Who is to hold it.
    pub holder: Uuid,
    /// The name of that person.
    pub holder_name: String,
    /// Who asked.
    pub asked_by: Uuid,
    /// The name of that person.
    pub asked_by_name: String,
    /// The last day on which it can be confirmed, `YYYY-MM-DD`.
    pub until_on: String,
}

/// The columns of [`AskRow`] of asks that are open.
macro_rules! open_asks {
    ($rest:literal) => {
        concat!(
            "select k.id, k.role, k.node, n.name as node_name, h.account as holder, hc.name as holder_name, ",
            "b.account as asked_by, bc.name as asked_by_name, k.until_on from role_ask k ",
            "join node n on n.id = k.node ",
            "join party h on h.id = k.holder join account hc on hc.id = h.account and hc.closed_at is null ",
            "join party b on b.id = k.asked_by join account bc on bc.id = b.account ",
            "where k.state = 'open' and ",
            $rest,
            " order by k.until_on, k.id"
        )
    };
}

/// The open asks that a person sees who could say the second yes, the most urgent first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reached(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<AskRow>> {
    let sql = concat!(
        open_asks!(
            "exists (select 1 from role_held g join node_above a on a.ancestor = g.node and a.node = k.node \
             where g.account = $1 and g.role in ('administrator', 'auditor'))"
        ),
        " limit $2"
    );
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(limit).fetch_all(c).await)
}

/// The open asks at a node itself.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn at_node(tx: &mut Tx, node: Uuid) -> Result<Vec<AskRow>> {
    on!(tx, c => sqlx::query_as(open_asks!("k.node = $1")).bind(node).fetch_all(c).await)
}

/// An open ask.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open(tx: &mut Tx, id: Uuid) -> Result<Option<AskRow>> {
    on!(tx, c => sqlx::query_as(open_asks!("k.id = $1")).bind(id).fetch_optional(c).await)
}

/// The open asks of a person, the oldest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open_by(tx: &mut Tx, account: Uuid) -> Result<Vec<Uuid>> {
    let sql = "select k.id from party b join role_ask k on k.asked_by = b.id \
               where b.account = $1 and k.state = 'open' order by k.id";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).fetch_all(c).await)
}

/// Those roles at a node that one person gave alone.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn explained(tx: &mut Tx, node: Uuid) -> Result<Vec<Uuid>> {
    let sql = "select role_grant from role_ask where node = $1 and state = 'explained' order by id";
    on!(tx, c => sqlx::query_scalar(sql).bind(node).fetch_all(c).await)
}
