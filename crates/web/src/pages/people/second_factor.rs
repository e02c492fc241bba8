//! The second factor: showing it after signing in, setting it up, its recovery codes, taking it away.

use crate::components::{Button, Input};
use crate::failure::{Outcome, urlencoded};
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::poster::Picture;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::sign_in::{keep_session, local, wait};
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::people::proof::Typed;
use waymark_app::people::second_factor::{self, Proven, SetUp, Standing};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_app::{Error, once};

/// `GET /sign-in/code?back=`
pub async fn code(visitor: Visitor) -> Outcome {
    let (ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    drop(ctx);
    let back = visitor.query("back").unwrap_or_default();
    match &me {
        me if me.is_stepped_up => Ok(Redirect::to(&local(&back)).into_response()),
        me if !me.has_factor => Ok(Redirect::to(&with_back(&Route::SecondFactor, &back)).into_response()),
        me => code_page(&visitor, me, (Asked::Code, Form::filled([("back", back)])), None),
    }
}

/// `POST /sign-in/code`
pub async fn show_code(visitor: Visitor, form: Form) -> Outcome {
    let (ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    drop(ctx);
    let to = local(form.value("back"));
    if me.is_stepped_up {
        return Ok(Redirect::to(&to).into_response());
    }
    match show(&visitor, &me, form.value("code")).await {
        Ok(secret) => {
            let cookie = keep_session(&visitor.env, &secret, me.is_shared);
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&to)).into_response())
        }
        Err(error) => wrong(&visitor, &me, (Asked::Code, form), error),
    }
}

async fn show(visitor: &Visitor, me: &Me, typed: &str) -> Result<String, Error> {
    let mut proven = second_factor::prove(&visitor.env, me.account, typed).await?;
    let secret = proven.step_up(me).await?;
    proven.ctx.commit().await?;
    Ok(secret)
}

/// What a code is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Code,
    Codes,
    Remove,
}

impl Asked {
    /// The keys of its words begin like this.
    const fn key(self) -> &'static str {
        match self {
            Self::Code => "second-factor-code",
            Self::Codes => "second-factor-codes",
            Self::Remove => "second-factor-remove",
        }
    }
}

fn wrong(visitor: &Visitor, me: &Me, asked: (Asked, Form), error: Error) -> Outcome {
    match error {
        Error::Invalid(_) | Error::TooMany { .. } => code_page(visitor, me, asked, Some(&error)),
        other => Err(visitor.fails()(other)),
    }
}

fn code_page(visitor: &Visitor, me: &Me, (asked, form): (Asked, Form), error: Option<&Error>) -> Outcome {
    let (key, back) = (asked.key(), form.value("back").to_owned());
    let page = QuestionPage::new(visitor, Some(me), (&format!("{key}-title"), form)).wrong(error);
    let page = match error {
        Some(Error::TooMany { retry_after_seconds }) => page.words(wait(visitor, *retry_after_seconds)),
        _ => page,
    };
    let page = page.say(&format!("{key}-text"));
    let page = code_field(page, "second-factor-code").button(&format!("{key}-button"));
    match asked {
        Asked::Code => page.hidden("back", back).link("second-factor-later", Route::Home),
        Asked::Codes | Asked::Remove => page.back(Route::SecondFactor),
    }
    .answer(error)
}

/// With the field by which somebody proves anew that it is them: for a code where they have a second factor, else for their
/// password.
pub(super) fn proof_field(page: QuestionPage, (has_factor, mail): (bool, &str)) -> QuestionPage {
    if has_factor {
        code_field(page, "close-code")
    } else {
        page.known_address(mail).password("password", "close-password")
    }
}

/// What was typed into it.
pub(super) fn proof<'f>(me: &Me, form: &'f Form) -> Typed<'f> {
    if me.has_factor { Typed::Code(form.value("code")) } else { Typed::Password(form.value("password")) }
}

