//! The store's contract, on both engines.

mod backup;
mod bulk;
mod catalogue;
mod database;
mod jobs;
mod journal;
mod sample;
mod seals;
mod tampering;
