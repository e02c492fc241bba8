//! Powerful roles: asked for by one administrator, given when a second one or the auditor says yes too, or by one alone
//! where there is nobody else (`domain::people::ask`). Who could say it, and then who asked, hears of it in the mail of the day.
//! Who is erased takes back what they asked for.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::place::place;
use crate::people::roles;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, AskId, GrantId, NodeId};
use waymark_domain::limits::WAITING_WORKING_DAYS;
use waymark_domain::people::ask::{self, Ask, AskEvent};
use waymark_domain::people::grant::GrantRefusal;
use waymark_domain::people::role::Role;
use waymark_domain::route::limits::Limit;
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::people::asks::{self, AskRow};
use waymark_store::people::{holders, newcomers};

/// The kind of job that ends what nobody said anything to. Its payload is a [`Lapses`].
pub const ASK_LAPSES: &str = "ask-lapses";
/// The most roles that wait which one page shows.
const SHOWN: i64 = 50;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapses {
    /// The ask.
    pub ask: Uuid,
}

/// What became of a role that was to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It was given.
    Now(GrantId),
    /// It was given by one person alone, which is written down.
    Alone(GrantId),
    /// It waits for a second yes.
    Asked(AskId),
}

/// Gives a role at a node to a person; a powerful one waits for a second yes where somebody could say it. Whoever has the
/// machine (the first run, the command line) gives it at once: there is no administrator to ask yet.
///
/// # Errors
/// As [`roles::grant`].
pub async fn give(
    ctx: &mut Ctx<'_, Write>,
    role: Role,
    (node, account): (NodeId, AccountId),
) -> Result<Given> {
    let Some(actor) = ctx.actor.account().filter(|_| role.is_powerful()) else {
        return roles::grant(ctx, role, node, account).await.map(Given::Now);
    };
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let others = others(ctx, node, [actor, account]).await?;
    let asked = asked(ctx, role, (node, account)).await?;
    if others.is_empty() {
        let grant = roles::grant(ctx, role, node, account).await?;
        settle(ctx, &asked, AskEvent::Explained { grant }).await?;
        return Ok(Given::Alone(grant));
    }
    let here = place(ctx, node).await?;
    let ends_at = waymark_domain::route::due::Due { date: asked.until, beyond_calendar: false };
    ctx.enqueue_at((ASK_LAPSES, &Lapses { ask: asked.id.0 }), ends_at.ends_at(here.zone), None).await?;
    Ok(Given::Asked(asked.id))
}

/// Writes down that a role is asked for.
async fn asked(ctx: &mut Ctx<'_, Write>, role: Role, (node, account): (NodeId, AccountId)) -> Result<Ask> {
    let here = place(ctx, node).await?;
    let today = here.time().day_of(ctx.now);
    let until = here.time().due_after(today, Limit::WorkingDays(WAITING_WORKING_DAYS)).date;
    let mut held = roles::held(ctx, account).await?;
    for waiting in asks::at_node(&mut ctx.tx, node.0).await?.iter().filter(|row| row.holder == account.0) {
        match Role::parse(&waiting.role) {
            Some(same) if same == role => return Err(GrantRefusal::AskedAlready.into()),
            other => held.extend(other.map(|other| (other, node))),
        }
    }
    let id = AskId(ctx.env.id());
    let holder = ctx.party(id.0, account).await?;
    let event = ask::ask(role, (node, NodeId(here.body.id)), (holder, &held), until)?;
    let by = ctx.account()?;
    let by = ctx.party(id.0, by).await?;
    ctx.save(None, (id.0, vec![event]), (Some(by), Vec::new())).await
}

/// Who could say the second yes at a node: administrators and auditors who reach it, but not these two.
async fn others<K>(ctx: &mut Ctx<'_, K>, node: NodeId, but: [AccountId; 2]) -> Result<Vec<Uuid>> {
    let above = newcomers::above(&mut ctx.tx, node.0).await?;
    let confirms = |role: &str| Role::parse(role).is_some_and(Role::confirms);
    let mut others: Vec<Uuid> =
        above.iter().filter(|row| confirms(&row.role)).map(|row| row.account).collect();
    others.retain(|account| !but.contains(&AccountId(*account)));
    others.sort_unstable();
    others.dedup();
    Ok(others)
}