/// The field for a code. A recovery code has letters, so the keyboard is not one of digits alone.
pub(super) fn code_field(page: QuestionPage, key: &str) -> QuestionPage {
    let mut input = Input::new("code", page.label(key));
    input.autocomplete = Some("one-time-code".into());
    input.spellcheck = Some(false);
    input.classes = "govuk-input--width-20".into();
    page.input("code", key, input)
}

fn with_back(route: &Route, back: &str) -> String {
    match local(back).as_str() {
        "/" => route.to_string(),
        back => format!("{route}?back={}", urlencoded(back)),
    }
}

/// `GET /me/second-factor?back=`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let standing = second_factor::standing(&mut ctx).await.map_err(visitor.fails())?;
    let back = visitor.query("back").unwrap_or_default();
    let page = QuestionPage::new(&visitor, Some(&me), ("second-factor-title", Form::default()))
        .back(Route::Me)
        .hidden("back", back);
    match standing {
        Standing::None { is_required, is_explained } => {
            let why = match (is_required, is_explained) {
                (true, _) => "second-factor-why-required",
                (_, true) => "second-factor-why-explained",
                _ => "second-factor-why-none",
            };
            page.say(why).say("second-factor-what").button("second-factor-begin").answer(None)
        }
        Standing::SetUp { codes_left } => page
            .words(text_with(visitor.lang, "second-factor-is-set-up", &[("count", codes_left.into())]))
            .no_button()
            .link("second-factor-codes-title", Route::RecoveryCodes)
            .link("second-factor-remove-title", Route::RemoveFactor)
            .answer(None),
    }
}

/// `POST /me/second-factor`: makes the secret, which the next page shows.
pub async fn begin(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, _) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let to = with_back(&Route::SetUpFactor, form.value("back"));
    if once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?.is_none() {
        second_factor::begin(&mut ctx).await.map_err(visitor.fails())?;
        once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
        ctx.commit().await.map_err(visitor.fails())?;
    }
    Ok(Redirect::to(&to).into_response())
}

/// `GET /me/second-factor/set-up?back=`
pub async fn set_up(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let back = visitor.query("back").unwrap_or_default();
    match second_factor::set_up(&mut ctx).await.map_err(visitor.fails())? {
        Some(set_up) => set_up_page(&visitor, (&me, &set_up), Form::filled([("back", back)]), None),
        None => Ok(Redirect::to(&with_back(&Route::SecondFactor, &back)).into_response()),
    }
}

fn set_up_page(visitor: &Visitor, (me, set_up): (&Me, &SetUp), form: Form, error: Option<&Error>) -> Outcome {
    let back = form.value("back").to_owned();
    let page = QuestionPage::new(visitor, Some(me), ("second-factor-set-up-title", form))
        .wrong(error)
        .back(Route::SecondFactor)
        .hidden("back", back)
        .say("second-factor-set-up-app");
    let page = match Picture::of(&set_up.address, "second-factor-picture") {
        Some(picture) => page.with(picture),
        None => page,
    };
    let typed =
        text_with(visitor.lang, "second-factor-set-up-typed", &[("secret", set_up.secret.as_str().into())]);
    let page =
        code_field(page.words(typed), "second-factor-first-code").button("second-factor-set-up-button");
    page.answer(error).map(unkept)
}

