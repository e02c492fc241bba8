//! The tree: founding nodes, and their settings.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use waymark_domain::ids::NodeId;
use waymark_domain::people::level::Level;
use waymark_domain::people::node::{Founded, Node, NodeEvent};
use waymark_domain::people::setting::Setting;
use waymark_domain::route::calendar::CalendarName;
use waymark_store::people::tree;

/// A node that is to be founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNode {
    /// Its name.
    pub name: String,
    /// What it is.
    pub level: Level,
    /// The node above; nothing for the root.
    pub parent: Option<NodeId>,
    /// Is it a legal body? The root always is one.
    pub is_body: bool,
    /// Whose bank holidays it keeps; those of the node above where nothing is said.
    pub calendar: Option<CalendarName>,
    /// Its time zone; that of the node above where nothing is said.
    pub zone: Option<String>,
    /// The id that another system knows it by.
    pub external_id: Option<String>,
}

/// The time zone where nobody said otherwise.
const ZONE: &str = "Europe/London";

/// Founds a node.
///
/// # Errors
/// [`Error::NotFound`] where the node above is not there; a second root is a fault of ours.
pub async fn found(ctx: &mut Ctx<'_, Write>, new: NewNode) -> Result<NodeId> {
    let id = NodeId(ctx.env.id());
    let above = match new.parent {
        Some(parent) => Some(tree::node(&mut ctx.tx, parent.0).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let is_body = new.is_body || above.is_none();
    let inherited = above.as_ref().and_then(|above| above.calendar.parse().ok());
    let founded = Founded {
        name: new.name,
        level: new.level,
        parent: new.parent,
        is_body,
        body: above.as_ref().filter(|_| !is_body).map_or(id, |above| NodeId(above.body)),
        calendar: new.calendar.or(inherited).unwrap_or(CalendarName::EnglandAndWales),
        zone: new.zone.or(above.map(|above| above.zone)).unwrap_or_else(|| ZONE.to_owned()),
        external_id: new.external_id,
    };
    let actor = actor_party(ctx, id).await?;
    ctx.save::<Node>(None, (id.0, vec![NodeEvent::Founded(founded)]), (actor, Vec::new())).await?;
    tree::place(&mut ctx.tx, id.0, new.parent.map(|parent| parent.0)).await?;
    Ok(id)
}

/// Makes settings at a node; they hold there and below until a node says otherwise.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`].
pub async fn set(ctx: &mut Ctx<'_, Write>, node: NodeId, settings: Vec<Setting>) -> Result<Node> {
    let before: Node = ctx.load(node.0).await?;
    let actor = actor_party(ctx, node).await?;
    let events = settings.into_iter().map(|setting| NodeEvent::SettingMade { setting }).collect();
    ctx.save(Some(&before), (node.0, events), (actor, Vec::new())).await
}

/// Whoever acts as a party of a node.
pub(crate) async fn actor_party(
    ctx: &mut Ctx<'_, Write>,
    node: NodeId,
) -> Result<Option<waymark_domain::ids::PartyId>> {
    match ctx.actor.account() {
        Some(account) => Ok(Some(ctx.party(node.0, account).await?)),
        None => Ok(None),
    }
}
