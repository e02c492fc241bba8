//! People: the first run, signing in, one's own account, administration.

pub mod admin;
pub mod admin_node;
pub mod audit;
pub mod audit_taken;
pub mod complaint;
pub mod elsewhere;
pub mod keeping;
pub mod look;
pub mod me;
pub mod new_password;
pub mod opener;
pub mod own_data;
pub mod poster;
pub mod question;
pub mod seals;
pub mod second_factor;
pub mod sign_in;
pub mod start;
pub mod ticket;
pub mod tokens;
pub mod waiting;
