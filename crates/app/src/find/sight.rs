//! Who may see a record, changed after it was told: fewer at once, more with who brought it and the finder.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::people::place::place;
use crate::route::change::{Seen, change};
use crate::route::duty::line;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::sight::{self as rule, Side};
use waymark_domain::ids::AccountId;
use waymark_domain::people::ladder::{self, Seeking};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::policy::Action;
use waymark_store::people::parties;

/// The kind of job that asks a finder. Its payload is a [`Ask`].
pub const SIGHT_MAIL: &str = "sight-mail";

/// That who brought a record wishes more people to see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The record.
    pub record: Uuid,
    /// Its version then.
    pub version: u32,
}

/// Says who may see a record.
///
/// # Errors
/// [`crate::Error::NotFound`], [`crate::Error::Forbidden`], [`crate::Error::Conflict`], and what [`rule::show_to`] says.
pub async fn show_to(ctx: &mut Ctx<'_, Write>, seen: Seen, to: SeenBy) -> Result<Innovation> {
    let after =
        change(ctx, seen, Action::ShowTo, |record, facts, _| Ok(vec![rule::show_to(record, to, facts)?]))
            .await?;
    if after.wider.is_some_and(|offer| offer.side == Side::Contributor) {
        ctx.enqueue(SIGHT_MAIL, &Ask { record: after.id.0, version: after.version }).await?;
    }
    Ok(after)
}

/// The finder of a record, or who stands in for one; nobody who brought it.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub(crate) async fn finder_of<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<Option<AccountId>> {
    let here = place(ctx, record.at).await?;
    let known = parties::of_record(&mut ctx.tx, record.id.0).await?;
    let brought = |party: Uuid| record.told.contributors.iter().any(|one| one.party.0 == party);
    let brought: Vec<AccountId> =
        known.iter().filter(|row| brought(row.id)).map(|row| AccountId(row.account)).collect();
    let holders = line(ctx, (&here, &brought)).await?;
    Ok(ladder::find(Seeking::Finder, &holders).map(|found| found.account))
}
