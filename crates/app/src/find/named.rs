//! Names of people and numbers that look like those of health, police or courts in what somebody is about to send: pointed
//! out, so that they can take them out.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::capture::place_of;
use crate::find::doors;
use crate::find::draft::Draft;
use waymark_methods::identifying::identifying;

pub use waymark_methods::identifying::Found;

/// What in the texts of a draft could tell who somebody is. Names of the place and its body may stand there.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn named<K>(ctx: &mut Ctx<'_, K>, draft: &Draft) -> Result<Vec<Found>> {
    let texts = ["title", "problem", "solution", "did", "changed"].map(|field| draft.value(field)).join("\n");
    let spot = match place_of(&draft.fields) {
        Some(node) => match doors::spot_of(ctx, node).await {
            Err(Error::NotFound) => None,
            found => Some(found?),
        },
        None => None,
    };
    let own = spot.as_ref().map(|spot| [spot.name.as_str(), spot.body.as_str()]);
    Ok(identifying(&texts, own.as_ref().map_or(&[], |own| own.as_slice())))
}
