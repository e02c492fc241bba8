//! The bank holidays as data. The tables are generated, so that nobody types a date by hand and each
//! carries the source and the last year that it knows.

pub(super) mod england_and_wales;
pub(super) mod northern_ireland;
pub(super) mod scotland;

use std::borrow::Cow;

use chrono::NaiveDate;

use super::calendar::Holiday;

/// One division's table.
pub struct HolidayList {
    /// Where the dates come from.
    pub source: &'static str,
    /// The first year that the table knows whole.
    pub first_year: i32,
    /// The last year that the table knows whole.
    pub last_year: i32,
    /// In order of date.
    pub holidays: &'static [Holiday],
}

/// A row of a table; a date that does not exist stops the build, not the program.
const fn holiday(year: i32, month: u32, day: u32, title: &'static str) -> Holiday {
    let date = NaiveDate::from_ymd_opt(year, month, day).expect("evaluated while compiling the tables");
    Holiday { date, title: Cow::Borrowed(title) }
}
