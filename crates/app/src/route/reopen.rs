//! Opening again: what was answered *no* comes back with what is new since.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::route::change::{Seen, change, visible};
use crate::route::pass;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::route::policy::Action;
use waymark_domain::route::reopen;
use waymark_domain::text::{Field, Prose};

/// Opens it again.
///
/// # Errors
/// What [`change`] and [`reopen::reopen`] say.
pub async fn reopen(ctx: &mut Ctx<'_, Write>, seen: Seen, why: &Prose) -> Result<Innovation> {
    let (record, _) = visible(ctx, seen.id).await?;
    let is_there = match reopen::stopped(&record) {
        Some(answer) => pass::has_right(ctx, &record, answer.given.by).await?,
        None => false,
    };
    change(ctx, seen, Action::Reopen, |record, facts, writing| {
        let why = writing.note(Field::Why, why.as_str());
        Ok(vec![reopen::reopen(record, (why, is_there), facts)?])
    })
    .await?;
    // While it had ended, nodes moved without it.
    pass::put_right(ctx, seen.id).await
}
