//! Waymark's rules as pure functions of values: records, events, decisions, policy, clocks, calendars.
//!
//! Nothing here is async, speaks SQL or HTTP, reads a clock or throws dice: time and chance come in as
//! arguments, so every rule can be tried in a table. The rooms are those of every crate.

pub mod account;
pub mod find;
pub mod ids;
pub mod limits;
pub mod people;
pub mod record;
pub mod reference;
pub mod route;
pub mod spelt;
pub mod text;
