//! A hint under a label.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// Help for most people who fill a field in.
    #[derive(Template)]
    #[template(path = "components/hint.html")]
    pub struct Hint {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Id, to which the field points.
        pub id: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(Hint);

impl Hint {
    /// A hint.
    pub fn new(content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { text, html, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
