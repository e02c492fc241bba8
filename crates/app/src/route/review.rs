//! A review: whoever brought it asks once that another decider look at an answer.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::route::change::{Seen, change, keep_parties, visible};
use crate::route::duty::{Subject, situation};
use crate::route::pass;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::route::policy::Action;
use waymark_domain::route::review;
use waymark_domain::text::{Field, Prose};

/// Asks for the review.
///
/// # Errors
/// What [`change`] and [`review::ask`] say.
pub async fn ask(ctx: &mut Ctx<'_, Write>, seen: Seen, why: &Prose) -> Result<Innovation> {
    let (record, _) = visible(ctx, seen.id).await?;
    // Who could look at it is sought as if it had been asked already: whoever answered keeps out.
    let next = situation(ctx, Subject::of(&review::asked(&record))).await?;
    let after = change(ctx, seen, Action::AskReview, |record, facts, writing| {
        let why = writing.note(Field::Why, why.as_str());
        Ok(vec![review::ask(record, (why, next.reviewer), facts)?])
    })
    .await?;
    keep_parties(ctx, &after, &next);
    // While it had ended, nodes moved without it.
    pass::put_right(ctx, seen.id).await
}
