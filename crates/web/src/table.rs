//! Tables for spreadsheets, as CSV (RFC 4180): the words in them were typed by others, so no cell is ever a formula.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A table with a line of headings.
pub fn table<R: AsRef<[String]>>(heads: R, rows: impl Iterator<Item = R>) -> String {
    // The mark at the start tells spreadsheets that it is UTF-8.
    let mut text = "\u{feff}".to_owned();
    for row in std::iter::once(heads).chain(rows) {
        let cells: Vec<String> = row.as_ref().iter().map(|words| cell(words)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A table to be kept as a file.
pub fn attached(name: &str, table: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, table).into_response()
}

/// A number as it is, words between quotation marks. What a spreadsheet would take for a formula gets an apostrophe before
/// it.
fn cell(words: &str) -> String {
    if !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()) {
        return words.to_owned();
    }
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    format!("\"{mark}{}\"", words.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_ends_its_row() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!((&*cell("plain, words"), &*cell("17"), &*cell("")), ("\"plain, words\"", "17", "\"\""));
        for sign in ["+1", "-1", "@x", "\tx"] {
            assert!(cell(sign).starts_with("\"'"), "{sign}");
        }
        let text = table(["a".to_owned()], ["b\r\nc".to_owned()].map(|cell| [cell]).into_iter());
        assert_eq!(text, "\u{feff}\"a\"\r\n\"b\r\nc\"\r\n");
    }
}
