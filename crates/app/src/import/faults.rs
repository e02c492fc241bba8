//! What can be wrong with a row, and what was changed or left out of one that is good.
//!
//! Values with data; their English is for the command line, pages take the key and the data.

use std::fmt;

use serde::Serialize;

use super::columns::Field;
use super::dates::DateProblem;

/// Something that keeps a row out until it is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Row in the file; 0 for the file as a whole.
    pub row: usize,
    /// Heading of the column, or the name of the field where no column holds it.
    pub column: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// Something that a person should know of a row that comes in all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Row in the file.
    pub row: usize,
    /// Heading of the column, or the name of the field where no column holds it.
    pub column: String,
    /// What was done.
    pub remark: Remark,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is explained by the sentence that it prints")]
pub enum Wrong {
    /// No column holds a field without which no row is of use.
    NoColumn {
        field: Field,
    },
    Missing {
        field: Field,
    },
    TooLong {
        length: usize,
        limit: usize,
    },
    DuplicateId {
        id: String,
        first_row: usize,
    },
    /// The same words as an earlier row, in a file without identifiers.
    SameRow {
        first_row: usize,
    },
    DuplicateMail {
        mail: String,
        first_row: usize,
    },
    MoreCells {
        found: usize,
        columns: usize,
    },
    BadDate {
        value: String,
        problem: DateProblem,
    },
    BadMail {
        value: String,
    },
    BadTimeZone {
        value: String,
    },
    /// Not one of the words that are known here.
    UnknownWord {
        value: String,
        valid: Vec<String>,
        nearest: Option<String>,
    },
    /// Each is part of the next, and the last of the first.
    ParentLoop {
        names: Vec<String>,
    },
    SeveralParents {
        name: String,
        rows: Vec<usize>,
    },
    /// The organisation above is in the file but cannot come in.
    ParentFaulty {
        row: usize,
    },
    /// Neither in the file nor known here.
    UnknownPlace {
        value: String,
        nearest: Option<String>,
    },
    /// Known here under one name several times.
    SeveralPlaces {
        value: String,
    },
    /// Granted on the person's own page alone, where a second person looks at it.
    RoleByHand {
        role: String,
    },
    /// It cannot be held beside another.
    RoleExcluded {
        role: String,
        other: String,
    },
    /// Somebody else has the address.
    MailOfAnother {
        mail: String,
    },
    /// A sign that no keyboard types.
    ControlCharacter,
}

