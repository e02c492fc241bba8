//! Rows judged against what is here: organisations, people and what came in before. What is left can be written.

mod ideas;
mod organisations;
mod people;
mod problems;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::import::batch::Batch;
use crate::import::columns::{Field, Kind, Mapping};
use crate::import::faults::{Fault, Notice, Remark, Wrong};
use crate::import::judge::{Judged, Ways, judge_ideas, judge_organisations, judge_people, judge_problems};
use crate::import::places::Places;
use crate::import::read::Sheet;
use crate::import::report::Report;
use chrono::NaiveDate;
use waymark_domain::ids::NodeId;
use waymark_domain::text::Problem;

pub(crate) use ideas::{Happened, Idea};
pub(crate) use organisations::{Above, Organisation};
pub(crate) use people::Person;
pub(crate) use problems::Challenge;

/// A file, judged.
#[derive(Debug)]
pub struct Checked {
    /// The summary, for the command line as text.
    pub report: Report,
    /// Everything that keeps a row out.
    pub faults: Vec<Fault>,
    /// Everything that a person should know of a row that comes in.
    pub notices: Vec<Notice>,
    /// Good rows of what came in before.
    pub known: usize,
    pub(crate) plan: Plan,
}

/// What the good rows will write.
#[derive(Debug)]
pub(crate) enum Plan {
    Ideas(Vec<Idea>),
    Problems(Vec<Challenge>),
    Organisations(Vec<Organisation>),
    People(Vec<Person>),
}

impl Plan {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Ideas(rows) => rows.len(),
            Self::Problems(rows) => rows.len(),
            Self::Organisations(rows) => rows.len(),
            Self::People(rows) => rows.len(),
        }
    }
}

/// A file and where it goes, while it is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    node: NodeId,
}

impl Table<'_> {
    /// The heading of a field's column, or its name.
    fn column(&self, field: Field) -> String {
        let heading = self.mapping.place(field).and_then(|place| self.sheet.columns.get(place));
        heading.cloned().unwrap_or_else(|| field.name().to_owned())
    }

    fn fault(&self, row: usize, (field, wrong): (Field, Wrong)) -> Fault {
        Fault { row, column: self.column(field), wrong }
    }

    fn notice(&self, row: usize, (field, remark): (Field, Remark)) -> Notice {
        Notice { row, column: self.column(field), remark }
    }
}

/// What is said of one row against what is here.
#[derive(Debug, Default)]
pub(crate) struct Said {
    faults: Vec<(Field, Wrong)>,
    notices: Vec<(Field, Remark)>,
}

impl Said {
    fn wrong(&mut self, field: Field, wrong: Wrong) {
        self.faults.push((field, wrong));
    }

    fn remark(&mut self, field: Field, remark: Remark) {
        self.notices.push((field, remark));
    }

    /// The value, or nothing and what is wrong with its text.
    fn text<T>(&mut self, field: Field, parsed: Result<T, Problem>) -> Option<T> {
        let wrong = match parsed {
            Ok(value) => return Some(value),
            Err(Problem::Empty) => Wrong::Missing { field },
            Err(Problem::TooLong(limit)) => Wrong::TooLong { length: limit + 1, limit },
            Err(Problem::ControlCharacter | Problem::Malformed) => Wrong::ControlCharacter,
        };
        self.wrong(field, wrong);
        None
    }

    /// The place that a row names, or the whole file's where it names none; nothing where it is not known.
    fn place(&mut self, words: Option<&str>, (places, node): (&Places, NodeId)) -> Option<NodeId> {
        match words.map_or(Ok(node), |words| places.find(words)) {
            Ok(node) => Some(node),
            Err(wrong) => {
                self.wrong(Field::Organisation, wrong);
                None
            }
        }
    }
}

/// Judges the kept rows of a file.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, batch: &Batch) -> Result<Checked> {
    let sheet = super::batch::sheet(ctx, batch).await?;
    check_sheet(ctx, &sheet, (&batch.mapping, batch.node)).await
}

/// Judges the rows of a file that is kept nowhere.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn check_sheet<K>(
    ctx: &mut Ctx<'_, K>,
    sheet: &Sheet,
    (mapping, node): (&Mapping, NodeId),
) -> Result<Checked> {
    let table = Table { sheet, mapping, node };
    let ways = Ways::default();
    match mapping.kind {
        Kind::Ideas => {
            let done = ideas::check(ctx, table, judge_ideas(sheet, mapping, &ways)).await?;
            Ok(sum_up(table, done, Plan::Ideas))
        }
        Kind::Problems => {
            let done = problems::check(ctx, table, judge_problems(sheet, mapping, &ways)).await?;
            Ok(sum_up(table, done, Plan::Problems))
        }
        Kind::Organisations => {
            let done = organisations::check(ctx, table, judge_organisations(sheet, mapping, &ways)).await?;
            Ok(sum_up(table, done, Plan::Organisations))
        }
        Kind::People => {
            let done = people::check(ctx, table, judge_people(sheet, mapping, &ways)).await?;
            Ok(sum_up(table, done, Plan::People))
        }
    }
}

/// A row that was found to be good, and whether it came in before.
pub(crate) trait Planned {
    fn is_known(&self) -> bool;
}

fn sum_up<T: Planned>(table: Table<'_>, judged: Judged<T>, plan: fn(Vec<T>) -> Plan) -> Checked {
    let report = Report::new(table.sheet, table.mapping, &judged);
    let known = judged.good.iter().filter(|row| row.is_known()).count();
    Checked { report, faults: judged.faults, notices: judged.notices, known, plan: plan(judged.good) }
}

/// Takes over what the first judge said, and adds what is said of each good row here.
struct Sorted<'a, T> {
    table: Table<'a>,
    judged: Judged<T>,
}

impl<'a, T> Sorted<'a, T> {
    /// Splits the good rows from the rest of what was judged.
    fn begin<U>(table: Table<'a>, judged: Judged<U>) -> (Vec<U>, Self) {
        let Judged { rows, good, faults, notices, readings, made_ids } = judged;
        (good, Self { table, judged: Judged { rows, good: Vec::new(), faults, notices, readings, made_ids } })
    }

    fn take(&mut self, row: usize, said: Said, value: Option<T>) {
        let table = self.table;
        if said.faults.is_empty() {
            self.judged.good.extend(value);
            self.judged.notices.extend(said.notices.into_iter().map(|one| table.notice(row, one)));
        } else {
            self.judged.faults.extend(said.faults.into_iter().map(|one| table.fault(row, one)));
        }
    }

    /// Faults and notices in the order of the file; rows that stay out need no notice.
    fn finish(mut self) -> Judged<T> {
        self.judged.faults.sort_by_key(|fault| fault.row);
        let faulty: std::collections::HashSet<usize> =
            self.judged.faults.iter().map(|fault| fault.row).collect();
        self.judged.notices.retain(|notice| !faulty.contains(&notice.row));
        self.judged.notices.sort_by_key(|notice| notice.row);
        self.judged
    }
}

/// A day as reports write it.
fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
