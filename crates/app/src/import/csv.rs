//! Text with separators. The separator is the one that gives the first rows the same number of cells.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::limits;
use super::read::{Format, ReadProblem, Row, Sheet, Stored, assemble, letters};

/// How many rows are looked at to find the separator.
const SNIFFED_ROWS: usize = 20;

/// Reads text with commas, semicolons or tabs.
pub(super) fn read(text: &str, stored: Stored) -> Result<Sheet, ReadProblem> {
    refuse_nul(text)?;
    let separator = sniff(text);
    if let Some(row) = open_quote(text, separator) {
        return Err(ReadProblem::OpenQuote { row });
    }
    // Line counting needs the last line to end as the others do.
    let ended = if text.ends_with('\n') { Cow::from(text) } else { Cow::from(format!("{text}\n")) };
    assemble(rows(&ended, separator)?, Format::Csv, stored)
}

/// Looked for before cells are cut, since a binary file has no cells worth naming beyond the place.
fn refuse_nul(text: &str) -> Result<(), ReadProblem> {
    let Some(at) = text.find('\0') else { return Ok(()) };
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or(before);
    let separator = sniff(text);
    let cells = line.bytes().filter(|byte| *byte == separator).count();
    Err(ReadProblem::Nul { row: before.matches('\n').count() + 1, column: letters(cells) })
}

/// The separator whose rows agree best in width; a comma where none does.
fn sniff(text: &str) -> u8 {
    let score = |separator: u8| {
        let widths: Vec<usize> = records(text, separator).take(SNIFFED_ROWS).map(|r| r.len()).collect();
        let first = widths.first().copied().unwrap_or(0);
        let agreeing = widths.iter().filter(|width| **width == first).count();
        if first < 2 { (0, 0) } else { (agreeing * 100 / widths.len(), first) }
    };
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| score(*separator));
    best.unwrap_or(b',')
}

fn records(text: &str, separator: u8) -> impl Iterator<Item = StringRecord> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(std::io::Cursor::new(text.as_bytes()));
    reader.into_records().map_while(Result::ok)
}

fn rows(text: &str, separator: u8) -> Result<Vec<Row>, ReadProblem> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let (mut rows, mut number, mut record) = (Vec::new(), 0, StringRecord::new());
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).unwrap_or(false) {
            return Ok(rows);
        }
        number += 1 + blank_lines(reader.position().line().saturating_sub(before), &record);
        if rows.len() > limits::ROWS {
            return Err(ReadProblem::TooManyRows);
        }
        rows.push(Row { number, cells: record.iter().map(str::to_owned).collect() });
    }
}

/// The reader skips empty lines, a spreadsheet shows them: count them so that row numbers agree.
fn blank_lines(lines_read: u64, record: &StringRecord) -> usize {
    let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
    usize::try_from(lines_read).unwrap_or(usize::MAX).saturating_sub(inside + 1)
}

/// The row of a quotation mark that opens a cell and is never closed; a CSV reader would swallow the rest of the file.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let (mut row, mut opened, mut at_start, mut quoted) = (1, 1, true, false);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                quoted = false;
            }
            continue;
        }
        (quoted, opened) = if at_start && byte == b'"' { (true, row) } else { (false, opened) };
        row += usize::from(byte == b'\n');
        at_start = byte == separator || byte == b'\n' || byte == b'\r';
    }
    quoted.then_some(opened)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::{Hints, read as read_any};

    fn sheet(text: &str) -> Sheet {
        read_any(text.as_bytes(), Hints::default()).expect("readable")
    }

    fn numbers(sheet: &Sheet) -> Vec<usize> {
        sheet.rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        for text in ["a,b\n1;x,2\n", "a;b\n1,5;2\n", "a\tb\n1,5\t2\n"] {
            assert_eq!(sheet(text).columns, ["a", "b"], "{text}");
        }
    }

    #[test]
    fn one_column_is_a_sheet_too() {
        assert_eq!(sheet("title\nA shelf\nA ramp\n").rows.len(), 2);
    }

    #[test]
    fn quoted_cells_keep_separators_quotes_and_lines() {
        let sheet = sheet("a,b\n\"x, \"\"y\"\"\r\nz\",2\n");
        assert_eq!(sheet.rows[0].cells, ["x, \"y\"\r\nz", "2"]);
    }

    #[test]
    fn row_numbers_are_those_of_a_spreadsheet() {
        assert_eq!(numbers(&sheet("a,b\n\n\n1,2\n\"x\ny\",3\n,\n\n5,6")), [4, 5, 8]);
        assert_eq!(numbers(&sheet("a,b\r\n1,2\r\n\r\n3,4\r\n")), [2, 4]);
    }

    #[test]
    fn a_quotation_mark_never_closed_is_named_by_its_row() {
        let problem = read("a,b\n1,2\n\"x,3\n4,5\n", Stored::Utf8);
        assert_eq!(problem, Err(ReadProblem::OpenQuote { row: 3 }));
    }

    #[test]
    fn a_nul_is_refused_with_its_place() {
        let problem = read("a,b\n1,2\n3,x\0\n", Stored::Utf8);
        assert_eq!(problem, Err(ReadProblem::Nul { row: 3, column: "B".to_owned() }));
    }

    #[test]
    fn short_rows_are_filled_and_long_ones_kept_for_the_judge() {
        let sheet = sheet("a,b\n1\n1,2,3\n1,2,,\n");
        let widths: Vec<usize> = sheet.rows.iter().map(|row| row.cells.len()).collect();
        assert_eq!(widths, [2, 3, 2]);
    }

    #[test]
    fn headings_are_made_different_from_each_other() {
        assert_eq!(
            sheet("a, a ,,\"b\nc\",a\n1,2,3,4,5\n").columns,
            ["a", "a (2)", "Column C", "b c", "a (3)"]
        );
    }

    #[test]
    fn the_limits_hold_at_the_limit_and_one_beyond() {
        let cell = |length| format!("a\n{}\n", "x".repeat(length));
        assert!(read(&cell(limits::CELL_CHARS), Stored::Utf8).is_ok());
        assert!(matches!(
            read(&cell(limits::CELL_CHARS + 1), Stored::Utf8),
            Err(ReadProblem::CellTooLong { row: 2, .. })
        ));
        let rows = |count| format!("a\n{}", "x\n".repeat(count));
        assert_eq!(read(&rows(limits::ROWS), Stored::Utf8).map(|s| s.rows.len()), Ok(limits::ROWS));
        assert_eq!(read(&rows(limits::ROWS + 1), Stored::Utf8), Err(ReadProblem::TooManyRows));
        let columns = |count: usize| format!("{}\n", vec!["c"; count].join(","));
        assert!(read(&columns(limits::COLUMNS), Stored::Utf8).is_ok());
        assert_eq!(read(&columns(limits::COLUMNS + 1), Stored::Utf8), Err(ReadProblem::TooManyColumns));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let bytes = vec![b'x'; limits::FILE_BYTES + 1];
        assert_eq!(
            read_any(&bytes, Hints::default()),
            Err(ReadProblem::TooBig { bytes: limits::FILE_BYTES + 1 })
        );
    }
}
