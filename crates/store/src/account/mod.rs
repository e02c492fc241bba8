//! What the figures of a node are added up from.

pub mod come_back;
pub mod facts;
pub mod figures;
