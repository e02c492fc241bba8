//! What every answer passes through on its way out.

pub mod drain;
pub mod first_run;
pub mod headers;
pub mod language;
pub mod log;
pub mod overload;
pub mod refused;
pub mod signed_out;
