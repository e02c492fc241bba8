//! A link inside a cell, a row or a sentence.

use askama::Template;

use super::Text;
use crate::filters;

/// A link. Words that only a screen reader hears tell links of the same words apart.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/link.html")]
pub struct Link {
    /// Words.
    pub text: Text,
    /// Where it leads.
    pub href: Text,
    /// What a screen reader says after the words.
    pub visually_hidden_text: Text,
    /// Further classes.
    pub classes: Text,
}
is_html!(Link);

impl Link {
    /// A link.
    pub fn new(text: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    /// Tells it apart from others of the same words, for a screen reader.
    pub fn about(self, what: impl Into<Text>) -> Self {
        Self { visually_hidden_text: what.into(), ..self }
    }
}
