//! Jobs: work after a change, and work that comes again with the clock. A job is a row (`store::jobs`); here is who
//! does it.
//!
//! Every kind may be run twice: what it does to the database is in one transaction with its row's end, and a mail that
//! goes twice after a crash has the same Message-ID. [`Registry::standard`] lists the kinds.

mod answer_mail;
mod digest;
mod door_answer_mail;
mod door_mail;
pub mod figures;
mod held;
mod held_back_mail;
pub(crate) mod import;
mod index;
mod newcomer;
mod people_mail;
mod purge;
mod registry;
pub mod retention;
mod schedule;
mod seal;
mod ticket_mail;
mod time_passes;
mod worker;

pub use digest::Wanted as DigestWanted;
pub use held::{Fail, Held};
pub use registry::{Done, Registry, Run};
pub use schedule::plan;
pub use seal::AUDITOR_MAIL;
pub use time_passes::Passing;
pub use worker::{Ran, Worker};
