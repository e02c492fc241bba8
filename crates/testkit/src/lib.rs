//! What tests share: databases, builders, clients and page rules. Nothing here is part of the program.

pub mod app;
pub mod client;
pub mod databases;
pub mod dump;
mod kept;
mod page_rules;
pub mod program;
mod schema;
pub mod world;

pub use app::TestApp;
pub use client::{Client, Page};
pub use databases::{TestDatabase, databases, postgres, sqlite};
pub use kept::assert_kept;
pub use page_rules::page_rules;
pub use program::{PASSWORD, Program, Told};
pub use world::World;
