//! Where the form may be used: the place, its doors, and whom to ask where they are not set.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::people::place::{parse_settings, place};
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{Door, Settings};
use waymark_methods::text::fold;
use waymark_store::people::tree::{self, BodyDoor, NodeRow};
use waymark_store::people::{accounts, holders};

/// The most nodes that a search for a place looks through.
const NODES: i64 = 20_000;
/// The most places that are offered at once.
pub const PLACES: usize = 10;
/// The most holders of roles at one node that are looked through for somebody to ask.
const HOLDERS: i64 = 200;

/// A place as the form names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The node.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// The name of its legal body; empty where it is one itself.
    pub body: String,
}

impl Spot {
    /// `Ward 4, Riverside Hospital`.
    pub fn full_name(&self) -> String {
        if self.body.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.body) }
    }
}

/// What a place says before anybody types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doors {
    /// The place; nothing while it is not known, then the doors are those of the whole installation.
    pub spot: Option<Spot>,
    /// The doors that are set, the most urgent first.
    pub doors: Vec<(Door, String)>,
    /// While the place is not known: the number for danger of each body, by its name, where they have not one in common
    /// and are few.
    pub of_bodies: Vec<(String, String)>,
    /// May the form be used here?
    pub is_open: bool,
    /// Are ideas taken here from people who have no account?
    pub takes_public: bool,
    /// Who can set the doors; empty where nobody holds the role.
    pub ask: Vec<String>,
}

/// The doors of a place, or of the whole installation while the place is not known.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there or is closed, [`Error::Unavailable`].
pub async fn doors<K>(ctx: &mut Ctx<'_, K>, at: Option<NodeId>) -> Result<Doors> {
    let Some(node) = at else { return doors_of_root(ctx).await };
    let here = place(ctx, node).await?;
    if here.line[0].is_closed {
        return Err(Error::NotFound);
    }
    let is_open = here.settings.doors_are_set();
    let ask = if is_open { Vec::new() } else { who_can_open(ctx, &here.line).await? };
    let spot = spot(&here.line[0], &here.body);
    let takes_public = here.settings.takes_public;
    let doors = here.settings.doors;
    Ok(Doors { spot: Some(spot), doors, of_bodies: Vec::new(), is_open, takes_public, ask })
}

/// The same; those of the whole installation for a place that is gone.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn doors_or_whole<K>(ctx: &mut Ctx<'_, K>, at: Option<NodeId>) -> Result<Doors> {
    match doors(ctx, at).await {
        Err(Error::NotFound) => doors_of_root(ctx).await,
        found => found,
    }
}

async fn doors_of_root<K>(ctx: &mut Ctx<'_, K>) -> Result<Doors> {
    let root = tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    let here = place(ctx, NodeId(root.id)).await?;
    let takes_public = here.settings.takes_public;
    let bodies = if here.settings.doors_are_set() { Vec::new() } else { bodies(ctx).await? };
    let doors = with_alike(here.settings.doors, &bodies);
    let of_bodies = dangers(&doors, &bodies);
    // Until the place is known the form stays open: a body below may have set what the root has not.
    Ok(Doors { spot: None, doors, of_bodies, is_open: true, takes_public, ask: Vec::new() })
}

/// The open bodies by name, with what applies there; of the settings only doors are read.
async fn bodies<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<(String, Settings)>> {
    let rows = tree::doors_of_bodies(&mut ctx.tx).await?;
    rows.chunk_by(|one, next| one.body == next.body).map(body_of).collect()
}

fn body_of(rows: &[BodyDoor]) -> Result<(String, Settings)> {
    let name = rows.first().map(|row| row.name.clone()).unwrap_or_default();
    let values: Vec<String> = rows.iter().filter_map(|row| row.value.clone()).collect();
    Ok((name, Settings::layered(&parse_settings(&values)?)))
}

fn address_of(settings: &Settings, door: Door) -> Option<&str> {
    settings.doors.iter().find(|(set, _)| *set == door).map(|(_, address)| address.as_str())
}

