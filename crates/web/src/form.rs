//! A form as it was sent: what was typed stays, whatever was wrong with it.

use crate::layout::Layout;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
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

    /// A form from the fields of a draft.
    pub fn of(values: BTreeMap<String, Vec<String>>) -> Self {
        Self { values }
    }
}

/// The hidden field of the token.
pub const TOKEN: &str = "token";

/// A token for a form that is about to be shown.
pub fn new_token(env: &Env) -> String {
    env.secret()
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let sent = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        let axum::Form(pairs) = sent.map_err(IntoResponse::into_response)?;
        if pairs.len() > FIELDS {
            return Err(StatusCode::UNPROCESSABLE_ENTITY.into_response());
        }
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        Ok(Self { values })
    }
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
