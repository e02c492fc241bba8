//! Account: what a body can be asked about how it keeps its promises, as figures that follow from its records.

pub mod definition;
pub mod fact;
pub mod figure;
pub mod period;
pub mod sum;
