//! Route: who has it, answering it, talking about it, trying it, and what time does.

pub mod acts;
pub mod alike;
pub mod answer;
pub mod change;
pub mod duty;
pub mod notice;
pub mod offer;
pub mod pass;
pub mod reopen;
pub mod review;
pub mod round;
pub mod shared;
pub mod talk;
pub mod trial;
