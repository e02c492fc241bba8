//! Paste your spreadsheet: bytes in, judged rows out.
//!
//! [`read::read`] turns a file into a [`read::Sheet`], [`columns::propose`] says which column holds what, and [`judge`]
//! turns every row into a value that cannot be wrong or into a fault that names row, column, what is wrong and how to
//! mend it: none of these knows of a database or a page. [`batch`] keeps the rows without events, [`check`] judges them
//! against what is here, and [`apply`] brings them in, all in one transaction, unseen until its last moment.

pub mod apply;
pub mod batch;
pub mod check;
pub mod columns;
mod csv;
pub mod dates;
mod encoding;
pub mod faults;
pub mod html;
mod json;
pub mod judge;
pub mod limits;
pub mod may;
pub mod money;
mod places;
pub mod progress;
pub mod read;
pub mod report;
pub mod rows;
pub mod said;
mod synonyms;
pub mod turns;
mod xlsx;
