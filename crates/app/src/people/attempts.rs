//! Counting tries, so that guessing takes too long: five are free, then each next one waits twice as long.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use chrono::TimeDelta;
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
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

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

/// Forgets the tries: the last one was right.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn forget(ctx: &mut Ctx<'_, Write>, key: Key) -> Result<()> {
    Ok(attempts::forget(&mut ctx.tx, &key.0).await?)
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
