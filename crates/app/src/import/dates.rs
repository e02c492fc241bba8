//! Dates as people write them. What can be read only one way is read so; 03/04/2019 can be read two ways, and then
//! the column decides: if one of its values works only one way (03/18/2019), all are read that way, else the setting
//! counts. Years of two digits: 00-69 are 2000-2069, 70-99 are 1970-1999, as POSIX has it.

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime};
use serde::Serialize;
use thiserror::Error;

use tokens::{Cursor, Token};

mod tokens;

/// Which comes first where a date is written in numbers with the year last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// 31/12/2026, as in the United Kingdom.
    DayFirst,
    /// 12/31/2026, as in the United States.
    MonthFirst,
}

/// Whether the order of day and month could be told from the value itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// There is one way to read it.
    OneWay,
    /// It works only with this order.
    Only(Order),
    /// It works either way; the order given was used.
    EitherWay,
}

/// A date, with what else stood in the cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundDate {
    /// The day.
    pub date: NaiveDate,
    /// The local time, if one was given.
    pub time: Option<NaiveTime>,
    /// The zone as written (`ET`, `+01:00`); never worked into the time.
    pub zone: Option<String>,
    /// The last day, where a range was given.
    pub until: Option<NaiveDate>,
    /// How sure the reading is.
    pub reading: Reading,
}

/// Why a cell is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateProblem {
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// `TBD`, `rolling`, `ongoing` and the like.
    #[error("it says that there is no date yet")]
    NoneYet,
    /// Day and month, but no year.
    #[error("the year is missing")]
    NoYear,
    /// A year of three or five digits, or before 1900 or after 2199.
    #[error("the year is not one between 1900 and 2199")]
    BadYear,
    /// Only a year, or only a month and a year.
    #[error("the day is missing")]
    NoDay,
    /// 30 February, month 13.
    #[error("there is no such day")]
    NoSuchDay,
    /// 25:61.
    #[error("there is no such time of day")]
    NoSuchTime,
    /// Anything else.
    #[error("it is not written as a date")]
    NotADate,
}

impl DateProblem {
    /// The key of its translation.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "import-date-empty",
            Self::NoneYet => "import-date-none-yet",
            Self::NoYear => "import-date-no-year",
            Self::BadYear => "import-date-bad-year",
            Self::NoDay => "import-date-no-day",
            Self::NoSuchDay => "import-date-no-such-day",
            Self::NoSuchTime => "import-date-no-such-time",
            Self::NotADate => "import-date-not-a-date",
        }
    }
}

/// Years that a date may have; anything else is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Day numbers of spreadsheets that are taken for dates: 1954 to 2119. Smaller numbers are more likely counts or years.
const SERIALS: std::ops::RangeInclusive<u64> = 20_000..=80_000;
/// What people write where there is no date.
const NONE_YET: [&str; 18] = [
    "tbd",
    "tbc",
    "tba",
    "tbd.",
    "n/a",
    "na",
    "none",
    "-",
    "–",
    "rolling",
    "ongoing",
    "open",
    "open-ended",
    "various",
    "to be confirmed",
    "to be determined",
    "to be announced",
    "i'w gadarnhau",
];

/// Reads a date with or without a time, zone or end of a range.
///
/// # Errors
/// Says what is missing or wrong; the caller names row and column.
pub fn read_date(text: &str, order: Order) -> Result<FoundDate, DateProblem> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    if NONE_YET.contains(&text.as_str()) {
        return Err(DateProblem::NoneYet);
    }
    if let Some(found) = serial(&text) {
        return Ok(found);
    }
    match one(&text, order) {
        Ok(found) => Ok(found),
        Err(problem) => range(&text, order).ok_or(problem),
    }
}

