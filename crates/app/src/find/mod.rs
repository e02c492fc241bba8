//! Find: telling ideas and problems.

pub mod tell;
