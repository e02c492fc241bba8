//! The arithmetic of due dates of the route (its section *Due dates*).
//!
//! The day of the start is day 0, and a day that is not worked counts as the eve of the next working day,
//! so in both cases day 1 is the first working day after it. An act is due at the end of the n-th working
//! day in the time zone of the body that owes it.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::limits::Limit;

/// The longest stretch that a clock change removed from a day anywhere: Samoa left out 30 December 2011.
const LONGEST_GAP_MINUTES: i64 = 24 * 60;

/// The calendar and the time zone of the body that owes an act.
#[derive(Clone, Copy, Debug)]
pub struct BodyTime<'a> {
    /// Its working days.
    pub calendar: &'a Calendar,
    /// Its time zone.
    pub zone: Tz,
}

/// The day at whose end an act is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day in the body's time zone; the act is in time until this day ends.
    pub date: NaiveDate,
    /// The count touched days whose holidays are not known, and took Monday to Friday as worked.
    #[serde(default)]
    pub beyond_calendar: bool,
}

/// A number of working days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingDays {
    /// How many.
    pub count: u32,
    /// The count touched days whose holidays are not known, and took Monday to Friday as worked.
    #[serde(default)]
    pub beyond_calendar: bool,
}

impl BodyTime<'_> {
    /// The day it is for the body at this instant.
    pub fn day_of(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.zone).date_naive()
    }

    /// The due day of a limit that starts on `start`, a day of the body's own.
    ///
    /// Months keep the day of the month, or take the last one where the month is shorter. Calendar days,
    /// months and agreed dates need no holidays, so they are never beyond the calendar.
    pub fn due_after(&self, start: NaiveDate, limit: Limit) -> Due {
        let plain =
            |date: Option<NaiveDate>| Due { date: date.unwrap_or(NaiveDate::MAX), beyond_calendar: false };
        match limit {
            Limit::WorkingDays(count) => nth_working_day_after(self.calendar, start, count),
            Limit::Days(count) => plain(start.checked_add_days(Days::new(u64::from(count)))),
            Limit::Months(count) => plain(start.checked_add_months(Months::new(u32::from(count)))),
            Limit::On(date) => plain(Some(date)),
        }
    }
}

impl Due {
    /// The first instant that is too late: midnight after the due day in `zone`, or where a clock change
    /// leaves midnight out, the first minute that the next day has.
    pub fn ends_at(&self, zone: Tz) -> DateTime<Utc> {
        start_of_day(self.date.succ_opt().unwrap_or(NaiveDate::MAX), zone)
    }

    /// Whether `now` is too late.
    pub fn is_past(&self, now: DateTime<Utc>, zone: Tz) -> bool {
        now >= self.ends_at(zone)
    }
}

/// The first working day after `date`.
pub fn next_working_day(calendar: &Calendar, date: NaiveDate) -> Due {
    nth_working_day_after(calendar, date, 1)
}

/// The day at whose end `count` working days have passed since `start`.
///
/// Zero gives the start itself, or the next working day when the start is not one: nobody is given a due
/// date on a day on which nobody works.
pub fn nth_working_day_after(calendar: &Calendar, start: NaiveDate, count: u16) -> Due {
    let skipped = usize::from(count > 0);
    let mut worked = start.iter_days().skip(skipped).filter(|day| calendar.is_working_day(*day));
    let date = worked.nth(usize::from(count.saturating_sub(1))).unwrap_or(NaiveDate::MAX);
    Due { date, beyond_calendar: is_beyond(calendar, start, date) }
}

/// The working days after `from`, up to and with `to`; none when `to` is not later.
pub fn working_days_between(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> WorkingDays {
    if to <= from {
        return WorkingDays::default();
    }
    let holidays = i64::try_from(calendar.holidays_between(from, to)).unwrap_or(i64::MAX);
    let worked = weekdays_until(to) - weekdays_until(from) - holidays;
    let count = u32::try_from(worked).unwrap_or(0);
    WorkingDays { count, beyond_calendar: is_beyond(calendar, from, to) }
}

/// Mondays to Fridays from a Monday before all dates in use to the end of `date`. Whole weeks are counted
/// at once, since an agreed date may lie centuries ahead by a slip of the finger.
fn weekdays_until(date: NaiveDate) -> i64 {
    let days = i64::from(date.num_days_from_ce()) - 1; // 1 January of the year 1 was a Monday.
    days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
}

/// Whether counting from the day after `from` to `to` touches a year that the calendar does not know.
fn is_beyond(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> bool {
    let first_counted = from.succ_opt().unwrap_or(from).min(to);
    !(calendar.covers(first_counted) && calendar.covers(to))
}

/// The first instant of a day in a zone: midnight, or where a clock change leaves it out, the first minute after.
pub fn start_of_day(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    let later = |minutes| midnight.checked_add_signed(TimeDelta::minutes(minutes));
    let local = |minutes| zone.from_local_datetime(&later(minutes)?).earliest();
    let first = (0..=LONGEST_GAP_MINUTES).find_map(local);
    first.map_or_else(|| midnight.and_utc(), |instant| instant.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
