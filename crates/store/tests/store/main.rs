//! The store's contract, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic")]

mod backup;
mod bulk;
mod catalogue;
mod database;
mod jobs;
mod journal;
mod sample;
mod seals;
mod tampering;
mod writer;
