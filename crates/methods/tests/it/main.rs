//! The numbers on what other people wrote.

mod doors;
mod survival;
