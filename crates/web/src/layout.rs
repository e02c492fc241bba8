//! The shell around every page: header, navigation, choice of language, summary of errors, footer.
//!
//! A page is a struct with a field `layout: Layout` and a template that begins with
//! `{% extends "layout.html" %}` and fills the block `content`; [`Layout`]'s own words come from the
//! translations, in the language in which the page is rendered ([`crate::page::render`]).

use waymark_app::words::{self, Lang};

use crate::assets;
use crate::components::{
    BackLink, ErrorSummary, GenericHeader, Html, LanguageNavigation, NavigationItem, ServiceNavigation,
    SkipLink, Text,
};

/// The one line of script inside a page: it marks the body for the style sheet before anything is drawn. Its hash
/// is in the content security policy, so it must be written byte for byte.
pub const BODY_SCRIPT: &str = "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

/// Our mark beside the service's name.
const MARK: Html = Html::literal(
    r##"<svg class="wm-mark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path fill="currentColor" d="M15 3h2v26h-2z"/><path fill="#e8a33d" d="M6 6h16l4 4-4 4H6z"/><path fill="currentColor" d="M26 17H10l-4 4 4 4h16z"/></svg>"##,
);

/// What the shell needs to know about a page and its reader.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// What the page is, for the title and the heading; in the reader's language.
    pub title: Text,
    /// Name of the service; *Waymark* where the body has not chosen another.
    pub service_name: Text,
    /// The reader's language.
    pub lang: Lang,
    /// Path and query of this page, from which the address in another language is made.
    pub address: String,
    /// Sections of the service that the reader may open.
    pub navigation: Vec<NavigationItem>,
    /// Who is signed in; empty where nobody is.
    pub signed_in_as: Text,
    /// After how many minutes without a press the reader is signed out, where that is soon enough to be warned.
    pub idle_minutes: Option<i64>,
    /// A made-up installation, which says so on every page.
    pub is_demonstration: bool,
    /// Problems of what was sent: id of the field and words, in the order of the fields.
    pub problems: Vec<(String, String)>,
    /// The page before, for a back link.
    pub back: Text,
}

impl Layout {
    /// The shell of a page in a language.
    pub fn new(lang: Lang, title: impl Into<Text>) -> Self {
        Self { title: title.into(), lang, ..Self::default() }
    }

    /// The page's address, for the choice of language.
    pub fn at(self, address: impl Into<String>) -> Self {
        Self { address: address.into(), ..self }
    }

    /// Adds a back link.
    pub fn back(self, href: impl Into<Text>) -> Self {
        Self { back: href.into(), ..self }
    }

    /// Adds the problems of what was sent.
    pub fn problems(self, problems: Vec<(String, String)>) -> Self {
        Self { problems, ..self }
    }

    /// The problem of a field, to be shown beside it.
    pub fn problem(&self, id: &str) -> Option<&str> {
        self.problems.iter().find(|(field, _)| field == id).map(|(_, words)| words.as_str())
    }

    /// The whole title: *Error:* where there is a problem, the page, the service.
    pub fn full_title(&self) -> String {
        let page = [("page", self.title.as_str().into()), ("service", self.service().into())];
        let title = words::text_with(self.lang, "shell-title", &page);
        if self.problems.is_empty() {
            title
        } else {
            words::text_with(self.lang, "shell-title-error", &[("title", title.into())])
        }
    }

    fn service(&self) -> String {
        if self.service_name.is_empty() {
            words::text(self.lang, "shell-service")
        } else {
            self.service_name.to_string()
        }
    }

    /// When the reader is signed out, for whom no script warns.
    pub fn idle_note(&self) -> Option<String> {
        let note =
            |minutes: i64| words::text_with(self.lang, "still-there-note", &[("minutes", minutes.into())]);
        self.idle_minutes.map(note)
    }

    /// The skip link.
    pub fn skip_link(&self) -> SkipLink {
        SkipLink::new(words::text(self.lang, "shell-skip"), "#main-content")
    }

    /// The header with mark and name.
    pub fn header(&self) -> GenericHeader {
        GenericHeader::new(Html::several([MARK, Html::from(Name { name: self.service().into() })]))
    }

    /// The sections, or `None` where the reader may open none.
    pub fn sections(&self) -> Option<ServiceNavigation> {
        let navigation = ServiceNavigation::new(self.navigation.iter().cloned());
        (!self.navigation.is_empty()).then_some(navigation)
    }

    /// The back link.
    pub fn back_link(&self) -> BackLink {
        BackLink::new(self.back.as_str())
    }

    /// The choice of language.
    pub fn languages(&self) -> LanguageNavigation {
        LanguageNavigation::new(self.lang, |lang| in_language(&self.address, lang))
    }

    /// The summary of errors, or `None` where there is no problem.
    pub fn error_summary(&self) -> Option<ErrorSummary> {
        let problems = self.problems.iter().map(|(id, words)| (id, words));
        (!self.problems.is_empty()).then(|| ErrorSummary::new(problems))
    }

    /// Path of the style sheet.
    pub fn style_path(&self) -> &'static str {
        assets::style_path()
    }

    /// Path of the script.
    pub fn script_path(&self) -> &'static str {
        assets::script_path()
    }

    /// Path of the icon.
    pub fn icon_path(&self) -> &'static str {
        assets::icon_path()
    }

    /// The line that marks the body.
    pub fn body_script(&self) -> Html {
        Html::literal(BODY_SCRIPT)
    }
}

/// The service's name after the mark.
#[derive(Clone, Debug, askama::Template)]
#[template(source = "<span>{{ name }}</span>", ext = "html")]
struct Name {
    name: Text,
}
is_html!(Name);

/// An address with `lang` set to another language and everything else as it was.
fn in_language(address: &str, lang: Lang) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let rest = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let mut pairs: Vec<String> = rest.map(str::to_owned).collect();
    pairs.push(format!("lang={}", lang.code()));
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_first_that_there_is_an_error() {
        let layout = Layout::new(Lang::En, "Sign in");
        assert_eq!(layout.full_title(), "Sign in - Waymark");
        let layout = layout.problems(vec![("mail".into(), "Enter an address".into())]);
        assert_eq!(layout.full_title(), "Error: Sign in - Waymark");
        assert_eq!(layout.problem("mail"), Some("Enter an address"));
        assert_eq!(layout.problem("name"), None);
    }

    #[test]
    fn another_language_keeps_the_rest_of_the_address() {
        assert_eq!(in_language("/search", Lang::Cy), "/search?lang=cy");
        assert_eq!(in_language("/search?q=a%26b&lang=en&page=2", Lang::Cy), "/search?q=a%26b&page=2&lang=cy");
    }
}
