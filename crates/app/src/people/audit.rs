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
    /// Somebody closed their own account, and was erased.
    Erased,
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
    /// An opener made a key.
    OpenerKeyMade,
    /// What was held back was passed on as an idea.
    HeldBackReleased,
    /// What was held back was sent to a door.
    HeldBackKept,
    /// What was held back was given back to who wrote it.
    HeldBackGivenBack,
    /// An account was linked with who its person is at a provider of sign-ins.
    Linked,
    /// A second factor was set up.
    FactorSet,
    /// It was shown in a session.
    SteppedUp,
    /// A recovery code stood in for it.
    RecoveryCodeUsed,
    /// There are new recovery codes.
    RecoveryCodesRenewed,
    /// Somebody took their own away.
    FactorTakenAway,
    /// Somebody asked that another's be taken away.
    FactorResetAsked,
    /// It was taken away with a second yes, or from the command line.
    FactorReset,
    /// It was taken away by one administrator alone, since there was nobody else.
    FactorResetAlone,
    /// It was not taken away.
    FactorResetRefused,
    /// How long something is kept was changed.
    KeepingSet,
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
            Self::Erased => "erased",
            Self::MailSet => "mail-set",
            Self::Waits => "waits",
            Self::LetIn => "let-in",
            Self::TurnedAway => "turned-away",
            Self::AuditorMailSet => "auditor-mail-set",
            Self::OpenerKeyMade => "opener-key-made",
            Self::HeldBackReleased => "held-back-released",
            Self::HeldBackKept => "held-back-kept",
            Self::HeldBackGivenBack => "held-back-given-back",
            Self::Linked => "linked",
            Self::FactorSet => "factor-set",
            Self::SteppedUp => "stepped-up",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::RecoveryCodesRenewed => "recovery-codes-renewed",
            Self::FactorTakenAway => "factor-taken-away",
            Self::FactorResetAsked => "factor-reset-asked",
            Self::FactorReset => "factor-reset",
            Self::FactorResetAlone => "factor-reset-alone",
            Self::FactorResetRefused => "factor-reset-refused",
            Self::KeepingSet => "keeping-set",
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
    note_of(ctx, act, &subject.to_string()).await
}

/// The same of a subject that has no id.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn note_of(ctx: &mut Ctx<'_, Write>, act: Act, subject: &str) -> Result<()> {
    let new = NewAudit {
        id: ctx.env.id(),
        at: ctx.now.timestamp_micros(),
        account: ctx.actor.account().map(|account| account.0),
        action: act.name(),
        subject,
    };
    Ok(audits::add(&mut ctx.tx, &new).await?)
}