/// The two ends of `3 March 2026 to 5 April 2026`; also `3-5 March 2026`, where the first end lacks month and year.
fn range(text: &str, order: Order) -> Option<FoundDate> {
    let text = text.strip_prefix("from ").unwrap_or(text);
    let parts = [" to ", " until ", " till ", " - ", " – ", "–", "-"]
        .into_iter()
        .find_map(|by| text.split_once(by))?;
    let last = one(parts.1.trim(), order).ok()?;
    let first = if let Ok(first) = one(parts.0.trim(), order) {
        first
    } else {
        let day = parts.0.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
        FoundDate { date: last.date.with_day(day)?, ..last.clone() }
    };
    (first.date <= last.date).then_some(FoundDate { until: Some(last.date), ..first })
}

/// The day number of a spreadsheet: days since 30 December 1899, with the time as a fraction.
fn serial(text: &str) -> Option<FoundDate> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    if ![whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let days = whole.parse().ok().filter(|days| SERIALS.contains(days))?;
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    Some(FoundDate { date, time: time_of_fraction(part), zone: None, until: None, reading: Reading::OneWay })
}

/// The time of day of a decimal fraction such as `5` (noon), to the second; none for midnight.
fn time_of_fraction(digits: &str) -> Option<NaiveTime> {
    let fraction: f64 = format!("0.{digits}").parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 86,400")]
    let seconds = (fraction * 86_400.0).round() as u32;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).filter(|_| seconds > 0)
}

fn one(text: &str, order: Order) -> Result<FoundDate, DateProblem> {
    let mut cursor = Cursor::new(text);
    cursor.skip_weekday();
    let (date, reading) = day(&mut cursor, order)?;
    let time = time(&mut cursor)?;
    let zone = if time.is_some() { zone(&mut cursor) } else { None };
    cursor.skip_filler();
    if cursor.is_done() {
        Ok(FoundDate { date, time, zone, until: None, reading })
    } else {
        Err(DateProblem::NotADate)
    }
}

fn day(cursor: &mut Cursor<'_>, order: Order) -> Result<(NaiveDate, Reading), DateProblem> {
    match cursor.next() {
        Some(Token::Digits(digits)) => match digits.len() {
            8 => Ok((compact(digits)?, Reading::OneWay)),
            4 => Ok((year_first(cursor, digits)?, Reading::OneWay)),
            1 | 2 => after_short_number(cursor, digits, order),
            _ => Err(DateProblem::NotADate),
        },
        Some(Token::Word(word)) => {
            let month = month(word).ok_or(DateProblem::NotADate)?;
            Ok((month_word_first(cursor, month)?, Reading::OneWay))
        }
        _ => Err(DateProblem::NotADate),
    }
}

/// 20260331
fn compact(digits: &str) -> Result<NaiveDate, DateProblem> {
    make(&digits[..4], number(&digits[4..6]), number(&digits[6..]))
}

/// 2026-03-31, 2026/3/31, 2026 March 31
fn year_first(cursor: &mut Cursor<'_>, year: &str) -> Result<NaiveDate, DateProblem> {
    if cursor.is_done() {
        return Err(DateProblem::NoDay);
    }
    cursor.skip_separator();
    let month = match cursor.next() {
        Some(Token::Digits(digits)) if digits.len() <= 2 => number(digits),
        Some(Token::Word(word)) => month(word).ok_or(DateProblem::NotADate)?,
        _ => return Err(DateProblem::NotADate),
    };
    if cursor.is_done() {
        return Err(DateProblem::NoDay);
    }
    cursor.skip_separator();
    match cursor.next() {
        Some(Token::Digits(digits)) if digits.len() <= 2 => make(year, month, number(digits)),
        _ => Err(DateProblem::NotADate),
    }
}

/// 31/3/2026, 3/31/26, 31.3.2026, 31 March 2026, 31st of March 26
fn after_short_number(
    cursor: &mut Cursor<'_>,
    first: &str,
    order: Order,
) -> Result<(NaiveDate, Reading), DateProblem> {
    cursor.skip_ordinal();
    cursor.skip_separator();
    match cursor.next() {
        Some(Token::Word(word)) => {
            let month = month(word).ok_or(DateProblem::NotADate)?;
            cursor.skip_separator();
            Ok((make(year(cursor)?, month, number(first))?, Reading::OneWay))
        }
        Some(Token::Digits(second)) if second.len() <= 2 => {
            if !cursor.skip_tight_separator() {
                return Err(if cursor.is_done() { DateProblem::NoYear } else { DateProblem::NotADate });
            }
            in_order(year(cursor)?, (number(first), number(second)), order)
        }
        _ => Err(DateProblem::NotADate),
    }
}

