//! Find and route: rows of problems and innovations, and what is read of them.

pub mod due;
pub mod listing;
pub mod lists;
pub mod records;
mod rows;
pub mod work;
