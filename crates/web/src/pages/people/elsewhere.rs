//! Signing in at the provider that this installation is told of, and coming back.

use crate::components::{Button, Link};
use crate::failure::{Outcome, urlencoded};
use crate::layout::Layout;
use crate::page;
use crate::pages::people::sign_in::{local, signed_in};
use crate::pages::people::ticket::{SaidPage, waits_page};
use crate::visitor::{Visitor, cookie_of, set_cookie};
use askama::Template;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::Error;
use waymark_app::people::oidc::{self, Back, Fault, Finished, LEAVING_SECONDS, Wish};
use waymark_app::routes::Route;
use waymark_app::words::text_with;

/// Cookie of somebody who is signing in at the provider.
const LEAVING_COOKIE: &str = "waymark-away";

/// The ways to the provider, on the page that asks for a password.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/people/elsewhere.html")]
pub(super) struct Ways {
    button: Button,
    shared: Link,
}
is_html!(Ways);

impl Ways {
    /// Those of this installation, where it is told of a provider.
    pub fn of(visitor: &Visitor, back: &str) -> Option<Self> {
        let provider = visitor.env.oidc.as_ref()?;
        let label = [("label", provider.told.label.as_str().into())];
        let to = format!("{}?back={}", Route::Leave, urlencoded(&local(back)));
        let shared = format!("{to}&shared=yes");
        Some(Self {
            button: Button {
                href: to.into(),
                ..Button::secondary(text_with(visitor.lang, "sign-in-elsewhere", &label))
            },
            shared: Link::new(visitor.text("sign-in-elsewhere-shared"), shared),
        })
    }
}

/// `GET /sign-in/elsewhere?back=&shared=`
pub async fn leave(visitor: Visitor) -> Outcome {
    let back = local(&visitor.query("back").unwrap_or_default());
    let is_shared = visitor.query("shared").as_deref() == Some("yes");
    match oidc::leave(&visitor.env, Wish { back: &back, is_shared, from: &visitor.from }).await {
        Ok(leaving) => {
            let cookie = set_cookie(&visitor.env, LEAVING_COOKIE, (&leaving.secret, LEAVING_SECONDS));
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&leaving.to)).into_response())
        }
        Err(fault) => failed(&visitor, fault),
    }
}

/// `GET /sign-in/elsewhere/back?code=&state=&iss=`
pub async fn back(visitor: Visitor, headers: HeaderMap) -> Outcome {
    if visitor.env.oidc.is_none() {
        return Err(visitor.fails()(Error::NotFound));
    }
    let value = |name: &str| visitor.query(name).unwrap_or_default();
    let secret = cookie_of(&visitor.env, &headers, LEAVING_COOKIE).unwrap_or_default();
    let (state, code, issuer) = (value("state"), value("code"), visitor.query("iss"));
    let came = Back {
        state: &state,
        code: &code,
        issuer: issuer.as_deref(),
        secret: &secret,
        draft_key: visitor.draft_key.as_deref(),
        agent: &visitor.agent,
        language: visitor.lang,
    };
    match oidc::finish(&visitor.env, came).await {
        Ok(finished) => finish(&visitor, finished).await,
        Err(fault) => failed(&visitor, fault),
    }
}

async fn finish(visitor: &Visitor, finished: Finished) -> Outcome {
    let said = |key: &str, mail: &str| said(visitor, key, (StatusCode::OK, mail));
    match finished {
        Finished::In { session, back, is_shared } => {
            signed_in(visitor, (&session, is_shared), &back).await.map_err(visitor.fails())
        }
        Finished::Waits(waits) => Ok(waits_page(visitor, &waits)),
        Finished::Unknown { mail } => Ok(said("sign-in-elsewhere-unknown", &mail)),
        Finished::Unverified { mail } => Ok(said("sign-in-elsewhere-unverified", &mail)),
        Finished::Closed => Ok(said("sign-in-elsewhere-closed", "")),
    }
}

/// It came to nothing: the log has why, the visitor what to do.
fn failed(visitor: &Visitor, fault: Fault) -> Outcome {
    let status = match &fault {
        Fault::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Refused(_) | Fault::Token(_) => StatusCode::BAD_REQUEST,
        Fault::Ours(_) => StatusCode::OK,
    };
    if let Fault::Ours(error) = fault {
        return Err(visitor.fails()(error));
    }
    tracing::warn!(%fault, "a sign-in at the provider came to nothing");
    Ok(said(visitor, "sign-in-elsewhere-failed", (status, "")))
}

fn said(visitor: &Visitor, key: &str, (status, mail): (StatusCode, &str)) -> Response {
    let title = visitor.text(&format!("{key}-title"));
    let page = SaidPage {
        layout: visitor.layout(None, title),
        lines: vec![text_with(visitor.lang, key, &[("mail", mail.into())])],
        on: Button::link(visitor.text("sign-in-elsewhere-again"), Route::SignIn.to_string()),
    };
    page::answer(status, &page, visitor.lang)
}

/// Whoever has signed out here is told, and offered to do so at the provider, too: nobody else who sits down there is to
/// get in with one press.
pub(super) async fn signed_out(visitor: &Visitor) -> Option<Response> {
    let provider = visitor.env.oidc.as_ref()?;
    let to = oidc::sign_out_there(&visitor.env).await?;
    let label = [("label", provider.told.label.as_str().into())];
    let page = SaidPage {
        layout: Layout::new(visitor.lang, visitor.text("sign-out-elsewhere-title")),
        lines: vec![text_with(visitor.lang, "sign-out-elsewhere", &label)],
        on: Button::link(text_with(visitor.lang, "sign-out-elsewhere-button", &label), to),
    };
    Some(page::answer(StatusCode::OK, &page, visitor.lang))
}
