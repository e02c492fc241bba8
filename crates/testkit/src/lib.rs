//! What tests share: databases, builders, clients and page rules. Nothing here is part of the program.

pub mod databases;
mod page_rules;

pub use databases::{TestDatabase, databases, postgres, sqlite};
pub use page_rules::page_rules;
