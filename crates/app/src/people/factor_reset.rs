//! Taking somebody else's second factor away, since their phone is lost and their codes are, too: one administrator asks,
//! another one or the auditor says yes; where there is nobody else, one does it alone, which is written down. For an
//! administrator who is alone there is the command line.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::account::Mail;
use crate::people::administration;
use crate::people::audit::{self, Act};
use crate::people::letters::{PEOPLE_MAIL, PeopleMail};
use crate::people::place::place;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::limits::WAITING_WORKING_DAYS;
use waymark_domain::people::grant::GrantRefusal;
use waymark_domain::people::role::Role;
use waymark_domain::route::limits::Limit;
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::people::second_factor::{self, NewReset, ResetRow};
use waymark_store::people::{accounts, holders, newcomers, sessions, tree};

/// The most that wait which one page shows.
const SHOWN: i64 = 50;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// It waits for a second yes.
    Asked,
    /// It was done by one alone.
    Alone,
}

/// Has somebody a second factor whose every role whoever acts reaches as administrator? Gives their name.
///
/// # Errors
/// [`Error::NotFound`] outside that reach, and where there is no factor to take away.
pub async fn resettable_name<K>(ctx: &mut Ctx<'_, K>, account: AccountId) -> Result<String> {
    let name = administration::reachable_name(ctx, account).await?;
    let row = second_factor::of(&mut ctx.tx, account.0).await?.filter(|row| row.is_confirmed);
    if row.is_none() || ctx.account()? == account { Err(Error::NotFound) } else { Ok(name) }
}

/// Asks that somebody's second factor be taken away.
///
/// # Errors
/// As [`resettable_name`]; [`Error::RoleRefused`] where it is asked for already.
pub async fn ask(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<Reset> {
    resettable_name(ctx, account).await?;
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let by = ctx.account()?;
    let others = others(ctx, account, by).await?;
    if others.is_empty() {
        audit::note(ctx, Act::FactorResetAlone, account.0).await?;
        take_away(ctx, account).await?;
        return Ok(Reset::Alone);
    }
    let id = noted(ctx, account, by).await?;
    audit::note(ctx, Act::FactorResetAsked, account.0).await?;
    for to in others {
        ctx.enqueue(PEOPLE_MAIL, &PeopleMail::FactorReset { to, reset: id }).await?;
    }
    Ok(Reset::Asked)
}

async fn noted(ctx: &mut Ctx<'_, Write>, account: AccountId, by: AccountId) -> Result<Uuid> {
    let nodes = nodes(ctx, account).await?;
    let here = place(ctx, nodes[0]).await?;
    let today = here.time().day_of(ctx.now);
    let due = here.time().due_after(today, Limit::WorkingDays(WAITING_WORKING_DAYS));
    let (id, at) = (ctx.env.id(), ctx.now.timestamp_micros());
    let ends_at = due.ends_at(here.zone).timestamp_micros();
    let new = NewReset { id, account: account.0, asked_by: by.0, at, ends_at };
    match second_factor::ask_reset(&mut ctx.tx, new).await {
        Err(error) if error.is_unique_on("factor_reset", &["account"]) => {
            Err(GrantRefusal::AskedAlready.into())
        }
        done => done.map(|()| id).map_err(Error::from),
    }
}

/// The nodes where somebody holds a role; the root where they hold none. Never empty.
async fn nodes<K>(ctx: &mut Ctx<'_, K>, account: AccountId) -> Result<Vec<NodeId>> {
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let nodes: Vec<NodeId> = held.iter().map(|row| NodeId(row.node)).collect();
    if nodes.is_empty() {
        return Ok(vec![NodeId(tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?.id)]);
    }
    Ok(nodes)
}

/// Who else could say yes: administrators and auditors who reach all that the person holds.
async fn others<K>(ctx: &mut Ctx<'_, K>, account: AccountId, by: AccountId) -> Result<Vec<Uuid>> {
    let mut others: Option<Vec<Uuid>> = None;
    for node in nodes(ctx, account).await? {
        let above = newcomers::above(&mut ctx.tx, node.0).await?;
        let confirms = |role: &str| Role::parse(role).is_some_and(Role::confirms);
        let mut here: Vec<Uuid> =
            above.iter().filter(|row| confirms(&row.role)).map(|row| row.account).collect();
        here.retain(|one| others.as_ref().is_none_or(|others| others.contains(one)));
        others = Some(here);
    }
    let mut others = others.unwrap_or_default();
    others.retain(|one| *one != account.0 && *one != by.0);
    others.sort_unstable();
    others.dedup();
    Ok(others)
}

/// A reset that waits, as who could say yes sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What was asked.
    pub row: ResetRow,
    /// Until when it can be said yes to.
    pub until: DateTime<Utc>,
    /// May whoever looks say yes?
    pub is_mine_to_confirm: bool,
    /// Did whoever looks ask for it? Then they may take it back.
    pub is_own: bool,
}

