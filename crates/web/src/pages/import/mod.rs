//! Bringing in a spreadsheet: choose a file, match its columns, read the report, watch it come in, see what became of it.

pub mod columns;
pub mod faults;
pub mod file;
mod report;
pub mod start;

use uuid::Uuid;
use waymark_app::words::{Lang, Value, number};
use waymark_app::{Error, Result};

/// The file of an address, or *not found* for what is none.
fn id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound)
}

/// A count as the reader's language writes it.
fn count(lang: Lang, count: usize) -> Value<'static> {
    written(lang, count).into()
}

fn written(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}