/// Doors, with those that they have not and that are the same in every body.
fn with_alike(mut doors: Vec<(Door, String)>, bodies: &[(String, Settings)]) -> Vec<(Door, String)> {
    for door in Door::ALL {
        let mut addresses = bodies.iter().map(|(_, settings)| address_of(settings, door));
        let first = addresses.next().flatten();
        let is_set = doors.iter().any(|(known, _)| *known == door);
        if let Some(first) = first.filter(|_| !is_set && addresses.all(|other| other == first)) {
            doors.push((door, first.to_owned()));
        }
    }
    doors.sort_unstable();
    doors
}

/// What to call in danger, body by body, where there is nothing for all of them: nobody in danger looks through a long list.
fn dangers(doors: &[(Door, String)], bodies: &[(String, Settings)]) -> Vec<(String, String)> {
    if bodies.len() > PLACES || doors.iter().any(|(door, _)| *door == Door::Danger) {
        return Vec::new();
    }
    let own = |(name, settings): &(String, Settings)| {
        Some((name.clone(), address_of(settings, Door::Danger)?.to_owned()))
    };
    bodies.iter().filter_map(own).collect()
}

fn spot(node: &NodeRow, body: &NodeRow) -> Spot {
    let body = if node.id == body.id { String::new() } else { body.name.clone() };
    Spot { node: NodeId(node.id), name: node.name.clone(), body }
}

/// The administrators nearest to the place, else the heads.
async fn who_can_open<K>(ctx: &mut Ctx<'_, K>, line: &[NodeRow]) -> Result<Vec<String>> {
    let mut heads = Vec::new();
    for node in line {
        let held = holders::at_node(&mut ctx.tx, node.id, HOLDERS).await?;
        let names = |role: Role| {
            held.iter().filter(|row| row.role == role.name()).map(|row| row.name.clone()).collect::<Vec<_>>()
        };
        let administrators = names(Role::Administrator);
        if !administrators.is_empty() {
            return Ok(administrators);
        }
        heads.extend(names(Role::Head));
    }
    Ok(heads)
}

/// A place by its id.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there or is closed.
pub async fn spot_of<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Spot> {
    let row = tree::node(&mut ctx.tx, node.0).await?.filter(|row| !row.is_closed).ok_or(Error::NotFound)?;
    let body = tree::node(&mut ctx.tx, row.body).await?.ok_or(Error::NotFound)?;
    Ok(spot(&row, &body))
}

/// The places whose name, or whose body's name, has all the words typed; the exact name first, at most [`PLACES`].
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn search<K>(ctx: &mut Ctx<'_, K>, typed: &str) -> Result<Vec<Spot>> {
    let wanted = fold(typed);
    if wanted.trim().is_empty() {
        return Ok(Vec::new());
    }
    let nodes = tree::open_nodes(&mut ctx.tx, NODES).await?;
    let names: std::collections::HashMap<_, _> = nodes.iter().map(|node| (node.id, node)).collect();
    let mut found: Vec<(bool, Spot)> = Vec::new();
    for node in &nodes {
        let spot = spot(node, names.get(&node.body).copied().unwrap_or(node));
        let full = fold(&spot.full_name());
        if wanted.split_whitespace().all(|word| full.contains(word)) {
            let is_exact = fold(&spot.name) == wanted || full == wanted;
            found.push((!is_exact, spot));
        }
    }
    found.sort_by_key(|(is_other, _)| *is_other);
    Ok(found.into_iter().map(|(_, spot)| spot).take(PLACES).collect())
}

/// The places where whoever acts works, by name.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn own<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Spot>> {
    let Some(account) = ctx.actor.account() else { return Ok(Vec::new()) };
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let mut own = Vec::new();
    for row in held.iter().filter(|row| row.role == Role::Member.name()).take(PLACES) {
        own.push(spot_of(ctx, NodeId(row.node)).await?);
    }
    Ok(own)
}

