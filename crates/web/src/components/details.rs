//! Words that only some readers need, folded away.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A summary that opens. Never for what everyone must read.
    #[derive(Template)]
    #[template(path = "components/details.html")]
    pub struct Details {
        /// Words of the summary.
        pub summary_text: Text,
        /// HTML instead of those words.
        pub summary_html: Option<Html>,
        /// Words inside.
        pub text: Text,
        /// HTML inside.
        pub html: Option<Html>,
        /// Id.
        pub id: Text,
        /// Open from the start.
        pub open: bool,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(Details);

impl Details {
    /// Closed details.
    pub fn new(summary: impl Into<Text>, content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { summary_text: summary.into(), text, html, ..Self::default() }
    }

    fn summary(&self) -> Content {
        Content::of(&self.summary_text, self.summary_html.as_ref())
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
