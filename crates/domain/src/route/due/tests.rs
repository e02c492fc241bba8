use proptest::prelude::*;

use super::*;
use crate::route::calendar::CalendarName;

const LONDON: Tz = chrono_tz::Europe::London;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn due(name: CalendarName, start: &str, count: u16) -> String {
    nth_working_day_after(&name.calendar(), date(start), count).date.to_string()
}

/// (what is shown, calendar, start, working days, due): counted by hand on a printed calendar.
const CASES: [(&str, CalendarName, &str, u16, &str); 24] = {
    use CalendarName::{EnglandAndWales as E, NorthernIreland as N, Scotland as S};
    [
        ("within a week", E, "2026-06-01", 4, "2026-06-05"),
        ("over a weekend", E, "2026-06-04", 5, "2026-06-11"),
        ("start on Saturday is the eve of Monday", E, "2026-06-06", 1, "2026-06-08"),
        ("start on Sunday is the same eve", E, "2026-06-07", 1, "2026-06-08"),
        ("start on Friday gives Monday too", E, "2026-06-05", 1, "2026-06-08"),
        ("start on a bank holiday is the eve of Tuesday", E, "2026-05-25", 1, "2026-05-26"),
        ("start on Christmas Day, a Friday", E, "2026-12-25", 1, "2026-12-29"),
        ("Boxing Day on a Saturday has its substitute on Monday", E, "2026-12-24", 1, "2026-12-29"),
        ("five days over Christmas 2026 and New Year", E, "2026-12-23", 5, "2027-01-04"),
        ("ten days over Christmas 2026 and New Year", E, "2026-12-21", 10, "2027-01-07"),
        ("Scotland on 2 January 2026, a Friday", S, "2025-12-31", 1, "2026-01-05"),
        ("England works on 2 January 2026", E, "2025-12-31", 1, "2026-01-02"),
        ("2 January 2027 is a Saturday: substitute on Monday in Scotland", S, "2026-12-31", 1, "2027-01-05"),
        ("and none in England", E, "2026-12-31", 1, "2027-01-04"),
        ("New Year 2028 is a Saturday: two substitutes in Scotland", S, "2027-12-31", 1, "2028-01-05"),
        ("one substitute in England", E, "2027-12-31", 1, "2028-01-04"),
        ("Easter 2026 in England", E, "2026-04-02", 1, "2026-04-07"),
        ("Easter 2026 in Scotland, which works on Monday", S, "2026-04-02", 1, "2026-04-06"),
        ("12 July 2026 is a Sunday: off on Monday in Northern Ireland", N, "2026-07-10", 1, "2026-07-14"),
        ("12 July 2027 is a Monday", N, "2027-07-09", 1, "2027-07-13"),
        ("no Twelfth in England", E, "2027-07-09", 1, "2027-07-12"),
        ("summer bank holiday is early in Scotland", S, "2026-07-31", 1, "2026-08-04"),
        ("and late in England", E, "2026-08-28", 1, "2026-09-01"),
        ("twenty days of a first look", E, "2026-04-20", 20, "2026-05-19"),
    ]
};

#[test]
fn real_starts_give_the_days_that_a_printed_calendar_gives() {
    for (what, name, start, count, expected) in CASES {
        assert_eq!(due(name, start, count), expected, "{what}: {name}, {count} after {start}");
    }
}

#[test]
fn no_days_left_means_the_day_itself_or_the_next_that_is_worked() {
    assert_eq!(due(CalendarName::EnglandAndWales, "2026-06-05", 0), "2026-06-05");
    assert_eq!(due(CalendarName::EnglandAndWales, "2026-06-06", 0), "2026-06-08");
}

#[test]
fn a_due_day_past_the_last_year_is_counted_and_says_so() {
    let calendar = CalendarName::EnglandAndWales.calendar();
    let last = nth_working_day_after(&calendar, date("2028-12-28"), 1);
    assert_eq!(last, Due { date: date("2028-12-29"), beyond_calendar: false });
    let past = nth_working_day_after(&calendar, date("2028-12-29"), 1);
    assert_eq!(past, Due { date: date("2029-01-01"), beyond_calendar: true });
    let before = nth_working_day_after(&calendar, date("2011-12-29"), 2);
    assert!(before.beyond_calendar, "30 December 2011 is not known either");
    assert!(!nth_working_day_after(&calendar, date("2011-12-31"), 2).beyond_calendar);
}

