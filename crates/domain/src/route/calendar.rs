//! Which days are working days.
//!
//! A calendar knows whole years only. Past its last year it does not guess holidays and it does not
//! refuse either, because the work cannot stop receiving ideas while an administrator looks for a list:
//! it counts Monday to Friday, and every result carries `beyond_calendar`, which pages and `doctor` show.
//! A longer list never moves a date by itself; a flagged date is moved by a person or a job, on the record.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::holidays::{HolidayList, england_and_wales, northern_ireland, scotland};

/// The divisions of the United Kingdom that have bank holidays of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CalendarName {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// A text that names no calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCalendar(pub String);

/// A day on which nobody is asked to work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day, already moved where a substitute day is given.
    pub date: NaiveDate,
    /// Its name in English, as the source gives it.
    pub title: Cow<'static, str>,
}

/// The working days of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    name: CalendarName,
    source: Cow<'static, str>,
    first_year: i32,
    last_year: i32,
    holidays: Cow<'static, [Holiday]>,
}

/// How long a calendar still serves, for `doctor` and the administrator's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Next year's holidays are known.
    Known,
    /// This is the last year known: dates of next year are counted without holidays.
    EndsThisYear {
        /// The last year known whole.
        last_year: i32,
    },
    /// Today is past the last year: every new date is counted without holidays.
    Ended {
        /// The last year known whole.
        last_year: i32,
    },
}

impl CalendarName {
    /// Every calendar there is, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    /// The name in settings, payloads and URLs; the same text as serde's.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
        }
    }

    /// The built-in calendar of this name.
    pub const fn calendar(self) -> Calendar {
        let list = self.list();
        Calendar {
            name: self,
            source: Cow::Borrowed(list.source),
            first_year: list.first_year,
            last_year: list.last_year,
            holidays: Cow::Borrowed(list.holidays),
        }
    }

    const fn list(self) -> HolidayList {
        match self {
            Self::EnglandAndWales => england_and_wales::LIST,
            Self::Scotland => scotland::LIST,
            Self::NorthernIreland => northern_ireland::LIST,
        }
    }
}

impl fmt::Display for CalendarName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for CalendarName {
    type Err = UnknownCalendar;

    fn from_str(text: &str) -> Result<Self, UnknownCalendar> {
        let found = Self::ALL.into_iter().find(|name| name.as_str() == text);
        found.ok_or_else(|| UnknownCalendar(text.to_owned()))
    }
}

impl fmt::Display for UnknownCalendar {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "no calendar is called {:?}", self.0)
    }
}

impl std::error::Error for UnknownCalendar {}

impl Calendar {
    /// Which division's calendar it is.
    pub const fn name(&self) -> CalendarName {
        self.name
    }

    /// Where the holidays come from: package and version, and any proclamation added to it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The last year whose holidays are known.
    pub const fn last_year(&self) -> i32 {
        self.last_year
    }

    /// The holidays, in order of date; all of them fall on a weekday.
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// The same calendar with days added: a body's own holidays, or a newer official list, which an
    /// administrator can enter without waiting for a release. It then knows all years to `last_year`, if
    /// that is later than before. `source` says where the days come from and is added to the calendar's.
    pub fn extended(mut self, days: &[Holiday], last_year: i32, source: &str) -> Self {
        let mut all = self.holidays.into_owned();
        all.extend(days.iter().filter(|day| !is_weekend(day.date)).cloned());
        all.sort_by_key(|day| day.date);
        all.dedup_by_key(|day| day.date);
        self.holidays = Cow::Owned(all);
        self.last_year = self.last_year.max(last_year);
        self.source = Cow::Owned(format!("{}; {source}", self.source));
        self
    }

    /// Whether the holidays around this day are known, or only its weekday.
    pub fn covers(&self, date: NaiveDate) -> bool {
        (self.first_year..=self.last_year).contains(&date.year())
    }

    /// How long this calendar still serves, seen from `today`.
    pub fn coverage(&self, today: NaiveDate) -> Coverage {
        let last_year = self.last_year;
        match today.year() {
            year if year > last_year => Coverage::Ended { last_year },
            year if year == last_year => Coverage::EndsThisYear { last_year },
            _ => Coverage::Known,
        }
    }

    /// The holiday on this day, if there is one.
    pub fn holiday_on(&self, date: NaiveDate) -> Option<&Holiday> {
        let found = self.holidays.binary_search_by_key(&date, |holiday| holiday.date);
        found.ok().map(|index| &self.holidays[index])
    }

    /// Whether people are asked to work on this day: Monday to Friday and no holiday.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !is_weekend(date) && self.holiday_on(date).is_none()
    }

    /// How many holidays fall after `from`, up to and with `to`.
    pub(super) fn holidays_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        let up_to = |end: NaiveDate| self.holidays.partition_point(|holiday| holiday.date <= end);
        up_to(to).saturating_sub(up_to(from))
    }
}

pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests;
