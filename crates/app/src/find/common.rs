//! Words that are common among what some people see, as they were counted lately: such a word is in more records than are
//! counted, so that its count is known without asking, and asking for it is what takes long in a large installation.

use crate::ctx::Ctx;
use crate::error::Result;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use waymark_store::find::similar::{self, Together};

/// How long a word is taken for common without being counted again. Where records were taken away by another process, it is
/// no longer wrong than that.
const LASTS: TimeDelta = TimeDelta::hours(1);
/// The most that is known at once, 16 bytes each; then it begins anew.
const MOST: usize = 200_000;

/// What was counted to the end of counting within the last hour.
#[derive(Debug, Default)]
pub(crate) struct CommonLately {
    state: RandomState,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    since: DateTime<Utc>,
    /// Who sees, which words, counted up to where: hashed, since nothing but whether it is here is asked.
    common: HashSet<u64>,
}

impl CommonLately {
    /// Forgets all: something was taken from what people see.
    pub(crate) fn forget(&self) {
        self.known().common.clear();
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hashes(&self, (seen, wanted): (&[String], &[Together<'_>]), limit: u32) -> Vec<u64> {
        wanted.iter().map(|one| self.state.hash_one((seen, one, limit))).collect()
    }

    /// Which of these are known.
    fn has(&self, hashes: &[u64], now: DateTime<Utc>) -> Vec<bool> {
        let mut known = self.known();
        // A clock that was set back makes nothing last longer.
        if (now - known.since).abs() >= LASTS || known.common.len() >= MOST {
            *known = Known { since: now, common: HashSet::new() };
        }
        hashes.iter().map(|hash| known.common.contains(hash)).collect()
    }

    fn note(&self, common: impl Iterator<Item = u64>) {
        self.known().common.extend(common);
    }
}

/// How many records that may be seen by one of `seen` have all stems of each of `wanted`, each counted up to `limit`; what
/// was found to have as many lately is not counted again.
///
/// # Errors
/// [`Error::Unavailable`](crate::Error::Unavailable).
pub(super) async fn counted<K>(
    ctx: &mut Ctx<'_, K>,
    (seen, wanted): (&[String], &[Together<'_>]),
    limit: u32,
) -> Result<Vec<i64>> {
    let lately = &ctx.env.common;
    let hashes = lately.hashes((seen, wanted), limit);
    let is_known = lately.has(&hashes, ctx.now);
    let open: Vec<usize> = (0..wanted.len()).filter(|place| !is_known[*place]).collect();
    let asked: Vec<Together<'_>> = open.iter().map(|place| wanted[*place].clone()).collect();
    let found = similar::counts(&mut ctx.tx, (seen, &asked), limit).await?;
    let mut all = vec![i64::from(limit); wanted.len()];
    for (place, count) in open.iter().zip(&found) {
        all[*place] = *count;
    }
    let is_common = |(place, count): (&usize, &i64)| (*count >= i64::from(limit)).then_some(hashes[*place]);
    lately.note(open.iter().zip(&found).filter_map(is_common));
    Ok(all)
}
