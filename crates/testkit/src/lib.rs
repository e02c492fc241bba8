//! What tests share: databases, builders, clients and page rules.

mod page_rules;

pub use page_rules::page_rules;
