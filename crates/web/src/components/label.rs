//! The label of a field.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// What a field asks for.
    #[derive(Template)]
    #[template(path = "components/label.html")]
    pub struct Label {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Id of the field; components set it themselves.
        #[cfg_attr(feature = "fixtures", serde(rename = "for"))]
        pub field: Text,
        /// Further classes.
        pub classes: Text,
        /// The label is the page's heading.
        pub is_page_heading: bool,
    }
}
is_html!(Label);

impl Label {
    /// A label.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A label that is the page's heading too, for a page with one question.
    pub fn heading(text: impl Into<Text>) -> Self {
        Self { text: text.into(), classes: "govuk-label--l".into(), is_page_heading: true, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
