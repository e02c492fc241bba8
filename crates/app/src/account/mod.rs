//! Account: the figures of a node, and what of them is shown to whom.

pub mod figures;
pub mod shown;
