//! HTML as a type. It comes from components and from literals in our own source; no function turns a `String`
//! into it, so what a person typed can only arrive as [`Text`] inside a component, which escapes it.

use std::fmt;
use std::sync::Arc;

use askama::filters::HtmlSafe;
use askama::{FastWritable, NO_VALUES, Template, Values};

use super::Text;

/// A struct whose template is HTML and escapes what it is given; `is_html!` declares one.
pub trait Component: Template + HtmlSafe + Send + Sync + 'static {}

/// A piece of a page that is written as it is.
///
/// A component inside is rendered together with the page, and so in the page's language.
///
/// ```compile_fail
/// let typed_by_someone = String::from("<script>");
/// let html = waymark_web::components::Html::literal(&typed_by_someone);
/// ```
#[derive(Clone)]
pub struct Html(Piece);

#[derive(Clone)]
enum Piece {
    Literal(&'static str),
    Component(Arc<dyn FastWritable + Send + Sync>),
    Several(Vec<Html>),
    #[cfg(feature = "fixtures")]
    Given(String),
}

impl Html {
    /// HTML of our own source.
    pub const fn literal(html: &'static str) -> Self {
        Self(Piece::Literal(html))
    }

    /// Pieces one after the other.
    pub fn several(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self(Piece::Several(pieces.into_iter().collect()))
    }

    /// Whether nothing will be written.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Piece::Literal(html) => html.is_empty(),
            Piece::Component(_) => false,
            Piece::Several(pieces) => pieces.iter().all(Self::is_empty),
            #[cfg(feature = "fixtures")]
            Piece::Given(html) => html.is_empty(),
        }
    }
}

impl<T: Component> From<T> for Html {
    fn from(component: T) -> Self {
        Self(Piece::Component(Arc::new(component)))
    }
}

impl HtmlSafe for Html {}

impl FastWritable for Html {
    fn write_into(&self, dest: &mut dyn fmt::Write, values: &dyn Values) -> askama::Result<()> {
        match &self.0 {
            Piece::Literal(html) => Ok(dest.write_str(html)?),
            Piece::Component(component) => component.write_into(dest, values),
            Piece::Several(pieces) => pieces.iter().try_for_each(|piece| piece.write_into(dest, values)),
            #[cfg(feature = "fixtures")]
            Piece::Given(html) => Ok(dest.write_str(html.trim())?),
        }
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_into(f, NO_VALUES).map_err(|_| fmt::Error)
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Html({self})")
    }
}

/// Only the examples of govuk-frontend may bring HTML as text, and only in tests.
#[cfg(feature = "fixtures")]
impl<'de> serde::Deserialize<'de> for Html {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|html| Self(Piece::Given(html)))
    }
}

/// What stands inside an element: text, which is escaped, or HTML.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text from anyone.
    Text(Text),
    /// HTML of ours.
    Html(Html),
}

impl Content {
    /// The two options under which govuk-frontend takes a content.
    pub(super) fn into_options(self) -> (Text, Option<Html>) {
        match self {
            Self::Text(text) => (text, None),
            Self::Html(html) => (Text::default(), Some(html)),
        }
    }

    /// The content of those two options; HTML wins, as it does in govuk-frontend.
    pub(super) fn of(text: &Text, html: Option<&Html>) -> Self {
        match html.filter(|html| !html.is_empty()) {
            Some(html) => Self::Html(html.clone()),
            None => Self::Text(text.clone()),
        }
    }

    /// Whether nothing will be written.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Html(html) => html.is_empty(),
        }
    }
}

impl HtmlSafe for Content {}

impl FastWritable for Content {
    fn write_into(&self, dest: &mut dyn fmt::Write, values: &dyn Values) -> askama::Result<()> {
        match self {
            Self::Text(text) => {
                Ok(write!(dest, "{}", askama::filters::escape(text, askama::filters::Html)?)?)
            }
            Self::Html(html) => html.write_into(dest, values),
        }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_into(f, NO_VALUES).map_err(|_| fmt::Error)
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Text> for Content {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<Html> for Content {
    fn from(html: Html) -> Self {
        Self::Html(html)
    }
}

impl<T: Component> From<T> for Content {
    fn from(component: T) -> Self {
        Self::Html(component.into())
    }
}

#[cfg(test)]
mod tests {
    use crate::components::{InsetText, Tag};

    #[test]
    fn text_inside_a_component_is_escaped_and_a_component_is_not() {
        let inset = InsetText::new("<b>&\"'");
        assert!(inset.to_string().contains("&#60;b&#62;&#38;&#34;&#39;"), "{inset}");
        let inset = InsetText::new(Tag::new("<i>"));
        assert!(inset.to_string().contains("<strong class=\"govuk-tag\">"), "{inset}");
        assert!(inset.to_string().contains("&#60;i&#62;"), "{inset}");
    }
}
