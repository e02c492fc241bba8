//! Back link, above the heading of a page that has a page before it.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A link to the page before; says *Back* where no words are given.
    #[derive(Template)]
    #[template(path = "components/back-link.html")]
    pub struct BackLink {
        /// Words, if *Back* says too little.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Where it leads.
        pub href: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(BackLink);

impl BackLink {
    /// A link that says *Back*.
    pub fn new(href: impl Into<Text>) -> Self {
        Self { href: href.into(), ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
