//! Finding the person whom somebody means on a form: by the whole name or mail address at once, or by how words of it
//! begin, to be chosen from a few. Only ever among the people of one's own body, and only for who is signed in.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::account::words_typed;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_store::people::search::{self, FoundRow};
use waymark_store::people::{accounts, holders};

/// The most people who are offered.
pub const FOUND: usize = 10;
/// The fewest letters of the longest word typed: less would leaf through the staff.
pub const LETTERS: usize = 2;

/// Somebody who may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// Where they work.
    pub unit: String,
}

/// Who was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nobody.
    Nobody,
    /// The one of that name or address.
    One(Person),
    /// Some of whom one is to be chosen, at most [`FOUND`].
    Some(Vec<Person>),
}

impl Found {
    /// Those who can be chosen.
    pub fn choices(self) -> Vec<Person> {
        match self {
            Self::Some(people) => people,
            Self::Nobody | Self::One(_) => Vec::new(),
        }
    }
}

/// The people of some bodies whom a text may mean.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn people<K>(ctx: &mut Ctx<'_, K>, bodies: &[NodeId], typed: &str) -> Result<Found> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if ctx.actor.account().is_none() || typed.contains('\0') {
        return Ok(Found::Nobody);
    }
    let words = longest_two(&typed);
    let mut people: Vec<Person> = Vec::new();
    let mut exact: Vec<Uuid> = Vec::new();
    for body in bodies {
        let named = (typed.as_str(), typed.to_lowercase());
        exact.extend(holders::found_below(&mut ctx.tx, body.0, (named.0, &named.1), limit()).await?);
        if words[0].chars().count() >= LETTERS {
            let rows = search::found(&mut ctx.tx, (body.0, [&words[0], &words[1]]), limit()).await?;
            people.extend(rows.into_iter().map(person));
        }
    }
    exact.sort_unstable();
    exact.dedup();
    if let [one] = exact.as_slice() {
        return of_account(ctx, *one, people).await;
    }
    people.sort_by(|a, b| (&a.name, a.account).cmp(&(&b.name, b.account)));
    people.dedup_by_key(|person| person.account);
    people.truncate(FOUND);
    Ok(if people.is_empty() { Found::Nobody } else { Found::Some(people) })
}

fn limit() -> i64 {
    i64::try_from(FOUND).unwrap_or(i64::MAX)
}

/// The two longest words typed: they tell people apart best.
fn longest_two(typed: &str) -> [String; 2] {
    let mut words = words_typed(typed);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut words = words.into_iter();
    [words.next().unwrap_or_default(), words.next().unwrap_or_default()]
}

fn person(row: FoundRow) -> Person {
    Person { account: AccountId(row.id), name: row.name, mail: row.mail, unit: row.unit }
}

/// The one of an exact name or address, who may not be among the first by their words.
async fn of_account<K>(ctx: &mut Ctx<'_, K>, account: Uuid, among: Vec<Person>) -> Result<Found> {
    if let Some(person) = among.into_iter().find(|person| person.account.0 == account) {
        return Ok(Found::One(person));
    }
    let row = accounts::by_id(&mut ctx.tx, account).await?;
    let held = holders::held_by(&mut ctx.tx, account).await?;
    let unit = held.first().map(|held| held.node_name.clone()).unwrap_or_default();
    Ok(row.map_or(Found::Nobody, |row| {
        Found::One(Person { account: AccountId(account), name: row.name, mail: row.mail, unit })
    }))
}

/// Somebody chosen from what was offered: only who could have been.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn chosen<K>(ctx: &mut Ctx<'_, K>, bodies: &[NodeId], id: &str) -> Result<Option<Person>> {
    let Some(account) = AccountId::parse(id).filter(|_| ctx.actor.account().is_some()) else {
        return Ok(None);
    };
    for body in bodies {
        if let Some(row) = search::one(&mut ctx.tx, body.0, account.0).await? {
            return Ok(Some(person(row)));
        }
    }
    Ok(None)
}

/// The bodies in which whoever acts holds a role.
///
/// # Errors
/// [`crate::Error::SignInFirst`].
pub async fn own_bodies<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<NodeId>> {
    let account = ctx.account()?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let mut bodies: Vec<NodeId> = held.iter().map(|held| NodeId(held.body)).collect();
    bodies.sort_unstable();
    bodies.dedup();
    Ok(bodies)
}
