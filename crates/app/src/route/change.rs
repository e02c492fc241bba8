//! The one way a use case changes a record of an idea: load, may they?, decide, save, and what follows.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::index;
use crate::people::looks;
use crate::route::duty::{Situation, Subject, situation};
use uuid::Uuid;
use waymark_domain::account::fact::is_with_care;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::{InnovationId, NodeId, PartyId};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::facts::Facts;
use waymark_domain::route::policy::{Action, Viewer, may};
use waymark_store::account::come_back;
use waymark_store::find::listing::{self, Listed};
use waymark_store::people::holders::{self, StandingRow};

/// Which record, as the person saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The record.
    pub id: InnovationId,
    /// The version that the form was made from; nothing where it does not matter.
    pub version: Option<u32>,
}

/// Loads a record for whoever acts, with how they stand to it.
///
/// # Errors
/// [`Error::NotFound`] where there is none or they may not know of it.
pub async fn visible<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<(Innovation, Viewer)> {
    let record: Innovation = ctx.load(id.0).await?;
    let viewer = viewer(ctx, &record).await?;
    if may(&viewer, Action::See, &record) { Ok((record, viewer)) } else { Err(Error::NotFound) }
}

/// How whoever acts stands to a record.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn viewer<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<Viewer> {
    if let Some(party) = ctx.actor.bears(record.id.0) {
        return Ok(bearing(party));
    }
    let Some(account) = ctx.actor.account() else { return Ok(Viewer::default()) };
    let party = ctx.known_party(record.id.0, account).await?;
    let held = holders::standing(&mut ctx.tx, account.0, [record.told.node.0, record.at.0]).await?;
    Ok(stands(record, &held, party))
}

/// How whoever has the code of a record stands to it: as whoever brought it, with no role.
pub(crate) fn bearing(party: PartyId) -> Viewer {
    Viewer { party: Some(party), is_signed_in: true, ..Viewer::default() }
}

/// How somebody who is signed in stands to a record, by the roles that they hold.
pub(crate) fn stands(record: &Innovation, held: &[StandingRow], party: Option<PartyId>) -> Viewer {
    let viewer = by_roles(record, held, party);
    let by_others = by_roles(record, &beside_checking(held), party);
    let sees = |viewer: &Viewer| may(viewer, Action::See, record);
    Viewer { only_checks: sees(&viewer) && !sees(&by_others), ..viewer }
}

/// What somebody holds besides a role that checks: an auditor's, or one in government, which sees aggregates. What it shows
/// them needs no reason. Whoever works in government is of it all the same.
fn beside_checking(held: &[StandingRow]) -> Vec<StandingRow> {
    let is_above = |row: &StandingRow| row.level == Level::Government.name();
    let others = held.iter().filter(|row| row.role != Role::Auditor.name());
    others.map(|row| StandingRow { reaches: row.reaches && !is_above(row), ..row.clone() }).collect()
}

fn by_roles(record: &Innovation, held: &[StandingRow], party: Option<PartyId>) -> Viewer {
    let bodies = [record.told.body.0, record.at_body.0];
    let reaching = held.iter().filter(|role| role.reaches);
    Viewer {
        // Who is no party of the record has none of a party's rights: a party that nobody has stands for that.
        party: Some(party.unwrap_or(PartyId(Uuid::nil()))),
        is_signed_in: true,
        roles: reaching.filter_map(|role| Role::parse(&role.role)).collect(),
        is_of_body: held.iter().any(|role| bodies.contains(&role.body)),
        only_checks: false,
    }
}

/// Changes a record as whoever acts: `decide` gives the events from the record, the facts and the texts it notes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Conflict`] where the record moved on since the form was made,
/// [`Error::ReasonFirst`], and what `decide` says.
pub async fn change<D>(ctx: &mut Ctx<'_, Write>, seen: Seen, action: Action, decide: D) -> Result<Innovation>
where
    D: FnOnce(&Innovation, &Facts<'_>, &mut Writing<'_>) -> Result<Vec<InnovationEvent>>,
{
    let (record, viewer) = visible(ctx, seen.id).await?;
    if seen.version.is_some_and(|version| version != record.version) {
        return Err(Error::Conflict);
    }
    if !may(&viewer, action, &record) {
        return Err(Error::Forbidden);
    }
    // Who opens a name says why on the record itself, for good.
    if action != Action::OpenName {
        looks::must_say_why(ctx, (&record, &viewer)).await?;
    }
    let situation = situation(ctx, Subject::of(&record)).await?;
    apply(ctx, &record, &situation, decide).await
}

/// Decides and saves, without asking whether the actor may: for time, reassignments and [`change`].
pub(crate) async fn apply<D>(
    ctx: &mut Ctx<'_, Write>,
    record: &Innovation,
    situation: &Situation,
    decide: D,
) -> Result<Innovation>
where
    D: FnOnce(&Innovation, &Facts<'_>, &mut Writing<'_>) -> Result<Vec<InnovationEvent>>,
{
    let facts = situation.facts();
    let mut writing = Writing::new(ctx.env, (record.id.0, record.version + 1), ctx.language);
    let events = decide(record, &facts, &mut writing)?;
    if events.is_empty() {
        return Ok(record.clone());
    }
    let words = writing.finish();
    let after = ctx.save(Some(record), (record.id.0, events.clone()), (facts.actor, words)).await?;
    keep_parties(ctx, &after, situation);
    if listed(record) != listed(&after) {
        listing::replace(&mut ctx.tx, &where_listed(record));
    }
    if record.at_body != after.at_body || record.seen_by() != after.seen_by() {
        index::renew(ctx, &after).await?;
    }
    if record.seen_by() != after.seen_by() {
        come_back::set_care(&mut ctx.tx, after.id.0, is_with_care(&after));
    }
    crate::route::notice::after(ctx, &after, &events).await?;
    Ok(after)
}

/// What the lists hold of a record.
fn listed(record: &Innovation) -> (Stage, [NodeId; 2], SeenBy) {
    (record.stage, [record.at, record.at_body], record.seen_by())
}

const fn where_listed(record: &Innovation) -> Listed {
    Listed {
        innovation: record.id.0,
        node: record.told.node.0,
        sent_at: record.sent_at.timestamp_micros(),
        bodies: [record.told.body.0, record.at_body.0],
    }
}

/// Writes the rows of parties that became part of the record with this change; those that had rows before keep them.
pub(crate) fn keep_parties(ctx: &mut Ctx<'_, Write>, after: &Innovation, situation: &Situation) {
    let brought = after.told.contributors.iter().map(|contributor| contributor.party);
    let has_it = [after.told.assisted_by, after.owner, after.decider.map(|duty| duty.party)];
    let named = brought.chain(has_it.into_iter().flatten()).chain(situation.facts().actor);
    for party in named {
        ctx.keep(after.id.0, party);
    }
}
