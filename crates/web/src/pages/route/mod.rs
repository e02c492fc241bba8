//! Route: answering, the other acts on a record, and what waits for whom.

pub mod act;
pub mod answer;
mod answer_form;
pub(crate) mod answer_parse;
pub(crate) mod refused;
pub mod round;
pub(crate) mod send;
pub mod shared;
pub mod shared_taken;
pub(crate) mod sure;
mod typed;
pub mod work;
pub mod work_taken;
