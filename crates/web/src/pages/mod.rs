//! Pages by room. A page is a struct with its template; its handler parses, calls a use case and answers.

pub mod about;
pub mod account;
pub mod api;
pub mod find;
pub mod health;
pub mod home;
pub mod import;
pub mod people;
pub mod route;
