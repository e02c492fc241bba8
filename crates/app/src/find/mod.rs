//! Find: telling ideas and problems.

pub mod labels;
pub mod next;
pub mod tell;
pub mod view;
