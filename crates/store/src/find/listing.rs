//! The index of lists: each record under every node above where it was told.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use uuid::Uuid;

/// Lists a record that was told at a node.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, innovation: Uuid, node: Uuid, sent_at: i64) -> Result<()> {
    let sql = "insert into listing (node, sent_at, innovation) \
               select ancestor, $3, $1 from node_above where node = $2";
    on!(tx, c => sqlx::query(sql).bind(innovation).bind(node).bind(sent_at).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}

/// Builds the index anew for every record told at or below a node, after it moved.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn rebuild_below(tx: &mut Tx, node: Uuid) -> Result<()> {
    let told_below =
        "select i.id from innovation i join node_above a on a.node = i.node where a.ancestor = $1";
    let cut = format!("delete from listing where innovation in ({told_below})");
    on!(tx, c => sqlx::query(sqlx::AssertSqlSafe(cut)).bind(node).execute(c).await.map(|done| done.rows_affected()))?;
    let add = "insert into listing (node, sent_at, innovation) \
               select up.ancestor, i.sent_at, i.id from innovation i \
               join node_above a on a.node = i.node and a.ancestor = $1 \
               join node_above up on up.node = i.node";
    on!(tx, c => sqlx::query(add).bind(node).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}
