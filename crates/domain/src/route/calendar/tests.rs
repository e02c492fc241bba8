use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn holidays_of(name: CalendarName, year: i32) -> Vec<String> {
    let calendar = name.calendar();
    let of_year = calendar.holidays().iter().filter(|holiday| holiday.date.year() == year);
    of_year.map(|holiday| holiday.date.format("%m-%d").to_string()).collect()
}

#[test]
fn the_years_2026_to_2028_of_england_and_wales_are_the_published_ones() {
    let of = |year| holidays_of(CalendarName::EnglandAndWales, year).join(" ");
    assert_eq!(of(2026), "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    assert_eq!(of(2027), "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
    assert_eq!(of(2028), "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
}

#[test]
fn scotland_keeps_2_january_and_st_andrew_but_works_on_easter_monday() {
    let of = |year| holidays_of(CalendarName::Scotland, year).join(" ");
    assert_eq!(of(2025), "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26");
    assert_eq!(of(2026), "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28");
    assert!(CalendarName::Scotland.calendar().is_working_day(date("2026-04-06")));
}

#[test]
fn a_day_that_was_proclaimed_after_the_list_is_in_it_with_its_source() {
    let scotland = CalendarName::Scotland.calendar();
    assert_eq!(scotland.holiday_on(date("2026-06-15")).unwrap().title, "World Cup bank holiday");
    assert!(scotland.source().contains("Royal Proclamation"));
    assert!(CalendarName::EnglandAndWales.calendar().is_working_day(date("2026-06-15")));
}

#[test]
fn northern_ireland_keeps_st_patrick_and_the_twelfth_on_substitute_days_too() {
    let calendar = CalendarName::NorthernIreland.calendar();
    for off in ["2026-03-17", "2026-07-13", "2027-03-17", "2027-07-12", "2028-03-17", "2028-07-12"] {
        assert!(!calendar.is_working_day(date(off)), "{off}");
    }
    assert!(CalendarName::EnglandAndWales.calendar().is_working_day(date("2026-07-13")));
}

#[test]
fn every_calendar_names_its_source_and_knows_each_of_its_years() {
    for name in CalendarName::ALL {
        let calendar = name.calendar();
        assert!(calendar.source().contains("govuk-bank-holidays 0.19"));
        assert_eq!(calendar.last_year(), 2028);
        for year in calendar.first_year..=calendar.last_year {
            assert!(holidays_of(name, year).len() >= 8, "{name} {year}");
        }
    }
}

#[test]
fn holidays_are_in_order_once_each_and_on_weekdays() {
    for name in CalendarName::ALL {
        let calendar = name.calendar();
        assert!(calendar.holidays().is_sorted_by(|one, next| one.date < next.date));
        assert!(calendar.holidays().iter().all(|holiday| !is_weekend(holiday.date)));
    }
}

#[test]
fn a_calendar_says_when_it_ends() {
    let calendar = CalendarName::Scotland.calendar();
    assert_eq!(calendar.coverage(date("2027-12-31")), Coverage::Known);
    assert_eq!(calendar.coverage(date("2028-01-01")), Coverage::EndsThisYear { last_year: 2028 });
    assert_eq!(calendar.coverage(date("2029-01-01")), Coverage::Ended { last_year: 2028 });
    assert!(calendar.covers(date("2028-12-31")) && !calendar.covers(date("2029-01-01")));
    assert!(calendar.covers(date("2012-01-01")) && !calendar.covers(date("2011-12-31")));
}

#[test]
fn a_newer_list_adds_days_and_years_and_its_source() {
    let new_year = Holiday { date: date("2029-01-01"), title: "New Year’s Day".into() };
    let fair = Holiday { date: date("2026-09-18"), title: "Autumn holiday".into() };
    let longer = CalendarName::Scotland.calendar().extended(&[new_year, fair], 2029, "council minute 7");
    assert!(!longer.is_working_day(date("2026-09-18")) && !longer.is_working_day(date("2029-01-01")));
    assert!(longer.covers(date("2029-12-31")));
    assert!(longer.source().ends_with("; council minute 7"));
}

#[test]
fn a_day_added_twice_counts_once() {
    let plain = CalendarName::Scotland.calendar();
    let again = plain.clone().extended(plain.holidays(), 2020, "the same");
    assert_eq!(again.holidays(), plain.holidays());
    assert_eq!(again.last_year(), 2028, "an older list takes no year away");
}

#[test]
fn a_calendar_has_one_name_in_settings_and_payloads() {
    for name in CalendarName::ALL {
        assert_eq!(name.as_str().parse(), Ok(name));
        assert_eq!(serde_json::to_string(&name).unwrap(), format!("\"{name}\""));
    }
    assert_eq!("wales".parse::<CalendarName>(), Err(UnknownCalendar("wales".to_owned())));
}

/// Easter Sunday by the astronomers' way: the Sunday after the first ecclesiastical full moon, found by
/// Gauss's steps; independent of the tables, which were copied from a list.
fn easter(year: i32) -> NaiveDate {
    let (golden, century) = (year % 19, year / 100);
    let moon_shift = (15 + century - century / 4 - (8 * century + 13) / 25) % 30;
    let moon = (19 * golden + moon_shift) % 30;
    let moon = if moon == 29 || (moon == 28 && golden > 10) { moon - 1 } else { moon };
    let full =
        NaiveDate::from_ymd_opt(year, 3, 21).unwrap() + chrono::Days::new(u64::try_from(moon).unwrap());
    full.iter_days().skip(1).find(|day| day.weekday() == Weekday::Sun).unwrap()
}

#[test]
fn good_friday_and_easter_monday_are_where_the_moon_puts_them() {
    for year in 2012..=2028 {
        let (friday, monday) = (easter(year) - chrono::Days::new(2), easter(year) + chrono::Days::new(1));
        for name in CalendarName::ALL {
            let calendar = name.calendar();
            assert_eq!(calendar.holiday_on(friday).unwrap().title, "Good Friday");
            let works_on_monday = calendar.is_working_day(monday);
            assert_eq!(works_on_monday, name == CalendarName::Scotland, "{name} {year}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_but_the_three_names_is_a_calendar(text in "[a-z-]{0,20}") {
        let known = CalendarName::ALL.iter().any(|name| name.as_str() == text);
        prop_assert_eq!(text.parse::<CalendarName>().is_ok(), known);
    }
}