impl Wrong {
    /// The key of its translation.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoColumn { .. } => "import-fault-no-column",
            Self::Missing { .. } => "import-fault-missing",
            Self::TooLong { .. } => "import-fault-too-long",
            Self::DuplicateId { .. } => "import-fault-duplicate-id",
            Self::SameRow { .. } => "import-fault-same-row",
            Self::DuplicateMail { .. } => "import-fault-duplicate-mail",
            Self::MoreCells { .. } => "import-fault-more-cells",
            Self::BadDate { .. } => "import-fault-bad-date",
            Self::BadMail { .. } => "import-fault-bad-mail",
            Self::BadTimeZone { .. } => "import-fault-bad-time-zone",
            Self::UnknownWord { .. } => "import-fault-unknown-word",
            Self::ParentLoop { .. } => "import-fault-parent-loop",
            Self::SeveralParents { .. } => "import-fault-several-parents",
            Self::ParentFaulty { .. } => "import-fault-parent-faulty",
            Self::UnknownPlace { .. } => "import-fault-unknown-place",
            Self::SeveralPlaces { .. } => "import-fault-several-places",
            Self::RoleByHand { .. } => "import-fault-role-by-hand",
            Self::RoleExcluded { .. } => "import-fault-role-excluded",
            Self::MailOfAnother { .. } => "import-fault-mail-of-another",
            Self::ControlCharacter => "import-fault-control-character",
        }
    }

    /// The data of its translation: names and values.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoColumn { field } | Self::Missing { field } => vec![("field", field.name().to_owned())],
            Self::TooLong { length, limit } => {
                vec![("length", length.to_string()), ("limit", limit.to_string())]
            }
            Self::DuplicateId { id, first_row } => vec![("id", id.clone()), ("row", first_row.to_string())],
            Self::SameRow { first_row: row } | Self::ParentFaulty { row } => vec![("row", row.to_string())],
            Self::DuplicateMail { mail, first_row } => {
                vec![("mail", mail.clone()), ("row", first_row.to_string())]
            }
            Self::MoreCells { found, columns } => {
                vec![("found", found.to_string()), ("columns", columns.to_string())]
            }
            Self::BadDate { value, problem } => {
                vec![("value", value.clone()), ("problem", problem.key().to_owned())]
            }
            Self::BadMail { value } | Self::BadTimeZone { value } | Self::SeveralPlaces { value } => {
                vec![("value", value.clone())]
            }
            Self::UnknownPlace { value, nearest } => {
                vec![("value", value.clone()), ("nearest", nearest.clone().unwrap_or_default())]
            }
            Self::RoleByHand { role } => vec![("role", role.clone())],
            Self::RoleExcluded { role, other } => vec![("role", role.clone()), ("other", other.clone())],
            Self::MailOfAnother { mail } => vec![("mail", mail.clone())],
            Self::ControlCharacter => Vec::new(),
            Self::UnknownWord { value, valid, nearest } => vec![
                ("value", value.clone()),
                ("valid", valid.join(", ")),
                ("nearest", nearest.clone().unwrap_or_default()),
            ],
            Self::ParentLoop { names } => vec![("names", names.join(" → "))],
            Self::SeveralParents { name, rows } => vec![("name", name.clone()), ("rows", numbers(rows))],
        }
    }

    /// How to mend it, in one English sentence.
    pub fn mend(&self) -> String {
        match self {
            Self::NoColumn { field } => format!("Say which column holds it: --map {}=…", field.name()),
            Self::Missing { .. } => "Fill it in, or remove the row.".to_owned(),
            Self::TooLong { limit, .. } => format!("Shorten it to {limit} characters."),
            Self::DuplicateId { .. } => "Give this row an identifier of its own, or remove it.".to_owned(),
            Self::SameRow { .. } => "Remove one of the two.".to_owned(),
            Self::DuplicateMail { .. } => "Put all roles of one person into one row.".to_owned(),
            Self::MoreCells { .. } => "Put text that holds the separator between quotation marks.".to_owned(),
            Self::BadDate { problem, .. } => mend_date(*problem).to_owned(),
            Self::BadMail { .. } => "Write it like name@example.org.".to_owned(),
            Self::BadTimeZone { .. } => "Write it like Europe/London.".to_owned(),
            Self::UnknownWord { valid, nearest, .. } => {
                offer(nearest.as_ref(), &format!("Use one of: {}.", valid.join(", ")))
            }
            Self::ParentLoop { .. } => "Leave the organisation above empty for the topmost.".to_owned(),
            Self::SeveralParents { .. } => "Write the identifier instead of the name.".to_owned(),
            Self::ParentFaulty { row } => format!("Mend row {row} first."),
            Self::UnknownPlace { nearest, .. } => offer(
                nearest.as_ref(),
                "Write its name or identifier as it stands here, or bring it in first.",
            ),
            Self::SeveralPlaces { .. } => "Write its identifier instead of the name.".to_owned(),
            Self::RoleByHand { .. } => "Leave it out here, and grant it on the page of roles.".to_owned(),
            Self::RoleExcluded { .. } => "Leave one of the two out.".to_owned(),
            Self::MailOfAnother { .. } => "Correct the address or the identifier.".to_owned(),
            Self::ControlCharacter => "Type the text anew.".to_owned(),
        }
    }
}

fn offer(nearest: Option<&String>, otherwise: &str) -> String {
    nearest.map_or_else(|| otherwise.to_owned(), |near| format!("Did you mean “{near}”? {otherwise}"))
}

fn mend_date(problem: DateProblem) -> &'static str {
    match problem {
        DateProblem::Empty | DateProblem::NoneYet => "Leave the cell empty until there is a date.",
        DateProblem::NoYear => "Write the year with four digits.",
        DateProblem::BadYear => "Correct the year to four digits.",
        DateProblem::NoDay => "Add the day, for example 2026-03-31.",
        DateProblem::NoSuchDay => "Correct day and month, for example 2026-03-31.",
        DateProblem::NoSuchTime => "Correct the time, for example 2026-03-31 17:00.",
        DateProblem::NotADate => "Write it like 2026-03-31 or 31 March 2026.",
    }
}

