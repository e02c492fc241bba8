//! Hours that were had, and the three lines.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::route::change::{Seen, change};
use waymark_domain::find::event::ThreeLines;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Outcome;
use waymark_domain::route::policy::Action;
use waymark_domain::route::trial;
use waymark_domain::text::{Field, Prose};

/// Confirms how many of the granted hours were had.
///
/// # Errors
/// What [`change`] and [`trial::confirm_hours`] say.
pub async fn confirm_hours(ctx: &mut Ctx<'_, Write>, seen: Seen, hours: u32) -> Result<Innovation> {
    change(ctx, seen, Action::ConfirmHours, |record, facts, _| {
        Ok(vec![trial::confirm_hours(record, hours, facts)?])
    })
    .await
}

/// What we did, what changed, and whether it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// What we did.
    pub did: Prose,
    /// What changed.
    pub changed: Prose,
    /// Keep, drop or pass on.
    pub outcome: Outcome,
}

/// Writes the three lines, which end the try.
///
/// # Errors
/// What [`change`] and [`trial::end_try`] say.
pub async fn end_try(ctx: &mut Ctx<'_, Write>, seen: Seen, lines: &Lines) -> Result<Innovation> {
    change(ctx, seen, Action::EndTry, |record, facts, writing| {
        let did = writing.note(Field::Did, lines.did.as_str());
        let changed = writing.note(Field::Changed, lines.changed.as_str());
        let lines = ThreeLines { did, changed, outcome: lines.outcome };
        Ok(vec![trial::end_try(record, lines, facts)?])
    })
    .await
}
