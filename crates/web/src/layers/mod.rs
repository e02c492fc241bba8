//! What every answer passes through on its way out.

pub mod first_run;
pub mod headers;
pub mod language;
