//! Writing down what was done that is not a record's history: in the database, and in the log once that is committed. Lines
//! of a log can lie on another machine, where whoever alters the database does not get at them. Auditors read it on a page
//! ([`crate::people::audited`]).

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::Result;
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_store::people::audits::{self, NewAudit};

/// What is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The installation was set up.
    FirstRun,
    /// Somebody signed in.
    SignedIn,
    /// There were wrong passwords for an account before somebody signed in with the right one.
    SignInsRefused,
    /// A wrong password was typed where somebody who is signed in proves anew that it is them.
    PasswordRefused,
    /// A wrong code of the second factor was typed, after the password.
    CodeRefused,
    /// A password was set by a mailed link.
    PasswordSet,
    /// Somebody changed their password, which they typed first.
    PasswordChanged,
    /// A person was invited.
    Invited,
    /// A work mail was confirmed, and an account made.
    Confirmed,
    /// An account was closed.
    AccountClosed,
    /// Somebody's sessions and tokens were ended by an administrator.
    SessionsEnded,
    /// Somebody closed their own account, and was erased.
    Erased,
    /// Somebody was erased whose account had been closed for as long as that is kept.
    ErasedInTime,
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
    /// Every act.
    pub const ALL: [Self; 35] = [
        Self::FirstRun,
        Self::SignedIn,
        Self::SignInsRefused,
        Self::PasswordRefused,
        Self::CodeRefused,
        Self::PasswordSet,
        Self::PasswordChanged,
        Self::Invited,
        Self::Confirmed,
        Self::AccountClosed,
        Self::SessionsEnded,
        Self::Erased,
        Self::ErasedInTime,
        Self::MailSet,
        Self::Waits,
        Self::LetIn,
        Self::TurnedAway,
        Self::AuditorMailSet,
        Self::OpenerKeyMade,
        Self::HeldBackReleased,
        Self::HeldBackKept,
        Self::HeldBackGivenBack,
        Self::Linked,
        Self::FactorSet,
        Self::SteppedUp,
        Self::RecoveryCodeUsed,
        Self::RecoveryCodesRenewed,
        Self::FactorTakenAway,
        Self::FactorResetAsked,
        Self::FactorReset,
        Self::FactorResetAlone,
        Self::FactorResetRefused,
        Self::KeepingSet,
        Self::TokenMade,
        Self::TokenEnded,
    ];

    /// Is it written down as somebody comes in? Most of these stand in the moment of a sign-in, and all of them together say
    /// who was here on which day: beside the day of what was told with a hidden name that is a guess at who told it, so no
    /// page shows them (decision 27).
    pub const fn comes_in(self) -> bool {
        matches!(
            self,
            Self::SignedIn
                | Self::SignInsRefused
                | Self::CodeRefused
                | Self::PasswordSet
                | Self::Confirmed
                | Self::Linked
                | Self::SteppedUp
                | Self::RecoveryCodeUsed
        )
    }

    /// Its name in the database, in addresses and in the keys of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstRun => "first-run",
            Self::SignedIn => "signed-in",
            Self::SignInsRefused => "sign-ins-refused",
            Self::PasswordRefused => "password-refused",
            Self::CodeRefused => "code-refused",
            Self::PasswordSet => "password-set",
            Self::PasswordChanged => "password-changed",
            Self::Invited => "invited",
            Self::Confirmed => "confirmed",
            Self::AccountClosed => "account-closed",
            Self::SessionsEnded => "sessions-ended",
            Self::Erased => "erased",
            Self::ErasedInTime => "erased-in-time",
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
    audits::add(&mut ctx.tx, &new).await?;
    let noted = Noted { account: new.account, action: act.name(), subject: subject.to_owned() };
    ctx.noted.push(noted);
    Ok(())
}

/// Writes down by itself that somebody who is known tried what was refused: what they tried it for is undone.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub(crate) async fn note_refused(env: &Env, account: AccountId, act: Act) -> Result<()> {
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    note(&mut ctx, act, account.0).await?;
    ctx.commit().await.map(drop)
}

/// Something that was written down, for the log.
#[derive(Debug)]
pub(crate) struct Noted {
    account: Option<Uuid>,
    action: &'static str,
    subject: String,
}

impl Noted {
    /// Writes it into the log.
    pub(crate) fn tell(&self) {
        tracing::info!(
            target: "waymark::audit",
            account = self.account.map(tracing::field::display),
            action = self.action,
            subject = self.subject.as_str(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_act_is_left_out_of_the_list_and_no_two_have_one_name() {
        let arms = include_str!("audit.rs").lines().filter(|line| line.contains("=> \"")).count();
        let names: BTreeSet<&str> = Act::ALL.iter().map(|act| act.name()).collect();
        assert_eq!((Act::ALL.len(), names.len()), (arms, arms));
    }
}
