//! What templates may write after a bar: texts in the reader's language, and attributes that leave themselves
//! out when empty.

#![expect(missing_docs, reason = "`filter_fn` turns each function into a struct with methods of its own")]

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
    Ok(Attribute { name, value: value.value() })
}

/// What an attribute may be made of.
pub trait AttributeValue {
    /// `None`: no attribute; `Some(None)`: its name alone; else name and value.
    fn value(&self) -> Option<Option<String>>;
}

impl<V: AttributeValue> AttributeValue for &V {
    fn value(&self) -> Option<Option<String>> {
        (*self).value()
    }
}

impl AttributeValue for Text {
    fn value(&self) -> Option<Option<String>> {
        (!self.is_empty()).then(|| Some(self.to_string()))
    }
}

impl AttributeValue for Option<Text> {
    fn value(&self) -> Option<Option<String>> {
        self.as_ref().map(|text| Some(text.to_string()))
    }
}

impl AttributeValue for Option<u32> {
    fn value(&self) -> Option<Option<String>> {
        self.map(|number| Some(number.to_string()))
    }
}

/// An attribute that takes the words *true* and *false*, such as `spellcheck`.
impl AttributeValue for Option<bool> {
    fn value(&self) -> Option<Option<String>> {
        self.map(|flag| Some(flag.to_string()))
    }
}

/// An attribute whose presence is its value, such as `disabled`.
impl AttributeValue for bool {
    fn value(&self) -> Option<Option<String>> {
        self.then_some(None)
    }
}

/// A space, a name of ours and an escaped value.
#[derive(Debug)]
pub struct Attribute {
    name: &'static str,
    value: Option<Option<String>>,
}

impl HtmlSafe for Attribute {}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            None => Ok(()),
            Some(None) => write!(f, " {}", self.name),
            Some(Some(value)) => {
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
