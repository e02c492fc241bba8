//! The session has ended while somebody was typing, or has yet to show the second factor, or somebody has yet to say why they
//! open a record: whatever form it was, everything typed stays on a page of its own until its reader has done that elsewhere
//! and sends it again.

use super::overload::copy;
use crate::failure::urlencoded;
use crate::filters;
use crate::form::{Form, is_secret};
use crate::layout::Layout;
use crate::page;
use crate::visitor::{App, Visitor};
use askama::Template;
use axum::extract::{FromRequestParts as _, MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::{Arc, OnceLock};
use waymark_app::Error;
use waymark_app::people::session::Me;
use waymark_app::routes::{ALL, Route};
use waymark_domain::reference::Reference;

/// On an answer that sends its reader elsewhere first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// To sign in.
    SignIn,
    /// To show the second factor.
    Code,
    /// To set one up.
    SetUp,
    /// To say why they open a record.
    Reason(Reference),
}

impl Kept {
    /// Where an error sends its reader, if anywhere.
    pub fn of(error: &Error, me: Option<&Me>) -> Option<Self> {
        match error {
            Error::SignInFirst => Some(Self::SignIn),
            Error::SecondFactor if me.is_some_and(|me| me.has_factor) => Some(Self::Code),
            Error::SecondFactor => Some(Self::SetUp),
            Error::ReasonFirst(reference) => Some(Self::Reason(reference.clone())),
            _ => None,
        }
    }

    /// The page, which then leads back to an address.
    pub fn address(&self, back: &str) -> String {
        let page = match self {
            Self::SignIn => Route::SignIn,
            Self::Code => Route::Code,
            Self::SetUp => Route::SecondFactor,
            Self::Reason(reference) => Route::Look { reference: reference.clone() },
        };
        format!("{page}?back={}", urlencoded(back))
    }

    /// Keys of title, text and link of the page that keeps what was typed.
    const fn keys(&self) -> [&'static str; 3] {
        match self {
            Self::SignIn => ["act-kept-title", "act-kept", "act-kept-sign-in"],
            Self::Code => ["act-kept-code-title", "act-kept-code", "act-kept-code-link"],
            Self::SetUp => ["act-kept-code-title", "act-kept-set-up", "act-kept-set-up-link"],
            Self::Reason(_) => ["act-kept-reason-title", "act-kept-reason", "act-kept-reason-link"],
        }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::Reason(_) => StatusCode::FORBIDDEN,
            _ => StatusCode::UNAUTHORIZED,
        }
    }
}

/// What a request's form held, for the page that keeps it.
#[derive(Debug, Clone, Default)]
pub struct Sent(Arc<OnceLock<Form>>);

impl Sent {
    /// Notes the form of the request, once it is read.
    pub fn keep(&self, form: &Form) {
        // A request has one body: it is read once.
        let _ = self.0.set(form.clone());
    }
}

/// What was typed by somebody who has to do something else first, to be sent again.
#[derive(Debug, Template)]
#[template(path = "pages/kept.html")]
struct KeptPage {
    layout: Layout,
    hidden: Vec<(String, String)>,
    typed: Vec<String>,
    has_password: bool,
    text: String,
    link: String,
    to: String,
}

/// Keeps what a form held where its answer is that one must do something else first.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let sent = Sent::default();
    parts.extensions.insert(sent.clone());
    let path = parts.extensions.get::<MatchedPath>().cloned();
    let mut asked = copy(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let kept = response.extensions().get::<Kept>().cloned();
    let Some((form, kept)) = sent.0.get().zip(kept) else { return response };
    let Ok(visitor) = Visitor::from_request_parts(&mut asked, &app).await;
    let page = KeptPage::new(&visitor, form, (&kept, &back(&visitor, path.as_ref())));
    page::answer(kept.status(), &page, visitor.lang)
}

/// Where the tab goes in which one does that: to the page of the form, or home where it has none of its own.
fn back(visitor: &Visitor, path: Option<&MatchedPath>) -> String {
    let is_page =
        ALL.iter().any(|known| Some(known.pattern) == path.map(MatchedPath::as_str) && !known.is_act);
    let own = visitor.address.split('?').next().filter(|_| is_page);
    own.map_or_else(|| Route::Home.to_string(), str::to_owned)
}

impl KeptPage {
    fn new(visitor: &Visitor, form: &Form, (kept, back): (&Kept, &str)) -> Self {
        let (secret, mut hidden): (Vec<_>, Vec<_>) = form.pairs().partition(|(name, _)| is_secret(name));
        let has_password = secret.iter().any(|(_, value)| !value.is_empty());
        if has_password {
            hidden.push((AGAIN.to_owned(), "yes".to_owned()));
        }
        let [title, text, link] = kept.keys().map(|key| visitor.text(key));
        Self {
            layout: visitor.layout(None, title),
            hidden,
            typed: form.words(),
            has_password,
            text,
            link,
            to: kept.address(back),
        }
    }
}

/// The field that says that a password was typed and is not here: the page asks for it again.
pub const AGAIN: &str = "again";
