//! Bringing a kept file in: everything in one transaction, so that nothing of it is seen before its last moment, and a
//! process that dies leaves nothing behind but the file, which is then brought in anew.
//!
//! One transaction was preferred to hidden rows that are shown at the end: those would need a second state of every
//! record in every list, count and feed. The price is that on SQLite nobody else writes meanwhile; what that costs is
//! measured with the import.

mod ideas;
mod organisations;
mod people;
mod problems;

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::import::batch::{self, Batch, Outcome, State, written};
use crate::import::check::{Plan, check};
use crate::import::columns::Kind;
use crate::import::may;
use crate::import::progress::Running;
use crate::jobs::import::{Begun, KIND};
use chrono::TimeDelta;
use uuid::Uuid;
use waymark_store::import;

/// After how long a worker looks whether it is in.
const LOOKED_AFTER_MINUTES: i64 = 2;
/// How many ideas are named in the account of an import.
const NAMED: usize = 20;

/// Says that a file is to come in. `is_good_only` leaves rows with faults out; without it, faults keep all out.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] on `apply` where there are faults and all was asked for, or nothing can come
/// in; [`Error::Conflict`] where it was thrown away. One that is in, or on its way, stays so.
pub async fn begin(ctx: &mut Ctx<'_, Write>, id: Uuid, is_good_only: bool) -> Result<()> {
    let found = batch::find(ctx, id).await?;
    match found.state {
        State::Applying | State::Applied => return Ok(()),
        State::ThrownAway => return Err(Error::Conflict),
        State::Staged => {}
    }
    let checked = check(ctx, &found).await?;
    if checked.plan.len() == 0 {
        return Err(Error::field("apply", "import-nothing-good"));
    }
    if !checked.faults.is_empty() && !is_good_only {
        return Err(Error::field("apply", "import-has-faults"));
    }
    import::set_good_only(&mut ctx.tx, id, is_good_only).await?;
    let now = ctx.now.timestamp_micros();
    let states = (State::Staged.name(), State::Applying.name());
    let is_begun = import::change_state(&mut ctx.tx, id, states, now).await?;
    if !is_begun {
        return Err(Error::Conflict);
    }
    // Should the process that begins it now be killed, a worker begins it again.
    if let Some(account) = ctx.actor.account() {
        let begun = Begun { batch: id, account: account.0 };
        let later = ctx.now + TimeDelta::minutes(LOOKED_AFTER_MINUTES);
        ctx.enqueue_at((KIND, &begun), later, None).await?;
    }
    Ok(())
}

/// Brings in a file of which [`begin`] said that it is to come in; called again after an interruption, it begins anew,
/// and called for what is in already, it gives what became of it.
///
/// # Errors
/// [`Error::Conflict`] where it was not begun, is under way at this moment, or the rows no longer fit to what is here;
/// [`Error::NotFound`], [`Error::Unavailable`].
pub async fn run(env: &Env, actor: Actor, id: Uuid) -> Result<Outcome> {
    let mut ctx = Ctx::write_at(env, actor, env.now()).await?;
    let now = ctx.now.timestamp_micros();
    let states = (State::Applying.name(), State::Applied.name());
    let is_mine = import::change_state(&mut ctx.tx, id, states, now).await?;
    let found = batch::find(&mut ctx, id).await?;
    if !is_mine {
        return found.outcome.ok_or(Error::Conflict);
    }
    let checked = check(&mut ctx, &found).await?;
    if !checked.faults.is_empty() && !found.is_good_only {
        return Err(Error::Conflict);
    }
    let running = Running::begin(id, checked.plan.len()).ok_or(Error::Conflict)?;
    let mut outcome = Outcome { left_out: found.rows - checked.plan.len(), ..Outcome::default() };
    write(&mut ctx, (&found, checked.plan), (&running, &mut outcome)).await?;
    import::finish(&mut ctx.tx, id, Some(&written(&outcome)?)).await?;
    ctx.commit().await?;
    Ok(outcome)
}

/// Where writing rows says how far it is and what became of each.
type Account<'a> = (&'a Running, &'a mut Outcome);

async fn write(ctx: &mut Ctx<'_, Write>, (found, plan): (&Batch, Plan), account: Account<'_>) -> Result<()> {
    // Ideas are told by somebody: whoever has the machine has them told by the finder there.
    if matches!(found.kind(), Kind::Ideas | Kind::Problems) && ctx.actor.account().is_none() {
        ctx.actor = Actor::Person(may::finder_of(ctx, found.node).await?);
    }
    match plan {
        Plan::Ideas(rows) => ideas::write(ctx, (found, rows), account).await,
        Plan::Problems(rows) => problems::write(ctx, (found, rows), account).await,
        Plan::Organisations(rows) => organisations::write(ctx, rows, account).await,
        Plan::People(rows) => people::write(ctx, rows, account).await,
    }
}
