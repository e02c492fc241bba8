//! What Waymark keeps: a journal of events, the rows that follow from them, seals, jobs and back-ups.
//!
//! One SQL text serves SQLite and PostgreSQL; [`on!`] runs it on whichever is open and what differs lies in
//! [`dialect`]. A record is written by [`journal::save`] alone, so its rows always equal the fold of its events;
//! [`verify`](mod@verify) proves it.

pub mod account;
pub mod backup;
pub mod bulk;
pub mod db;
pub mod dialect;
pub mod error;
pub mod find;
pub mod import;
pub mod jobs;
pub mod journal;
mod open;
pub mod people;
pub mod purge;
pub mod recurring;
pub mod row;
mod rows;
pub mod seals;
pub mod verify;
pub mod words;
mod writer;

pub use db::{Db, Engine, Options, Tx};
pub use error::{Result, StoreError};
pub use journal::{Change, Stamp};
pub use row::{Cell, Column, Kind, Row, Stored, Table};
#[doc(hidden)]
pub use sqlx;
