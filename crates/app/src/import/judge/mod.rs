//! Every row is judged: it becomes a value that cannot be wrong, or its faults are named, all of them at once.

use std::collections::BTreeMap;

use serde::Serialize;

use super::columns::{Field, Mapping};
use super::dates::{self, Decision, Order};
use super::faults::{Fault, Notice, Wrong};
use super::read::Sheet;
use desk::{Desk, Seen};

mod desk;
mod ideas;
mod organisations;
mod people;
mod problems;
mod tree;

pub use ideas::judge_ideas;
pub use organisations::judge_organisations;
pub use people::judge_people;
pub use problems::judge_problems;

/// What to do with a cell that should be a date and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadDate {
    /// The row comes in without that date, and a notice names it.
    LeaveEmpty,
    /// The row stays out, and a fault names it.
    Refuse,
}

/// Settings of the judges.
#[derive(Debug, Clone)]
pub struct Ways {
    /// How 03/04/2019 is read where no value of its column tells.
    pub order: Order,
    /// What to do with what is no date.
    pub unread_date: UnreadDate,
    /// Codes of the calendars that exist.
    pub calendars: Vec<String>,
}

impl Default for Ways {
    fn default() -> Self {
        let calendars = ["england-and-wales", "scotland", "northern-ireland"].map(str::to_owned).to_vec();
        Self { order: Order::DayFirst, unread_date: UnreadDate::LeaveEmpty, calendars }
    }
}

/// How the dates of a column were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReading {
    /// Heading of the column.
    pub column: String,
    /// Cells that are dates.
    pub dates: usize,
    /// Cells that are empty.
    pub empty: usize,
    /// Cells that hold something else.
    pub not_dates: usize,
    /// The order of day and month, and what it rests on.
    pub decision: Decision,
}

/// The rows of a file, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged<T> {
    /// Rows below the headings.
    pub rows: usize,
    /// Those without a fault, in the order of the file (organisations: parents first).
    pub good: Vec<T>,
    /// What keeps rows out; a row may have several.
    pub faults: Vec<Fault>,
    /// What was changed in or left out of good rows.
    pub notices: Vec<Notice>,
    /// How dates were read.
    pub readings: Vec<ColumnReading>,
    /// Good rows whose identifier was made from their words, since the file gives none: if those words change,
    /// a second import takes them for new.
    pub made_ids: usize,
}

const DATES: [Field; 4] = [Field::Opens, Field::Closes, Field::ToldOn, Field::AnsweredOn];

/// Judges all rows by one function; whatever it returns counts only if it named no fault.
fn judge_rows<T>(
    sheet: &Sheet,
    mapping: &Mapping,
    ways: &Ways,
    one: impl Fn(&mut Desk<'_>) -> Option<T>,
) -> Judged<T> {
    let readings = readings(sheet, mapping, ways);
    let decisions = readings.iter().map(|(field, reading)| (*field, reading.decision.order)).collect();
    let mut judged = Judged {
        rows: sheet.rows.len(),
        good: Vec::new(),
        faults: missing_columns(mapping),
        notices: Vec::new(),
        readings: readings.into_values().collect(),
        made_ids: 0,
    };
    // Without a required column every row would repeat the same fault.
    if !judged.faults.is_empty() {
        return judged;
    }
    let mut seen = Seen::default();
    for row in &sheet.rows {
        let mut desk = Desk::new((sheet, mapping, ways), row, &decisions, &mut seen);
        desk.refuse_more_cells();
        let value = one(&mut desk);
        take(&mut judged, desk.close(), value);
    }
    judged
}

fn take<T>(judged: &mut Judged<T>, said: desk::Said, value: Option<T>) {
    if said.faults.is_empty() {
        judged.good.extend(value);
        judged.made_ids += usize::from(said.made_id);
        judged.notices.extend(said.notices);
    } else {
        judged.faults.extend(said.faults);
    }
}

fn missing_columns(mapping: &Mapping) -> Vec<Fault> {
    let fault =
        |field: Field| Fault { row: 0, column: field.name().to_owned(), wrong: Wrong::NoColumn { field } };
    mapping.missing().into_iter().map(fault).collect()
}

fn readings(sheet: &Sheet, mapping: &Mapping, ways: &Ways) -> BTreeMap<Field, ColumnReading> {
    let placed: Vec<(Field, usize)> =
        DATES.iter().filter_map(|field| Some((*field, mapping.place(*field)?))).collect();
    let decide = |place| dates::decide(cells(sheet, place), ways.order);
    let mut decisions: Vec<Decision> = placed.iter().map(|(_, place)| decide(*place)).collect();
    dates::agree(&mut decisions.iter_mut().collect::<Vec<_>>());
    let column = |((field, place), decision)| (field, reading(sheet, place, decision));
    placed.into_iter().zip(decisions).map(column).collect()
}

fn cells(sheet: &Sheet, place: usize) -> impl Iterator<Item = &str> {
    sheet.rows.iter().filter_map(move |row| row.cells.get(place)).map(String::as_str)
}

fn reading(sheet: &Sheet, place: usize, decision: Decision) -> ColumnReading {
    let (mut dates, mut empty, mut not_dates) = (0, 0, 0);
    for cell in cells(sheet, place) {
        match dates::read_date(cell, decision.order) {
            Ok(_) => dates += 1,
            Err(dates::DateProblem::Empty) => empty += 1,
            Err(_) => not_dates += 1,
        }
    }
    ColumnReading { column: sheet.columns[place].clone(), dates, empty, not_dates, decision }
}

#[cfg(test)]
mod tests;
