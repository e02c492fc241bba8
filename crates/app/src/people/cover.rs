//! Cover: I am away from, to, and who answers meanwhile.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::people::found::{self, Found};
use crate::people::leave;
use crate::people::place::place;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::text::Line;
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::people::{covers, holders};

pub use waymark_store::people::covers::CoverRow;

/// The longest absence that can be entered at once, in days: longer than that somebody else should hold the role.
pub const ABSENCE_DAYS_MAX: i64 = 366;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<'a> {
    /// The first day; nothing where it is none.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Who answers, by name or work mail; empty for nobody, then it is the level above.
    pub by: &'a str,
    /// The one who was chosen from several of that name; empty where none was.
    pub chosen: &'a str,
}

/// The absences of whoever acts that have not ended, the next first.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<CoverRow>> {
    let account = ctx.account()?;
    let today = today(ctx, account).await?.to_string();
    Ok(covers::of(&mut ctx.tx, account.0, &today).await?)
}

/// The day of today where the person works.
///
/// # Errors
/// [`Error::Unavailable`].
pub(crate) async fn today<K>(ctx: &mut Ctx<'_, K>, account: AccountId) -> Result<NaiveDate> {
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    match held.first() {
        Some(held) => Ok(place(ctx, NodeId(held.node)).await?.time().day_of(ctx.now)),
        None => Ok(ctx.now.date_naive()),
    }
}

/// Enters an absence of whoever acts; from its first day on, cover has what they had.
///
/// # Errors
/// [`Error::Invalid`] on `from`, `to` and `by`.
pub async fn add(ctx: &mut Ctx<'_, Write>, typed: &Typed<'_>) -> Result<()> {
    let account = ctx.account()?;
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    let today = today(ctx, account).await?;
    let mut checks = Checks::default();
    let days = days(&mut checks, typed, today);
    let by = by(ctx, &mut checks, (account, typed)).await?;
    let (from, to) = checks.finish(days)?;
    let (from, to) = (from.to_string(), to.to_string());
    if covers::overlapping(&mut ctx.tx, account.0, (&from, &to)).await? > 0 {
        return Err(Error::field("from", "me-cover-overlaps"));
    }
    if let Some(by) = by
        && covers::overlapping(&mut ctx.tx, by.0, (&from, &to)).await? > 0
    {
        return Err(Error::field("by", "me-cover-by-away"));
    }
    let id = ctx.env.id();
    covers::add(&mut ctx.tx, (id, account.0), (&from, &to), by.map(|by| by.0)).await?;
    release(ctx, account, (&from, &to)).await?;
    leave::absence_changed(ctx, account).await
}

/// Who is away answers for nobody else in those days: that goes to the level above.
async fn release(ctx: &mut Ctx<'_, Write>, account: AccountId, days: (&str, &str)) -> Result<()> {
    for other in covers::release(&mut ctx.tx, account.0, days).await? {
        leave::absence_changed(ctx, AccountId(other)).await?;
    }
    Ok(())
}

fn days(checks: &mut Checks, typed: &Typed<'_>, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let from = checks.some("from", typed.from, "me-cover-from-wrong");
    let to = checks.some("to", typed.to, "me-cover-to-wrong");
    let (from, to) = from.zip(to)?;
    checks.holds("to", to >= from, "me-cover-to-before");
    checks.holds("to", to >= today, "me-cover-to-past");
    checks.holds("to", (to - from).num_days() <= ABSENCE_DAYS_MAX, "me-cover-too-long");
    Some((from, to))
}

/// The person who is meant: of one of one's own bodies, and not oneself.
async fn by(
    ctx: &mut Ctx<'_, Write>,
    checks: &mut Checks,
    (account, typed): (AccountId, &Typed<'_>),
) -> Result<Option<AccountId>> {
    let bodies = found::own_bodies(ctx).await?;
    if let Some(person) = found::chosen(ctx, &bodies, typed.chosen).await? {
        checks.holds("by", person.account != account, "me-cover-by-self");
        return Ok(Some(person.account));
    }
    if checks.optional("by", Line::parse(typed.by)).is_none() {
        return Ok(None);
    }
    match found::people(ctx, &bodies, typed.by).await? {
        Found::One(person) => {
            checks.holds("by", person.account != account, "me-cover-by-self");
            return Ok(Some(person.account));
        }
        Found::Nobody => checks.holds("by", false, "me-cover-by-unknown"),
        Found::Some(_) => checks.holds("by", false, "people-some"),
    }
    Ok(None)
}

/// Takes back an absence of whoever acts; what cover had comes back.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn end(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let account = ctx.account()?;
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    if !covers::remove(&mut ctx.tx, account.0, id).await? {
        return Err(Error::NotFound);
    }
    leave::absence_changed(ctx, account).await
}
