//! Names of people and numbers that look like those of health, police or courts in what somebody is about to send: pointed
//! out, so that they can take them out.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::capture::place_of;
use crate::find::doors;
use crate::find::draft::Draft;
use crate::find::view::find;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::NodeId;
use waymark_domain::reference::Reference;
use waymark_methods::identifying::identifying;

pub use waymark_methods::identifying::Found;

/// What in the texts of a draft could tell who somebody is. Names of the place and its body may stand there.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn named<K>(ctx: &mut Ctx<'_, K>, draft: &Draft) -> Result<Vec<Found>> {
    let texts = ["title", "problem", "solution", "did", "changed"].map(|field| draft.value(field)).join("\n");
    named_at(ctx, place_of(&draft.fields), &texts).await
}

/// The same in a text for a place; every name counts where there is none.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn named_at<K>(ctx: &mut Ctx<'_, K>, node: Option<NodeId>, text: &str) -> Result<Vec<Found>> {
    let all = identifying(text, &[]);
    // In most texts there is nothing even where every name counts: for those no place is looked up.
    let Some(node) = node.filter(|_| !all.is_empty()) else { return Ok(all) };
    match doors::spot_of(ctx, node).await {
        Ok(spot) => Ok(identifying(text, &[spot.name.as_str(), spot.body.as_str()])),
        Err(Error::NotFound) => Ok(all),
        Err(other) => Err(other),
    }
}

/// The same in a text for a record. Whether whoever acts may know of that is asked elsewhere.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Unavailable`].
pub async fn named_on<K>(ctx: &mut Ctx<'_, K>, on: &Reference, text: &str) -> Result<Vec<Found>> {
    if identifying(text, &[]).is_empty() {
        return Ok(Vec::new());
    }
    let id = find(ctx, on).await?;
    let record: Innovation = ctx.load(id.0).await?;
    named_at(ctx, Some(record.told.node), text).await
}
