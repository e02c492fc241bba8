//! How long what is not a record's history is kept. One list with the periods that hold where nobody said otherwise and how far
//! an administrator may move each; what they said lies beside it as settings of the installation. The purge, the privacy page,
//! *What this holds about you* and the file of one's own data all ask [`Periods`].
//!
//! Who waits to be let in ([`newcomers`](crate::people::newcomers)) is not in it: their row goes when they are let in or
//! turned away, with their draft, or after [`NEWCOMER_DAYS`](waymark_domain::limits::NEWCOMER_DAYS), when they are told.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::attempts::FORGOTTEN_AFTER;
use waymark_domain::limits::NEWCOMER_DAYS;
use waymark_store::people::installation;
pub use waymark_store::purge::Old;

/// For how many days something is kept after its time: after a session or link ended, a form was sent, a draft was last
/// touched, an entry was written, an account was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// What is kept.
    pub old: Old,
    /// For how long where nobody said otherwise.
    pub usual: i64,
    /// The fewest days that an administrator may set.
    pub least: i64,
    /// The most days.
    pub most: i64,
}

/// How the names of the settings begin.
const KEY: &str = "keep-";

impl Period {
    /// Can it be set at all? Where not, the words of a page or the working of the service hang on it.
    pub const fn is_set_here(&self) -> bool {
        self.least < self.most
    }

    /// The name of its setting.
    pub(crate) fn key(&self) -> String {
        format!("{KEY}{}", self.old)
    }
}

const fn fixed(old: Old, days: i64) -> Period {
    Period { old, usual: days, least: days, most: days }
}

const fn from_to(old: Old, usual: i64, (least, most): (i64, i64)) -> Period {
    Period { old, usual, least, most }
}

/// Every period. What says something of people may only become shorter, unless the law has a reason for longer.
pub const PERIODS: [Period; 18] = [
    // Sessions are of no use once they have ended.
    fixed(Old::Sessions, 0),
    // Long enough to say *this link has ended* instead of *there is no such link*.
    from_to(Old::Tickets, 7, (1, 7)),
    // A form sent again later is a new one. It says nothing of anybody, so it may be longer: a phone can be off for a week.
    from_to(Old::FormTokens, 2, (2, 14)),
    // What was half typed and not touched for a quarter, whether by somebody who has signed in or not.
    from_to(Old::Drafts, 90, (DRAFT_LEAST, 90)),
    // Files that were read and that nobody brought in: they hold names and words that no record has yet. Their page says so.
    from_to(Old::StagedRows, 30, (7, 30)),
    // What came of a file, for as long as somebody may ask; what came in has a history of its own.
    from_to(Old::Files, 730, (90, 730)),
    // As long as the audit names them where nobody said otherwise; then they are erased, as if they had closed it themselves.
    // In less than a month nobody finds out that the wrong one was closed.
    from_to(Old::ClosedAccounts, 730, (30, 730)),
    // Sign-ins and settings: two years, so that a yearly audit can read the year before.
    from_to(Old::Audit, 730, (AUDIT_LEAST, AUDIT_MOST)),
    // Which day's mail somebody had; the last one tells from when the next begins, so a year of silence may pass.
    from_to(Old::Digests, 400, (366, 400)),
    // That something went to a door or was held back, and what became of it: mails and pages promise a month, and nobody
    // who was in need wants a longer trace.
    fixed(Old::DoorMessages, 30),
    fixed(Old::HeldBack, 30),
    // Long enough that who said so, and who looks again, see what became of it; what was done stays on the record.
    from_to(Old::Reports, 365, (90, 365)),
    // What nobody said yes to in time is asked for anew; who asked is in the audit.
    fixed(Old::FactorResets, 0),
    // A sign-in that was begun elsewhere and not ended is of no use after a quarter of an hour.
    fixed(Old::OidcLogins, 0),
    // Long enough that its owner sees why a program stopped.
    from_to(Old::Tokens, 30, (7, 30)),
    // Who looked and why, as long as what was noted of sign-ins: an auditor reads both together.
    from_to(Old::Looks, 730, (AUDIT_LEAST, AUDIT_MOST)),
    // A count begins anew a day after the last try.
    fixed(Old::Attempts, FORGOTTEN_AFTER.num_days()),
    // Long enough that whoever runs the service sees it and mends what failed; it may carry a name and an address.
    from_to(Old::ParkedJobs, 30, (7, 30)),
];

/// Who was not let in within a month is told that what they typed is not lost: a month more is theirs to come back to it.
const DRAFT_LEAST: i64 = 2 * NEWCOMER_DAYS as i64;
/// A yearly audit reads what was done since the last one; a year of 366 days is not cut short.
const AUDIT_LEAST: i64 = 366;
/// Six years: for so long a claim may still be brought before a court (Limitation Act 1980, sections 2 and 5), and what was
/// noted is the evidence for whom it is about as well.
const AUDIT_MOST: i64 = 2_192;

/// What is kept for how long here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods([(Period, i64); PERIODS.len()]);

impl Default for Periods {
    /// What holds where nobody said anything.
    fn default() -> Self {
        Self(PERIODS.map(|period| (period, period.usual)))
    }
}

impl Periods {
    /// What holds in this installation.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable).
    pub async fn read<K>(ctx: &mut Ctx<'_, K>) -> Result<Self> {
        let all = installation::beginning(&mut ctx.tx, KEY).await?;
        let mut periods = Self::default();
        for (period, days) in &mut periods.0 {
            let said = all.iter().find(|(name, _)| *name == period.key()).map(|(_, value)| value);
            // A figure that a newer or older program would not have taken is no more believed than one typed today.
            let said = said.and_then(|said| said.parse::<i64>().ok());
            *days = said.map_or(period.usual, |said| said.clamp(period.least, period.most));
        }
        Ok(periods)
    }

    /// For how many days something is kept.
    pub fn days(&self, old: Old) -> i64 {
        self.all().find(|(period, _)| period.old == old).map_or(0, |(_, days)| days)
    }

    /// All of them, with the days that hold.
    pub fn all(&self) -> impl Iterator<Item = (Period, i64)> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_one_period_within_its_bounds() {
        for old in Old::ALL {
            assert_eq!(PERIODS.iter().filter(|period| period.old == old).count(), 1, "{old}");
            assert_eq!(Old::parse(old.name()), Some(old));
        }
        for period in PERIODS {
            assert!((period.least..=period.most).contains(&period.usual), "{period:?}");
        }
    }

    #[test]
    fn what_says_something_of_people_becomes_longer_only_with_a_reason() {
        let longer: Vec<Old> = PERIODS.iter().filter(|p| p.most > p.usual).map(|p| p.old).collect();
        assert_eq!(longer, [Old::FormTokens, Old::Audit, Old::Looks]);
    }
}
