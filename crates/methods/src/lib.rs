//! The numbers of Waymark on plain slices. Nothing here knows of records, time or a database.

pub mod alike;
pub mod copy;
pub mod doors;
pub mod identifying;
pub mod masking;
pub mod query;
pub mod relevance;
pub mod small;
pub mod survival;
pub mod text;
