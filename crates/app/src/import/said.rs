//! Faults, notices and refusals in the reader's words.

use crate::import::columns::MapProblem;
use crate::import::faults::{Fault, Notice};
use crate::import::read::ReadProblem;
use crate::words::{Lang, text, text_with};

/// A fault or a notice as a line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Row in the file; 0 for the file as a whole.
    pub row: usize,
    /// Heading of the column.
    pub column: String,
    /// What is wrong, or what was found.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

/// A fault in words.
pub fn fault(lang: Lang, fault: &Fault) -> Line {
    line(lang, (fault.row, &fault.column), (fault.wrong.key(), fault.wrong.arguments()))
}

/// A notice in words.
pub fn notice(lang: Lang, notice: &Notice) -> Line {
    line(lang, (notice.row, &notice.column), (notice.remark.key(), notice.remark.arguments()))
}

/// Why a file cannot be read, in words.
pub fn refusal(lang: Lang, problem: &ReadProblem) -> String {
    say(lang, problem.key(), &problem.arguments())
}

/// What is wrong with a mapping, in words.
pub fn mapping(lang: Lang, problem: &MapProblem) -> String {
    say(lang, problem.key(), &problem.arguments())
}

fn line(lang: Lang, (row, column): (usize, &str), (key, arguments): (&str, Arguments)) -> Line {
    let mend = say(lang, &format!("{key}-mend"), &arguments);
    Line { row, column: column.to_owned(), what: say(lang, key, &arguments), mend }
}

type Arguments = Vec<(&'static str, String)>;

/// Fields and problems of dates are named by keys of their own.
fn say(lang: Lang, key: &str, arguments: &Arguments) -> String {
    let value = |(name, value): &(&'static str, String)| {
        let value = match *name {
            "field" => text(lang, &format!("import-field-{value}")),
            "problem" => text(lang, value),
            _ => value.clone(),
        };
        (*name, value.into())
    };
    let values: Vec<_> = arguments.iter().map(value).collect();
    text_with(lang, key, &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::columns::{Field, Kind};
    use crate::import::dates::DateProblem;
    use crate::import::faults::{Remark, Wrong};

    const DATES: [DateProblem; 8] = [
        DateProblem::Empty,
        DateProblem::NoneYet,
        DateProblem::NoYear,
        DateProblem::BadYear,
        DateProblem::NoDay,
        DateProblem::NoSuchDay,
        DateProblem::NoSuchTime,
        DateProblem::NotADate,
    ];

    fn x() -> String {
        "x".to_owned()
    }

    fn wrongs() -> Vec<Wrong> {
        let fields =
            Kind::ALL.into_iter().flat_map(Kind::fields).map(|field| Wrong::Missing { field: *field });
        let dates = DATES.map(|problem| Wrong::BadDate { value: x(), problem });
        let mut all = vec![
            Wrong::NoColumn { field: Field::Title },
            Wrong::TooLong { length: 2, limit: 1 },
            Wrong::DuplicateId { id: x(), first_row: 2 },
            Wrong::SameRow { first_row: 2 },
            Wrong::DuplicateMail { mail: x(), first_row: 2 },
            Wrong::MoreCells { found: 3, columns: 2 },
            Wrong::BadMail { value: x() },
            Wrong::BadTimeZone { value: x() },
            Wrong::UnknownWord { value: x(), valid: vec![x()], nearest: None },
            Wrong::ParentLoop { names: vec![x()] },
            Wrong::SeveralParents { name: x(), rows: vec![2] },
            Wrong::ParentFaulty { row: 2 },
            Wrong::UnknownPlace { value: x(), nearest: None },
            Wrong::SeveralPlaces { value: x() },
            Wrong::RoleByHand { role: x() },
            Wrong::RoleExcluded { role: x(), other: x() },
            Wrong::MailOfAnother { mail: x() },
            Wrong::ControlCharacter,
        ];
        all.extend(fields.chain(dates));
        all
    }

    fn remarks() -> Vec<Remark> {
        let mut all = vec![
            Remark::TitleShortened { length: 2, limit: 1 },
            Remark::TextDivided { length: 2, parts: 2 },
            Remark::LinkLeftOut { value: x() },
            Remark::ClosesBeforeOpens,
            Remark::EndedWithoutAnswer,
            Remark::ToldAnew { date: x() },
            Remark::AnswerKeptAsNews,
            Remark::ReasonAssumed,
            Remark::PlaceKept { value: x() },
            Remark::AreasLeftOut { value: x() },
            Remark::KnownDiffers,
        ];
        all.extend(DATES.map(|problem| Remark::DateLeftEmpty { value: x(), problem }));
        all
    }

    fn refusals() -> Vec<ReadProblem> {
        vec![
            ReadProblem::Empty,
            ReadProblem::TooBig { bytes: 1 },
            ReadProblem::UnpacksTooBig,
            ReadProblem::TooManyRows,
            ReadProblem::TooManyColumns,
            ReadProblem::CellTooLong { row: 2, column: x(), length: 3 },
            ReadProblem::Nul { row: 2, column: x() },
            ReadProblem::OpenQuote { row: 2 },
            ReadProblem::OldOrLocked,
            ReadProblem::NotAWorkbook,
            ReadProblem::BadWorkbook { why: x() },
            ReadProblem::NoSheet { wanted: x(), found: vec![x()] },
            ReadProblem::BadJson { why: x() },
            ReadProblem::NoList,
            ReadProblem::SeveralLists { names: vec![x()] },
            ReadProblem::NotAnObject { item: 2 },
        ]
    }

    fn mappings() -> Vec<MapProblem> {
        vec![
            MapProblem::NotAPair { part: x() },
            MapProblem::NoField { name: x(), valid: vec![x()] },
            MapProblem::NoColumn { name: x(), nearest: None },
            MapProblem::Twice { name: x() },
        ]
    }

    /// A key that no file has stops a debug build; a variable that is not given stays with its sign.
    #[test]
    fn everything_that_can_be_said_has_words_in_both_languages() {
        for lang in Lang::ALL {
            let column = x();
            let faults = wrongs().into_iter().map(|wrong| fault(lang, &Fault { row: 2, column: x(), wrong }));
            let notices = remarks()
                .into_iter()
                .map(|remark| notice(lang, &Notice { row: 2, column: column.clone(), remark }));
            let lines = faults.chain(notices).flat_map(|line| [line.what, line.mend]);
            let refused = refusals().into_iter().map(|problem| refusal(lang, &problem));
            let mapped = mappings().into_iter().map(|problem| mapping(lang, &problem));
            for words in lines.chain(refused).chain(mapped) {
                assert!(!words.contains('$') && !words.starts_with("import-"), "{lang:?}: {words}");
            }
        }
    }
}
