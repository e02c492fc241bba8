//! Button. A page has at most one main button; others are secondary or links.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A button, or a link that looks like one where `href` is given.
    #[derive(Template)]
    #[template(path = "components/button.html")]
    pub struct Button {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Where it leads; empty for a real button.
        pub href: Text,
        /// Name of the field that it sends.
        pub name: Text,
        /// Value of that field.
        pub value: Text,
        /// `submit` where nothing is given.
        #[cfg_attr(feature = "fixtures", serde(rename = "type"))]
        pub kind: Text,
        /// Further classes.
        pub classes: Text,
        /// Id.
        pub id: Text,
        /// Not to be pressed. Say in words why; better, do not show it.
        pub disabled: bool,
        /// Ignore a second click within a second.
        pub prevent_double_click: Option<bool>,
        /// With an arrow, for the first page of a service.
        pub is_start_button: bool,
    }
}
is_html!(Button);

impl Button {
    /// The main button of a page. A second click within a second does nothing.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), prevent_double_click: Some(true), ..Self::default() }
    }

    /// A button for what is not the page's purpose.
    pub fn secondary(text: impl Into<Text>) -> Self {
        Self { classes: "govuk-button--secondary".into(), ..Self::new(text) }
    }

    /// A button for what cannot be undone.
    pub fn warning(text: impl Into<Text>) -> Self {
        Self { classes: "govuk-button--warning".into(), ..Self::new(text) }
    }

    /// A link that looks like a main button.
    pub fn link(text: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    /// Sends this field too, so that a form with two buttons knows which was pressed.
    pub fn sends(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.name = name.into();
        self.value = value.into();
        self
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }

    fn type_or_submit(&self) -> &str {
        if self.kind.is_empty() { "submit" } else { self.kind.as_str() }
    }
}
