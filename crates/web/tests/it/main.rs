//! Tests of the crate from outside, in one binary: linking several takes longer than running them.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, though clippy does not see it of what stands beside them"
)]

mod capture;
mod fixtures;
mod sample;
mod templates;
mod told;
