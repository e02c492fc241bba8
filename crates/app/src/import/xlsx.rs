//! Excel workbooks: cells are read one by one, never as a filled rectangle, since one cell in the last corner of
//! an otherwise empty sheet would make a rectangle of 17 thousand million cells.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::limits;
use super::read::{Format, ReadProblem, Row, Sheet, Stored, assemble};

/// Reads the named sheet of a workbook, else its first.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, ReadProblem> {
    refuse_bomb(bytes)?;
    // The reader of workbooks panics on some damaged files (cell "ZZZZZZZ99" overflows its column number), and a
    // file that someone sends in must not end the request or the job. Nothing it touched is used afterwards.
    let rows = catch_unwind(AssertUnwindSafe(|| open(bytes, wanted)))
        .unwrap_or_else(|_| Err(bad("it is damaged")))?;
    assemble(rows, Format::Xlsx, Stored::Utf8)
}

fn open(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Row>, ReadProblem> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let name = pick(book.sheet_names(), wanted)?;
    rows(&mut book, &name)
}

fn bad(error: impl std::fmt::Display) -> ReadProblem {
    ReadProblem::BadWorkbook { why: error.to_string() }
}

/// Unpacks everything once into nothing, since the sizes that a packed file states may be untrue.
fn refuse_bomb(bytes: &[u8]) -> Result<(), ReadProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(bad)?;
    if archive.len() > limits::PACKED_PARTS {
        return Err(ReadProblem::UnpacksTooBig);
    }
    let mut left = limits::UNPACKED_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(bad)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(bad)?;
        left = left.checked_sub(size).ok_or(ReadProblem::UnpacksTooBig)?;
    }
    let is_book = archive.by_name("xl/workbook.xml").is_ok();
    if is_book { Ok(()) } else { Err(ReadProblem::NotAWorkbook) }
}

fn pick(found: Vec<String>, wanted: Option<&str>) -> Result<String, ReadProblem> {
    let chosen = match wanted {
        Some(wanted) => found.iter().find(|name| name.trim().eq_ignore_ascii_case(wanted.trim())),
        None => found.first(),
    };
    match (chosen, wanted) {
        (Some(name), _) => Ok(name.clone()),
        (None, Some(wanted)) => Err(ReadProblem::NoSheet { wanted: wanted.to_owned(), found }),
        (None, None) => Err(ReadProblem::Empty),
    }
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, ReadProblem> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error: XlsxError| bad(error))?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(bad)? {
        let text = as_text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        put(&mut rows, (row as usize + 1, column as usize), text)?;
    }
    Ok(rows)
}

/// Puts a cell at its place; rows come in order in any file that a spreadsheet wrote.
fn put(rows: &mut Vec<Row>, (number, column): (usize, usize), text: String) -> Result<(), ReadProblem> {
    if column >= limits::COLUMNS {
        return Err(ReadProblem::TooManyColumns);
    }
    if rows.last().is_none_or(|row| row.number != number) {
        rows.push(Row { number, cells: Vec::new() });
    }
    if rows.len() > limits::ROWS + 1 {
        return Err(ReadProblem::TooManyRows);
    }
    if let Some(row) = rows.last_mut() {
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text;
    }
    Ok(())
}

