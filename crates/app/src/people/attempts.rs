//! Counting tries, so that guessing takes too long: five are free, then each next one waits twice as long.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use chrono::TimeDelta;
use waymark_domain::ids::AccountId;
use waymark_domain::text::Digest;
use waymark_store::people::attempts;

/// How many tries are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Tries before one has to wait.
    pub free: u32,
    /// Seconds to wait after the first that is not free; each further one doubles them.
    pub first_wait_seconds: u32,
}

/// Of one account from one address.
pub const FROM_ONE_ADDRESS: Allowance = Allowance { free: 5, first_wait_seconds: 30 };
/// Of one account from anywhere: many machines may guess together, yet nobody is to lock somebody else out for long.
pub const FROM_ANYWHERE: Allowance = Allowance { free: 100, first_wait_seconds: 2 };
/// Mails to one address with a link for a new password.
pub const MAILS: Allowance = Allowance { free: 3, first_wait_seconds: 300 };

/// The longest wait.
const LONGEST_WAIT_SECONDS: u32 = 900;
/// After so long without a try the count begins anew.
pub(crate) const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// What tries are counted under: a hash, so that nothing of it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of what is tried, by whom, from where.
    pub fn of(parts: &[&str]) -> Self {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        Self(Digest::of(&parts).0)
    }
}

/// Counts one more try.
///
/// # Errors
/// [`Error::TooMany`] where it comes too early; then it is not counted, so that a wait ends.
pub async fn count(ctx: &mut Ctx<'_, Write>, key: Key, allowance: Allowance) -> Result<()> {
    let now = ctx.now.timestamp_micros();
    let since = (ctx.now - FORGOTTEN_AFTER).timestamp_micros();
    if let Some(row) = attempts::of(&mut ctx.tx, &key.0).await?.filter(|row| row.last_at >= since) {
        let wait = wait_seconds(row.tries, allowance);
        let waited = (now - row.last_at) / 1_000_000;
        if waited < i64::from(wait) {
            let left = i64::from(wait) - waited;
            return Err(Error::TooMany { retry_after_seconds: u32::try_from(left).unwrap_or(wait) });
        }
    }
    Ok(attempts::note(&mut ctx.tx, &key.0, (now, since)).await?)
}

/// How many tries were counted since the last right one, within a day.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn tries<K>(ctx: &mut Ctx<'_, K>, key: Key) -> Result<i64> {
    Ok(attempts::of(&mut ctx.tx, &key.0).await?.map_or(0, |row| row.tries))
}

/// Forgets the tries: the last one was right.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn forget(ctx: &mut Ctx<'_, Write>, key: Key) -> Result<()> {
    Ok(attempts::forget(&mut ctx.tx, &key.0).await?)
}

/// What is counted of a mail address, and of an account, without an address of the net.
const OF_MAIL: [&str; 3] = ["sign-in", "reset", "confirm"];
const OF_ACCOUNT: [&str; 4] = ["token", "second-factor", "test-mail", "report"];

/// Forgets what was counted of a person. What was counted of them together with an address of the net nobody can find any
/// more, and goes by its age.
///
/// # Errors
/// [`Error::Unavailable`].
pub(crate) async fn forget_person(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    folded_mail: &str,
) -> Result<()> {
    let account = account.to_string();
    let of_mail = OF_MAIL.map(|what| Key::of(&[what, folded_mail]));
    let of_account = OF_ACCOUNT.map(|what| Key::of(&[what, &account]));
    for key in of_mail.into_iter().chain(of_account) {
        forget(ctx, key).await?;
    }
    Ok(())
}

/// Seconds to wait after so many tries.
fn wait_seconds(tries: i64, allowance: Allowance) -> u32 {
    let over = tries - i64::from(allowance.free);
    match u32::try_from(over) {
        Ok(doublings) => 2_u32
            .checked_pow(doublings)
            .and_then(|factor| factor.checked_mul(allowance.first_wait_seconds))
            .map_or(LONGEST_WAIT_SECONDS, |seconds| seconds.min(LONGEST_WAIT_SECONDS)),
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let waits = [4, 5, 6, 7, 9, 10, 11, 99].map(|tries| wait_seconds(tries, FROM_ONE_ADDRESS));
        assert_eq!(waits, [0, 30, 60, 120, 480, 900, 900, 900]);
    }
}
