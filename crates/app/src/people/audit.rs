//! Writing down what was done that is not a record's history.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use uuid::Uuid;
use waymark_store::people::audits::{self, NewAudit};

/// What is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The installation was set up.
    FirstRun,
    /// Somebody signed in.
    SignedIn,
    /// A password was set by a mailed link.
    PasswordSet,
    /// A person was invited.
    Invited,
    /// A work mail was confirmed, and an account made.
    Confirmed,
    /// An account was closed.
    AccountClosed,
    /// How mails are sent was changed.
    MailSet,
    /// Somebody waits to be let in.
    Waits,
    /// Somebody was let in.
    LetIn,
    /// Somebody was not let in.
    TurnedAway,
    /// The address to which the day's root goes was changed.
    AuditorMailSet,
    /// A token for a program was made.
    TokenMade,
    /// A token was ended by whose it was.
    TokenEnded,
}

impl Act {
    const fn name(self) -> &'static str {
        match self {
            Self::FirstRun => "first-run",
            Self::SignedIn => "signed-in",
            Self::PasswordSet => "password-set",
            Self::Invited => "invited",
            Self::Confirmed => "confirmed",
            Self::AccountClosed => "account-closed",
            Self::MailSet => "mail-set",
            Self::Waits => "waits",
            Self::LetIn => "let-in",
            Self::TurnedAway => "turned-away",
            Self::AuditorMailSet => "auditor-mail-set",
            Self::TokenMade => "token-made",
            Self::TokenEnded => "token-ended",
        }
    }
}

/// Writes down that whoever acts did something to a subject.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn note(ctx: &mut Ctx<'_, Write>, act: Act, subject: Uuid) -> Result<()> {
    let subject = subject.to_string();
    let new = NewAudit {
        id: ctx.env.id(),
        at: ctx.now.timestamp_micros(),
        account: ctx.actor.account().map(|account| account.0),
        action: act.name(),
        subject: &subject,
    };
    Ok(audits::add(&mut ctx.tx, &new).await?)
}
