//! Looks that need a reason are written down, and whose data it was sees who looked, when and why.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use waymark_domain::ids::AccountId;
use waymark_store::people::looks::{self, NewLook};

/// Why an administrator opens the page of one person: it is what the page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// To close the account.
    Close,
    /// To reset the second factor.
    Factor,
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Factor => "factor",
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
