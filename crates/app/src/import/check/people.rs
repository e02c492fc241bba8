//! People against what is here: where they work, whether they have an account, which roles they can be given.

use super::{Planned, Said, Sorted, Table};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::import::columns::Field;
use crate::import::faults::Wrong;
use crate::import::judge::Judged;
use crate::import::places::Places;
use crate::import::rows::PersonRow;
use crate::people::account::Mail;
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::text::Line;
use waymark_store::import;
use waymark_store::people::{accounts, holders};

/// A person who can be written.
#[derive(Debug)]
pub(crate) struct Person {
    pub external_id: String,
    pub name: Line,
    pub mail: Mail,
    pub node: NodeId,
    /// Roles that they do not hold there yet.
    pub roles: Vec<Role>,
    /// The account of the same identifier or address.
    pub known: Option<Uuid>,
}

impl Planned for Person {
    fn is_known(&self) -> bool {
        self.known.is_some()
    }
}

pub(super) async fn check<K>(
    ctx: &mut Ctx<'_, K>,
    table: Table<'_>,
    judged: Judged<PersonRow>,
) -> Result<Judged<Person>> {
    let places = Places::below(ctx, table.node).await?;
    let (rows, mut sorted) = Sorted::begin(table, judged);
    for row in rows {
        let (number, mut said) = (row.row, Said::default());
        let person = one(ctx, (row, table.node), (&places, &mut said)).await?;
        sorted.take(number, said, person);
    }
    Ok(sorted.finish())
}

async fn one<K>(
    ctx: &mut Ctx<'_, K>,
    (row, node): (PersonRow, NodeId),
    (places, said): (&Places, &mut Said),
) -> Result<Option<Person>> {
    let node = said.place(row.organisation.as_deref(), (places, node));
    let name = said.text(Field::Name, Line::parse(&row.name));
    let mail = said.text(Field::Mail, Mail::parse(&row.mail));
    let (Some(node), Some(name), Some(mail)) = (node, name, mail) else { return Ok(None) };
    let Some(known) = account(ctx, (&row.external_id, &mail), said).await? else { return Ok(None) };
    let held = match known {
        Some(account) => holders::held_by(&mut ctx.tx, account).await?,
        None => Vec::new(),
    };
    let held: Vec<(Role, NodeId)> =
        held.iter().filter_map(|one| Some((Role::parse(&one.role)?, NodeId(one.node)))).collect();
    let roles = roles(&row, (node, &held), said);
    Ok(Some(Person { external_id: row.external_id, name, mail, node, roles, known }))
}

/// The account of a row: one by its identifier or address, or none yet. Nothing where the two are not the same person's.
async fn account<K>(
    ctx: &mut Ctx<'_, K>,
    (external_id, mail): (&str, &Mail),
    said: &mut Said,
) -> Result<Option<Option<Uuid>>> {
    let by_id = import::known_account(&mut ctx.tx, external_id).await?;
    let by_mail = accounts::by_mail(&mut ctx.tx, &mail.folded()).await?.map(|row| row.id);
    match (by_id, by_mail) {
        (Some(one), Some(other)) if one != other => {
            said.wrong(Field::Mail, Wrong::MailOfAnother { mail: mail.as_str().to_owned() });
            Ok(None)
        }
        (one, other) => Ok(Some(one.or(other))),
    }
}

/// The roles that are still to be given; everybody is a member where they work.
fn roles(row: &PersonRow, (node, held): (NodeId, &[(Role, NodeId)]), said: &mut Said) -> Vec<Role> {
    let mut roles = vec![Role::Member];
    for code in &row.roles {
        match Role::parse(code) {
            Some(Role::Member) => {}
            Some(role) if role.is_powerful() => {
                let is_held = held.contains(&(role, node));
                if !is_held {
                    said.wrong(Field::Roles, Wrong::RoleByHand { role: role.name().to_owned() });
                }
            }
            Some(role) => roles.push(role),
            None => said.wrong(Field::Roles, unknown(code)),
        }
    }
    let all: Vec<Role> = held.iter().map(|(role, _)| *role).chain(roles.iter().copied()).collect();
    for role in &roles {
        if let Some(other) = all.iter().find(|other| role.excludes(**other)) {
            let (role, other) = (role.name().to_owned(), other.name().to_owned());
            said.wrong(Field::Roles, Wrong::RoleExcluded { role, other });
        }
    }
    roles.retain(|role| !held.contains(&(*role, node)));
    roles
}

fn unknown(code: &str) -> Wrong {
    let valid = [Role::Member, Role::TeamLead, Role::Finder, Role::Head];
    let valid = valid.iter().map(|role| role.name().to_owned()).collect();
    Wrong::UnknownWord { value: code.to_owned(), valid, nearest: None }
}
