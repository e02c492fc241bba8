//! What a person wrote, in their own lines and marked with its language where that is not the page's.

use crate::components::{Content, Text};
use crate::filters;
use askama::Template;
use waymark_app::find::view::Said;
use waymark_app::words::Lang;
use waymark_domain::text::Language;

/// Lines of a person.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<span{{ lang|attr("lang") }}>{% for line in lines %}{% if !loop.first %}<br>{% endif %}{{ line }}{% endfor %}</span>"#,
    ext = "html"
)]
pub struct Lines {
    lines: Vec<Text>,
    lang: Text,
}
is_html!(Lines);

impl Lines {
    /// A text as it was typed, on a page in a language.
    pub fn new(body: &str, language: Language, page: Lang) -> Self {
        let lang = if language.code() == page.code() { "" } else { language.code() };
        Self { lines: body.lines().map(Text::from).collect(), lang: lang.into() }
    }

    /// Several texts under each other, each in the language of the first; one that was erased is said to be.
    pub fn of_all<'s>(all: impl Iterator<Item = Option<&'s Said>>, page: Lang) -> Content {
        let mut all = all.map(|said| said.and_then(|said| Some((said.body.as_deref()?, said.language))));
        let Some(Some((first, language))) = all.next() else { return Self::of(None, page) };
        let bodies: Vec<&str> = std::iter::once(first).chain(all.flatten().map(|(body, _)| body)).collect();
        Self::new(&bodies.join("\n\n"), language, page).into()
    }

    /// The same, or words that say that it was erased.
    pub fn of(said: Option<&Said>, page: Lang) -> Content {
        let body = said.and_then(|said| Some((said.body.as_deref()?, said.language)));
        match body {
            Some((body, language)) => Self::new(body, language, page).into(),
            None => waymark_app::words::text(page, "record-erased").into(),
        }
    }
}
