//! Phase banner, under the header.

use askama::Template;

use super::{Content, Html, Tag, Text};
use crate::filters;

options! {
    /// A tag and a sentence about the service as a whole.
    #[derive(Template)]
    #[template(path = "components/phase-banner.html")]
    pub struct PhaseBanner {
        /// The tag.
        pub tag: Tag,
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(PhaseBanner);

impl PhaseBanner {
    /// A banner.
    pub fn new(tag: impl Into<Text>, content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { tag: Tag::new(tag), text, html, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }

    fn tag_here(&self) -> Tag {
        let classes = format!("govuk-phase-banner__content__tag {}", self.tag.classes);
        Tag { classes: classes.trim().into(), ..self.tag.clone() }
    }
}
