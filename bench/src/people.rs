//! The tree and the people of the load: one department, bodies under it, units with a lead and members.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use waymark_app::people::account::{self, Mail, NewPerson};
use waymark_app::people::node::{self, NewNode};
use waymark_app::people::roles;
use waymark_app::{Actor, Ctx, Env, Error, Write};
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{Door, Setting};
use waymark_domain::text::{Language, Line};

/// Bodies under the department.
const BODIES: u32 = 40;
/// Units in each body.
const UNITS: u32 = 10;
/// Members of each unit, its lead aside.
const MEMBERS: u32 = 9;

/// Somebody who acts: an account and the node where its role is held.
#[derive(Debug, Clone, Copy)]
pub struct Post {
    /// Who.
    pub account: AccountId,
    /// Where.
    pub node: NodeId,
}

/// A unit with its people.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The unit.
    pub node: NodeId,
    /// Its body.
    pub body: NodeId,
    /// Its lead.
    pub lead: Post,
    /// Finder of the body.
    pub finder: Post,
    /// Head of the body.
    pub head: Post,
    /// A head of the root; each body counts on another.
    pub top: Post,
    /// Who works there.
    pub members: Vec<AccountId>,
}

impl Unit {
    /// Somebody who works there.
    ///
    /// # Panics
    /// Never: every unit has members.
    pub fn member(&self, dice: &mut StdRng) -> AccountId {
        *self.members.choose(dice).expect("a unit has members")
    }
}

/// The whole tree.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The root.
    pub root: NodeId,
    /// Every unit.
    pub units: Vec<Unit>,
}

/// Founds the tree in one transaction.
///
/// # Errors
/// Where the database is not empty or cannot be reached.
pub async fn found(env: &Env) -> Result<Tree, Error> {
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    let root = place(&mut ctx, ("Department", Level::Department), None).await?;
    let doors = Door::ALL.map(|door| Setting::Door(door, format!("{}@bench.example", door.name())));
    node::set(&mut ctx, root, doors.to_vec()).await?;
    let mut builder = Builder { ctx, number: 0 };
    builder.post(Role::Finder, root).await?;
    builder.post(Role::Administrator, root).await?;
    let mut units = Vec::new();
    for number in 0..BODIES {
        let body =
            place(&mut builder.ctx, (&format!("Body {number}"), Level::Organisation), Some(root)).await?;
        let finder = builder.post(Role::Finder, body).await?;
        let head = builder.post(Role::Head, body).await?;
        // Several who see the whole: each person searches at a pace that one alone would soon reach.
        let top = builder.post(Role::Head, root).await?;
        for number in 0..UNITS {
            let node = place(&mut builder.ctx, (&format!("Unit {number}"), Level::Team), Some(body)).await?;
            let lead = builder.post(Role::TeamLead, node).await?;
            let mut members = Vec::new();
            for _ in 0..MEMBERS {
                members.push(builder.post(Role::Member, node).await?.account);
            }
            units.push(Unit { node, body, lead, finder, head, top, members });
        }
    }
    builder.ctx.commit().await?;
    Ok(Tree { root, units })
}

async fn place(
    ctx: &mut Ctx<'_, Write>,
    (name, level): (&str, Level),
    parent: Option<NodeId>,
) -> Result<NodeId, Error> {
    let new = NewNode {
        name: name.to_owned(),
        level,
        parent,
        is_body: level == Level::Organisation,
        calendar: None,
        zone: None,
        external_id: None,
    };
    node::found(ctx, new).await
}

struct Builder<'e> {
    ctx: Ctx<'e, Write>,
    number: u32,
}

impl Builder<'_> {
    /// A new person with a role at a node.
    async fn post(&mut self, role: Role, node: NodeId) -> Result<Post, Error> {
        self.number += 1;
        let person = NewPerson {
            name: Line::parse(&format!("Person {}", self.number)).map_err(|_| Error::NotFound)?,
            mail: Mail::parse(&format!("p{}@bench.example", self.number)).map_err(|_| Error::NotFound)?,
            language: Language::En,
            external_id: None,
        };
        let account = account::create(&mut self.ctx, &person).await?;
        roles::grant(&mut self.ctx, role, node, account).await?;
        Ok(Post { account, node })
    }
}
