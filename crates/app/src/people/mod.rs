//! People: the tree, its settings and roles, accounts and how they sign in.

pub mod account;
pub mod attempts;
pub mod audit;
pub mod installation;
pub mod node;
pub mod password;
pub mod place;
pub mod roles;
pub mod session;
pub mod sign_in;
pub mod start;
pub mod ticket;
