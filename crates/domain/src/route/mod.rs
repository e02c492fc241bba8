//! Stages, gates, clocks and answers.

pub mod calendar;
pub mod clock;
pub mod due;
mod holidays;
pub mod limits;
