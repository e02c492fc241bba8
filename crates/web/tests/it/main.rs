//! Tests of the crate from outside, in one binary: linking several takes longer than running them.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, though clippy does not see it of what stands beside them"
)]

mod about;
mod acts;
mod admin;
mod api;
mod audit;
mod authorisation;
mod bad_input;
mod capture;
mod clock;
mod comments;
mod digest;
mod doors;
mod drafts;
mod figures;
mod files;
mod fixtures;
mod held_back;
mod hidden;
mod hidden_dump;
mod import;
mod jobs;
mod keeping;
mod leave;
mod limits;
mod lists;
mod looks;
mod mail;
mod mail_tls;
mod mask;
mod named;
mod new_password;
mod newcomers;
mod noted;
mod oidc;
mod own_data;
mod problems;
mod public;
mod reopening;
mod reviews;
mod round;
mod sample;
mod search;
mod second_factor;
mod second_yes;
mod security;
mod shared;
mod sign_in;
mod start;
mod taken;
mod templates;
mod told;
mod traces;
mod unseen;
mod walk;
mod who_sees;
