//! People: the first run, signing in, one's own account, administration.

pub mod poster;
pub mod question;
pub mod sign_in;
pub mod start;
pub mod ticket;
