//! Route: answering, the other acts on a record, and what waits for whom.

pub mod act;
pub mod answer;
mod answer_form;
mod answer_parse;
mod refused;
mod send;
mod typed;
pub mod work;