fn numbers(rows: &[usize]) -> String {
    rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoColumn { field } => write!(out, "no column holds the field {}", field.name()),
            Self::Missing { field } => write!(out, "the {} is missing", field.name()),
            Self::TooLong { length, limit } => {
                write!(out, "it has {length} characters; at most {limit} are allowed")
            }
            Self::DuplicateId { id, first_row } => {
                write!(out, "the identifier “{id}” stands in row {first_row} already")
            }
            Self::SameRow { first_row } => write!(out, "it says the same as row {first_row}"),
            Self::DuplicateMail { mail, first_row } => {
                write!(out, "“{mail}” stands in row {first_row} already")
            }
            Self::MoreCells { found, columns } => {
                write!(out, "the row has {found} cells for {columns} headings")
            }
            Self::BadDate { value, problem } => write!(out, "“{value}” is not a date: {problem}"),
            Self::BadMail { value } => write!(out, "“{value}” is not a mail address"),
            Self::BadTimeZone { value } => write!(out, "“{value}” is not a time zone"),
            Self::UnknownWord { value, .. } => write!(out, "“{value}” is not known here"),
            Self::ParentLoop { names } => write!(out, "each is part of the next: {}", names.join(" → ")),
            Self::SeveralParents { name, rows } => {
                write!(out, "“{name}” names several organisations, in rows {}", numbers(rows))
            }
            Self::ParentFaulty { row } => write!(out, "what it is part of, in row {row}, has a fault"),
            Self::UnknownPlace { value, .. } => write!(out, "there is no organisation “{value}” here"),
            Self::SeveralPlaces { value } => write!(out, "there are several organisations “{value}” here"),
            Self::RoleByHand { role } => write!(out, "the role {role} is not granted by a file"),
            Self::RoleExcluded { role, other } => write!(out, "{role} and {other} exclude each other"),
            Self::MailOfAnother { mail } => write!(out, "“{mail}” is the address of somebody else"),
            Self::ControlCharacter => out.write_str("there is a sign in it that no keyboard types"),
        }
    }
}

/// What was changed in or left out of a good row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is explained by the sentence that it prints")]
pub enum Remark {
    DateLeftEmpty {
        value: String,
        problem: DateProblem,
    },
    TitleShortened {
        length: usize,
        limit: usize,
    },
    TextDivided {
        length: usize,
        parts: usize,
    },
    LinkLeftOut {
        value: String,
    },
    ClosesBeforeOpens,
    /// The row says that it ended but holds no answer.
    EndedWithoutAnswer,
    /// It is open and its due date would have passed long ago, so that counts from the day of the import.
    ToldAnew {
        date: String,
    },
    /// It was answered, but not whether it was kept or dropped: it is open, and the answer is kept as news.
    AnswerKeptAsNews,
    /// It was dropped without one of the reasons that are known here.
    ReasonAssumed,
    /// The organisation is not known here: its name is kept with the text.
    PlaceKept {
        value: String,
    },
    /// Service areas are not used here yet.
    AreasLeftOut {
        value: String,
    },
    /// It came in before and says something else now; ideas are not changed by a file.
    KnownDiffers,
}

