//! What the auditor compares: the address to which the day's root goes, that root, and the last seal.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::jobs::AUDITOR_MAIL;
use crate::people::account::Mail;
use crate::people::audit::{self, Act};
use crate::people::{administration, start};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use waymark_domain::people::role::Role;
use waymark_domain::text::Problem;
use waymark_store::people::{holders, installation};
use waymark_store::seals;

/// A seal as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number.
    pub number: i64,
    /// Its root, as it is written in mails.
    pub root: String,
    /// When it was made.
    pub at: DateTime<Utc>,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The address; nothing where nobody said one.
    pub address: Option<String>,
    /// The last day that is over (UTC, as seals count), and its last seal: the one that is mailed.
    pub of_day: Option<(NaiveDate, Sealed)>,
    /// The newest seal.
    pub last: Option<Sealed>,
    /// May whoever looks change the address? An auditor only reads.
    pub is_mine_to_change: bool,
}

/// The address and the seals, for administrators and auditors of the root.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub async fn read<K>(ctx: &mut Ctx<'_, K>) -> Result<Kept> {
    let [administers, audits] = at_root(ctx).await?;
    if !administers && !audits {
        return Err(Error::NotFound);
    }
    let today = ctx.now.date_naive();
    let midnight = today.and_time(NaiveTime::MIN).and_utc().timestamp_micros();
    let of_day = seals::last_before(&mut ctx.tx, midnight).await?.map(sealed);
    Ok(Kept {
        address: installation::value(&mut ctx.tx, AUDITOR_MAIL).await?,
        of_day: today.pred_opt().zip(of_day),
        last: seals::last(&mut ctx.tx).await?.map(sealed),
        is_mine_to_change: administers,
    })
}

/// May whoever acts read it?
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn may_read<K>(ctx: &mut Ctx<'_, K>) -> Result<bool> {
    Ok(at_root(ctx).await?.contains(&true))
}

/// Is whoever acts administrator, and auditor, of the root?
async fn at_root<K>(ctx: &mut Ctx<'_, K>) -> Result<[bool; 2]> {
    let root = start::root(ctx).await?;
    let account = ctx.account()?;
    let roles = holders::reaching(&mut ctx.tx, account.0, root.0).await?;
    Ok([Role::Administrator, Role::Auditor].map(|role| roles.iter().any(|held| held == role.name())))
}

fn sealed(seal: seals::Seal) -> Sealed {
    let at = DateTime::from_timestamp_micros(seal.at).unwrap_or_default();
    Sealed { number: seal.number, root: seal.root.to_string(), at }
}

/// Says where the day's root goes from now on; nowhere where nothing was typed.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not administer the root, [`Error::Invalid`] on `auditor-mail`.
pub async fn set(ctx: &mut Ctx<'_, Write>, typed: &str) -> Result<()> {
    let root = start::root(ctx).await?;
    administration::guard(ctx, root).await?;
    let mut checks = Checks::default();
    let mail = match Mail::parse(typed) {
        Err(Problem::Empty) => Some(None),
        parsed => checks.some("auditor-mail", parsed.ok(), "tell-mail-wrong").map(Some),
    };
    let mail = checks.finish(mail)?;
    match mail {
        Some(mail) => installation::set(&mut ctx.tx, AUDITOR_MAIL, mail.as_str()).await?,
        None => installation::remove(&mut ctx.tx, AUDITOR_MAIL).await?,
    }
    audit::note(ctx, Act::AuditorMailSet, root.0).await
}
