//! Find: a record, its history, and lists of records.

mod facts;
pub mod history;
pub mod late;
pub mod list;
pub mod record;
pub mod said;
pub mod shown;
