//! People: the tree, its settings and roles, accounts and how they sign in.

pub mod place;
pub mod session;
