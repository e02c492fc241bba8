//! Whether a decider is about to say nearly what was said before: then it may be a shared answer. Pointed out, never more.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::route::change::visible;
use crate::route::duty::known_zone;
use chrono::{DateTime, NaiveDate, TimeDelta};
use waymark_domain::ids::InnovationId;
use waymark_domain::reference::Reference;
use waymark_domain::route::policy::{Action, may};
use waymark_methods::copy::near_copy;
use waymark_store::find::shared;

/// So many days back answers are compared: what was said before may not hold any more.
const DAYS: i64 = 365;
/// The most answers of a person, and of the others of a body, that are compared.
const MOST: i64 = 200;

/// An earlier answer that says nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its record.
    pub reference: Reference,
    /// The day on which it was given.
    pub on: NaiveDate,
}

/// The earlier answer of whoever acts, or of the body, that is nearly what they are about to say; nothing where there is
/// none, or they do not answer the record.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Unavailable`].
pub async fn nearly_said<K>(ctx: &mut Ctx<'_, K>, id: InnovationId, words: &str) -> Result<Option<Earlier>> {
    let (record, viewer) = visible(ctx, id).await?;
    if !may(&viewer, Action::TypeFor, &record) {
        return Ok(None);
    }
    let account = ctx.account()?.0;
    let since = (ctx.now - TimeDelta::days(DAYS)).timestamp_micros();
    let who = (account, record.at_body.0);
    let rows = shared::earlier(&mut ctx.tx, who, (id.0, since, MOST)).await?;
    let texts: Vec<&str> = rows.iter().map(|row| row.body.as_str()).collect();
    let Some(row) = near_copy(words, &texts).and_then(|place| rows.get(place)) else { return Ok(None) };
    let at = DateTime::from_timestamp_micros(row.answered_at).unwrap_or_default();
    let on = at.with_timezone(&known_zone(&row.zone)?).date_naive();
    let reference =
        Reference::parse(&row.reference).ok_or_else(|| Error::internal("a reference that is none"))?;
    Ok(Some(Earlier { reference, on }))
}
