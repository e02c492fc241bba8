//! Warning text: a consequence that the reader must know of before acting.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A warning with its mark.
    #[derive(Template)]
    #[template(path = "components/warning-text.html")]
    pub struct WarningText {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// What a screen reader says for the mark; *Warning* where nothing is given.
        pub icon_fallback_text: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(WarningText);

impl WarningText {
    /// A warning.
    pub fn new(content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { text, html, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
