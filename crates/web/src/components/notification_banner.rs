//! Notification banner: what has just happened, or what must be known on this page.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// A banner over the heading.
    #[derive(Template)]
    #[template(path = "components/notification-banner.html")]
    pub struct NotificationBanner {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Title; *Success* or *Important* where nothing is given.
        pub title_text: Text,
        /// HTML instead of the title's words.
        pub title_html: Option<Html>,
        /// Level of the title's heading; 2 where nothing is given.
        pub title_heading_level: Option<u32>,
        /// Id of the title.
        pub title_id: Text,
        /// `success` or nothing.
        #[cfg_attr(feature = "fixtures", serde(rename = "type"))]
        pub kind: Text,
        /// ARIA role, where it must differ.
        pub role: Text,
        /// Leave the focus where it is.
        pub disable_auto_focus: Option<bool>,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(NotificationBanner);

impl NotificationBanner {
    /// What must be known.
    pub fn important(content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { text, html, ..Self::default() }
    }

    /// What has just worked.
    pub fn success(content: impl Into<Content>) -> Self {
        Self { kind: "success".into(), ..Self::important(content) }
    }

    fn is_success(&self) -> bool {
        self.kind.as_str() == "success"
    }

    fn role_or_usual(&self) -> &str {
        match (self.role.is_empty(), self.is_success()) {
            (false, _) => self.role.as_str(),
            (true, true) => "alert",
            (true, false) => "region",
        }
    }

    fn title_id_or_usual(&self) -> &str {
        if self.title_id.is_empty() { "govuk-notification-banner-title" } else { self.title_id.as_str() }
    }

    fn level(&self) -> u32 {
        self.title_heading_level.unwrap_or(2)
    }

    fn title(&self) -> Content {
        Content::of(&self.title_text, self.title_html.as_ref())
    }

    fn usual_title(&self) -> &'static str {
        if self.is_success() { "shell-success" } else { "shell-important" }
    }
}
