//! The store's contract, on both engines.

mod catalogue;
mod journal;
mod sample;
