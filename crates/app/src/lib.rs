//! Use cases, jobs, mail, import and back-up.

pub mod import;
