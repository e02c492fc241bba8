//! People: the tree, its settings and roles, accounts and how they sign in.

pub mod account;
pub mod node;
pub mod place;
pub mod roles;
pub mod session;
