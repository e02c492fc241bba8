//! People: the tree of organisations, the roles held in it, who stands in for whom.

pub mod grant;
pub mod ladder;
pub mod level;
pub mod node;
pub mod party;
pub mod role;
pub mod setting;
