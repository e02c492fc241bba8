//! What every answer passes through on its way out.

pub mod first_run;
pub mod headers;
pub mod language;
pub mod log;
pub mod overload;
pub mod too_large;
