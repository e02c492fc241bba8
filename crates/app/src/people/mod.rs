//! People: the tree, its settings and roles, accounts and how they sign in.

pub mod account;
pub mod administration;
pub mod attempts;
pub mod audit;
pub mod cover;
pub mod installation;
pub mod leave;
pub mod node;
pub mod pace;
pub mod password;
pub mod place;
pub mod profile;
pub mod relocate;
pub mod roles;
pub mod session;
pub mod sign_in;
pub mod start;
pub mod ticket;
