//! The rules of telling, answering, talking, trying, passing on and of who may do what: tables, and a random walk.

mod answering;
mod builders;
mod commenting;
mod counting;
mod hiding;
mod masking;
mod moderating;
mod objecting;
mod passing;
mod policy;
mod reopening;
mod reviewing;
mod sharing;
mod showing;
mod talking;
mod telling;
mod trying;
mod walk;