/// Somebody who holds a role that decides on the line of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// Who.
    pub account: waymark_domain::ids::AccountId,
    /// The name.
    pub name: String,
    /// By which role.
    pub role: Role,
    /// The name of the node where it is held.
    pub at: String,
}

/// The people who could say yes, from the place upwards, each once.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there.
pub async fn deciders<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Vec<Decider>> {
    let here = place(ctx, node).await?;
    let today = here.time().day_of(ctx.now).format("%Y-%m-%d").to_string();
    let rows = holders::on_line(&mut ctx.tx, node.0, &today).await?;
    let mut deciders: Vec<Decider> = Vec::new();
    for row in rows {
        let account = waymark_domain::ids::AccountId(row.account);
        if deciders.iter().any(|known| known.account == account) || ctx.actor.account() == Some(account) {
            continue;
        }
        let Some(person) = accounts::by_id(&mut ctx.tx, row.account).await? else { continue };
        let at = here.line.iter().find(|above| above.id == row.node).map_or("", |above| above.name.as_str());
        let role = Role::parse(&row.role).ok_or_else(|| Error::internal("a role that is none"))?;
        deciders.push(Decider { account, name: person.name, role, at: at.to_owned() });
    }
    Ok(deciders)
}

/// The one who could say yes at a place and whose whole name or mail address was typed.
///
/// # Errors
/// As [`deciders`].
pub async fn decider_named<K>(
    ctx: &mut Ctx<'_, K>,
    node: NodeId,
    typed: &str,
) -> Result<Option<waymark_domain::ids::AccountId>> {
    let wanted = fold(typed);
    let mut named = Vec::new();
    for decider in deciders(ctx, node).await? {
        let mail = accounts::by_id(&mut ctx.tx, decider.account.0).await?.map(|row| row.mail);
        let is_mail = mail.is_some_and(|mail| mail.to_lowercase() == typed.trim().to_lowercase());
        if is_mail || (!wanted.is_empty() && fold(&decider.name) == wanted) {
            named.push(decider.account);
        }
    }
    Ok(if let [one] = named.as_slice() { Some(*one) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use waymark_domain::people::setting::Setting;

    fn body(name: &str, doors: &[(Door, &str)]) -> (String, Settings) {
        let set: Vec<_> =
            doors.iter().map(|(door, address)| Setting::Door(*door, (*address).to_owned())).collect();
        (name.to_owned(), Settings::layered(&set))
    }

    #[test]
    fn while_the_place_is_not_known_what_all_bodies_have_is_there_and_no_other_number_for_all() {
        let bodies = [
            body("Hillside", &[(Door::Danger, "3333"), (Door::Help, "116 123")]),
            body(
                "Riverside",
                &[(Door::Danger, "2222"), (Door::Help, "116 123"), (Door::Press, "press@x.example")],
            ),
        ];
        let doors = with_alike(Vec::new(), &bodies);
        assert_eq!(doors, [(Door::Help, "116 123".to_owned())]);
        let own = |name: &str, number: &str| (name.to_owned(), number.to_owned());
        assert_eq!(dangers(&doors, &bodies), [own("Hillside", "3333"), own("Riverside", "2222")]);
        let root = vec![(Door::Danger, "999".to_owned())];
        let doors = with_alike(root.clone(), &bodies);
        assert_eq!(doors, [(Door::Danger, "999".to_owned()), (Door::Help, "116 123".to_owned())]);
        assert!(dangers(&doors, &bodies).is_empty());
        let many: Vec<_> =
            std::iter::repeat_n(bodies[0].clone(), PLACES).chain([bodies[1].clone()]).collect();
        assert!(dangers(&[], &many).is_empty());
        assert_eq!(with_alike(root.clone(), &[]), root);
        let silent = [bodies[0].clone(), body("Lakeside", &[])];
        assert!(with_alike(Vec::new(), &silent).is_empty(), "one has none");
    }
}
