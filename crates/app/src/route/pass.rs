//! Duties that pass to somebody else: taken over, called back, an interest, and what time does.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::find::hidden;
use crate::people::place::place;
use crate::route::change::{Seen, apply, change, keep_parties, visible};
use crate::route::duty::{Subject, situation};
use waymark_domain::find::event::{Cause, Duty, Place};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{InnovationId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::pass;
use waymark_domain::route::policy::Action;
use waymark_store::people::holders::{self, HolderRow};
use waymark_store::people::parties;

/// The finder takes it over, by the role that they hold themselves: the nearest finder there may be somebody else.
///
/// # Errors
/// What [`change`] and [`pass::take_over`] say.
pub async fn take_over(ctx: &mut Ctx<'_, Write>, seen: Seen) -> Result<Innovation> {
    let (record, _) = visible(ctx, seen.id).await?;
    let own = own_finder_node(ctx, &record).await?;
    change(ctx, seen, Action::TakeOver, |record, facts, _| {
        let party = facts.actor.ok_or(Refusal::NotYours)?;
        let node = own.ok_or(Refusal::NotYours)?;
        let mine = Duty { party, role: Role::Finder, node, explained: None };
        Ok(vec![pass::take_over(record, mine, facts)?])
    })
    .await
}

/// The nearest node above the record at which whoever acts is finder.
async fn own_finder_node(ctx: &mut Ctx<'_, Write>, record: &Innovation) -> Result<Option<NodeId>> {
    let account = ctx.account()?;
    let today = ctx.now.format("%Y-%m-%d").to_string();
    let rows = holders::on_line(&mut ctx.tx, record.at.0, &today).await?;
    let own = rows.iter().find(|row| row.account == account.0 && row.role == Role::Finder.name());
    Ok(own.map(|row| NodeId(row.node)))
}

/// The event that *not now* waited for has happened.
///
/// # Errors
/// What [`change`] and [`pass::call_back`] say.
pub async fn call_back(ctx: &mut Ctx<'_, Write>, seen: Seen) -> Result<Innovation> {
    change(ctx, seen, Action::CallBack, |record, facts, _| Ok(vec![pass::call_back(record, facts)?])).await
}

/// The decider declares an interest; it goes to the next without one.
///
/// # Errors
/// What [`change`] and [`pass::declare_interest`] say.
pub async fn declare_interest(ctx: &mut Ctx<'_, Write>, seen: Seen) -> Result<Innovation> {
    let (mut record, _) = visible(ctx, seen.id).await?;
    // Who could have it next is sought as if the interest were declared already.
    if let Some(party) = ctx.known_party(record.id.0, ctx.account()?).await? {
        record.interested.push(party);
    }
    let next = situation(ctx, Subject::of(&record)).await?;
    let duty = next.expected(&record);
    let after = change(ctx, seen, Action::DeclareInterest, |record, facts, _| {
        Ok(pass::declare_interest(record, duty, facts)?)
    })
    .await?;
    keep_parties(ctx, &after, &next);
    Ok(after)
}

/// What time does to a record, step by step until nothing is left. Gives how many steps there were.
///
/// # Errors
/// [`crate::Error::Conflict`] where somebody changed it meanwhile, [`crate::Error::Unavailable`].
pub async fn time_passes(ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<u32> {
    let mut steps = 0;
    let mut record: Innovation = ctx.load(id.0).await?;
    // Three steps of lateness, a pause and a return are the most that one day can bring; the bound is a guard.
    while steps < 8 {
        let now = situation(ctx, Subject::of(&record)).await?;
        let after = apply(ctx, &record, &now, |record, facts, _| {
            Ok(pass::time_passes(record, facts).into_iter().collect())
        })
        .await?;
        if after.version == record.version {
            break;
        }
        steps += 1;
        record = after;
    }
    // Also on a record that has ended: its name is hidden still.
    Ok(steps + u32::from(hidden::lapse(ctx, &record).await?))
}

/// Gives an open record to whoever has to have it now, because who had it is away, lost the role or left.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn reassign(ctx: &mut Ctx<'_, Write>, id: InnovationId, cause: Cause) -> Result<Innovation> {
    let record: Innovation = ctx.load(id.0).await?;
    let now = situation(ctx, Subject::of(&record)).await?;
    let next = now.expected(&record);
    apply(ctx, &record, &now, |record, facts, _| {
        Ok(pass::reassign(record, (cause, next), facts).into_iter().collect())
    })
    .await
}

/// Puts an open record where its node is now, after the node moved, got another legal body or was closed: then it is
/// handled at the nearest node above that is open.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn rehome(ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<Innovation> {
    let record: Innovation = ctx.load(id.0).await?;
    let now = situation(ctx, Subject::of(&record)).await?;
    let at = now.place.line.iter().find(|above| !above.is_closed).map_or(record.at, |above| NodeId(above.id));
    let above = if at == record.at { None } else { Some(place(ctx, at).await?) };
    let here = above.as_ref().unwrap_or(&now.place);
    let place = Place { at, body: NodeId(here.body.id), zone: here.zone.name().to_owned() };
    apply(ctx, &record, &now, |record, _, _| Ok(pass::rehome(record, place).into_iter().collect())).await
}

/// Puts an open record where its node is now, and gives it to somebody who is there where its decider has no right to it
/// any more: after its node moved, or after an answer was undone that was given before such a change.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn put_right(ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<Innovation> {
    let record = rehome(ctx, id).await?;
    match record.decider {
        Some(decider) if !has_right(ctx, &record, decider).await? => {
            reassign(ctx, id, Cause::NodeMoved).await
        }
        _ => Ok(record),
    }
}

/// Does who decides hold the role on the line of the record and is there, or answers for somebody who holds it?
pub(crate) async fn has_right(ctx: &mut Ctx<'_, Write>, record: &Innovation, decider: Duty) -> Result<bool> {
    let account = parties::account_of(&mut ctx.tx, decider.party.0).await?;
    let today = place(ctx, record.at).await?.time().day_of(ctx.now).to_string();
    let rows = holders::on_line(&mut ctx.tx, record.at.0, &today).await?;
    let mut same = rows.iter().filter(|row| row.role == decider.role.name() && row.node == decider.node.0);
    let stands_in = |row: &HolderRow| if row.is_away { row.covered_by } else { Some(row.account) };
    Ok(account.is_some() && same.any(|row| stands_in(row) == account))
}

/// Lets who decided see to the three lines of a record whose trier is gone.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn take_up(ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<Innovation> {
    let record: Innovation = ctx.load(id.0).await?;
    let now = situation(ctx, Subject::of(&record)).await?;
    apply(ctx, &record, &now, |record, _, _| Ok(pass::take_up(record).into_iter().collect())).await
}
