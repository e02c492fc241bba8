//! People: rows of nodes and grants, and what is read of them.

pub mod accounts;
pub mod asks;
pub mod attempts;
pub mod audited;
pub mod audits;
pub mod covers;
pub mod digests;
pub mod erase;
pub mod forms;
pub mod held;
pub mod holders;
pub mod installation;
pub mod looks;
pub mod newcomers;
pub mod oidc;
pub mod openers;
pub mod own;
pub mod parties;
pub mod public;
mod rows;
pub mod search;
pub mod second_factor;
pub mod sessions;
pub mod sides;
pub mod tickets;
pub mod tokens;
pub mod tree;
