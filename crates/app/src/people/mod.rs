//! People: the tree, its settings and roles, accounts and how they sign in.

pub mod about;
pub mod account;
pub mod administration;
pub mod asks;
pub mod attempts;
pub mod audit;
pub mod auditor;
pub mod cover;
pub mod found;
pub(crate) mod hashing;
pub mod installation;
pub mod leave;
pub mod letters;
pub mod newcomers;
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
pub mod test_mail;
pub mod ticket;
