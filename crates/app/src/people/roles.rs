//! Roles: granting them, ending them, and giving what hung on them to somebody else.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use waymark_domain::ids::{AccountId, GrantId, NodeId};
use waymark_domain::people::grant::{self, Grant};
use waymark_domain::people::role::Role;
use waymark_store::people::{holders, tree};

/// Grants a role at a node to a person.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::RoleRefused`] by the rules of roles.
pub async fn grant(
    ctx: &mut Ctx<'_, Write>,
    role: Role,
    node: NodeId,
    account: AccountId,
) -> Result<GrantId> {
    let at = tree::node(&mut ctx.tx, node.0).await?.ok_or(Error::NotFound)?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let held: Vec<(Role, NodeId)> =
        held.iter().filter_map(|row| Some((Role::parse(&row.role)?, NodeId(row.node)))).collect();
    let id = GrantId(ctx.env.id());
    let holder = ctx.party(id.0, account).await?;
    let event = grant::grant(role, node, NodeId(at.body), (holder, &held))?;
    let actor = match ctx.actor.account() {
        Some(actor) => Some(ctx.party(id.0, actor).await?),
        None => None,
    };
    ctx.save::<Grant>(None, (id.0, vec![event]), (actor, Vec::new())).await?;
    Ok(id)
}
