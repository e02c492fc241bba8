//! Stages, gates, clocks and answers.

pub mod answer;
pub mod calendar;
pub mod clock;
pub mod due;
pub mod facts;
mod holidays;
pub mod limits;
pub mod pass;
pub mod policy;
pub mod reopen;
pub mod review;
pub mod shared;
pub mod talk;
pub mod trial;
