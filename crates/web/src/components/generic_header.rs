//! The strip at the top of every page, with the name of the service.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// Name and mark, as a link to the first page.
    #[derive(Template)]
    #[template(path = "components/generic-header.html")]
    pub struct GenericHeader {
        /// Words.
        pub logo_text: Text,
        /// HTML instead of words.
        pub logo_html: Option<Html>,
        /// Where it leads; `/` where nothing is given.
        pub url: Text,
        /// Further classes.
        pub classes: Text,
        /// Classes of the container instead of the usual width.
        pub container_classes: Text,
    }
}
is_html!(GenericHeader);

impl GenericHeader {
    /// A header with this inside its link.
    pub fn new(content: impl Into<Content>) -> Self {
        let (logo_text, logo_html) = content.into().into_options();
        Self { logo_text, logo_html, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.logo_text, self.logo_html.as_ref())
    }
}
