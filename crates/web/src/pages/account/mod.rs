//! Account: the figures of nodes.

mod definition;
pub mod figures;
mod rows;
mod section;
