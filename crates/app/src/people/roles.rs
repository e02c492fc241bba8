//! Roles: granting them, ending them, and giving what hung on them to somebody else.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::leave;
use waymark_domain::ids::{AccountId, GrantId, NodeId};
use waymark_domain::people::grant::{self, Grant, GrantEnd};
use waymark_domain::people::role::{Apart, Role};
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::people::{held, holders, parties, sides, tree};

/// Grants a role at a node to a person, without a second yes: see [`asks::give`](crate::people::asks::give).
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::RoleRefused`] by the rules of roles; [`Error::Conflict`]
/// where the database knows of a role that excludes it.
pub async fn grant(
    ctx: &mut Ctx<'_, Write>,
    role: Role,
    node: NodeId,
    account: AccountId,
) -> Result<GrantId> {
    // Two administrators who give one person two roles that exclude each other must not both find none.
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let at = tree::node(&mut ctx.tx, node.0).await?.ok_or(Error::NotFound)?;
    let held = held(ctx, account).await?;
    let id = GrantId(ctx.env.id());
    let holder = ctx.party(id.0, account).await?;
    let event = grant::grant(role, node, NodeId(at.body), (holder, &held))?;
    let actor = match ctx.actor.account() {
        Some(actor) => Some(ctx.party(id.0, actor).await?),
        None => None,
    };
    ctx.save::<Grant>(None, (id.0, vec![event]), (actor, Vec::new())).await?;
    held::add(&mut ctx.tx, id.0);
    keep_apart(ctx, (id, role), account).await?;
    Ok(id)
}

/// What a person holds anywhere.
pub(crate) async fn held<K>(ctx: &mut Ctx<'_, K>, account: AccountId) -> Result<Vec<(Role, NodeId)>> {
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    Ok(held.iter().filter_map(|row| Some((Role::parse(&row.role)?, NodeId(row.node)))).collect())
}

/// Lets the database keep apart what the rules do.
async fn keep_apart(ctx: &mut Ctx<'_, Write>, (id, role): (GrantId, Role), account: AccountId) -> Result<()> {
    for rule in Apart::ALL {
        let Some(side) = role.side(rule) else { continue };
        let held = sides::Held { grant: id.0, account: account.0, rule: rule.name(), side: side.name() };
        if !sides::hold(&mut ctx.tx, held).await? {
            return Err(Error::Conflict);
        }
    }
    Ok(())
}

/// Ends a granted role; every open record that hung on it goes to somebody else in the same transaction.
///
/// # Errors
/// [`Error::RoleRefused`] for the last of a role that the root must have, [`Error::NotFound`].
pub async fn end(ctx: &mut Ctx<'_, Write>, id: GrantId, cause: GrantEnd) -> Result<Grant> {
    let (after, holder) = end_only(ctx, id, cause).await?;
    leave::role_ended(ctx, holder, (after.role, after.node)).await?;
    Ok(after)
}

/// Ends a granted role without looking at records; gives who held it.
pub(crate) async fn end_only(
    ctx: &mut Ctx<'_, Write>,
    id: GrantId,
    cause: GrantEnd,
) -> Result<(Grant, AccountId)> {
    // Two administrators who end the last two at once must not both find another holder.
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let grant: Grant = ctx.load(id.0).await?;
    let at = tree::node(&mut ctx.tx, grant.node.0).await?.ok_or(Error::NotFound)?;
    let others = holders::others(&mut ctx.tx, (grant.role.name(), grant.node.0), grant.id.0).await?;
    let others_at_root = at.parent.is_none().then(|| usize::try_from(others).unwrap_or(0));
    let event = grant::end(&grant, cause, others_at_root)?;
    let all = parties::of_record(&mut ctx.tx, id.0).await?;
    let holder = all.iter().find(|party| party.id == grant.holder.0).ok_or(Error::NotFound)?;
    let holder = AccountId(holder.account);
    sides::release(&mut ctx.tx, id.0, holder.0).await?;
    held::remove(&mut ctx.tx, id.0, holder.0);
    let actor = match ctx.actor.account() {
        Some(actor) => Some(ctx.party(id.0, actor).await?),
        None => None,
    };
    let after = ctx.save(Some(&grant), (id.0, vec![event]), (actor, Vec::new())).await?;
    Ok((after, holder))
}
