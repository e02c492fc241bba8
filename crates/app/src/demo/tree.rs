//! The made-up government and its people, founded before its first idea.

use super::PASSWORD;
use super::data::{Files, Organisation, Person};
use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::node::{self, NewNode};
use crate::people::opener::{self, PHRASE};
use crate::people::roles;
use argon2::{Argon2, PasswordHasher as _};
use chrono::TimeDelta;
use std::collections::HashMap;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::second_factor::Demand;
use waymark_domain::people::setting::{Door, Setting};
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Language, Line};
use waymark_store::people::accounts;

/// Nodes and people by the ids of the files.
#[derive(Debug, Default)]
pub(super) struct World {
    pub nodes: HashMap<String, NodeId>,
    pub people: HashMap<String, Somebody>,
}

/// Somebody of the files.
#[derive(Debug, Clone)]
pub(super) struct Somebody {
    pub account: AccountId,
    /// Where they answer ideas: as team lead, else as finder, else where they work.
    pub answers_at: NodeId,
    pub is_lead: bool,
}

impl World {
    pub(super) fn node(&self, id: &str) -> Result<NodeId> {
        self.nodes.get(id).copied().ok_or_else(|| Error::internal(format!("no node {id}")))
    }

    pub(super) fn person(&self, id: &str) -> Result<&Somebody> {
        self.people.get(id).ok_or_else(|| Error::internal(format!("nobody is {id}")))
    }
}

/// Founds everything. All accounts have one password, known to everybody: there is nothing to protect.
pub(super) async fn found(ctx: &mut Ctx<'_, Write>, files: &Files, hash: &str) -> Result<World> {
    let mut world = World::default();
    for one in &files.organisations {
        let id = node::found(ctx, new_node(one, &world)?).await?;
        world.nodes.insert(one.id.clone(), id);
        if one.parent.is_none() {
            // Whoever looks at a demonstration has no phone to set up, and there is nothing to protect.
            let explained = Setting::SecondFactor(Demand::Explained);
            let complaints = Setting::Complaints("service@tarrowmere.example.org".to_owned());
            node::set(ctx, id, doors().chain([explained, complaints]).collect()).await?;
        }
    }
    for one in &files.people {
        let somebody = found_person(ctx, one, &world, hash).await?;
        if one.roles.iter().any(|held| role(&held.role) == Some(Role::Opener)) {
            // One after another, so that who begins is the same in every demonstration.
            let at = ctx.now + TimeDelta::seconds(world.people.len().try_into().unwrap_or(0));
            opener::keep_key(ctx, (somebody.account, &phrase()?), at).await?;
        }
        world.people.insert(one.id.clone(), somebody);
    }
    Ok(world)
}

fn new_node(one: &Organisation, world: &World) -> Result<NewNode> {
    Ok(NewNode {
        name: one.name.clone(),
        level: Level::parse(&one.level).ok_or_else(|| Error::internal("a level that is none"))?,
        parent: one.parent.as_deref().map(|parent| world.node(parent)).transpose()?,
        is_body: one.is_body,
        calendar: Some(one.calendar.parse().map_err(Error::internal)?),
        zone: None,
        external_id: Some(one.id.clone()),
    })
}

/// Addresses that lead nowhere: numbers set aside for plays, hosts set aside for examples.
fn doors() -> impl Iterator<Item = Setting> {
    Door::ALL.into_iter().map(|door| {
        let address = match door {
            Door::Danger => "01632 960 001, danger@tarrowmere.example.org".to_owned(),
            Door::Help => "01632 960 002, help@tarrowmere.example.org".to_owned(),
            _ => format!("{}@tarrowmere.example.org", door.name()),
        };
        Setting::Door(door, address)
    })
}

async fn found_person(ctx: &mut Ctx<'_, Write>, one: &Person, world: &World, hash: &str) -> Result<Somebody> {
    let mend = |problem| Error::internal(format!("{}: {problem:?}", one.id));
    let person = NewPerson {
        name: Line::parse(&one.name).map_err(mend)?,
        mail: Mail::parse(&one.mail).map_err(mend)?,
        language: Language::parse(&one.language).unwrap_or_default(),
        external_id: Some(one.id.clone()),
    };
    let account = account::create(ctx, &person).await?;
    accounts::set_password(&mut ctx.tx, account.0, hash).await?;
    let mut somebody = Somebody { account, answers_at: world.node(&one.unit)?, is_lead: true };
    for held in &one.roles {
        let role = role(&held.role).ok_or_else(|| Error::internal("a role that is none"))?;
        roles::grant(ctx, role, world.node(&held.node)?, account).await?;
        if role == Role::Finder {
            somebody.is_lead = false;
        }
        if role.decides() {
            somebody.answers_at = world.node(&held.node)?;
        }
    }
    Ok(somebody)
}

/// The pass-phrase of both openers, known to everybody as the password is.
fn phrase() -> Result<Spelt> {
    Spelt::parse(super::PHRASE, PHRASE).ok_or_else(|| Error::internal("a pass-phrase that is none"))
}

/// The files write roles as pages do, with a space.
pub(super) fn role(name: &str) -> Option<Role> {
    Role::parse(&name.replace(' ', "-"))
}

/// The hash of the one password. Hashed once: that all accounts share it is known anyway.
pub(super) fn password_hash(salt: &[u8]) -> Result<String> {
    let hash = Argon2::default().hash_password_with_salt(PASSWORD.as_bytes(), salt);
    Ok(hash.map_err(|fault| Error::internal(fault.to_string()))?.to_string())
}
