//! Find: a record, its history, and lists of records.

pub mod history;
pub mod record;
pub mod said;