/// Those that wait and that whoever acts may know of.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for row in second_factor::resets(&mut ctx.tx, (ctx.now.timestamp_micros(), SHOWN)).await? {
        waiting.extend(seen(ctx, row).await?);
    }
    Ok(waiting)
}

async fn seen<K>(ctx: &mut Ctx<'_, K>, row: ResetRow) -> Result<Option<Waiting>> {
    let me = ctx.account()?;
    let is_own = row.asked_by == me.0;
    let others = others(ctx, AccountId(row.account), AccountId(row.asked_by)).await?;
    let is_mine_to_confirm = others.contains(&me.0);
    let until = DateTime::from_timestamp_micros(row.ends_at).unwrap_or_default();
    Ok((is_own || is_mine_to_confirm).then_some(Waiting { row, until, is_mine_to_confirm, is_own }))
}

async fn found(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<Waiting> {
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let row = second_factor::reset(&mut ctx.tx, id, ctx.now.timestamp_micros()).await?;
    seen(ctx, row.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)
}

/// Says the second yes: the factor is taken away.
///
/// # Errors
/// [`Error::NotFound`] where it does not wait any more or whoever acts may not know of it, [`Error::RoleRefused`] where
/// they asked for it themselves.
pub async fn confirm(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let waiting = found(ctx, id).await?;
    if !waiting.is_mine_to_confirm {
        return Err(GrantRefusal::OwnAsk.into());
    }
    let account = AccountId(waiting.row.account);
    audit::note(ctx, Act::FactorReset, account.0).await?;
    take_away(ctx, account).await
}

/// Says no, or takes back what one asked for.
///
/// # Errors
/// [`Error::NotFound`] as in [`confirm`].
pub async fn refuse(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let waiting = found(ctx, id).await?;
    second_factor::refuse_reset(&mut ctx.tx, id).await?;
    audit::note(ctx, Act::FactorResetRefused, waiting.row.account).await
}

/// Takes it away for whoever has the machine.
///
/// # Errors
/// [`Error::NotFound`] where nobody with that address has a second factor.
pub async fn by_console(ctx: &mut Ctx<'_, Write>, mail: &Mail) -> Result<()> {
    let row = accounts::by_mail(&mut ctx.tx, &mail.folded()).await?.ok_or(Error::NotFound)?;
    second_factor::of(&mut ctx.tx, row.id).await?.ok_or(Error::NotFound)?;
    audit::note(ctx, Act::FactorReset, row.id).await?;
    take_away(ctx, AccountId(row.id)).await
}

/// Takes it away, ends every session of the person and tells them.
async fn take_away(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    second_factor::remove(&mut ctx.tx, account.0).await?;
    sessions::end_all(&mut ctx.tx, account.0, None).await?;
    ctx.enqueue(PEOPLE_MAIL, &PeopleMail::FactorGone { to: account.0 }).await
}
