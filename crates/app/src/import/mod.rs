//! Paste your spreadsheet: bytes in, judged rows out.
//!
//! Nothing here knows of a database or a page. [`read::read`] turns a file into a [`read::Sheet`],
//! [`columns::propose`] says which column holds what, and [`judge`] turns every row into a value that
//! cannot be wrong or into a fault that names row, column, what is wrong and how to mend it.

pub mod columns;
mod csv;
pub mod dates;
mod encoding;
pub mod faults;
pub mod html;
mod json;
pub mod judge;
pub mod limits;
pub mod money;
pub mod read;
pub mod report;
pub mod rows;
mod synonyms;
mod xlsx;
