//! All faults and notices of a file as CSV, to be worked through beside the file itself.

use super::id;
use crate::failure::Outcome;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use uuid::Uuid;
use waymark_app::Result;
use waymark_app::import::batch;
use waymark_app::import::check::check;
use waymark_app::import::said::{self, Line};

/// `GET /import/{file}/faults.csv`
pub async fn get(visitor: Visitor, Path(file): Path<String>) -> Outcome {
    let file = id(&file).map_err(visitor.fails())?;
    let body = csv(&visitor, file).await.map_err(visitor.fails())?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"faults.csv\""),
    ];
    Ok((headers, body).into_response())
}

async fn csv(visitor: &Visitor, file: Uuid) -> Result<String> {
    let (mut ctx, _) = visitor.read_as_member().await?;
    let found = batch::find(&mut ctx, file).await?;
    let checked = check(&mut ctx, &found).await?;
    let lang = visitor.lang;
    let faults = checked.faults.iter().map(|one| said::fault(lang, one));
    let notices = checked.notices.iter().map(|one| said::notice(lang, one));
    let heads = ["row", "column", "what", "mend"].map(|name| visitor.text(&format!("import-report-{name}")));
    // The mark at the start tells spreadsheets that it is UTF-8.
    let mut body = format!("\u{feff}{}\r\n", heads.map(|head| cell(&head)).join(","));
    for line in faults.chain(notices) {
        body.push_str(&row(&line));
    }
    Ok(body)
}

fn row(line: &Line) -> String {
    let cells = [line.row.to_string(), cell(&line.column), cell(&line.what), cell(&line.mend)];
    format!("{}\r\n", cells.join(","))
}

/// A cell between quotation marks. What a spreadsheet would take for a formula gets an apostrophe before it: the words
/// come out of a file that somebody else wrote.
fn cell(words: &str) -> String {
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
        assert_eq!(cell("plain, words"), "\"plain, words\"");
        for sign in ["+1", "-1", "@x", "\tx"] {
            assert!(cell(sign).starts_with("\"'"), "{sign}");
        }
    }
}
