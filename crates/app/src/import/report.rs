//! What an import would do, for a page as JSON and for the command line as a table of text.

use std::fmt;

use serde::Serialize;

use super::columns::{Kind, Mapping};
use super::dates::{Because, Order};
use super::faults::Line;
use super::judge::{ColumnReading, Judged};
use super::limits;
use super::read::{Format, Sheet, Stored};

/// A column and the field that it serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// Name of the field.
    pub field: &'static str,
    /// Heading of the column.
    pub column: String,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the rows are.
    pub kind: Kind,
    /// What kind of file it was.
    pub format: Format,
    /// How its characters were stored.
    pub stored: Stored,
    /// Rows below the headings.
    pub rows: usize,
    /// Rows that can come in.
    pub good: usize,
    /// Good rows whose identifier was made from their words.
    pub made_ids: usize,
    /// Which column serves which field.
    pub uses: Vec<Use>,
    /// Columns that serve none.
    pub unused: Vec<String>,
    /// How the dates of each column were read.
    pub readings: Vec<ColumnReading>,
    /// How many faults there are; the list stops at a limit.
    pub fault_count: usize,
    /// What keeps rows out.
    pub faults: Vec<Line>,
    /// How many notices there are; the list stops at a limit.
    pub notice_count: usize,
    /// What was changed in or left out of good rows.
    pub notices: Vec<Line>,
}

impl Report {
    /// Sums up a judged file.
    pub fn new<T>(sheet: &Sheet, mapping: &Mapping, judged: &Judged<T>) -> Self {
        let uses = mapping
            .pairs()
            .map(|(field, place)| Use { field: field.name(), column: sheet.columns[place].clone() });
        let unused = sheet.columns.iter().enumerate().filter(|(place, _)| !mapping.uses(*place));
        Self {
            kind: mapping.kind,
            format: sheet.format,
            stored: sheet.stored,
            rows: judged.rows,
            good: judged.good.len(),
            made_ids: judged.made_ids,
            uses: uses.collect(),
            unused: unused.map(|(_, column)| column.clone()).collect(),
            readings: judged.readings.clone(),
            fault_count: judged.faults.len(),
            faults: judged.faults.iter().take(limits::REPORT_LINES).map(Line::from).collect(),
            notice_count: judged.notices.len(),
            notices: judged.notices.iter().take(limits::REPORT_LINES).map(Line::from).collect(),
        }
    }

    /// The report as English text in columns, each line ended. Words out of a file steer no terminal.
    pub fn table(&self) -> String {
        plain(&self.to_string())
    }
}

/// A text for a terminal: what would move its cursor or change its colours is shown as a sign that cannot be read.
pub fn plain(text: &str) -> String {
    text.replace(|sign: char| sign.is_control() && sign != '\n', "\u{fffd}")
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} of {} rows can come in.", self.good, self.rows)?;
        if let Some(remark) = self.stored.remark() {
            writeln!(out, "{remark}")?;
        }
        for line in &self.uses {
            writeln!(out, "{:<14} ← {}", line.field, line.column)?;
        }
        if !self.unused.is_empty() {
            writeln!(out, "Not used: {}", self.unused.join(", "))?;
        }
        if self.made_ids > 0 {
            let rest = "if their words change, a second import takes them for new.";
            writeln!(out, "Rows without an identifier: {}; {rest}", self.made_ids)?;
        }
        self.readings.iter().try_for_each(|reading| reading_line(out, reading))?;
        section(out, "Faults", &self.faults, self.fault_count)?;
        section(out, "Notices", &self.notices, self.notice_count)
    }
}

fn reading_line(out: &mut fmt::Formatter<'_>, reading: &ColumnReading) -> fmt::Result {
    let order = match reading.decision.order {
        Order::DayFirst => "day first",
        Order::MonthFirst => "month first",
    };
    let because = match &reading.decision.because {
        Because::Value(value) => format!("because of “{value}”"),
        Because::OtherColumn(value) => format!("because another column has “{value}”"),
        Because::Setting => "as set".to_owned(),
        Because::Mixed { day_first, month_first } => {
            format!("as set, though “{day_first}” and “{month_first}” differ")
        }
    };
    let ColumnReading { column, dates, empty, not_dates, decision } = reading;
    write!(out, "{column}: {dates} dates, {empty} empty, {not_dates} not dates")?;
    if decision.either_way > 0 {
        write!(out, "; {} can be read two ways: {order}, {because}", decision.either_way)?;
    }
    writeln!(out)
}

fn section(out: &mut fmt::Formatter<'_>, name: &str, lines: &[Line], count: usize) -> fmt::Result {
    if count == 0 {
        return Ok(());
    }
    writeln!(out, "\n{name}: {count}")?;
    let width = lines.iter().map(|line| line.column.chars().count()).max().unwrap_or(0);
    for line in lines {
        let row = if line.row == 0 { "file".to_owned() } else { line.row.to_string() };
        writeln!(out, "{row:>6}  {:<width$}  {}. {}", line.column, line.what, line.mend)?;
    }
    if count > lines.len() {
        writeln!(out, "        and {} more", count - lines.len())?;
    }
    Ok(())
}
