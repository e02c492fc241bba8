//! What a program reads when something was not done (RFC 9457), in the words of the pages.

use super::operation::Operation;
use super::people;
use super::shapes::Standing;
use crate::failure::{RETRY_SECONDS, kind, wait_seconds};
use crate::form::{FORM_BYTES, words};
use crate::pages::route::refused::refusal_words;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Error, FieldProblem};

/// The kind of a body that says what is wrong.
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// What is wrong, and how to mend it.
    pub detail: String,
    /// Where in the body, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which parameter of the query or header it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl Wrong {
    /// A value of the body.
    pub fn at(pointer: String, detail: String) -> Self {
        Self { detail, pointer: Some(pointer), parameter: None }
    }

    /// A parameter.
    pub fn of(parameter: &str, detail: String) -> Self {
        Self { detail, pointer: None, parameter: Some(parameter.to_owned()) }
    }
}

/// Why an operation was not done.
#[derive(Debug)]
pub enum Fault {
    /// A use case says so.
    Case(Error),
    /// A use case says that somebody was quicker; the record is as it stands now, where whoever asks may see it.
    Conflict(Option<Standing>),
    /// Values that are none of what the description asks for.
    Values(Vec<Wrong>),
    /// Anything else: a status and the name of its words.
    Bare(StatusCode, &'static str),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Case(error)
    }
}

/// A problem as it is sent.
#[derive(Debug, Serialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Wrong>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Standing>,
}

/// The names of the problems, each with its status: the human page of the API explains them one by one.
pub const NAMES: [(&str, StatusCode); 20] = [
    ("unreadable", StatusCode::BAD_REQUEST),
    ("key-missing", StatusCode::BAD_REQUEST),
    ("sign-in", StatusCode::UNAUTHORIZED),
    ("forbidden", StatusCode::FORBIDDEN),
    ("reason", StatusCode::FORBIDDEN),
    ("scope", StatusCode::FORBIDDEN),
    ("factor", StatusCode::FORBIDDEN),
    ("not-found", StatusCode::NOT_FOUND),
    ("method", StatusCode::METHOD_NOT_ALLOWED),
    ("not-acceptable", StatusCode::NOT_ACCEPTABLE),
    ("conflict", StatusCode::CONFLICT),
    ("too-large", StatusCode::PAYLOAD_TOO_LARGE),
    ("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ("invalid", StatusCode::UNPROCESSABLE_ENTITY),
    ("refused", StatusCode::UNPROCESSABLE_ENTITY),
    ("key-reused", StatusCode::UNPROCESSABLE_ENTITY),
    ("too-many", StatusCode::TOO_MANY_REQUESTS),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR),
    ("unavailable", StatusCode::SERVICE_UNAVAILABLE),
    ("full", StatusCode::SERVICE_UNAVAILABLE),
];

impl Fault {
    /// The answer to whoever asked, in a language.
    pub fn answer(self, lang: Lang, op: Option<&Operation>) -> Response {
        let (status, name) = self.status();
        let problem = Problem {
            kind: format!("{}#{name}", Route::Api),
            title: title(lang, name),
            status: status.as_u16(),
            detail: detail(lang, name),
            errors: Vec::new(),
            current: None,
        };
        let wait = match &self {
            Self::Case(error) => wait_seconds(error),
            Self::Bare(StatusCode::SERVICE_UNAVAILABLE, _) => Some(RETRY_SECONDS),
            _ => None,
        };
        let mut response = answered(&self.told(problem, (lang, op)), lang);
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        authenticate(&mut response, name);
        response
    }

    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            // As the pages have it: their form is shown again with what the rule says.
            Self::Case(Error::Refused(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
            Self::Case(error) => kind(error),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::Values(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Bare(status, name) => (*status, name),
        }
    }

    /// The problem with what is known besides its name.
    fn told(self, problem: Problem, (lang, op): (Lang, Option<&Operation>)) -> Problem {
        match self {
            Self::Case(Error::Invalid(problems)) => {
                Problem { errors: problems.iter().map(|one| wrong(lang, op, one)).collect(), ..problem }
            }
            Self::Case(Error::Refused(refusal)) => {
                let (field, detail) = refusal_words(lang, refusal);
                let errors = field.map(|field| Wrong::at(pointer(op, field), detail.clone()));
                Problem { errors: errors.into_iter().collect(), detail, ..problem }
            }
            Self::Values(errors) => Problem { errors, ..problem },
            Self::Conflict(current) => Problem { current, ..problem },
            Self::Case(_) | Self::Bare(..) => problem,
        }
    }
}

/// The title of a problem: the page's own where it has one.
pub fn title(lang: Lang, name: &str) -> String {
    text(lang, &own(name, "title"))
}

/// What a problem says.
pub fn detail(lang: Lang, name: &str) -> String {
    text_with(lang, &own(name, "detail"), &[("limit", (FORM_BYTES / 1024).into())])
}

fn own(name: &str, what: &str) -> String {
    format!("api-problem-{name}-{what}")
}

fn wrong(lang: Lang, op: Option<&Operation>, problem: &FieldProblem) -> Wrong {
    Wrong::at(pointer(op, problem.field), words(lang, problem))
}

/// Where in the body the field of a form is.
fn pointer(op: Option<&Operation>, field: &str) -> String {
    let inputs = op.and_then(|op| op.body.as_ref()).into_iter().flatten();
    // A place is asked for by its name on the page, and by its id here.
    let field = if field == "where" { "at" } else { field };
    let own = inputs.into_iter().find(|input| input.form == field);
    own.map(|input| format!("/{}", input.name)).or_else(|| people::pointer(field)).unwrap_or_default()
}

fn answered(problem: &Problem, lang: Lang) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_string(problem).unwrap_or_default();
    let headers = [(CONTENT_TYPE, PROBLEM_TYPE), (CONTENT_LANGUAGE, lang.code())];
    (status, headers, body).into_response()
}

/// How one says who one is (RFC 6750), where that is what is missing.
fn authenticate(response: &mut Response, name: &str) {
    let challenge = match name {
        "sign-in" => "Bearer realm=\"Waymark\"",
        "scope" => "Bearer realm=\"Waymark\", error=\"insufficient_scope\", scope=\"write\"",
        _ => return,
    };
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
}
