//! Coming back with a code to what one told with a hidden name.

use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::people::question::QuestionPage;
use crate::visitor::{CODE_COOKIE, Visitor, set_cookie};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use waymark_app::find::hidden::{self, Back};
use waymark_app::find::send::CODE_FIELD;
use waymark_app::routes::Route;
use waymark_app::{Actor, Error};
use waymark_domain::spelt::Spelt;

/// How long a browser keeps a code: it may stand in a staff room.
const CODE_SECONDS: i64 = 60 * 60;

/// `GET /come-back`
pub async fn get(visitor: Visitor) -> Outcome {
    page(&visitor, Form::default(), None)
}

/// `POST /come-back`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    if form.value("leave") == "yes" {
        return Ok(forgotten(&visitor));
    }
    let mut ctx = visitor.write_as(Actor::Nobody).await.map_err(visitor.fails())?;
    let found = hidden::come_back(&mut ctx, form.value("code"), &visitor.from).await;
    // A wrong one counts, too.
    ctx.commit().await.map_err(visitor.fails())?;
    match found {
        Ok((code, back)) => {
            let to = match back {
                Back::Record(reference) => Route::Record { reference },
                Back::Message(message) => Route::Delivered { message },
            };
            Ok(with_code(&visitor, &code, Redirect::to(&to.to_string()).into_response()))
        }
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => page(&visitor, form, Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

fn page(visitor: &Visitor, form: Form, error: Option<&Error>) -> Outcome {
    let page = QuestionPage::new(visitor, None, ("come-back-title", form)).to(Route::ComeBack);
    let page = match error {
        Some(Error::TooMany { .. }) => page.words(visitor.text("come-back-wait")),
        error => page.wrong(error),
    };
    page.say("come-back-text").line("code", "come-back-code").button("come-back-button").answer(error)
}

fn forgotten(visitor: &Visitor) -> Response {
    let cookie = set_cookie(&visitor.env, CODE_COOKIE, ("", 0));
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(&Route::Home.to_string())).into_response()
}

/// Sends on to what was sent, with the code by which its sender comes back, where the form had one.
pub(super) fn go_with_code(visitor: &Visitor, form: &Form, to: &str) -> Response {
    let to = Redirect::to(to).into_response();
    match Spelt::parse(form.value(CODE_FIELD), hidden::CODE) {
        Some(code) => with_code(visitor, &code, to),
        None => to,
    }
}

/// An answer that gives the browser the code for a while.
fn with_code(visitor: &Visitor, code: &Spelt, response: Response) -> Response {
    let cookie = set_cookie(&visitor.env, CODE_COOKIE, (code.plain(), CODE_SECONDS));
    (AppendHeaders([(SET_COOKIE, cookie)]), response).into_response()
}
