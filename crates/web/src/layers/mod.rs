//! What every answer passes through on its way out.

pub mod headers;
pub mod language;
