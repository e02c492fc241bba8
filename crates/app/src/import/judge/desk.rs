//! One row on the desk: its cells by field, and what is said about them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use lettre::Address;
use sha2::{Digest as _, Sha256};

use super::{UnreadDate, Ways};
use crate::import::columns::{Field, Mapping, nearest};
use crate::import::dates::{Order, read_date};
use crate::import::faults::{Fault, Notice, Remark, Wrong};
use crate::import::read::{Row, Sheet};
use crate::import::rows::Moment;
use crate::import::synonyms::fold;
use crate::import::{html, limits};

/// What earlier rows held, so that a later one cannot hold it again.
#[derive(Default)]
pub(super) struct Seen {
    ids: HashMap<String, usize>,
    mails: HashMap<String, usize>,
    unknown_words: usize,
}

/// Words that a cell may hold.
pub(super) struct Known<'a, T> {
    /// Each with what it means.
    pub(super) words: &'a [(&'a str, T)],
    /// How many of the first are named to a person; the others are understood too.
    pub(super) shown: usize,
}

/// What was said of a row.
#[derive(Default)]
pub(super) struct Said {
    pub(super) faults: Vec<Fault>,
    pub(super) notices: Vec<Notice>,
    pub(super) made_id: bool,
}

/// The row being judged.
pub(super) struct Desk<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    /// Settings of the judges.
    pub(super) ways: &'a Ways,
    row: &'a Row,
    orders: &'a BTreeMap<Field, Order>,
    seen: &'a mut Seen,
    said: Said,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        (sheet, mapping, ways): (&'a Sheet, &'a Mapping, &'a Ways),
        row: &'a Row,
        orders: &'a BTreeMap<Field, Order>,
        seen: &'a mut Seen,
    ) -> Self {
        Self { sheet, mapping, ways, row, orders, seen, said: Said::default() }
    }

    pub(super) fn close(self) -> Said {
        self.said
    }

    /// The number of the row in the file.
    pub(super) fn number(&self) -> usize {
        self.row.number
    }

    pub(super) fn fault(&mut self, field: Field, wrong: Wrong) {
        let column = self.column(field);
        self.said.faults.push(Fault { row: self.row.number, column, wrong });
    }

    pub(super) fn notice(&mut self, field: Field, remark: Remark) {
        let column = self.column(field);
        self.said.notices.push(Notice { row: self.row.number, column, remark });
    }

    fn column(&self, field: Field) -> String {
        let place = self.mapping.place(field);
        place.map_or_else(|| field.name().to_owned(), |place| self.sheet.columns[place].clone())
    }

    /// The cell as it stands, trimmed; empty where the field has no column.
    pub(super) fn raw(&self, field: Field) -> &'a str {
        self.mapping.place(field).and_then(|place| self.row.cells.get(place)).map_or("", |cell| cell.trim())
    }

    pub(super) fn refuse_more_cells(&mut self) {
        let (found, columns) = (self.row.cells.len(), self.sheet.columns.len());
        if found > columns {
            let wrong = Wrong::MoreCells { found, columns };
            self.said.faults.push(Fault {
                row: self.row.number,
                column: format!("Column {}", columns + 1),
                wrong,
            });
        }
    }

    /// Plain text with its paragraphs, if any.
    pub(super) fn text(&mut self, field: Field, limit: usize) -> Option<String> {
        match html::plain_text(self.raw(field), limit) {
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(html::TooLong { length, limit }) => {
                self.fault(field, Wrong::TooLong { length, limit });
                None
            }
        }
    }

    /// Plain text of any length, if any.
    pub(super) fn long_text(&self, field: Field) -> Option<String> {
        Some(html::to_plain(self.raw(field))).filter(|text| !text.is_empty())
    }

    /// Plain text in one line, if any.
    pub(super) fn words(&mut self, field: Field, limit: usize) -> Option<String> {
        let text = self.text(field, limit)?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The same, and a fault where there is none.
    pub(super) fn needed_words(&mut self, field: Field, limit: usize) -> Option<String> {
        let words = self.words(field, limit);
        self.need(field, words)
    }

    /// The same with paragraphs.
    pub(super) fn needed_text(&mut self, field: Field, limit: usize) -> Option<String> {
        let text = self.text(field, limit);
        self.need(field, text)
    }

    /// A fault where a value is missing; a cell already found too long is not missing.
    pub(super) fn need(&mut self, field: Field, value: Option<String>) -> Option<String> {
        let column = self.column(field);
        if value.is_none() && !self.said.faults.iter().any(|fault| fault.column == column) {
            self.fault(field, Wrong::Missing { field });
        }
        value
    }

    /// A date; what is none is a notice or a fault, as the settings have it.
    pub(super) fn moment(&mut self, field: Field) -> Option<Moment> {
        let raw = self.raw(field);
        let order = self.orders.get(&field).copied().unwrap_or(self.ways.order);
        match read_date(raw, order) {
            Ok(found) => Some(Moment { date: found.date, time: found.time, zone: found.zone }),
            Err(_) if raw.is_empty() => None,
            Err(problem) => {
                let value = shortened(raw, limits::TITLE_CHARS);
                match self.ways.unread_date {
                    UnreadDate::LeaveEmpty => self.notice(field, Remark::DateLeftEmpty { value, problem }),
                    UnreadDate::Refuse => self.fault(field, Wrong::BadDate { value, problem }),
                }
                None
            }
        }
    }

    /// A mail address in lower case.
    pub(super) fn mail(&mut self, field: Field) -> Option<String> {
        let raw = self.raw(field);
        if raw.is_empty() {
            return None;
        }
        let mail = raw.strip_prefix("mailto:").unwrap_or(raw).to_lowercase();
        match mail.parse::<Address>() {
            Ok(address) if address.domain().contains('.') => Some(mail),
            _ => {
                self.fault(field, Wrong::BadMail { value: shortened(raw, limits::TITLE_CHARS) });
                None
            }
        }
    }

    /// Names a second row of the same mail address.
    pub(super) fn refuse_seen_mail(&mut self, mail: &str) {
        let row = self.row.number;
        let first_row = *self.seen.mails.entry(mail.to_owned()).or_insert(row);
        if first_row != row {
            self.fault(Field::Mail, Wrong::DuplicateMail { mail: mail.to_owned(), first_row });
        }
    }

    /// One of some words, compared without case, accents and signs; a fault lists those that are shown.
    pub(super) fn one_of<T: Copy>(&mut self, field: Field, raw: &str, known: &Known<'_, T>) -> Option<T> {
        let written = fold(raw);
        let found = known.words.iter().find(|(word, _)| fold(word) == written);
        if found.is_none() {
            self.seen.unknown_words += 1;
            // Looking for the nearest takes long, so it is done only for as many as a report lists.
            let is_listed = self.seen.unknown_words <= limits::REPORT_LINES;
            let nearest =
                if is_listed { nearest(known.words.iter().map(|(word, _)| *word), raw) } else { None };
            let valid = known.words.iter().take(known.shown).map(|(word, _)| (*word).to_owned()).collect();
            self.fault(
                field,
                Wrong::UnknownWord { value: shortened(raw, limits::TITLE_CHARS), valid, nearest },
            );
        }
        found.map(|(_, value)| *value)
    }

    /// The identifier: from its column, else made from these words. A second row with it is a fault.
    pub(super) fn identify(&mut self, words: &[&str]) -> String {
        let given = self.words(Field::ExternalId, limits::ID_CHARS);
        let is_made = given.is_none();
        let id = given.unwrap_or_else(|| made_id(words));
        self.said.made_id = is_made;
        let row = self.row.number;
        let first_row = *self.seen.ids.entry(id.clone()).or_insert(row);
        if first_row != row {
            let wrong = if is_made {
                Wrong::SameRow { first_row }
            } else {
                Wrong::DuplicateId { id: id.clone(), first_row }
            };
            self.fault(Field::ExternalId, wrong);
        }
        id
    }

    /// The identifier from its column, else the given one, which is as lasting (a mail address).
    pub(super) fn identify_by(&mut self, lasting: &str) -> String {
        if self.raw(Field::ExternalId).is_empty() { lasting.to_owned() } else { self.identify(&[]) }
    }
}

/// The first 16 hexadecimal digits of a digest of the words; enough that 100,000 rows do not meet by chance.
fn made_id(words: &[&str]) -> String {
    let mut digest = Sha256::new();
    for word in words {
        digest.update(word.len().to_be_bytes());
        digest.update(word.as_bytes());
    }
    let mut id = String::from("made-");
    for byte in digest.finalize().iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// At most so many characters, cut at a word where there is one, with a sign that it was cut.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    let at_word = kept.rsplit_once(' ').map_or(kept.as_str(), |(head, _)| head);
    format!("{}…", at_word.trim_end_matches([',', ';', ':', ' ']))
}

/// Pieces of at most so many characters, cut at paragraphs, else at lines, else at words, else anywhere.
pub(super) fn divided(text: &str, limit: usize) -> Vec<String> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((end, _)) = rest.char_indices().nth(limit) {
        let head = &rest[..end];
        let cut =
            ["\n\n", "\n", " "].iter().find_map(|sign| head.rfind(sign).filter(|at| *at > 0)).unwrap_or(end);
        parts.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}