#[test]
fn days_without_more_are_calendar_days_and_months_keep_their_day() {
    let calendar = CalendarName::EnglandAndWales.calendar();
    let body = BodyTime { calendar: &calendar, zone: LONDON };
    let after = |start, limit| body.due_after(date(start), limit).date.to_string();
    assert_eq!(after("2026-11-25", Limit::Days(30)), "2026-12-25");
    assert_eq!(after("2026-08-31", Limit::Months(6)), "2027-02-28");
    assert_eq!(after("2026-01-15", Limit::Months(24)), "2028-01-15");
    assert_eq!(after("2026-01-15", Limit::On(date("2026-03-01"))), "2026-03-01");
    assert!(!body.due_after(date("2030-01-15"), Limit::Days(30)).beyond_calendar);
}

#[test]
fn the_day_of_the_start_is_the_day_at_the_body_and_not_in_greenwich() {
    let calendar = CalendarName::EnglandAndWales.calendar();
    let body = BodyTime { calendar: &calendar, zone: LONDON };
    assert_eq!(body.day_of(at("2026-07-01T23:30:00Z")), date("2026-07-02"), "summer time");
    assert_eq!(body.day_of(at("2026-12-01T23:30:00Z")), date("2026-12-01"), "winter time");
}

#[test]
fn a_due_day_ends_at_midnight_of_its_own_season() {
    let ends = |day| Due { date: date(day), beyond_calendar: false }.ends_at(LONDON).to_rfc3339();
    assert_eq!(ends("2026-01-05"), "2026-01-06T00:00:00+00:00");
    assert_eq!(ends("2026-07-06"), "2026-07-06T23:00:00+00:00");
    assert_eq!(ends("2026-03-28"), "2026-03-29T00:00:00+00:00", "the eve of the change to summer");
    assert_eq!(ends("2026-03-29"), "2026-03-29T23:00:00+00:00", "the day of the change has 23 hours");
    assert_eq!(ends("2026-10-24"), "2026-10-24T23:00:00+00:00", "the eve of the change to winter");
    assert_eq!(ends("2026-10-25"), "2026-10-26T00:00:00+00:00", "the day of the change has 25 hours");
}

#[test]
fn a_day_whose_midnight_the_clocks_leave_out_starts_at_its_first_minute() {
    let start = |day: &str, zone| start_of_day(date(day), zone).with_timezone(&zone).to_rfc3339();
    let cairo = chrono_tz::Africa::Cairo;
    assert_eq!(start("2024-04-26", cairo), "2024-04-26T01:00:00+03:00");
    let apia = chrono_tz::Pacific::Apia;
    assert_eq!(start("2011-12-30", apia), "2011-12-31T00:00:00+14:00", "a day that never was");
    let havana = chrono_tz::America::Havana;
    assert_eq!(start("2024-11-03", havana), "2024-11-03T00:00:00-04:00", "the first of two midnights");
}

#[test]
fn the_last_microsecond_is_in_time_and_the_next_is_late() {
    let due = Due { date: date("2026-07-06"), beyond_calendar: false };
    assert!(!due.is_past(at("2026-07-06T22:59:59.999999Z"), LONDON));
    assert!(due.is_past(at("2026-07-06T23:00:00Z"), LONDON));
}

#[test]
fn the_end_of_time_is_a_date_and_no_panic() {
    let calendar = CalendarName::Scotland.calendar();
    let far = nth_working_day_after(&calendar, NaiveDate::MAX, u16::MAX);
    assert_eq!(far.date, NaiveDate::MAX);
    assert_eq!(far.ends_at(LONDON).date_naive().year(), NaiveDate::MAX.year());
    assert!(working_days_between(&calendar, date("2026-01-01"), NaiveDate::MAX).count > 67_000_000);
}