fn as_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A date as ISO, with its time only where it has one.
fn moment_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::import::read::{Hints, read as read_any};

    const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ideas" sheetId="1" r:id="rId1"/><sheet name="Second" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
    const LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
    const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

    /// A workbook whose first sheet holds the given rows; styles 0 plain, 1 date.
    fn workbook(rows: &str) -> Vec<u8> {
        let sheet = |rows: &str| {
            format!(
                r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
            )
        };
        let (first, second) =
            (sheet(rows), sheet(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>only</t></is></c></row>"#));
        pack(&[
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
            ("xl/styles.xml", STYLES.as_bytes()),
            ("xl/worksheets/sheet1.xml", first.as_bytes()),
            ("xl/worksheets/sheet2.xml", second.as_bytes()),
        ])
    }

    fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(bytes).expect("its bytes");
        }
        zip.finish().expect("packed").into_inner()
    }

    const ROWS: &str = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>title</t></is></c><c r="C2" t="inlineStr"><is><t>told</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>=1+1</t></is></c><c r="B4"><v>300000</v></c><c r="C4" s="1"><v>45943</v></c></row><row r="5"><c r="A5"><v>1.5</v></c><c r="C5" s="1"><v>45943.541</v></c></row>"#;

    fn sheet_of(bytes: &[u8], sheet: Option<&str>) -> Result<Sheet, ReadProblem> {
        read_any(bytes, Hints { name: None, sheet })
    }

    #[test]
    fn cells_are_read_as_typed_and_dates_become_iso() {
        let sheet = sheet_of(&workbook(ROWS), None).expect("readable");
        assert_eq!(sheet.columns, ["title", "Column B", "told"]);
        assert_eq!(
            sheet.rows[0],
            Row { number: 4, cells: vec!["=1+1".into(), "300000".into(), "2025-10-13".into()] }
        );
        assert_eq!(sheet.rows[1].cells, ["1.5", "", "2025-10-13T12:59:02"]);
    }

    #[test]
    fn a_sheet_can_be_named_and_a_wrong_name_lists_them() {
        assert_eq!(sheet_of(&workbook(ROWS), Some("second")).map(|s| s.columns), Ok(vec!["only".to_owned()]));
        let problem = sheet_of(&workbook(ROWS), Some("Third")).expect_err("no such sheet");
        assert_eq!(problem.to_string(), "There is no sheet Third. The sheets are: Ideas, Second.");
    }

    #[test]
    fn a_cell_in_the_last_corner_is_refused_and_fills_no_memory() {
        let far =
            r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
        assert_eq!(sheet_of(&workbook(far), None), Err(ReadProblem::TooManyColumns));
    }

    #[test]
    fn a_small_file_that_unpacks_to_a_flood_is_refused() {
        let zeros = vec![b' '; usize::try_from(limits::UNPACKED_BYTES / 2 + 1).expect("64 bit")];
        let bomb = pack(&[("xl/workbook.xml", &zeros), ("xl/b.xml", &zeros)]);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(sheet_of(&bomb, None), Err(ReadProblem::UnpacksTooBig));
    }

    #[test]
    fn a_cell_whose_place_overflows_is_a_damaged_workbook() {
        let odd = workbook("<row r=\"1\"><c r=\"ZZZZZZZ99\"><v>1</v></c></row>");
        assert!(sheet_of(&odd, None).is_err());
    }

    #[test]
    fn what_is_no_workbook_is_said_to_be_none() {
        assert_eq!(sheet_of(&pack(&[("a.txt", b"x")]), None), Err(ReadProblem::NotAWorkbook));
        assert!(matches!(sheet_of(b"PK\x03\x04 cut off", None), Err(ReadProblem::BadWorkbook { .. })));
        assert_eq!(sheet_of(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1], None), Err(ReadProblem::OldOrLocked));
    }

    proptest! {
        #[test]
        fn no_damaged_workbook_makes_it_panic(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut bytes = workbook(ROWS);
            for (place, byte) in damage {
                let at = place.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = read(&bytes, None);
        }

        #[test]
        fn no_odd_sheet_makes_it_panic(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "<row r=\"1\">", "<row>", "<row r=\"0\">", "</row>", "<c r=\"A1\">", "<c r=\"ZZZZZZZ99\">", "<c t=\"s\">",
                    "<c r=\"A1\" s=\"1\">", "<c t=\"e\">", "<c t=\"b\">", "<c t=\"inlineStr\">", "</c>", "<v>", "</v>", "1",
                    "-1e300", "x", "<is>", "<t>", "</t>", "</is>", "<f>", "</f>", "99999999999",
                ]),
                0..25,
            ),
        ) {
            let _ = read(&workbook(&pieces.concat()), None);
        }
    }
}
