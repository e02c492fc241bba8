//! Find: telling ideas and problems, from the first word typed to the receipt.

pub mod also;
pub mod capture;
pub mod confirm;
pub mod delivery;
pub mod doors;
pub mod draft;
pub mod group;
pub mod held_back;
pub mod hidden;
pub mod index;
pub mod labels;
pub mod list;
pub mod mine;
pub mod moderation;
pub mod named;
pub mod next;
pub mod problem;
pub mod public;
pub mod reports;
pub mod search;
pub mod send;
pub mod similar;
pub mod tell;
pub mod view;
pub mod wall;
