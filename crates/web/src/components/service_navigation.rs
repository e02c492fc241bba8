//! Service navigation: the sections of the service under the header.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// Name of the service and links to its sections.
    #[derive(Template)]
    #[template(path = "components/service-navigation.html")]
    pub struct ServiceNavigation {
        /// Name of the service; empty where the header has it.
        pub service_name: Text,
        /// Where the name leads.
        pub service_url: Text,
        /// The sections.
        pub navigation: Vec<NavigationItem>,
        /// Fold the sections behind a button on a narrow screen; true where there are several.
        pub collapse_navigation_on_mobile: Option<bool>,
        /// Words of that button.
        pub menu_button_text: Text,
        /// What a screen reader says for that button.
        pub menu_button_label: Text,
        /// Name of the landmark of the sections.
        pub navigation_label: Text,
        /// Id of the list.
        pub navigation_id: Text,
        /// Further classes of the landmark.
        pub navigation_classes: Text,
        /// Name of the landmark around all.
        pub aria_label: Text,
        /// Further classes.
        pub classes: Text,
    }

    /// A section.
    pub struct NavigationItem {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Where it leads.
        pub href: Text,
        /// The page that is shown.
        pub current: bool,
        /// The section of the page that is shown.
        pub active: bool,
    }
}
is_html!(ServiceNavigation);

impl ServiceNavigation {
    /// Links to sections.
    pub fn new(navigation: impl IntoIterator<Item = NavigationItem>) -> Self {
        Self { navigation: navigation.into_iter().collect(), ..Self::default() }
    }

    fn is_collapsing(&self) -> bool {
        self.collapse_navigation_on_mobile.unwrap_or(self.navigation.len() > 1)
    }

    fn id_or_usual(&self) -> &str {
        if self.navigation_id.is_empty() { "navigation" } else { self.navigation_id.as_str() }
    }

    /// The landmark is named like its button, unless a page names it.
    fn landmark(&self) -> &Text {
        if self.navigation_label.is_empty() { &self.menu_button_text } else { &self.navigation_label }
    }

    fn button_label(&self) -> Text {
        let is_other = self.menu_button_label != self.menu_button_text;
        if is_other { self.menu_button_label.clone() } else { Text::default() }
    }
}

impl NavigationItem {
    /// A section; `active` where the page shown belongs to it.
    pub fn new(text: impl Into<Text>, href: impl Into<Text>, active: bool) -> Self {
        Self { text: text.into(), href: href.into(), active, ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }

    fn is_marked(&self) -> bool {
        self.active || self.current
    }

    fn aria_current(&self) -> Text {
        match (self.current, self.active) {
            (true, _) => "page".into(),
            (false, true) => "true".into(),
            (false, false) => Text::default(),
        }
    }
}
