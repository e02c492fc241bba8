//! The first link of every page: past the header to the content.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A link that shows itself when it has the focus.
    #[derive(Template)]
    #[template(path = "components/skip-link.html")]
    pub struct SkipLink {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Where it leads; `#content` where nothing is given.
        pub href: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(SkipLink);

impl SkipLink {
    /// A skip link to an id.
    pub fn new(text: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