#[test]
fn a_due_day_survives_a_payload() {
    let due = Due { date: date("2029-01-01"), beyond_calendar: true };
    let text = serde_json::to_string(&due).unwrap();
    assert_eq!(text, r#"{"date":"2029-01-01","beyond_calendar":true}"#);
    assert_eq!(serde_json::from_str::<Due>(&text).unwrap(), due);
}

/// Walks one day at a time by the words of the rule, with its own look at weekday and list.
fn oracle_is_worked(calendar: &Calendar, day: NaiveDate) -> bool {
    let weekday = day.format("%a").to_string();
    let is_listed = calendar.holidays().iter().any(|holiday| holiday.date == day);
    weekday != "Sat" && weekday != "Sun" && !is_listed
}

/// Day 0 is the start, or for a day that is not worked the eve of the next that is.
fn oracle_due(calendar: &Calendar, start: NaiveDate, count: u16) -> NaiveDate {
    let mut day_zero = start;
    if !oracle_is_worked(calendar, start) {
        while !oracle_is_worked(calendar, day_zero.succ_opt().unwrap()) {
            day_zero = day_zero.succ_opt().unwrap();
        }
    }
    let (mut today, mut passed) = (day_zero, 0);
    while passed < count {
        today = today.succ_opt().unwrap();
        passed += u16::from(oracle_is_worked(calendar, today));
    }
    today
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    (0..3_usize).prop_map(|index| CalendarName::ALL[index].calendar())
}

/// Any day from 2010 to 2031: before, within and past what the calendars know.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..8_000_u64).prop_map(|days| date("2010-01-01") + Days::new(days))
}

proptest! {
    #[test]
    fn the_nth_working_day_is_the_one_found_by_walking(
        calendar in any_calendar(), start in any_day(), count in 1..150_u16,
    ) {
        let found = nth_working_day_after(&calendar, start, count);
        prop_assert_eq!(found.date, oracle_due(&calendar, start, count));
        prop_assert!(calendar.is_working_day(found.date));
    }

    #[test]
    fn between_counts_each_worked_day_after_the_first_up_to_the_last(
        calendar in any_calendar(), one in any_day(), other in any_day(),
    ) {
        let days = one.iter_days().skip(1).take_while(|day| *day <= other);
        let walked = days.filter(|day| oracle_is_worked(&calendar, *day)).count();
        let counted = working_days_between(&calendar, one, other);
        prop_assert_eq!(usize::try_from(counted.count).unwrap(), walked);
    }

    #[test]
    fn counting_back_a_due_day_gives_its_limit(
        calendar in any_calendar(), start in any_day(), count in 0..150_u16,
    ) {
        let due = nth_working_day_after(&calendar, start, count);
        let back = working_days_between(&calendar, start, due.date).count;
        let off_day = u32::from(count == 0 && !calendar.is_working_day(start));
        prop_assert_eq!(back, u32::from(count) + off_day);
    }

    #[test]
    fn one_more_day_is_never_earlier_and_one_flag_never_goes_away(
        calendar in any_calendar(), start in any_day(), count in 1..100_u16,
    ) {
        let (one, next) =
            (nth_working_day_after(&calendar, start, count), nth_working_day_after(&calendar, start, count + 1));
        prop_assert!(one.date < next.date);
        prop_assert!(!one.beyond_calendar || next.beyond_calendar || start.year() < 2012);
    }

    #[test]
    fn a_date_is_flagged_when_a_counted_day_lies_in_an_unknown_year(
        calendar in any_calendar(), start in any_day(), count in 1..150_u16,
    ) {
        let due = nth_working_day_after(&calendar, start, count);
        let unknown = start.iter_days().skip(1).take_while(|day| *day <= due.date)
            .any(|day| !(2012..=2028).contains(&day.year()));
        prop_assert_eq!(due.beyond_calendar, unknown);
    }

    #[test]
    fn a_due_day_ends_where_the_next_day_begins(day in any_day(), zone in 0..chrono_tz::TZ_VARIANTS.len()) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let end = Due { date: day, beyond_calendar: false }.ends_at(zone);
        let local = |instant: DateTime<Utc>| instant.with_timezone(&zone).date_naive();
        prop_assert!(local(end) > day);
        let missing = local(end - TimeDelta::microseconds(1)) < day;
        prop_assert!(local(end - TimeDelta::microseconds(1)) <= day);
        prop_assert!(!missing || start_of_day(day, zone) == end, "only a day that never was");
    }
}
