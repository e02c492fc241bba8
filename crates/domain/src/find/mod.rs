//! Find: telling an idea or a problem, and the record that it becomes.

pub mod comment;
pub mod event;
pub mod held_back;
pub mod hidden;
pub mod innovation;
pub mod masking;
pub mod moderation;
mod news;
mod parties;
pub mod problem;
pub mod sight;
pub mod stage;
pub mod tell;
