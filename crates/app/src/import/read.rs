//! A file becomes a sheet: its kind is told by its content, its size is limited, every refusal says why.

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use super::encoding::Stored;
use super::{csv, encoding, json, limits, xlsx};

/// What kind of file it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text with separators: comma, semicolon or tab.
    Csv,
    /// An Excel workbook (2007 and later).
    Xlsx,
    /// A JSON list of objects, an object that holds one, or one object a line.
    Json,
}

/// One row below the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number that a spreadsheet shows beside it (headings are usually 1); in JSON the number of the object.
    pub number: usize,
    /// Its cells, at least one for each column; more than that only if the row itself had more.
    pub cells: Vec<String>,
}

/// A file as a table of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What kind of file it was.
    pub format: Format,
    /// How its characters were stored.
    pub stored: Stored,
    /// Headings, each different from the others.
    pub columns: Vec<String>,
    /// Rows that hold anything.
    pub rows: Vec<Row>,
}

/// What the caller knows of a file besides its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Its name, used only where the content leaves a doubt.
    pub name: Option<&'a str>,
    /// Which sheet of a workbook; else the first.
    pub sheet: Option<&'a str>,
}

/// Why a file as a whole cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant is explained by the sentence that it prints")]
pub enum ReadProblem {
    #[error("The file is empty. Choose a file with a row of headings and rows below it.")]
    Empty,
    #[error(
        "The file has {bytes} bytes; at most {max} are read. Split it into several files.",
        max = limits::FILE_BYTES
    )]
    TooBig { bytes: usize },
    #[error("Unpacked, the workbook has more than {max} bytes. Save only the sheet you need, as CSV.", max = limits::UNPACKED_BYTES)]
    UnpacksTooBig,
    #[error("There are more than {max} rows. Split the file into several.", max = limits::ROWS)]
    TooManyRows,
    #[error("There are more than {max} columns. Remove those you do not need.", max = limits::COLUMNS)]
    TooManyColumns,
    #[error("Row {row}, column {column}: the cell has {length} characters; at most {max} are read. Shorten it.", max = limits::CELL_CHARS)]
    CellTooLong { row: usize, column: String, length: usize },
    #[error(
        "Row {row}, column {column}: there is a NUL character, so this is not a text file or is damaged. Export it again as CSV in UTF-8."
    )]
    Nul { row: usize, column: String },
    #[error(
        "Row {row}: a quotation mark opens a cell and is never closed. Close it, or write \"\" for a quotation mark inside a cell."
    )]
    OpenQuote { row: usize },
    #[error(
        "This is an old (.xls) or a locked workbook. Open it, remove the password if there is one, and save it as .xlsx or CSV."
    )]
    OldOrLocked,
    #[error("This is a packed file but not an Excel workbook. Save the sheet as .xlsx or CSV.")]
    NotAWorkbook,
    #[error("The workbook cannot be read ({why}). Open it and save it again, or save it as CSV.")]
    BadWorkbook { why: String },
    #[error("There is no sheet {wanted}. The sheets are: {}.", found.join(", "))]
    NoSheet { wanted: String, found: Vec<String> },
    #[error("The JSON cannot be read ({why}). Mend it there, or save the table as CSV.")]
    BadJson { why: String },
    #[error("The JSON holds no list of objects. Give a list such as [{{\"title\": \"…\"}}].")]
    NoList,
    #[error("The JSON holds several lists of objects ({}). Keep one of them.", names.join(", "))]
    SeveralLists { names: Vec<String> },
    #[error("Item {item} of the JSON list is not an object. Each item must be {{\"column\": value, …}}.")]
    NotAnObject { item: usize },
}

