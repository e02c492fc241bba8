//! What hung on somebody goes to somebody else, in the transaction in which they cannot do it any more: so nothing is
//! ever with nobody (promise 1).

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::people::place::place;
use crate::route::pass;
use uuid::Uuid;
use waymark_domain::find::event::Cause;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, InnovationId, NodeId};
use waymark_domain::people::ladder::Explained;
use waymark_domain::people::role::Role;
use waymark_store::people::{covers, holders};

/// A role ended: its records that this person or their cover had go to the next.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn role_ended(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    (role, node): (Role, NodeId),
) -> Result<()> {
    for id in covers::records_by_role(&mut ctx.tx, (role.name(), node.0)).await? {
        let stands = stands_to(ctx, id, account).await?;
        if stands.decides || stands.is_cover {
            pass::reassign(ctx, InnovationId(id), Cause::RoleEnded).await?;
        }
    }
    Ok(())
}

/// An account was closed and its roles have ended: everything open that it still has goes to somebody else.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn account_closed(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    for id in covers::records_of(&mut ctx.tx, account.0).await? {
        if stands_to(ctx, id, account).await?.decides {
            pass::reassign(ctx, InnovationId(id), Cause::RoleEnded).await?;
        }
        if stands_to(ctx, id, account).await?.owns {
            pass::take_up(ctx, InnovationId(id)).await?;
        }
    }
    Ok(())
}

/// An absence began, ended or got another cover: what the person has goes to whoever is there, and what a cover had comes
/// back.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn absence_changed(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    for held in holders::held_by(&mut ctx.tx, account.0).await? {
        if !Role::parse(&held.role).is_some_and(Role::decides) {
            continue;
        }
        let is_away = is_away(ctx, account, NodeId(held.node)).await?;
        for id in covers::records_by_role(&mut ctx.tx, (&held.role, held.node)).await? {
            let stands = stands_to(ctx, id, account).await?;
            if stands.is_cover || (stands.decides && is_away) {
                pass::reassign(ctx, InnovationId(id), Cause::Away).await?;
            }
        }
    }
    Ok(())
}

/// A node moved: what is handled there or below is put in its body of now, and goes to somebody on its line of now where
/// who had it is above the old place.
///
/// # Errors
/// [`crate::Error::Unavailable`], [`crate::Error::Conflict`].
pub async fn node_moved(ctx: &mut Ctx<'_, Write>, node: NodeId) -> Result<()> {
    for id in covers::records_below(&mut ctx.tx, node.0).await? {
        pass::put_right(ctx, InnovationId(id)).await?;
    }
    Ok(())
}

/// How a person stands to a record.
struct Stands {
    decides: bool,
    owns: bool,
    is_cover: bool,
}

async fn stands_to(ctx: &mut Ctx<'_, Write>, id: Uuid, account: AccountId) -> Result<Stands> {
    let record: Innovation = ctx.load(id).await?;
    let party = ctx.known_party(id, account).await?;
    Ok(Stands {
        decides: party.is_some() && record.decider.map(|decider| decider.party) == party,
        owns: party.is_some() && record.owner == party,
        is_cover: record.decider.is_some_and(|decider| decider.explained == Some(Explained::Cover)),
    })
}

async fn is_away(ctx: &mut Ctx<'_, Write>, account: AccountId, node: NodeId) -> Result<bool> {
    let today = place(ctx, node).await?.time().day_of(ctx.now).to_string();
    let absences = covers::of(&mut ctx.tx, account.0, &today).await?;
    Ok(absences.iter().any(|absence| absence.from_on <= today))
}
