//! How many of the records that some people see have a word, as it was counted lately. Counting is what takes longest where
//! many ask for *similar ones* at once, and rarity is a logarithm: that a few more have the word by now changes little. What
//! few have is counted each time, so that the first to tell the same as another finds it.

use crate::ctx::Ctx;
use crate::error::Result;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use waymark_store::find::similar::{self, Together};

/// How long a count is taken without counting again. Nothing that happens to a record ends it sooner: then a record that
/// somebody does not see would change what they are shown.
const LASTS: TimeDelta = TimeDelta::hours(1);
/// The most that is known at once, some 24 bytes each; then it begins anew.
const MOST: usize = 100_000;
/// Fewer than that are counted each time.
const LEAST: i64 = 8;

/// What was counted within the last hour.
#[derive(Debug, Default)]
pub(crate) struct CountedLately {
    state: RandomState,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    since: DateTime<Utc>,
    /// The count by who sees, which words, and up to where: hashed, so that no word is kept.
    counts: HashMap<u64, i64>,
}

impl CountedLately {
    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hashes(&self, (seen, wanted): (&[String], &[Together<'_>]), limit: u32) -> Vec<u64> {
        wanted.iter().map(|one| self.state.hash_one((seen, one, limit))).collect()
    }

    fn counts(&self, hashes: &[u64], now: DateTime<Utc>) -> Vec<Option<i64>> {
        let mut known = self.known();
        // A clock that was set back makes nothing last longer.
        if (now - known.since).abs() >= LASTS || known.counts.len() >= MOST {
            *known = Known { since: now, counts: HashMap::new() };
        }
        hashes.iter().map(|hash| known.counts.get(hash).copied()).collect()
    }

    fn note(&self, counted: impl Iterator<Item = (u64, i64)>) {
        self.known().counts.extend(counted.filter(|(_, count)| *count >= LEAST));
    }
}

/// How many records that may be seen by one of `seen` have all stems of each of `wanted`, each counted up to `limit`, now or
/// within the last hour.
///
/// # Errors
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub(super) async fn counted<K>(
    ctx: &mut Ctx<'_, K>,
    (seen, wanted): (&[String], &[Together<'_>]),
    limit: u32,
) -> Result<Vec<i64>> {
    let lately = &ctx.env.counted;
    let hashes = lately.hashes((seen, wanted), limit);
    let mut all = lately.counts(&hashes, ctx.now);
    let open: Vec<usize> = (0..all.len()).filter(|place| all[*place].is_none()).collect();
    let asked: Vec<Together<'_>> = open.iter().map(|place| wanted[*place].clone()).collect();
    let found = similar::counts(&mut ctx.tx, (seen, &asked), limit).await?;
    lately.note(open.iter().map(|place| hashes[*place]).zip(found.iter().copied()));
    for (place, count) in open.into_iter().zip(found) {
        all[place] = Some(count);
    }
    Ok(all.into_iter().flatten().collect())
}
