//! The index of lists: each record under every node above where it was told, for each audience that may see it. The
//! view `audience` says which those are.

use crate::db::Tx;
use crate::error::Result;
use crate::{rows, run};
use uuid::Uuid;

/// Whoever holds a role that reaches a record.
pub const REACHING: Uuid = Uuid::from_u128(0);
/// Everyone.
pub const EVERYONE: Uuid = Uuid::from_u128(1);
/// Whoever has signed in. Any other audience is a body: its people.
pub const BODIES: Uuid = Uuid::from_u128(2);

/// What the index holds of innovations `i`, before any condition.
const ROWS: &str = "insert into listing (node, audience, stage, sent_at, innovation) \
    select up.ancestor, a.audience, i.stage, i.sent_at, i.id from innovation i \
    join audience a on a.innovation = i.id join node_above up on up.node = i.node";

/// Lists a new record, before the transaction's next query.
pub fn add(tx: &mut Tx, innovation: Uuid) {
    rows::hold(tx, &format!("{ROWS} where i.id = $1"), vec![innovation.into()]);
}

/// Lists a record anew, before the transaction's next query, after its stage, where it is handled or who may see it
/// changed.
pub fn replace(tx: &mut Tx, innovation: Uuid) {
    rows::hold(tx, "delete from listing where innovation = $1", vec![innovation.into()]);
    add(tx, innovation);
}

/// Builds the index anew for every record told at or below a node, after it moved.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn rebuild_below(tx: &mut Tx, node: Uuid) -> Result<()> {
    let cut = "delete from listing where innovation in (select i.id from innovation i \
               join node_above low on low.node = i.node where low.ancestor = $1)";
    run!(tx, sqlx::query(cut).bind(node))?;
    let add = format!("{ROWS} join node_above low on low.node = i.node where low.ancestor = $1");
    run!(tx, sqlx::query(sqlx::AssertSqlSafe(add)).bind(node))?;
    Ok(())
}
