//! Text set apart from what surrounds it.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A quotation, an example, a sentence that must not be overlooked.
    #[derive(Template)]
    #[template(path = "components/inset-text.html")]
    pub struct InsetText {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Id.
        pub id: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(InsetText);

impl InsetText {
    /// Inset text.
    pub fn new(content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { text, html, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
