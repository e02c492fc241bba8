//! Looks that need a reason are written down, and whose data it was sees who looked, when and why.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::view::view;
use chrono::TimeDelta;
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, InnovationId};
use waymark_domain::reference::Reference;
use waymark_domain::route::policy::Viewer;
use waymark_domain::text::Line;
use waymark_store::people::looks::{self, NewLook};

/// Why an administrator opens the page of one person: it is what the page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// To close the account.
    Close,
    /// To reset the second factor.
    Factor,
    /// To sign them out everywhere.
    Sessions,
}

impl Why {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Close, Self::Factor, Self::Sessions];

    /// Its name in the database and in the keys of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Factor => "factor",
            Self::Sessions => "sessions",
        }
    }
}

/// Notes that whoever acts opened a page about one person; one's own page is nobody's look.
///
/// # Errors
/// [`crate::Error::SignInFirst`], [`crate::Error::Unavailable`].
pub async fn at_account(ctx: &mut Ctx<'_, Write>, account: AccountId, why: Why) -> Result<()> {
    let looker = ctx.account()?;
    if looker == account {
        return Ok(());
    }
    let (id, at) = (ctx.env.id(), ctx.now.timestamp_micros());
    let new = NewLook { at, looker: looker.0, what: "account", why: why.name() };
    Ok(looks::at_person(&mut ctx.tx, (id, account.0), &new).await?)
}

/// How long a reason that was given counts: a look a day is one look.
const A_DAY: TimeDelta = TimeDelta::hours(24);

/// Asks for a reason before a record is opened, or something is done to it, by somebody who sees it only to check: as
/// auditor, or from government, which sees aggregates (specification, Levels). Nothing where they have given one within a
/// day, or where they need none. Whatever shows words of a record asks here, once it is known that its reader may have them.
///
/// # Errors
/// [`Error::ReasonFirst`].
pub async fn must_say_why<K>(ctx: &mut Ctx<'_, K>, (record, viewer): (&Innovation, &Viewer)) -> Result<()> {
    // What is written down long after it happened was read when it did.
    if viewer.only_checks && !ctx.is_past && !is_noted(ctx, record.id).await? {
        return Err(Error::ReasonFirst(record.told.reference.clone()));
    }
    Ok(())
}

async fn is_noted<K>(ctx: &mut Ctx<'_, K>, record: InnovationId) -> Result<bool> {
    let since = (ctx.now - A_DAY).timestamp_micros();
    let looker = ctx.account()?;
    Ok(looks::is_noted(&mut ctx.tx, (looker.0, record.0), since).await?)
}

/// May whoever acts open a record only with a reason that they have not given yet?
///
/// # Errors
/// [`Error::NotFound`] where they may not know of it.
pub async fn is_asked<K>(ctx: &mut Ctx<'_, K>, reference: &Reference) -> Result<bool> {
    let view = view(ctx, reference).await?;
    Ok(matches!(must_say_why(ctx, (&view.record, &view.viewer)).await, Err(Error::ReasonFirst(_))))
}

/// Notes why whoever acts opens a record. Whoever brought it sees that; nobody where the name is hidden.
///
/// # Errors
/// [`Error::Invalid`] on `why`, [`Error::NotFound`] where they may not know of it.
pub async fn at_record(ctx: &mut Ctx<'_, Write>, reference: &Reference, why: &str) -> Result<()> {
    let view = view(ctx, reference).await?;
    let record = view.record.id;
    if !view.viewer.only_checks || is_noted(ctx, record).await? {
        return Ok(());
    }
    let mut checks = Checks::default();
    let why = checks.text("why", Line::parse(why));
    let why = checks.finish(why)?;
    let looker = ctx.account()?;
    let mut brought_by = looks::brought_by(&mut ctx.tx, record.0).await?;
    if brought_by.is_empty() {
        // It was looked at all the same.
        brought_by.push(Uuid::nil());
    }
    for account in brought_by {
        let (id, at) = (ctx.env.id(), ctx.now.timestamp_micros());
        let new = NewLook { at, looker: looker.0, what: "record", why: why.as_str() };
        looks::at_record(&mut ctx.tx, (id, account, record.0), &new).await?;
    }
    Ok(())
}