/// No cache keeps a page that has a secret on it.
fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `POST /me/second-factor/set-up`
pub async fn confirm(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    match second_factor::confirm(&mut ctx, &me, form.value("code")).await {
        Ok((codes, secret)) => {
            ctx.commit().await.map_err(visitor.fails())?;
            let cookie = keep_session(&visitor.env, &secret, me.is_shared);
            let page = codes_page(&visitor, &me, (&codes, form.value("back")));
            Ok(([(SET_COOKIE, cookie)], page).into_response())
        }
        // Sent twice, or from a second tab: it is done, or was never begun.
        Err(Error::NotFound) => Ok(Redirect::to(&Route::SecondFactor.to_string()).into_response()),
        Err(error @ Error::Invalid(_)) => {
            let set_up = second_factor::set_up(&mut ctx).await.map_err(visitor.fails())?;
            let set_up = set_up.ok_or_else(|| visitor.fails()(Error::NotFound))?;
            set_up_page(&visitor, (&me, &set_up), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// The recovery codes, this once.
#[derive(Debug, Template)]
#[template(path = "pages/people/codes.html")]
struct CodesPage {
    layout: Layout,
    codes: Vec<String>,
    on: Button,
}

fn codes_page(visitor: &Visitor, me: &Me, (codes, back): (&[String], &str)) -> Response {
    let on = if back.is_empty() { Route::SecondFactor.to_string() } else { local(back) };
    let page = CodesPage {
        layout: visitor.layout(Some(me), visitor.text("second-factor-shown-title")),
        codes: codes.to_vec(),
        on: Button::link(visitor.text("second-factor-shown-on"), on),
    };
    unkept(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// `GET /me/second-factor/codes`
pub async fn codes(visitor: Visitor) -> Outcome {
    ask(visitor, Asked::Codes).await
}

/// `GET /me/second-factor/remove`
pub async fn remove(visitor: Visitor) -> Outcome {
    ask(visitor, Asked::Remove).await
}

async fn ask(visitor: Visitor, asked: Asked) -> Outcome {
    let (ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    drop(ctx);
    if me.has_factor {
        return code_page(&visitor, &me, (asked, Form::default()), None);
    }
    Ok(Redirect::to(&Route::SecondFactor.to_string()).into_response())
}

/// `POST /me/second-factor/codes`
pub async fn renew(visitor: Visitor, form: Form) -> Outcome {
    let Some(me) = asked_once(&visitor, &form).await.map_err(visitor.fails())? else {
        return Ok(Redirect::to(&Route::SecondFactor.to_string()).into_response());
    };
    match renewed(&visitor, &me, &form).await {
        Ok(codes) => Ok(codes_page(&visitor, &me, (&codes, ""))),
        Err(error) => wrong(&visitor, &me, (Asked::Codes, form), error),
    }
}

async fn renewed(visitor: &Visitor, me: &Me, form: &Form) -> Result<Vec<String>, Error> {
    let mut proven = second_factor::prove(&visitor.env, me.account, form.value("code")).await?;
    let codes = proven.renew(me).await?;
    finish(proven, form).await?;
    Ok(codes)
}

/// `POST /me/second-factor/remove`
pub async fn removed(visitor: Visitor, form: Form) -> Outcome {
    let away = Redirect::to(&Route::SecondFactor.to_string()).into_response();
    let Some(me) = asked_once(&visitor, &form).await.map_err(visitor.fails())? else { return Ok(away) };
    match taken_away(&visitor, &me, &form).await {
        Ok(()) => Ok(away),
        Err(error) => wrong(&visitor, &me, (Asked::Remove, form), error),
    }
}

async fn taken_away(visitor: &Visitor, me: &Me, form: &Form) -> Result<(), Error> {
    let mut proven = second_factor::prove(&visitor.env, me.account, form.value("code")).await?;
    proven.take_away(me).await?;
    finish(proven, form).await
}

/// Whoever sends a form for the first time, and has a factor.
async fn asked_once(visitor: &Visitor, form: &Form) -> Result<Option<Me>, Error> {
    let (mut ctx, me) = visitor.read_as_member().await?;
    let is_sent = once::answered(&mut ctx, form.token()).await?.is_some();
    Ok(Some(me).filter(|me| me.has_factor && !is_sent))
}

async fn finish(mut proven: Proven<'_>, form: &Form) -> Result<(), Error> {
    once::remember(&mut proven.ctx, form.token(), "").await?;
    proven.ctx.commit().await.map(drop)
}
