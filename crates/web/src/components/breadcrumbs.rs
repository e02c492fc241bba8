//! Breadcrumbs: where a page is in a structure of pages.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// The way from the start to this page.
    #[derive(Template)]
    #[template(path = "components/breadcrumbs.html")]
    pub struct Breadcrumbs {
        /// Steps, the widest first.
        pub items: Vec<Breadcrumb>,
        /// Further classes.
        pub classes: Text,
        /// Show only the first and the last step on a narrow screen.
        pub collapse_on_mobile: bool,
        /// Name of the landmark.
        pub label_text: Text,
    }

    /// One step of the way.
    pub struct Breadcrumb {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Where it leads; empty for the page itself.
        pub href: Text,
    }
}
is_html!(Breadcrumbs);

impl Breadcrumbs {
    /// Steps as pairs of words and address.
    pub fn new<T: Into<Text>, H: Into<Text>>(steps: impl IntoIterator<Item = (T, H)>) -> Self {
        let items = steps.into_iter().map(|(text, href)| Breadcrumb::new(text, href)).collect();
        Self { items, collapse_on_mobile: true, ..Self::default() }
    }
}

impl Breadcrumb {
    /// A step that leads somewhere.
    pub fn new(text: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self { text: text.into(), href: href.into(), html: None }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
