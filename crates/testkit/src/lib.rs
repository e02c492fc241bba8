//! What tests share. Nothing here is part of the program.

pub mod databases;

pub use databases::{TestDatabase, databases, postgres, sqlite};