impl Remark {
    /// The key of its translation.
    pub fn key(&self) -> &'static str {
        match self {
            Self::DateLeftEmpty { .. } => "import-notice-date-left-empty",
            Self::TitleShortened { .. } => "import-notice-title-shortened",
            Self::TextDivided { .. } => "import-notice-text-divided",
            Self::LinkLeftOut { .. } => "import-notice-link-left-out",
            Self::ClosesBeforeOpens => "import-notice-closes-before-opens",
            Self::EndedWithoutAnswer => "import-notice-ended-without-answer",
            Self::ToldAnew { .. } => "import-notice-told-anew",
            Self::AnswerKeptAsNews => "import-notice-answer-kept-as-news",
            Self::ReasonAssumed => "import-notice-reason-assumed",
            Self::PlaceKept { .. } => "import-notice-place-kept",
            Self::AreasLeftOut { .. } => "import-notice-areas-left-out",
            Self::KnownDiffers => "import-notice-known-differs",
        }
    }

    /// The data of its translation: names and values.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::DateLeftEmpty { value, problem } => {
                vec![("value", value.clone()), ("problem", problem.key().to_owned())]
            }
            Self::TitleShortened { length, limit } => {
                vec![("length", length.to_string()), ("limit", limit.to_string())]
            }
            Self::TextDivided { length, parts } => {
                vec![("length", length.to_string()), ("parts", parts.to_string())]
            }
            Self::LinkLeftOut { value } | Self::PlaceKept { value } | Self::AreasLeftOut { value } => {
                vec![("value", value.clone())]
            }
            Self::ToldAnew { date } => vec![("date", date.clone())],
            Self::ClosesBeforeOpens
            | Self::EndedWithoutAnswer
            | Self::AnswerKeptAsNews
            | Self::ReasonAssumed
            | Self::KnownDiffers => Vec::new(),
        }
    }

    /// How to mend it, in one English sentence.
    pub fn mend(&self) -> &'static str {
        match self {
            Self::DateLeftEmpty { problem, .. } => mend_date(*problem),
            Self::TitleShortened { .. } => "Nothing is lost; give it a shorter title if you wish.",
            Self::TextDivided { .. } => "Nothing is lost; shorten it if you wish.",
            Self::LinkLeftOut { .. } => "Write the whole address, beginning with https://.",
            Self::ClosesBeforeOpens => "Correct one of the two dates.",
            Self::EndedWithoutAnswer => "Add the answer that was given, or leave it open to be answered.",
            Self::ToldAnew { .. } => "Answer it, or write what became of it into the file.",
            Self::AnswerKeptAsNews => "Write kept or dropped as its state if you know.",
            Self::ReasonAssumed => {
                "It stands under “would not solve the problem”; the answer's own words are kept."
            }
            Self::PlaceKept { .. } => "Bring the organisation in first if it should be found under it.",
            Self::AreasLeftOut { .. } => "Nothing needs to be done.",
            Self::KnownDiffers => "Change it on its own page if that is needed.",
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DateLeftEmpty { value, problem } => {
                write!(out, "“{value}” is not a date, so it was left empty: {problem}")
            }
            Self::TitleShortened { length, limit } => {
                write!(
                    out,
                    "the title has {length} characters; it was cut to {limit} and stands whole in the text"
                )
            }
            Self::TextDivided { length, parts } => {
                write!(out, "the text has {length} characters and was divided into {parts} sections")
            }
            Self::LinkLeftOut { value } => {
                write!(out, "“{value}” is not an address of a page, so it was left out")
            }
            Self::ClosesBeforeOpens => out.write_str("it closes before it opens"),
            Self::EndedWithoutAnswer => out.write_str("it ended, but no answer is given"),
            Self::ToldAnew { date } => {
                write!(out, "it was told on {date} and is open: its due date counts from today")
            }
            Self::AnswerKeptAsNews => {
                out.write_str("it was answered, but not whether it was kept or dropped")
            }
            Self::ReasonAssumed => out.write_str("it was dropped, but none of the known reasons is given"),
            Self::PlaceKept { value } => {
                write!(out, "there is no organisation “{value}” here; the name is kept with the text")
            }
            Self::AreasLeftOut { value } => write!(out, "service areas are not used here yet: {value}"),
            Self::KnownDiffers => out.write_str("it came in before and says something else there"),
        }
    }
}

/// A fault or notice as one line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Row in the file; 0 for the file as a whole.
    pub row: usize,
    /// Heading of the column.
    pub column: String,
    /// Key of the translation.
    pub key: &'static str,
    /// What is wrong, in English.
    pub what: String,
    /// How to mend it, in English.
    pub mend: String,
}

impl From<&Fault> for Line {
    fn from(fault: &Fault) -> Self {
        let (wrong, column) = (&fault.wrong, fault.column.clone());
        Self { row: fault.row, column, key: wrong.key(), what: wrong.to_string(), mend: wrong.mend() }
    }
}

impl From<&Notice> for Line {
    fn from(notice: &Notice) -> Self {
        let (remark, column) = (&notice.remark, notice.column.clone());
        Self {
            row: notice.row,
            column,
            key: remark.key(),
            what: remark.to_string(),
            mend: remark.mend().to_owned(),
        }
    }
}
