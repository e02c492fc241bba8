//! Faults, tried on real processes: killed at any moment, two at once, a database that goes away.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, though clippy does not see it of what stands beside them"
)]

mod backup;
mod bad_files;
mod browser;
mod counting;
mod full;
mod gone;
mod import;
mod kill;
mod log;
mod mail;
mod migrate;
mod process;
mod server;
mod storm;
mod writers;
