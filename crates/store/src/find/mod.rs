//! Find and route: rows of problems and innovations, and what is read of them.

pub mod comments;
pub mod door_messages;
pub mod drafts;
pub mod due;
pub mod held_back;
pub mod listing;
pub mod lists;
pub mod moderation;
pub mod newest;
pub mod offers;
pub mod page;
pub mod problems;
pub mod records;
pub mod reports;
mod rows;
pub mod search;
pub mod sent;
pub mod shared;
pub mod sight;
pub mod similar;
pub mod wall;
pub mod work;