/// March 31, 2026; March 31st 2026
fn month_word_first(cursor: &mut Cursor<'_>, month: u32) -> Result<NaiveDate, DateProblem> {
    cursor.skip_separator();
    match cursor.next() {
        Some(Token::Digits(year)) if year.len() == 4 && YEARS.contains(&to_year(year)) => {
            Err(DateProblem::NoDay)
        }
        Some(Token::Digits(day)) if day.len() <= 2 => {
            cursor.skip_ordinal();
            cursor.skip_separator();
            make(year(cursor)?, month, number(day))
        }
        _ => Err(DateProblem::NotADate),
    }
}

fn in_order(year: &str, pair: (u32, u32), order: Order) -> Result<(NaiveDate, Reading), DateProblem> {
    let day_first = make(year, pair.1, pair.0);
    let month_first = make(year, pair.0, pair.1);
    match (day_first, month_first) {
        (Ok(date), Ok(other)) if date == other => Ok((date, Reading::OneWay)),
        (Ok(date), Ok(other)) => {
            Ok((if order == Order::DayFirst { date } else { other }, Reading::EitherWay))
        }
        (Ok(date), Err(_)) => Ok((date, Reading::Only(Order::DayFirst))),
        (Err(_), Ok(date)) => Ok((date, Reading::Only(Order::MonthFirst))),
        (Err(problem), Err(_)) => Err(problem),
    }
}

/// The digits of a year; an hour (`10:00`) that stands where the year should be is none.
fn year<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, DateProblem> {
    cursor.skip_apostrophe();
    match cursor.next() {
        Some(Token::Digits(_)) if cursor.at(':') => Err(DateProblem::NoYear),
        Some(Token::Digits(digits)) => Ok(digits),
        _ => Err(DateProblem::NoYear),
    }
}

fn to_year(digits: &str) -> i32 {
    let year = digits.parse().unwrap_or(0);
    match (digits.len(), year) {
        (2, 0..=69) => 2000 + year,
        (2, _) => 1900 + year,
        (4, _) => year,
        _ => 0,
    }
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

fn make(year: &str, month: u32, day: u32) -> Result<NaiveDate, DateProblem> {
    let year = to_year(year);
    if !YEARS.contains(&year) {
        return Err(DateProblem::BadYear);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateProblem::NoSuchDay)
}

/// English and Welsh names of the months, whole or cut to what is still clear.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "ionawr", "ion"],
    &["february", "feb", "chwefror", "chwef"],
    &["march", "mar", "mawrth", "maw"],
    &["april", "apr", "ebrill", "ebr"],
    &["may", "mai"],
    &["june", "jun", "mehefin", "meh"],
    &["july", "jul", "gorffennaf", "gorff"],
    &["august", "aug", "awst"],
    &["september", "sep", "sept", "medi"],
    &["october", "oct", "hydref", "hyd"],
    &["november", "nov", "tachwedd", "tach"],
    &["december", "dec", "rhagfyr", "rhag"],
];

fn month(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(place + 1).ok()
}

/// 9, 9:30, 9.30 pm, 11:59:59 p.m., noon, midnight; none where the date ends the cell.
fn time(cursor: &mut Cursor<'_>) -> Result<Option<NaiveTime>, DateProblem> {
    cursor.skip_before_time();
    match cursor.peek() {
        Some(Token::Word("noon")) => Ok(cursor.step_to(NaiveTime::from_hms_opt(12, 0, 0))),
        Some(Token::Word("midnight")) => Ok(cursor.step_to(NaiveTime::from_hms_opt(0, 0, 0))),
        Some(Token::Digits(hour)) if hour.len() <= 2 => {
            cursor.step();
            clock_time(cursor, number(hour)).map(Some)
        }
        _ => Ok(None),
    }
}

