//! The index of lists: each record under every node above where it was told, once for those who may see it. The view
//! `audience` says who those are.

use crate::db::Tx;
use crate::error::Result;
use crate::row::Cell;
use crate::{rows, run};
use uuid::Uuid;

/// What the body of a node was told and only whoever's role reaches it may see.
pub const OWN_HANDLED: Uuid = Uuid::from_u128(0);
/// What the body of a node was told and its people may see.
pub const OWN_BODY: Uuid = Uuid::from_u128(1);
/// What the body of a node was told and whoever has signed in may see.
pub const OWN_BODIES: Uuid = Uuid::from_u128(2);
/// What the body of a node was told and everyone may see.
pub const OWN_EVERYONE: Uuid = Uuid::from_u128(3);
/// What another body was told and only whoever's role reaches it may see at this node.
pub const OTHER_HANDLED: Uuid = Uuid::from_u128(4);
/// What another body was told and whoever has signed in may see.
pub const OTHER_BODIES: Uuid = Uuid::from_u128(5);
/// What another body was told and everyone may see.
pub const OTHER_EVERYONE: Uuid = Uuid::from_u128(6);
/// All that a node's lists hold: every record told at or below it is in one of them. Any other audience is a body, for
/// what its people may see besides.
pub const ALL: [Uuid; 7] =
    [OWN_HANDLED, OWN_BODY, OWN_BODIES, OWN_EVERYONE, OTHER_HANDLED, OTHER_BODIES, OTHER_EVERYONE];

/// What all the people of a node's body may see of its lists: never what is handled with care, nor what another body alone
/// sees.
pub const SEEN_BY_BODY: [Uuid; 5] = [OWN_BODY, OWN_BODIES, OWN_EVERYONE, OTHER_BODIES, OTHER_EVERYONE];

/// What the index holds, before any condition.
const ROWS: &str = "insert into listing (node, audience, stage, sent_at, innovation) \
    select node, audience, stage, sent_at, innovation from audience";

/// Lists a new record, before the transaction's next query.
pub fn add(tx: &mut Tx, innovation: Uuid) {
    rows::hold(tx, &format!("{ROWS} where innovation = $1"), vec![innovation.into()]);
}

/// What tells where a record may be listed.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// The record.
    pub innovation: Uuid,
    /// Where it was told.
    pub node: Uuid,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// The bodies that it was told in and handled in until now.
    pub bodies: [Uuid; 2],
}

/// Lists a record anew, before the transaction's next query, after its stage, where it is handled or who may see it
/// changed.
pub fn replace(tx: &mut Tx, listed: &Listed) {
    let audiences: Vec<Uuid> = ALL.into_iter().chain(listed.bodies).collect();
    let after = audiences.len() + 2;
    let places: Vec<String> = (2..after).map(|place| format!("${place}")).collect();
    let cut = format!(
        "delete from listing where node in (select ancestor from node_above where node = $1) \
         and audience in ({}) and sent_at = ${after} and innovation = ${}",
        places.join(", "),
        after + 1
    );
    let audiences = audiences.into_iter().map(Cell::from);
    let record = [listed.sent_at.into(), listed.innovation.into()];
    rows::hold(tx, &cut, std::iter::once(listed.node.into()).chain(audiences).chain(record).collect());
    add(tx, listed.innovation);
}

/// Takes every record told at or below a node from the index, before it moves.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn remove_below(tx: &mut Tx, node: Uuid) -> Result<()> {
    let below = "delete from listing where node in (select node from node_above where ancestor = $1)";
    run!(tx, sqlx::query(below).bind(node))?;
    let above = "delete from listing where node in (select ancestor from node_above where node = $1) \
                 and innovation in (select i.id from innovation i \
                     join node_above low on low.node = i.node where low.ancestor = $1)";
    run!(tx, sqlx::query(above).bind(node))?;
    Ok(())
}

/// Lists every record told at or below a node, after it moved.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add_below(tx: &mut Tx, node: Uuid) -> Result<()> {
    let add = format!(
        "{ROWS} where innovation in (select i.id from innovation i \
         join node_above low on low.node = i.node where low.ancestor = $1)"
    );
    run!(tx, sqlx::query(sqlx::AssertSqlSafe(add)).bind(node))?;
    Ok(())
}

/// The newest records of some lists of the node `$1`, at most `$2`, as a table of `sent_at` and `innovation`; the lists
/// are bound from `$3` on. Each is in order, so that they are merged and read no further than is asked. What must hold
/// besides is said of `l`, with what is joined to it.
#[must_use]
pub fn newest(lists: usize, join: &str, condition: &str) -> String {
    let list = |place: usize| {
        format!(
            "select l.sent_at as sent_at, l.innovation as innovation from listing l {join} \
             where l.node = $1 and l.audience = ${place} {condition}"
        )
    };
    let lists: Vec<String> = (3..3 + lists).map(list).collect();
    format!("({} order by sent_at desc, innovation desc limit $2)", lists.join(" union all "))
}
