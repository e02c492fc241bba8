//! Faults, tried on real processes: killed at any moment, two at once, a database that goes away.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, though clippy does not see it of what stands beside them"
)]

mod backup;
mod counting;
mod gone;
mod kill;
mod log;
mod migrate;
mod process;
