//! How every operation is run: who calls, what was sent, do it, answer.

use super::caller::{known, language, takes_json};
use super::input::Input;
use super::operation::Operation;
use super::problem::{Fault, Wrong};
use super::{key, read, write};
use crate::form::Form;
use crate::visitor::{App, Visitor};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, FromRequestParts as _, Path, Request};
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use waymark_app::people::pace::Whose;
use waymark_app::words::{Lang, text};
use waymark_app::{Ctx, Error};

/// A call as it was sent.
#[derive(Debug)]
pub struct Call<'o> {
    /// Which operation.
    pub op: &'o Operation,
    /// What varies in the path.
    pub path: BTreeMap<String, String>,
    /// The query.
    pub query: BTreeMap<&'static str, String>,
    /// The body, as the form of the page would have it.
    pub form: Form,
    /// The body as it was sent.
    pub sent: Value,
}

impl Call<'_> {
    /// What varies in the path; empty where it does not.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A value of the query.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

/// What an operation answers when it is done.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: String,
    /// In which language its sentences are.
    pub lang: Lang,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let language = HeaderValue::from_static(self.lang.code());
        let json = HeaderValue::from_static("application/json");
        (self.status, [(CONTENT_TYPE, json), (CONTENT_LANGUAGE, language)], self.body).into_response()
    }
}

/// Runs an operation.
pub async fn run(app: App, op: &Operation, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    // No other site can have a browser act here: what browsers send by themselves is not looked at.
    parts.headers.remove(COOKIE);
    let Ok(mut visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let done = answer(op, &mut visitor, (parts, body)).await;
    match done {
        Ok(answer) => answer.into_response(),
        Err(fault) => {
            if let Fault::Case(error) = &fault {
                crate::failure::note(&visitor, error);
            }
            fault.answer(visitor.lang, Some(op))
        }
    }
}

async fn answer(
    op: &Operation,
    visitor: &mut Visitor,
    (mut parts, body): (Parts, Body),
) -> Result<Answer, Fault> {
    takes_json(&parts.headers)?;
    let path = path(&mut parts).await?;
    let env = Arc::clone(&visitor.env);
    let (ctx, bearer) = known(&env, &parts.headers, op.scope).await?;
    visitor.asker.found(bearer.account);
    env.paces.take(Whose::Program(bearer.account), ctx.now)?;
    visitor.lang = language(visitor.lang, &parts.headers, &bearer);
    let query = query(op, (parts.uri.query().unwrap_or_default(), visitor.lang))?;
    let mut call = Call { op, path, query, form: Form::default(), sent: Value::Null };
    if op.body.is_none() {
        return read::read(visitor, &call, (ctx.in_language(visitor.lang), &bearer)).await;
    }
    // Given back while the body comes in, however slowly.
    let actor = ctx.actor;
    drop(ctx);
    let key = key::of(op, &parts.headers, visitor.lang);
    fill(&mut call, (parts, body), visitor.lang).await?;
    if op.is_act() {
        return write::write(visitor, &call, (actor, &key?)).await;
    }
    let ctx = Ctx::read(&env, actor).await?.in_language(visitor.lang);
    read::read(visitor, &call, (ctx, &bearer)).await
}

/// What varies in the path. What is none is not there.
async fn path(parts: &mut Parts) -> Result<BTreeMap<String, String>, Fault> {
    let path = Path::<BTreeMap<String, String>>::from_request_parts(parts, &()).await;
    Ok(path.map_err(|_| Error::NotFound)?.0)
}

/// The query. A program that mistypes a filter would take all for what it asked for, so what means nothing is refused.
fn query(op: &Operation, (query, lang): (&str, Lang)) -> Result<BTreeMap<&'static str, String>, Fault> {
    let sent = Form::read(query.as_bytes()).ok_or(Fault::Bare(StatusCode::BAD_REQUEST, "unreadable"))?;
    let (mut values, mut wrong) = (BTreeMap::new(), Vec::new());
    for (name, all) in sent.fields() {
        let input = op.query.iter().find(|input| input.name == name.as_str());
        let value = input.zip(all.first().filter(|_| all.len() == 1));
        match value.and_then(|(input, value)| Some((input.name, input.read(value)?))) {
            Some((name, value)) => drop(values.insert(name, value)),
            None => wrong.push(Wrong::of(name, text(lang, input.map_or("api-wrong-field", Input::wrong)))),
        }
    }
    if wrong.is_empty() { Ok(values) } else { Err(Fault::Values(wrong)) }
}

/// Reads the body into the call.
async fn fill(call: &mut Call<'_>, (parts, body): (Parts, Body), lang: Lang) -> Result<(), Fault> {
    let is_json = is_json(&parts.headers);
    let body = Bytes::from_request(Request::from_parts(parts, body), &()).await;
    let body = body.map_err(|refused| match refused.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::Bare(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        _ => Fault::Bare(StatusCode::BAD_REQUEST, "unreadable"),
    })?;
    if !is_json {
        return Err(Fault::Bare(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"));
    }
    let unreadable = |_| Fault::Bare(StatusCode::BAD_REQUEST, "unreadable");
    call.sent = serde_json::from_slice(&body).map_err(unreadable)?;
    call.form = form(call.op, &call.sent, lang)?;
    Ok(())
}

/// Is the body said to be JSON?
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// The body as the form of the page, with everything told at once that is of another kind than it should be.
fn form(op: &Operation, sent: &Value, lang: Lang) -> Result<Form, Fault> {
    let Some(fields) = sent.as_object() else {
        return Err(Fault::Values(vec![Wrong::at(String::new(), text(lang, "api-wrong-object"))]));
    };
    let (mut form, mut wrong) = (Form::default(), Vec::new());
    for (name, value) in fields {
        let input = op.body.iter().flatten().find(|input| input.name == name.as_str());
        let put = input.map_or(Err("api-wrong-field"), |input| input.put(value, &mut form));
        if let Err(key) = put {
            wrong.push(Wrong::at(pointer(name), text(lang, key)));
        }
    }
    if wrong.is_empty() { Ok(form) } else { Err(Fault::Values(wrong)) }
}

/// A name as a JSON pointer (RFC 6901).
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
