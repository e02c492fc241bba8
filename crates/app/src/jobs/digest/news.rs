//! What is to be told of one's own idea today: pure questions of dates.

use crate::jobs::digest::gather::day_of;
use chrono::{Months, NaiveDate};
use chrono_tz::Tz;
use waymark_domain::find::stage::Stage;
use waymark_domain::route::limits::{Limit, Limits};
use waymark_store::people::digests::OwnRow;

/// The days that one mail speaks of: after the last one, up to and with today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub after: NaiveDate,
    pub today: NaiveDate,
    pub zone: Tz,
}

/// What to tell of an idea of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tell {
    /// Somebody asked something: a reply is waited for.
    Question,
    /// It was answered: was this an answer?
    Judge,
    /// Something moved.
    News,
    /// Somebody said something about it.
    Comment,
    /// *Not now*, said again every six months.
    NotNow,
    /// Nothing moved for thirty days: still with X until Y.
    Still,
}

/// What is new about a record since a time (microseconds since 1970), or due to be said again.
pub(super) fn tell(row: &OwnRow, since: i64, days: Days) -> Option<Tell> {
    let stage = Stage::parse(&row.stage)?;
    let is_open = row.ended_at.is_none();
    if is_open && row.is_paused && row.is_own {
        return Some(Tell::Question);
    }
    // One that is open again waits for another answer.
    let is_judged_now = row.is_own && stage != Stage::Told;
    let is_unjudged =
        is_judged_now && row.was_answer.is_none() && row.answered_at.is_some_and(|at| at > since);
    if is_unjudged {
        return Some(Tell::Judge);
    }
    if row.said_at > since && row.said_at > row.sent_at {
        return Some(Tell::News);
    }
    if row.commented_at.is_some_and(|at| at > since) {
        return Some(Tell::Comment);
    }
    if stage == Stage::NotNow {
        let from = day_of(row.answered_at.unwrap_or(row.news_at), days.zone);
        return comes_again(from, Limits::STANDARD.not_now_told, days).then_some(Tell::NotNow);
    }
    let from = day_of(row.news_at, days.zone);
    (is_open && comes_again(from, Limits::STANDARD.news, days)).then_some(Tell::Still)
}

/// Does a date that comes again and again with a limit fall into the days?
fn comes_again(from: NaiveDate, limit: Limit, days: Days) -> bool {
    let nth = |count: u32| match limit {
        Limit::Days(each) => from.checked_add_days(chrono::Days::new(u64::from(each) * u64::from(count))),
        Limit::Months(each) => from.checked_add_months(Months::new(u32::from(each) * count)),
        Limit::WorkingDays(_) | Limit::On(_) => None,
    };
    (1..).map_while(nth).take_while(|day| *day <= days.today).any(|day| day > days.after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(after: &str, today: &str) -> Days {
        Days { after: day(after), today: day(today), zone: Tz::Europe__London }
    }

    #[test]
    fn thirty_days_come_again_and_are_made_up_for() {
        let (from, limit) = (day("2026-07-01"), Limit::Days(30));
        assert!(!comes_again(from, limit, days("2026-07-29", "2026-07-30")));
        assert!(comes_again(from, limit, days("2026-07-30", "2026-07-31")));
        assert!(!comes_again(from, limit, days("2026-07-31", "2026-08-01")));
        assert!(comes_again(from, limit, days("2026-07-29", "2026-08-03")));
        assert!(comes_again(from, limit, days("2026-08-29", "2026-08-30")));
    }

    #[test]
    fn six_months_keep_the_day_of_the_month() {
        let (from, limit) = (day("2026-08-31"), Limit::Months(6));
        assert!(comes_again(from, limit, days("2027-02-27", "2027-02-28")));
        assert!(!comes_again(from, limit, days("2027-02-26", "2027-02-27")));
        assert!(comes_again(from, limit, days("2027-08-30", "2027-08-31")));
    }
}
