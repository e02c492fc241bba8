//! People: rows of nodes and grants, and what is read of them.

pub mod accounts;
pub mod forms;
pub mod holders;
pub mod parties;
mod rows;
pub mod sessions;
pub mod tickets;
pub mod tree;