/// A role that waits, as who could say the second yes sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What was asked.
    pub row: AskRow,
    /// The last day on which it can be confirmed.
    pub until: NaiveDate,
    /// May whoever looks say yes? Neither who asked nor who is to hold it may.
    pub is_mine_to_confirm: bool,
    /// Did whoever looks ask for it? Then they may take it back.
    pub is_own: bool,
}

/// The roles that wait and that whoever acts sees, the most urgent first.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Waiting>> {
    let account = ctx.account()?;
    let rows = asks::reached(&mut ctx.tx, account.0, SHOWN).await?;
    rows.into_iter().map(|row| waiting(row, account)).collect()
}

fn waiting(row: AskRow, account: AccountId) -> Result<Waiting> {
    let until = row.until_on.parse().map_err(Error::internal)?;
    let is_own = row.asked_by == account.0;
    Ok(Waiting { until, is_mine_to_confirm: !is_own && row.holder != account.0, is_own, row })
}

/// The ask, where whoever acts could say the second yes at its node.
async fn reached(ctx: &mut Ctx<'_, Write>, id: AskId) -> Result<(Ask, AskRow)> {
    let account = ctx.account()?;
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let row = asks::open(&mut ctx.tx, id.0).await?.ok_or(Error::NotFound)?;
    let roles = holders::reaching(&mut ctx.tx, account.0, row.node).await?;
    if !roles.iter().any(|role| Role::parse(role).is_some_and(Role::confirms)) {
        return Err(Error::NotFound);
    }
    Ok((ctx.load(id.0).await?, row))
}

/// Says the second yes: the role is given.
///
/// # Errors
/// [`Error::NotFound`] where it does not wait any more or whoever acts may not know of it, [`Error::RoleRefused`] by the
/// rules of roles.
pub async fn confirm(ctx: &mut Ctx<'_, Write>, id: AskId) -> Result<()> {
    let (ask, row) = reached(ctx, id).await?;
    let account = ctx.account()?;
    let by = ctx.party(id.0, account).await?;
    let today = place(ctx, ask.node).await?.time().day_of(ctx.now);
    ask::confirm(&ask, by, today)?;
    let grant = roles::grant(ctx, ask.role, ask.node, AccountId(row.holder)).await?;
    settle(ctx, &ask, AskEvent::Confirmed { grant }).await
}

/// Says no, or takes back one's own ask.
///
/// # Errors
/// As [`confirm`].
pub async fn refuse(ctx: &mut Ctx<'_, Write>, id: AskId) -> Result<()> {
    let (ask, _) = reached(ctx, id).await?;
    let event = ask::refuse(&ask)?;
    settle(ctx, &ask, event).await
}

/// Ends an ask whose last day has passed; nothing where it was settled before.
pub(crate) async fn lapse(ctx: &mut Ctx<'_, Write>, id: AskId) -> Result<()> {
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let ask: Ask = ctx.load(id.0).await?;
    let today = place(ctx, ask.node).await?.time().day_of(ctx.now);
    match ask::lapse(&ask, today) {
        Some(event) => settle(ctx, &ask, event).await,
        None => Ok(()),
    }
}

/// Takes back what somebody asked for who is erased: a role that two give needs both of them, and nothing would say any more who
/// the first was. Who could say the second yes hears of it in the mail of the day.
pub(crate) async fn take_back(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    for id in asks::open_by(&mut ctx.tx, account.0).await? {
        let ask: Ask = ctx.load(id).await?;
        let event = ask::refuse(&ask)?;
        settle(ctx, &ask, event).await?;
    }
    Ok(())
}

async fn settle(ctx: &mut Ctx<'_, Write>, ask: &Ask, event: AskEvent) -> Result<()> {
    let actor = match ctx.actor.account() {
        Some(account) => Some(ctx.party(ask.id.0, account).await?),
        None => None,
    };
    ctx.save(Some(ask), (ask.id.0, vec![event]), (actor, Vec::new())).await?;
    Ok(())
}
