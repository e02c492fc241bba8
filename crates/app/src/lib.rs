//! Use cases: what a person, a program or time can have Waymark do. Pages, API, command line and jobs share them.

pub mod account;
pub mod ctx;
pub mod demo;
pub mod doctor;
pub mod env;
pub mod error;
pub mod find;
pub mod import;
pub mod jobs;
pub mod mail;
pub mod once;
pub mod people;
pub mod room;
pub mod route;
pub mod routes;
mod sealing;
pub mod sound;
pub mod words;

pub use ctx::{Actor, Ctx, Read, Write};
pub use env::{Clock, Config, Env, SystemClock};
pub use error::{Checks, Error, FieldProblem, Result, Wrong};
