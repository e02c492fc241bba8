//! Pages, components and layers over the use cases.

#[macro_use]
pub mod components;

pub mod assets;
pub mod filters;
pub mod layers;
pub mod layout;
pub mod page;
