//! A group of fields with one question over them.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// Fields that belong together.
    #[derive(Template)]
    #[template(path = "components/fieldset.html")]
    pub struct Fieldset {
        /// The question.
        pub legend: Legend,
        /// What is inside.
        pub html: Option<Html>,
        /// Ids of what describes the group.
        pub described_by: Text,
        /// ARIA role, where it must differ.
        pub role: Text,
        /// Further classes.
        pub classes: Text,
    }

    /// The question over a group.
    pub struct Legend {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
        /// The question is the page's heading.
        pub is_page_heading: bool,
    }
}
is_html!(Fieldset);

impl Fieldset {
    /// A group with a question in the size of a label.
    pub fn new(question: impl Into<Text>) -> Self {
        let legend = Legend {
            text: question.into(),
            classes: "govuk-fieldset__legend--m".into(),
            ..Legend::default()
        };
        Self { legend, ..Self::default() }
    }

    /// A group whose question is the page's heading.
    pub fn heading(question: impl Into<Text>) -> Self {
        let legend = Legend {
            text: question.into(),
            classes: "govuk-fieldset__legend--l".into(),
            is_page_heading: true,
            html: None,
        };
        Self { legend, ..Self::default() }
    }

    /// Puts the fields in.
    pub fn around(self, html: impl Into<Html>) -> Self {
        Self { html: Some(html.into()), ..self }
    }

    fn content(&self) -> Content {
        Content::of(&Text::default(), self.html.as_ref())
    }
}

impl Legend {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl From<&str> for Fieldset {
    fn from(question: &str) -> Self {
        Self::new(question)
    }
}

impl From<String> for Fieldset {
    fn from(question: String) -> Self {
        Self::new(question)
    }
}
