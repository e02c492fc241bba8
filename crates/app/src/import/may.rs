//! Who may bring what in where: ideas and problems the finder, organisations and people the administrator.

use crate::ctx::{Actor, Ctx};
use crate::error::{Error, Result};
use crate::import::columns::Kind;
use crate::import::places::Places;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_store::people::{holders, tree};

/// How many nodes are offered at most; deeper ones are named in the file itself.
const NODES: i64 = 500;

/// A node that a person may bring something into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The node.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// How far below the person's own node it lies.
    pub depth: usize,
    /// What may come in there.
    pub kinds: Vec<Kind>,
}

/// The role that brings a kind of row in.
pub const fn role_for(kind: Kind) -> Role {
    match kind {
        Kind::Ideas | Kind::Problems => Role::Finder,
        Kind::Organisations | Kind::People => Role::Administrator,
    }
}

/// May whoever acts bring this in there?
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Forbidden`], [`Error::Unavailable`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, kind: Kind, node: NodeId) -> Result<()> {
    if ctx.actor == Actor::Console {
        return Ok(());
    }
    let account = ctx.account()?;
    let names = holders::reaching(&mut ctx.tx, account.0, node.0).await?;
    let is_held = names.iter().any(|name| name == role_for(kind).name());
    if is_held { Ok(()) } else { Err(Error::Forbidden) }
}

/// The nodes into which whoever acts may bring something.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn places<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Place>> {
    let account = ctx.account()?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let mut places: Vec<Place> = Vec::new();
    for one in &held {
        let kinds: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| role_for(*kind).name() == one.role).collect();
        if kinds.is_empty() {
            continue;
        }
        for below in tree::below(&mut ctx.tx, one.node, NODES).await? {
            let depth = usize::try_from(below.depth).unwrap_or(0);
            add(&mut places, (below.node.id, below.node.name), depth, &kinds);
        }
    }
    Ok(places)
}

fn add(places: &mut Vec<Place>, (node, name): (Uuid, String), depth: usize, kinds: &[Kind]) {
    let node = NodeId(node);
    match places.iter_mut().find(|place| place.node == node) {
        Some(known) => known.kinds.extend(kinds),
        None => places.push(Place { node, name, depth, kinds: kinds.to_vec() }),
    }
}

/// The node of an identifier or a name; the topmost where nothing is said.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or several of the name; [`Error::Unavailable`].
pub async fn node_named<K>(ctx: &mut Ctx<'_, K>, words: Option<&str>) -> Result<NodeId> {
    let root = tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    let Some(words) = words else { return Ok(NodeId(root.id)) };
    let places = Places::below(ctx, NodeId(root.id)).await?;
    places.find(words).map_err(|_| Error::NotFound)
}

/// Who brings ideas in for whoever has the machine: the nearest finder, else the nearest head.
///
/// # Errors
/// [`Error::Forbidden`] where the node has neither, [`Error::Unavailable`].
pub(crate) async fn finder_of<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<AccountId> {
    let today = ctx.now.format("%Y-%m-%d").to_string();
    let rows = holders::on_line(&mut ctx.tx, node.0, &today).await?;
    let by = |role: Role| rows.iter().find(|row| row.role == role.name()).map(|row| AccountId(row.account));
    by(Role::Finder).or_else(|| by(Role::Head)).ok_or(Error::Forbidden)
}
