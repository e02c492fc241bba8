//! Find and route: rows of problems and innovations, and what is read of them.

pub mod drafts;
pub mod listing;
pub mod problems;
mod rows;
pub mod sent;
pub mod similar;
pub mod wall;
