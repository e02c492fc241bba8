//! Find: telling ideas and problems.

pub mod labels;
pub mod list;
pub mod mine;
pub mod next;
pub mod tell;
pub mod view;
