//! The box at the top of a page that is shown again with problems.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// All problems of a page, each a link to its field.
    #[derive(Template)]
    #[template(path = "components/error-summary.html")]
    pub struct ErrorSummary {
        /// Title; *There is a problem* where nothing is given to [`ErrorSummary::new`].
        pub title_text: Text,
        /// HTML instead of the title's words.
        pub title_html: Option<Html>,
        /// A sentence under the title.
        pub description_text: Text,
        /// HTML instead of that sentence.
        pub description_html: Option<Html>,
        /// The problems, in the order of the fields.
        pub error_list: Vec<ErrorSummaryItem>,
        /// Leave the focus where it is.
        pub disable_auto_focus: Option<bool>,
        /// Further classes.
        pub classes: Text,
    }

    /// One problem.
    pub struct ErrorSummaryItem {
        /// Words, the same as beside the field.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// `#` and the id of the field.
        pub href: Text,
    }
}
is_html!(ErrorSummary);

impl ErrorSummary {
    /// Problems as pairs of the field's id and words.
    pub fn new<I: Into<Text>, T: Into<Text>>(problems: impl IntoIterator<Item = (I, T)>) -> Self {
        let item = |(id, text): (I, T)| ErrorSummaryItem {
            href: format!("#{}", id.into()).into(),
            text: text.into(),
            html: None,
        };
        Self { error_list: problems.into_iter().map(item).collect(), ..Self::default() }
    }

    fn title(&self) -> Content {
        Content::of(&self.title_text, self.title_html.as_ref())
    }

    fn description(&self) -> Content {
        Content::of(&self.description_text, self.description_html.as_ref())
    }
}

impl ErrorSummaryItem {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
