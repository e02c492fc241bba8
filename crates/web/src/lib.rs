//! Pages, components and layers over the use cases.

#[macro_use]
pub mod components;

pub mod api;
pub mod assets;
pub mod failure;
pub mod files;
pub mod filters;
pub mod form;
pub mod layers;
pub mod layout;
pub mod page;
pub mod pages;
mod router;
pub mod table;
pub mod visitor;

pub use router::{router, sized};
