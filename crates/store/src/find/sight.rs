//! What one person may see at or below a node, as places in the index of lists, and what only their own part in a record
//! or where it is handled opens besides.

use crate::db::Tx;
use crate::error::Result;
use crate::find::listing::{
    ALL, OTHER_BODIES, OTHER_EVERYONE, OTHER_HANDLED, OWN_BODIES, OWN_BODY, OWN_EVERYONE, OWN_HANDLED,
};
use crate::on;
use sqlx::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Roles that see all that they reach; the policy's *see* as SQL.
const SEEING: [&str; 4] = ["team-lead", "finder", "head", "auditor"];
/// What anybody finds at a node.
const EVERYONE: [Uuid; 2] = [OWN_EVERYONE, OTHER_EVERYONE];
/// What whoever has signed in finds besides.
const BODIES: [Uuid; 2] = [OWN_BODIES, OTHER_BODIES];
/// What the people of a body find where its own lists are.
const HOME: [Uuid; 3] = [OWN_BODY, OWN_BODIES, OWN_EVERYONE];
/// What whoever reaches a node finds there that others do not.
const HANDLED: [Uuid; 2] = [OWN_HANDLED, OTHER_HANDLED];

/// A run of the index, in order: node and audience.
pub(crate) type Run = (Uuid, Uuid);

/// What a person sees at or below a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    pub(crate) node: Uuid,
    pub(crate) account: Option<Uuid>,
    /// The bodies of which they are.
    pub(crate) bodies: BTreeSet<Uuid>,
    /// Where all of it is.
    pub(crate) runs: BTreeSet<Run>,
    /// Where all is that was told or is handled in a body of theirs; other records may be among it.
    pub(crate) own_runs: BTreeSet<Run>,
    /// The nodes that a seeing role of theirs is at.
    pub(crate) posts: BTreeSet<Uuid>,
    /// Does a seeing role of theirs reach all of it?
    pub(crate) is_whole: bool,
}

/// A role of a person, and how it lies to the node that is looked at.
#[derive(Debug, FromRow)]
struct Held {
    role: String,
    node: Uuid,
    body: Uuid,
    is_above: bool,
    is_below: bool,
    /// Where the lists of its body are, looked at from that node: there, where that is in the body, else at the body;
    /// nowhere, where it lies elsewhere.
    home: Option<Uuid>,
}

impl Held {
    fn sees(&self) -> bool {
        SEEING.contains(&self.role.as_str())
    }
}

impl Sight {
    /// Is it of somebody who has signed in?
    pub const fn is_somebody(&self) -> bool {
        self.account.is_some()
    }

    /// The bodies of which they are.
    pub fn bodies(&self) -> impl Iterator<Item = Uuid> {
        self.bodies.iter().copied()
    }

    /// Does a role of theirs see all that it reaches?
    pub fn has_posts(&self) -> bool {
        !self.posts.is_empty()
    }
}

/// What an account, or nobody, sees at or below a node.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn sight(tx: &mut Tx, account: Option<Uuid>, node: Uuid) -> Result<Sight> {
    let held = match account {
        Some(account) => held(tx, account, node).await?,
        None => Vec::new(),
    };
    let is_whole = held.iter().any(|one| one.sees() && one.is_above);
    let (runs, own_runs) = match account {
        Some(_) if is_whole => (at(node, &ALL).collect(), at(node, &ALL).collect()),
        Some(_) => (runs(node, &held), own_runs(node, &held)),
        None => (at(node, &EVERYONE).collect(), at(node, &EVERYONE).collect()),
    };
    Ok(Sight {
        node,
        account,
        bodies: held.iter().map(|one| one.body).collect(),
        runs,
        own_runs,
        posts: held.iter().filter(|one| one.sees()).map(|one| one.node).collect(),
        is_whole,
    })
}

fn at(node: Uuid, audiences: &[Uuid]) -> impl Iterator<Item = Run> {
    audiences.iter().map(move |audience| (node, *audience))
}

/// What is open to whoever has signed in, to the people of their bodies and to their roles below the node.
fn runs(node: Uuid, held: &[Held]) -> BTreeSet<Run> {
    let home = held.iter().filter_map(|one| one.home).map(|home| (home, OWN_BODY));
    at(node, &EVERYONE).chain(at(node, &BODIES)).chain(home).chain(besides(node, held)).collect()
}

/// The same of their bodies alone.
fn own_runs(node: Uuid, held: &[Held]) -> BTreeSet<Run> {
    let home = held.iter().filter_map(|one| one.home).flat_map(|home| at(home, &HOME));
    home.chain(besides(node, held)).collect()
}

/// What their bodies see besides, and what their roles reach below the node.
fn besides(node: Uuid, held: &[Held]) -> impl Iterator<Item = Run> {
    let bodies = held.iter().map(move |one| (node, one.body));
    let posts = held.iter().filter(|one| one.sees() && one.is_below);
    bodies.chain(posts.flat_map(|one| at(one.node, &HANDLED)))
}

async fn held(tx: &mut Tx, account: Uuid, node: Uuid) -> Result<Vec<Held>> {
    let sql = "select g.role, g.node, n.body, \
               exists (select 1 from node_above a where a.node = $2 and a.ancestor = g.node) as is_above, \
               exists (select 1 from node_above a where a.node = g.node and a.ancestor = $2) as is_below, \
               case when n.body = here.body then here.id \
                   when exists (select 1 from node_above a where a.node = n.body and a.ancestor = $2) then n.body \
               end as home \
               from role_held g join node n on n.id = g.node join node here on here.id = $2 \
               where g.account = $1 order by g.role_grant";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(node).fetch_all(c).await)
}
