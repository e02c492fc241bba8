//! The choice of language, each in its own words.

use askama::Template;
use waymark_app::words::Lang;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// The languages in which a page can be read.
    #[derive(Template)]
    #[template(path = "components/language-navigation.html")]
    pub struct LanguageNavigation {
        /// The languages.
        pub items: Vec<Language>,
        /// Name of the landmark.
        pub aria_label: Option<Text>,
        /// Further classes.
        pub classes: Text,
    }

    /// One language.
    pub struct Language {
        /// Its name in itself.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// This page in that language; empty for the one that is shown.
        pub href: Text,
        /// Its code.
        pub lang: Text,
        /// Direction of its script.
        pub dir: Text,
        /// The one that is shown.
        pub current: bool,
        /// What a screen reader says besides, in that language.
        pub language_description_text: Text,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(LanguageNavigation);

impl LanguageNavigation {
    /// All our languages; `address` gives this page in another one.
    pub fn new(current: Lang, address: impl Fn(Lang) -> String) -> Self {
        let item = |lang: Lang| Language {
            text: lang.own_name().into(),
            href: if lang == current { Text::default() } else { address(lang).into() },
            lang: lang.code().into(),
            current: lang == current,
            ..Language::default()
        };
        Self { items: Lang::ALL.map(item).into(), ..Self::default() }
    }

    fn given_label(&self) -> Text {
        self.aria_label.clone().unwrap_or_default()
    }
}

impl Language {
    fn is_current(&self) -> bool {
        self.current || self.href.is_empty()
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
