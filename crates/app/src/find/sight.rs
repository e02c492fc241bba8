//! Who may see a record, changed after it was told: fewer at once, more with who brought it and the finder. Whose yes that
//! waits for is asked in the mail of the day, and in their work.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::route::change::{Seen, change};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::sight as rule;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::policy::Action;

/// Says who may see a record.
///
/// # Errors
/// [`crate::Error::NotFound`], [`crate::Error::Forbidden`], [`crate::Error::Conflict`], and what [`rule::show_to`] says.
pub async fn show_to(ctx: &mut Ctx<'_, Write>, seen: Seen, to: SeenBy) -> Result<Innovation> {
    change(ctx, seen, Action::ShowTo, |record, facts, _| Ok(vec![rule::show_to(record, to, facts)?])).await
}
