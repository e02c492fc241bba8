//! The message beside a field that has a problem.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// What is wrong and how to put it right.
    #[derive(Template)]
    #[template(path = "components/error-message.html")]
    pub struct ErrorMessage {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Id, to which the field points.
        pub id: Text,
        /// Further classes.
        pub classes: Text,
        /// What a screen reader says first; *Error* where nothing is given, nothing where it is empty.
        pub visually_hidden_text: Option<Text>,
    }
}
is_html!(ErrorMessage);

impl ErrorMessage {
    /// A message.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }

    fn is_announced(&self) -> bool {
        self.visually_hidden_text.as_ref().is_none_or(|text| !text.is_empty())
    }

    fn announcement(&self) -> Text {
        self.visually_hidden_text.clone().unwrap_or_default()
    }
}