fn clock_time(cursor: &mut Cursor<'_>, hour: u32) -> Result<NaiveTime, DateProblem> {
    let minute = cursor.part_of_time();
    let second = if minute.is_some() { cursor.part_of_time() } else { None };
    cursor.skip_fraction();
    let half = cursor.half_of_day();
    if minute.is_none() && half.is_none() {
        return Err(DateProblem::NotADate);
    }
    // 00:00 AM and 17:00 PM mix two clocks but leave no doubt; 00:30 PM and 17:00 AM do.
    let hour = match (half, hour) {
        (Some(true), 0) | (Some(false), 13..) => return Err(DateProblem::NoSuchTime),
        (Some(after_noon), 0..=12) => hour % 12 + if after_noon { 12 } else { 0 },
        (_, hour) => hour,
    };
    NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), second.unwrap_or(0)).ok_or(DateProblem::NoSuchTime)
}

/// Zones that are known by their letters; an offset such as +01:00 is kept as well.
const ZONES: [&str; 20] = [
    "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt", "utc", "gmt", "bst", "z",
    "cet", "cest", "eastern", "pacific",
];

fn zone(cursor: &mut Cursor<'_>) -> Option<String> {
    if let Some(offset) = cursor.offset() {
        return Some(offset);
    }
    cursor.skip_spaces();
    let Some(Token::Word(word)) = cursor.peek() else { return None };
    if !ZONES.contains(&word) {
        return None;
    }
    cursor.step();
    cursor.skip_word("time");
    Some(word.to_uppercase())
}

/// How the dates of one column were read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The order used for values that work either way.
    pub order: Order,
    /// What it rests on.
    pub because: Because,
    /// How many values work either way.
    pub either_way: usize,
}

/// What the order of a column rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// A value of the column that works only this way.
    Value(String),
    /// A value of another column of the same file, since none of its own tells.
    OtherColumn(String),
    /// The setting, since no value told.
    Setting,
    /// The setting, since one value works only one way and another only the other: the column is mixed.
    Mixed {
        /// Works only with the day first.
        day_first: String,
        /// Works only with the month first.
        month_first: String,
    },
}

/// Decides how a column's ambiguous dates are read: by its values where they tell, else by the setting.
pub fn decide<'a>(values: impl Iterator<Item = &'a str>, setting: Order) -> Decision {
    let (mut day_first, mut month_first, mut either_way) = (None, None, 0);
    for value in values {
        match read_date(value, setting).map(|found| found.reading) {
            Ok(Reading::Only(Order::DayFirst)) => day_first = day_first.or(Some(value)),
            Ok(Reading::Only(Order::MonthFirst)) => month_first = month_first.or(Some(value)),
            Ok(Reading::EitherWay) => either_way += 1,
            Ok(Reading::OneWay) | Err(_) => {}
        }
    }
    let text = |value: &str| value.trim().to_owned();
    let (order, because) = match (day_first, month_first) {
        (Some(value), None) => (Order::DayFirst, Because::Value(text(value))),
        (None, Some(value)) => (Order::MonthFirst, Because::Value(text(value))),
        (None, None) => (setting, Because::Setting),
        (Some(day), Some(month)) => {
            (setting, Because::Mixed { day_first: text(day), month_first: text(month) })
        }
    };
    Decision { order, because, either_way }
}

/// A column that tells nothing follows the other columns of its file, if they agree: one system wrote them all.
pub fn agree(decisions: &mut [&mut Decision]) {
    let told = |decision: &&mut Decision| match &decision.because {
        Because::Value(value) => Some((decision.order, value.clone())),
        _ => None,
    };
    let telling: Vec<(Order, String)> = decisions.iter().filter_map(told).collect();
    let Some((order, value)) = telling.first() else { return };
    if telling.iter().any(|(other, _)| other != order) {
        return;
    }
    for decision in decisions.iter_mut().filter(|decision| decision.because == Because::Setting) {
        decision.order = *order;
        decision.because = Because::OtherColumn(value.clone());
    }
}

#[cfg(test)]
mod tests;