impl ReadProblem {
    /// The key of its translation.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "import-read-empty",
            Self::TooBig { .. } => "import-read-too-big",
            Self::UnpacksTooBig => "import-read-unpacks-too-big",
            Self::TooManyRows => "import-read-too-many-rows",
            Self::TooManyColumns => "import-read-too-many-columns",
            Self::CellTooLong { .. } => "import-read-cell-too-long",
            Self::Nul { .. } => "import-read-nul",
            Self::OpenQuote { .. } => "import-read-open-quote",
            Self::OldOrLocked => "import-read-old-or-locked",
            Self::NotAWorkbook => "import-read-not-a-workbook",
            Self::BadWorkbook { .. } => "import-read-bad-workbook",
            Self::NoSheet { .. } => "import-read-no-sheet",
            Self::BadJson { .. } => "import-read-bad-json",
            Self::NoList => "import-read-no-list",
            Self::SeveralLists { .. } => "import-read-several-lists",
            Self::NotAnObject { .. } => "import-read-not-an-object",
        }
    }

    /// The data of its translation: names and values.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        let limit = |limit: usize| ("limit", limit.to_string());
        match self {
            Self::TooBig { bytes } => vec![("bytes", bytes.to_string())],
            Self::TooManyRows => vec![limit(limits::ROWS)],
            Self::TooManyColumns => vec![limit(limits::COLUMNS)],
            Self::CellTooLong { row, column, length } => vec![
                ("row", row.to_string()),
                ("column", column.clone()),
                ("length", length.to_string()),
                limit(limits::CELL_CHARS),
            ],
            Self::Nul { row, column } => vec![("row", row.to_string()), ("column", column.clone())],
            Self::OpenQuote { row } => vec![("row", row.to_string())],
            Self::BadWorkbook { why } | Self::BadJson { why } => vec![("why", why.clone())],
            Self::NoSheet { wanted, found } => vec![("wanted", wanted.clone()), ("found", found.join(", "))],
            Self::SeveralLists { names } => vec![("names", names.join(", "))],
            Self::NotAnObject { item } => vec![("item", item.to_string())],
            Self::Empty | Self::UnpacksTooBig | Self::OldOrLocked | Self::NotAWorkbook | Self::NoList => {
                Vec::new()
            }
        }
    }
}

/// Reads a file. The first row that holds anything is the row of headings.
///
/// # Errors
/// A [`ReadProblem`] where the file as a whole is of no use; what is wrong with single rows is for the judges.
pub fn read(bytes: &[u8], hints: Hints<'_>) -> Result<Sheet, ReadProblem> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(ReadProblem::TooBig { bytes: bytes.len() });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::read(bytes, hints.sheet);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(ReadProblem::OldOrLocked);
    }
    let (text, stored) = encoding::decode(bytes);
    if is_json(&text, hints.name) { json::read(&text, stored) } else { csv::read(&text, stored) }
}

/// A heading may begin with a bracket too, so a name that says otherwise wins.
fn is_json(text: &str, name: Option<&str>) -> bool {
    let named_table = name.is_some_and(|name| {
        let name = name.to_lowercase();
        [".csv", ".tsv", ".txt"].iter().any(|end| name.ends_with(end))
    });
    !named_table && text.trim_start().starts_with(['[', '{'])
}

/// The rows of any kind of file, headings first, become a sheet.
pub(super) fn assemble(rows: Vec<Row>, format: Format, stored: Stored) -> Result<Sheet, ReadProblem> {
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let headings = rows.next().ok_or(ReadProblem::Empty)?;
    check_row(&headings, &[])?;
    let columns = name_columns(headings.cells)?;
    let rows: Vec<Row> = rows.map(|row| fit(row, columns.len())).collect();
    let sheet = Sheet { format, stored, columns, rows };
    check(&sheet)?;
    Ok(sheet)
}

/// Trims headings, names empty ones by their letter and numbers repeated ones, so that each can be mapped.
fn name_columns(mut cells: Vec<String>) -> Result<Vec<String>, ReadProblem> {
    drop_empty_tail(&mut cells, 0);
    if cells.len() > limits::COLUMNS {
        return Err(ReadProblem::TooManyColumns);
    }
    let mut columns: Vec<String> = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let words = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if words.is_empty() { format!("Column {}", letters(index)) } else { words };
        let name = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base} ({n})") });
        columns.extend(name.into_iter().find(|name| !columns.contains(name)));
    }
    Ok(columns)
}

/// The letters that a spreadsheet shows above a column: 0 is A, 26 is AA.
pub(super) fn letters(index: usize) -> String {
    let mut left = index + 1;
    let mut letters = Vec::new();
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn fit(mut row: Row, width: usize) -> Row {
    drop_empty_tail(&mut row.cells, width);
    if row.cells.len() < width {
        row.cells.resize(width, String::new());
    }
    row
}

fn drop_empty_tail(cells: &mut Vec<String>, keep: usize) {
    while cells.len() > keep && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
}

fn check(sheet: &Sheet) -> Result<(), ReadProblem> {
    if sheet.rows.len() > limits::ROWS {
        return Err(ReadProblem::TooManyRows);
    }
    sheet.rows.iter().try_for_each(|row| check_row(row, &sheet.columns))
}

fn check_row(row: &Row, columns: &[String]) -> Result<(), ReadProblem> {
    for (index, cell) in row.cells.iter().enumerate() {
        let column = || columns.get(index).cloned().unwrap_or_else(|| letters(index));
        if cell.contains('\0') {
            return Err(ReadProblem::Nul { row: row.number, column: column() });
        }
        // Bytes are never fewer than characters, so most cells need no counting.
        if cell.len() > limits::CELL_CHARS && cell.chars().count() > limits::CELL_CHARS {
            let length = cell.chars().count();
            return Err(ReadProblem::CellTooLong { row: row.number, column: column(), length });
        }
    }
    Ok(())
}
