//! Tag: the state of something in a word or two.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A state. Its colour helps but its words say it.
    #[derive(Template)]
    #[template(path = "components/tag.html")]
    pub struct Tag {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(Tag);

impl Tag {
    /// A tag in the brand's colour.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A tag in a colour of govuk-frontend: `grey`, `green`, `teal`, `purple`, `magenta`, `red`, `orange`, `yellow`.
    pub fn coloured(text: impl Into<Text>, colour: &'static str) -> Self {
        Self { text: text.into(), classes: format!("govuk-tag--{colour}").into(), html: None }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
