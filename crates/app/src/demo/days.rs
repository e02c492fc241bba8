//! When each step of the demonstration happened, counted in the days of the body that held the record then.

use super::data::{Idea, Step};
use crate::people::place::Place;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use waymark_domain::route::due::nth_working_day_after;

/// When the day's job of due dates runs: before anybody is at work.
const NIGHT: (u32, u32) = (5, 0);
/// When the first act of a day may happen, in minutes after midnight.
const MORNING_MINUTES: i64 = 8 * 60 + 20;
/// Acts are spread over this many minutes.
const SPREAD_MINUTES: usize = 500;

/// The day on which an idea was told, seen from `today`.
pub(super) fn told_on(idea: &Idea, today: NaiveDate, place: &Place) -> NaiveDate {
    let Some(mut left) = idea.told_wd_ago else { return today - Days::new(idea.told_days_ago) };
    let mut day = today;
    // As many working days have passed since, today included.
    loop {
        if place.calendar.is_working_day(day) {
            if left == 0 {
                return day;
            }
            left -= 1;
        }
        day = day - Days::new(1);
    }
}

/// The day of a step that follows one at `before`.
pub(super) fn day_of(step: &Step, before: DateTime<Utc>, place: &Place) -> NaiveDate {
    let from = place.time().day_of(before);
    match step.after_wd {
        Some(count) => nth_working_day_after(&place.calendar, from, count).date,
        None => from + Days::new(step.days_after.unwrap_or(0)),
    }
}

/// A time of day on a day, different for each number, later than `after` and not in the future.
pub(super) fn at_work(
    (day, number): (NaiveDate, usize),
    place: &Place,
    (after, end): (DateTime<Utc>, DateTime<Utc>),
) -> DateTime<Utc> {
    let minutes = i64::try_from(number * 37 % SPREAD_MINUTES).unwrap_or(0) + MORNING_MINUTES;
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
    let at = place.zone.from_local_datetime(&local).earliest().map_or(after, |at| at.with_timezone(&Utc));
    at.max(after + TimeDelta::minutes(6)).min(end)
}

/// The night of a day, when due dates are looked at.
pub(super) fn night(day: NaiveDate, place: &Place) -> DateTime<Utc> {
    let at = NaiveTime::from_hms_opt(NIGHT.0, NIGHT.1, 0).unwrap_or(NaiveTime::MIN);
    let local = place.zone.from_local_datetime(&day.and_time(at)).earliest();
    local.map_or_else(|| day.and_time(at).and_utc(), |at| at.with_timezone(&Utc))
}
