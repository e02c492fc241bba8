//! Who holds which role: on the line of a node for deciding, and of one person for what they may.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A deciding role on the line from a node to the root.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct HolderRow {
    /// Who.
    pub account: Uuid,
    /// Which role.
    pub role: String,
    /// Where.
    pub node: Uuid,
    /// How many levels above.
    pub height: i64,
    /// Is the person away on the day asked for?
    pub is_away: bool,
    /// Who answers meanwhile.
    pub covered_by: Option<Uuid>,
}

/// The deciding roles on the line of a node, with who is away on a day (`YYYY-MM-DD`).
///
/// # Errors
/// Where the database cannot be reached.
pub async fn on_line(tx: &mut Tx, node: Uuid, day: &str) -> Result<Vec<HolderRow>> {
    facing(tx, (node, day), None).await.map(|(line, _)| line)
}

/// A row of [`facing`].
#[derive(Debug, FromRow)]
struct FacingRow {
    #[sqlx(flatten)]
    holder: HolderRow,
    is_own: bool,
}

/// As [`on_line`], and the roles of one account, or of nobody, that reach the node: held there or above.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn facing(
    tx: &mut Tx,
    (node, day): (Uuid, &str),
    account: Option<Uuid>,
) -> Result<(Vec<HolderRow>, Vec<String>)> {
    let sql = "select p.account, g.role, g.node, a.height, c.id is not null as is_away, c.covered_by, \
                   false as is_own \
               from node_above a \
               join role_grant g on g.node = a.ancestor and g.ended is null \
                    and g.role in ('team-lead', 'finder', 'head') \
               join party p on p.id = g.holder \
               left join cover c on c.account = p.account and c.from_on <= $2 and c.to_on >= $2 \
               where a.node = $1 \
               union all \
               select g.account, g.role, g.node, a.height, false, null, true from role_held g \
               join node_above a on a.ancestor = g.node and a.node = $1 \
               where g.account = $3 order by height, role, account";
    // Nobody has the nil id.
    let account = account.unwrap_or(Uuid::nil());
    let rows: Vec<FacingRow> =
        on!(tx, c => sqlx::query_as(sql).bind(node).bind(day).bind(account).fetch_all(c).await)?;
    let (own, line): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_own);
    let own: BTreeSet<String> = own.into_iter().map(|row| row.holder.role).collect();
    Ok((line.into_iter().map(|row| row.holder).collect(), own.into_iter().collect()))
}

/// A role that a person holds.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct HeldRow {
    /// The grant.
    pub id: Uuid,
    /// Which role.
    pub role: String,
    /// Where.
    pub node: Uuid,
    /// The node's name.
    pub node_name: String,
    /// The legal body of the node now.
    pub body: Uuid,
}

/// All roles that a person holds, the widest node first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn held_by(tx: &mut Tx, account: Uuid) -> Result<Vec<HeldRow>> {
    let sql = "select g.role_grant as id, g.role, g.node, n.name as node_name, n.body from role_held g \
               join node n on n.id = g.node \
               where g.account = $1 order by n.name, g.role, g.role_grant";
    on!(tx, c => sqlx::query_as(sql).bind(account).fetch_all(c).await)
}

/// A role that a person holds, and whether it reaches a record.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StandingRow {
    /// Which role.
    pub role: String,
    /// Where.
    pub node: Uuid,
    /// The legal body of the node now.
    pub body: Uuid,
    /// The level of the node.
    pub level: String,
    /// Is it held at or above one of the record's nodes?
    pub reaches: bool,
}

/// All roles that a person holds, and which of them reach the node where a record was told or is handled.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn standing(tx: &mut Tx, account: Uuid, [told, at]: [Uuid; 2]) -> Result<Vec<StandingRow>> {
    let sql = "select g.role, g.node, n.body, n.level, \
               exists (select 1 from node_above a where a.ancestor = g.node and a.node in ($2, $3)) as reaches \
               from role_held g join node n on n.id = g.node \
               where g.account = $1 order by g.role, g.role_grant";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(told).bind(at).fetch_all(c).await)
}

/// The roles of a person that reach a node: held there or above.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reaching(tx: &mut Tx, account: Uuid, node: Uuid) -> Result<Vec<String>> {
    let sql = "select distinct g.role from role_held g \
               join node_above a on a.ancestor = g.node and a.node = $2 \
               where g.account = $1 order by g.role";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).bind(node).fetch_all(c).await)
}

/// A person with a role at a node.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RoleRow {
    /// The grant.
    pub id: Uuid,
    /// Which role.
    pub role: String,
    /// Who.
    pub account: Uuid,
    /// The person's name.
    pub name: String,
}

/// Everybody with a role at a node itself, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn at_node(tx: &mut Tx, node: Uuid, limit: i64) -> Result<Vec<RoleRow>> {
    let sql = "select g.id, g.role, p.account, a.name from role_grant g \
               join party p on p.id = g.holder join account a on a.id = p.account \
               where g.node = $1 and g.ended is null order by g.role, a.name, g.id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(limit).fetch_all(c).await)
}

/// How many people other than the holder of one grant hold a role at a node.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn others(tx: &mut Tx, (role, node): (&str, Uuid), but: Uuid) -> Result<i64> {
    let sql = "select count(*) from role_grant where role = $1 and node = $2 and ended is null and id <> $3";
    on!(tx, c => sqlx::query_scalar(sql).bind(role).bind(node).bind(but).fetch_one(c).await)
}

/// People with a role at or below a node whose mail address (folded) or name is the one given, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn found_below(
    tx: &mut Tx,
    node: Uuid,
    (name, mail_folded): (&str, &str),
    limit: i64,
) -> Result<Vec<Uuid>> {
    let sql = "select distinct p.account from node_above a \
               join role_grant g on g.node = a.node and g.ended is null \
               join party p on p.id = g.holder \
               join account c on c.id = p.account and c.closed_at is null \
               where a.ancestor = $1 and (c.mail_folded = $2 or lower(c.name) = lower($3)) \
               order by p.account limit $4";
    on!(tx, c => sqlx::query_scalar(sql).bind(node).bind(mail_folded).bind(name).bind(limit).fetch_all(c).await)
}
