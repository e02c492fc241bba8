//! The tree over time: renaming a node, putting it elsewhere, closing it.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::leave;
use crate::people::node::actor_party;
use waymark_domain::ids::NodeId;
use waymark_domain::people::node::{Node, NodeEvent, may_move_under};
use waymark_domain::text::Line;
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::find::listing;
use waymark_store::people::{asks, covers, holders, tree};

/// The most nodes that move at once.
const NODES: i64 = 100_000;

/// Gives a node another name.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`].
pub async fn rename(ctx: &mut Ctx<'_, Write>, node: NodeId, name: &Line) -> Result<()> {
    event(ctx, node, NodeEvent::Renamed { name: name.as_str().to_owned() }).await
}

/// Puts a node with all below it under another; what is open there goes on in its body of then.
///
/// # Errors
/// [`Error::Invalid`] on `parent` where that is the node itself or below it; [`Error::Forbidden`] for the root.
pub async fn move_under(ctx: &mut Ctx<'_, Write>, node: NodeId, parent: NodeId) -> Result<()> {
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let before = tree::node(&mut ctx.tx, node.0).await?.ok_or(Error::NotFound)?;
    let line = tree::line(&mut ctx.tx, parent.0).await?;
    let above = line.first().filter(|above| !above.is_closed).ok_or(Error::NotFound)?;
    let ids: Vec<NodeId> = line.iter().map(|above| NodeId(above.id)).collect();
    if before.parent.is_none() {
        return Err(Error::Forbidden);
    }
    if !may_move_under(node, &ids) {
        return Err(Error::field("parent", "admin-move-under-itself"));
    }
    let body = if before.is_body { node } else { NodeId(above.body) };
    let below = tree::below(&mut ctx.tx, node.0, NODES).await?;
    event(ctx, node, NodeEvent::Moved { parent, body }).await?;
    let follows = |row: &&tree::Below| row.depth > 0 && row.node.body == before.body && body.0 != before.body;
    for row in below.iter().filter(follows) {
        event(ctx, NodeId(row.node.id), NodeEvent::BodyChanged { body }).await?;
    }
    listing::remove_below(&mut ctx.tx, node.0).await?;
    tree::replace(&mut ctx.tx, node.0, parent.0).await?;
    listing::add_below(&mut ctx.tx, node.0).await?;
    leave::node_moved(ctx, node).await
}

/// Closes a node that nothing is in any more: no node below it that is open, nobody with a role, nothing open.
///
/// # Errors
/// [`Error::Invalid`] on `node` where something is in it.
pub async fn close(ctx: &mut Ctx<'_, Write>, node: NodeId) -> Result<()> {
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let row = tree::node(&mut ctx.tx, node.0).await?.ok_or(Error::NotFound)?;
    let below = tree::children(&mut ctx.tx, node.0).await?.iter().any(|child| !child.is_closed);
    let people = !holders::at_node(&mut ctx.tx, node.0, 1).await?.is_empty()
        || !asks::at_node(&mut ctx.tx, node.0).await?.is_empty();
    let records = !covers::records_below(&mut ctx.tx, node.0).await?.is_empty();
    match () {
        () if row.is_closed => Ok(()),
        () if row.parent.is_none() => Err(Error::Forbidden),
        () if below || people || records => Err(Error::field("node", "admin-close-not-empty")),
        () => event(ctx, node, NodeEvent::Closed).await,
    }
}

async fn event(ctx: &mut Ctx<'_, Write>, node: NodeId, event: NodeEvent) -> Result<()> {
    let before: Node = ctx.load(node.0).await?;
    let actor = actor_party(ctx, node).await?;
    ctx.save(Some(&before), (node.0, vec![event]), (actor, Vec::new())).await?;
    Ok(())
}
