//! What templates may write after a bar: texts in the reader's language, and attributes that leave themselves
//! out when empty.

#![expect(missing_docs, reason = "`filter_fn` turns each function into a struct with methods of its own")]
#![expect(clippy::inline_always, reason = "`filter_fn` writes it on those methods")]

use std::fmt;

use askama::filters::HtmlSafe;
use askama::{Result, Values};
use waymark_app::words::{self, Lang};

use crate::components::Text;

/// The name under which the language travels to every template and component of a page.
pub const LANG: &str = "lang";

/// The language a template is being rendered in.
pub fn lang(values: &dyn Values) -> Lang {
    askama::get_value::<Lang>(values, LANG).copied().unwrap_or_default()
}

/// `{{ "shell-back"|t }}`: the text of a key in the reader's language.
#[askama::filter_fn]
pub fn t(key: &str, values: &dyn Values) -> Result<String> {
    Ok(words::text(lang(values), key))
}

/// `{{ "shell-page"|t_with("number", number) }}`: a text with one variable.
#[askama::filter_fn]
pub fn t_with<V: ToString>(key: &str, values: &dyn Values, name: &'static str, value: V) -> Result<String> {
    Ok(words::text_with(lang(values), key, &[(name, value.to_string().into())]))
}

/// `{{ label|or_t("shell-back") }}`: what a page gave, or else the text of a key.
#[askama::filter_fn]
pub fn or_t<T: AsRef<Text>>(given: T, values: &dyn Values, key: &str) -> Result<String> {
    let given = given.as_ref();
    Ok(if given.is_empty() { words::text(lang(values), key) } else { given.to_string() })
}

/// `class="govuk-tag{{ classes|spaced }}"`: a space and the words, or nothing.
#[askama::filter_fn]
pub fn spaced(given: &Text, _: &dyn Values) -> Result<String> {
    Ok(if given.is_empty() { String::new() } else { format!(" {given}") })
}

/// `<p{{ id|attr("id") }}>`: the whole attribute, or nothing where the value is empty.
#[askama::filter_fn]
pub fn attr<V: AttributeValue>(value: V, _: &dyn Values, name: &'static str) -> Result<Attribute> {
    Ok(Attribute { name, written: value.written() })
}

/// What an attribute may be made of.
pub trait AttributeValue {
    /// Whether and how the attribute is written.
    fn written(&self) -> Written;
}

/// Whether and how an attribute is written.
#[derive(Debug)]
pub enum Written {
    /// Not at all.
    Not,
    /// Its name alone, such as `disabled`.
    Name,
    /// Its name and this value, which is escaped.
    Value(String),
}

impl<V: AttributeValue> AttributeValue for &V {
    fn written(&self) -> Written {
        (*self).written()
    }
}

/// Empty text is not written.
impl AttributeValue for Text {
    fn written(&self) -> Written {
        if self.is_empty() { Written::Not } else { Written::Value(self.to_string()) }
    }
}

/// Empty text is written where it was given, as the value of an empty field.
impl AttributeValue for Option<Text> {
    fn written(&self) -> Written {
        self.as_ref().map_or(Written::Not, |text| Written::Value(text.to_string()))
    }
}

impl AttributeValue for Option<u32> {
    fn written(&self) -> Written {
        self.map_or(Written::Not, |number| Written::Value(number.to_string()))
    }
}

/// An attribute that takes the words *true* and *false*, such as `spellcheck`.
impl AttributeValue for Option<bool> {
    fn written(&self) -> Written {
        self.map_or(Written::Not, |flag| Written::Value(flag.to_string()))
    }
}

/// An attribute whose presence is its value, such as `disabled`.
impl AttributeValue for bool {
    fn written(&self) -> Written {
        if *self { Written::Name } else { Written::Not }
    }
}

/// A space, a name of ours and an escaped value.
#[derive(Debug)]
pub struct Attribute {
    name: &'static str,
    written: Written,
}

impl HtmlSafe for Attribute {}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.written {
            Written::Not => Ok(()),
            Written::Name => write!(f, " {}", self.name),
            Written::Value(value) => {
                let Ok(value) = askama::filters::escape(value, askama::filters::Html);
                write!(f, " {}=\"{value}\"", self.name)
            }
        }
    }
}

/// `{% if "en"|is_not_lang %}`: whether the reader's language is another one.
#[askama::filter_fn]
pub fn is_not_lang(code: &str, values: &dyn Values) -> Result<bool> {
    Ok(lang(values).code() != code)
}
