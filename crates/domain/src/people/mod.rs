//! People: the tree of organisations, the roles held in it, who stands in for whom.

pub mod ask;
pub mod erasure;
pub mod grant;
pub mod host;
pub mod ladder;
pub mod level;
pub mod node;
pub mod party;
pub mod role;
pub mod second_factor;
pub mod setting;
pub mod totp;
