//! A form as it was sent: what was typed stays, whatever was wrong with it.

use crate::layers::signed_out::Sent;
use crate::layout::Layout;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode;
use std::collections::BTreeMap;
use waymark_app::words::{Lang, is_known, text, text_with};
use waymark_app::{Env, Error, FieldProblem, Wrong};
use waymark_domain::text::Problem;

/// The most bytes of a form that carries only words.
pub const FORM_BYTES: usize = 256 * 1024;
/// The most fields of one form.
const FIELDS: usize = 500;

/// What was sent, by field; a field sent twice keeps all its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
}

impl Form {
    /// A form as the page first shows it.
    pub fn filled<const N: usize>(values: [(&str, String); N]) -> Self {
        Self { values: values.into_iter().map(|(name, value)| (name.to_owned(), vec![value])).collect() }
    }

    /// What was typed into a field; empty where nothing was.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a field: boxes that were ticked.
    pub fn all(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// Puts a value in place of what a field had.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.values.insert(field.to_owned(), vec![value.into()]);
    }

    /// The token that makes sending twice do nothing twice.
    pub fn token(&self) -> &str {
        self.value(TOKEN)
    }

    /// Every field with its values, for a draft.
    pub fn fields(&self) -> &BTreeMap<String, Vec<String>> {
        &self.values
    }

    /// Every field with each of its values, as they are sent.
    pub fn pairs(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let each = |(name, values): (&String, &Vec<String>)| {
            values.iter().map(|value| (name.clone(), value.clone())).collect::<Vec<_>>()
        };
        self.values.iter().flat_map(each)
    }

    /// The words that were typed, for copying: without passwords, and what nobody sees.
    pub fn words(&self) -> Vec<String> {
        let is_seen = |name: &str| !UNSEEN.contains(&name) && !is_secret(name);
        let typed =
            self.pairs().filter(|(name, value)| is_seen(name) && value.chars().any(char::is_alphabetic));
        typed.map(|(_, value)| value).filter(|value| value.parse::<uuid::Uuid>().is_err()).collect()
    }

    /// A form from the fields of a draft.
    pub fn of(values: BTreeMap<String, Vec<String>>) -> Self {
        Self { values }
    }
}

/// The kind of a body that a form sends.
const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// The hidden field of the token.
pub const TOKEN: &str = "token";

/// Fields whose values are chosen rather than typed.
const UNSEEN: [&str; 12] = [
    TOKEN, "version", "answer", "meeting", "sure", "reason", "to", "who", "again", "origin", "role", "level",
];

/// Is it a password? It is shown on no page and kept in no field.
pub fn is_secret(name: &str) -> bool {
    name.ends_with("password")
}

/// A token for a form that is about to be shown.
pub fn new_token(env: &Env) -> String {
    env.secret()
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    /// What cannot be read is refused with a bare status: `layers::refused` makes the page of it.
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
        let is_form = kind.starts_with(FORM_TYPE.as_bytes());
        let sent = request.extensions().get::<Sent>().cloned();
        let body = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        if !is_form && !body.is_empty() {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let form = Self::read(&body).ok_or_else(|| StatusCode::BAD_REQUEST.into_response())?;
        if let Some(sent) = sent {
            sent.keep(&form);
        }
        Ok(form)
    }
}

impl Form {
    /// The fields of a body, or nothing where it is not one that a page of ours sends: an escape that is broken, letters
    /// that are none, too many fields. They are not guessed at: a guess would be kept as if it had been typed.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, pair) in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).enumerate() {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
            values.entry(decoded(name)?).or_default().push(decoded(value)?);
            if place == FIELDS {
                return None;
            }
        }
        Some(Self { values })
    }
}

/// A name or a value as it was typed.
fn decoded(part: &[u8]) -> Option<String> {
    let is_escape =
        |at: usize| part.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let is_whole = part.iter().enumerate().all(|(at, byte)| *byte != b'%' || is_escape(at));
    let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let text = percent_decode(&spaced).decode_utf8().ok().filter(|_| is_whole)?;
    Some(text.into_owned())
}

/// The words for what is wrong with one field: a form's own key, for what is missing `missing-<field>`, else the general
/// ones.
pub fn words(lang: Lang, problem: &FieldProblem) -> String {
    match problem.problem {
        Wrong::Key(key) => text(lang, key),
        Wrong::Text(Problem::Empty) => missing(lang, problem.field),
        Wrong::Text(Problem::TooLong(limit)) => {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            text_with(lang, "problem-too-long", &[("limit", waymark_app::words::number(lang, limit).into())])
        }
        Wrong::Text(Problem::ControlCharacter) => text(lang, "problem-control-character"),
        Wrong::Text(Problem::Malformed) => text(lang, "problem-malformed"),
    }
}

/// What is missing, by name: several links that say *fill this in* tell nobody which field is meant.
fn missing(lang: Lang, field: &str) -> String {
    let own = format!("missing-{field}");
    text(lang, if is_known(&own) { &own } else { "problem-empty" })
}

/// The problems of a form for the shell's summary and the fields, where the error is one of what was typed.
pub fn problems(lang: Lang, error: &Error) -> Option<Vec<(String, String)>> {
    let Error::Invalid(problems) = error else { return None };
    Some(problems.iter().map(|problem| (problem.field.to_owned(), words(lang, problem))).collect())
}

impl Layout {
    /// Adds what an error says of the fields.
    pub fn with_error(self, error: Option<&Error>) -> Self {
        let problems = error.and_then(|error| problems(self.lang, error)).unwrap_or_default();
        self.problems(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(body: &str) -> Option<String> {
        Form::read(body.as_bytes()).map(|form| form.value("a").to_owned())
    }

    #[test]
    fn what_a_browser_sends_is_read_as_it_was_typed() {
        assert_eq!(value("a=1%2B1+%C5%B5%26&b=").as_deref(), Some("1+1 ŵ&"));
        assert_eq!(value("a").as_deref(), Some(""));
        assert_eq!(value("").as_deref(), Some(""));
        assert_eq!(value("a=%00").as_deref(), Some("\0"));
        let form = Form::read(b"a=1&a=2").expect("a form");
        assert_eq!(form.all("a"), ["1", "2"]);
    }

    #[test]
    fn letters_that_are_none_and_broken_escapes_are_not_guessed_at() {
        for bad in ["a=%zz", "a=%", "a=%4", "a=100%", "a=%FF", "%FF=a", "a=%C5"] {
            assert_eq!(value(bad), None, "{bad}");
        }
        assert_eq!(Form::read(b"a=\xFF"), None);
    }

    #[test]
    fn so_many_fields_are_read_and_one_more_is_not() {
        let fields = |count: usize| vec!["a=1"; count].join("&");
        assert!(Form::read(fields(FIELDS).as_bytes()).is_some());
        assert!(Form::read(fields(FIELDS + 1).as_bytes()).is_none());
    }
}
