//! The tree of places as anybody who tells something may look through it: names, never who is where.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::doors::{self, Spot};
use waymark_domain::ids::NodeId;
use waymark_store::people::tree::{self, NodeRow};

/// A place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its id.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// Which level of the tree it is at.
    pub level: String,
}

/// A place with what is above and below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The place.
    pub here: Seen,
    /// What is above it, the nearest first.
    pub above: Vec<Seen>,
    /// What is right below it and not closed, by name.
    pub below: Vec<Seen>,
}

/// A place with what is above and below it.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn branch<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Branch> {
    let mut line = tree::line(&mut ctx.tx, node.0).await?.into_iter().map(seen);
    let here = line.next().ok_or(Error::NotFound)?;
    let below = tree::children(&mut ctx.tx, node.0).await?.into_iter();
    Ok(Branch { here, above: line.collect(), below: below.filter(|row| !row.is_closed).map(seen).collect() })
}

fn seen(row: NodeRow) -> Seen {
    Seen { node: NodeId(row.id), name: row.name, level: row.level }
}

/// Places whose name has every word of a text, a few of them; without any word, the top of the tree.
///
/// # Errors
/// [`Error::NotFound`] before the first run, [`Error::Unavailable`].
pub async fn named<K>(ctx: &mut Ctx<'_, K>, text: &str) -> Result<Vec<Spot>> {
    if !text.trim().is_empty() {
        return doors::search(ctx, text).await;
    }
    let root = tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    Ok(vec![doors::spot_of(ctx, NodeId(root.id)).await?])
}
