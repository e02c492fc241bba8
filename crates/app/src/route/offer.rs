//! What the form of an answer offers: dates and limits of the place, people who could try it, places to send it to.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::found;
use crate::people::place::place;
use chrono::NaiveDate;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{AnswerKind, Reason};
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::route::pass::limits_of;
use waymark_store::people::{holders, tree};

/// The most places that a search on the form gives.
const FOUND: i64 = 10;

/// What applies where a record is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Until when it is tried unless the decider says otherwise.
    pub until: NaiveDate,
    /// The last day that *not now* may name.
    pub last: NaiveDate,
    /// The most pence that *try it* may carry.
    pub most_pence: u32,
}

/// Reads what applies where a record is answered.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn offer<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<Offer> {
    let here = place(ctx, record.at).await?;
    let limits = limits_of(record.told.route);
    let today = here.time().day_of(ctx.now);
    Ok(Offer {
        until: here.time().due_after(today, limits.try_until).date,
        last: here.time().due_after(today, limits.not_now_max).date,
        most_pence: here.settings.go_pence,
    })
}

/// The reasons that an answer offers, the likeliest first.
pub const fn reasons(kind: AnswerKind) -> &'static [Reason] {
    match kind {
        AnswerKind::NotNow => &[Reason::NoTime, Reason::NoMoney, Reason::NotSafe],
        AnswerKind::Stop => &[
            Reason::AlreadyDone,
            Reason::WouldNotSolve,
            Reason::NotSafe,
            Reason::NoTime,
            Reason::NoMoney,
            Reason::NotOurs,
        ],
        AnswerKind::Go | AnswerKind::SendOn => &[],
    }
}

/// A place that a record can be sent on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The node.
    pub node: NodeId,
    /// Its name, with that of the one above.
    pub name: String,
}

/// Places whose name has a text in it, and those that people of a body lead whose name begins with it.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn places<K>(ctx: &mut Ctx<'_, K>, body: NodeId, typed: &str) -> Result<Vec<Found>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = places_named(ctx, typed).await?;
    for led in led_by(ctx, body, typed).await? {
        if !found.iter().any(|known| known.node == led.node) {
            found.push(led);
        }
    }
    Ok(found)
}

/// The places that people of a body lead whose name or mail address a text may mean.
async fn led_by<K>(ctx: &mut Ctx<'_, K>, body: NodeId, typed: &str) -> Result<Vec<Found>> {
    let people = match found::people(ctx, &[body], typed).await? {
        found::Found::Nobody => Vec::new(),
        found::Found::One(person) => vec![person],
        found::Found::Some(people) => people,
    };
    let mut led = Vec::new();
    for person in people {
        let held = holders::held_by(&mut ctx.tx, person.account.0).await?;
        let leads = held.into_iter().filter(|held| held.role == Role::TeamLead.name());
        let name = |node: &str| format!("{}, {node}", person.name);
        led.extend(leads.map(|held| Found { node: NodeId(held.node), name: name(&held.node_name) }));
    }
    Ok(led)
}

async fn places_named<K>(ctx: &mut Ctx<'_, K>, typed: &str) -> Result<Vec<Found>> {
    let rows = tree::named(&mut ctx.tx, typed, FOUND).await?;
    let found = rows.into_iter().map(|row| Found {
        node: NodeId(row.id),
        name: match row.above {
            Some(above) => format!("{}, {above}", row.name),
            None => row.name,
        },
    });
    Ok(found.collect())
}
