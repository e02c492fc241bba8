//! Panel: a confirmation after something was done, or an interruption before something weighty.

use askama::Template;

use super::{Button, Content, Html, Text};
use crate::filters;

options! {
    /// A large panel with a title. It carries the heading of its page.
    #[derive(Template)]
    #[template(path = "components/panel.html")]
    pub struct Panel {
        /// Words of the title.
        pub title_text: Text,
        /// HTML instead of those words.
        pub title_html: Option<Html>,
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Level of the heading; 1 where nothing is given.
        pub heading_level: Option<u32>,
        /// What can be done on an interruption.
        pub actions: Option<PanelActions>,
        /// Further classes.
        pub classes: Text,
    }

    /// What can be done on an interruption.
    pub struct PanelActions {
        /// Buttons and links.
        pub items: Vec<PanelAction>,
        /// Further classes.
        pub classes: Text,
    }

    /// A button or a link.
    pub struct PanelAction {
        /// Words.
        pub text: Text,
        /// Where it leads; empty for a button.
        pub href: Text,
        /// `submit` for a button that sends the form, `button` for a link that looks like one.
        #[cfg_attr(feature = "fixtures", serde(rename = "type"))]
        pub kind: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(Panel);

impl Panel {
    /// It has worked: what, and the reference or date to keep.
    pub fn confirmation(title: impl Into<Text>, content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { title_text: title.into(), text, html, ..Self::default() }
    }

    /// Stop and read this before going on.
    pub fn interruption(
        title: impl Into<Text>,
        content: impl Into<Content>,
        actions: impl IntoIterator<Item = PanelAction>,
    ) -> Self {
        let actions = PanelActions { items: actions.into_iter().collect(), ..PanelActions::default() };
        Self {
            classes: "govuk-panel--interruption".into(),
            actions: Some(actions),
            ..Self::confirmation(title, content)
        }
    }

    fn is_interruption(&self) -> bool {
        self.classes.as_str().contains("govuk-panel--interruption")
    }

    fn actions_shown(&self) -> Option<&PanelActions> {
        self.actions.as_ref().filter(|_| self.is_interruption())
    }

    fn level(&self) -> u32 {
        self.heading_level.unwrap_or(1)
    }

    fn title(&self) -> Content {
        Content::of(&self.title_text, self.title_html.as_ref())
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl PanelAction {
    /// A button that sends the form around the panel.
    pub fn submit(text: impl Into<Text>) -> Self {
        Self { text: text.into(), kind: "submit".into(), ..Self::default() }
    }

    /// A link.
    pub fn link(text: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    fn button(&self) -> Option<Button> {
        let is_button = self.href.is_empty() || self.kind.as_str() == "button";
        is_button.then(|| Button {
            text: self.text.clone(),
            kind: if self.kind.is_empty() { "button".into() } else { self.kind.clone() },
            href: self.href.clone(),
            classes: format!("govuk-button--inverse {}", self.classes).trim().into(),
            ..Button::default()
        })
    }
}
