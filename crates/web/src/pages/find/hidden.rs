//! A hidden name on a record: two openers open it, or whoever brought it puts their name on it.

use super::history::when;
use super::record::{load, plain_title};
use crate::components::InsetText;
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::hidden::{self, Opening};
use waymark_app::find::view::RecordView;
use waymark_app::people::session::Me;
use waymark_app::route::change::Seen;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text_with};
use waymark_app::{Actor, Checks, Error, Result, once};
use waymark_domain::find::hidden::{OPENING_DAYS, over_at};
use waymark_domain::reference::Reference;
use waymark_domain::route::facts::Refusal;
use waymark_domain::text::Prose;

/// The field of an opener's pass-phrase: by the end of its name it is a secret that no page shows again.
const PHRASE: &str = "open-password";

/// `GET /records/{reference}/open`
pub async fn get(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    shown(&visitor, &reference, Form::default(), None).await
}

async fn shown(visitor: &Visitor, reference: &str, form: Form, error: Option<&Error>) -> Outcome {
    let (view, me, opening) = to_open(visitor, reference).await.map_err(visitor.fails())?;
    // Whose pass-phrase it is, for whatever keeps passwords.
    let mut page = question(visitor, (&view, Some(&me)), ("open-title", form)).wrong(error);
    if let Some(over) = over(&view, visitor.lang) {
        page = page.words(over);
    }
    let until = over_at(&view.record).map(|over| when(&view, over, visitor.lang)).unwrap_or_default();
    let words = |key: &str, name: &str| {
        let values = [("name", name.into()), ("until", until.as_str().into()), ("days", OPENING_DAYS.into())];
        text_with(visitor.lang, key, &values)
    };
    match &opening {
        Opening::Begin => page
            .say("open-text")
            .words(words("open-days", ""))
            .line("why", "open-why")
            .known_address(&me.name)
            .password(PHRASE, "open-phrase")
            .button("open-begin"),
        Opening::Finish => page
            .say("open-finish-text")
            .words(words("open-until", ""))
            .known_address(&me.name)
            .password(PHRASE, "open-phrase")
            .warning_button("open-finish"),
        Opening::Other(name) => page.words(words("open-other", name)).no_button(),
        Opening::Begun(name) => page.words(words("open-begun", name)).no_button(),
    }
    .answer(error)
}

/// That an opening is over which nobody joined, and since when.
fn over(view: &RecordView, lang: Lang) -> Option<String> {
    let since = when(view, hidden::over_since(view)?, lang);
    Some(text_with(lang, "open-over", &[("since", since.into()), ("days", OPENING_DAYS.into())]))
}

/// The page of something to do with a record's name.
fn question(
    visitor: &Visitor,
    (view, me): (&RecordView, Option<&Me>),
    (title, mut form): (&str, Form),
) -> QuestionPage {
    let record = Route::Record { reference: view.record.told.reference.clone() };
    form.set(TOKEN, new_token(&visitor.env));
    form.set(PHRASE, "");
    QuestionPage::new(visitor, me, (title, form))
        .caption(plain_title(view, visitor.lang))
        .back(record)
        .hidden("version", view.record.version)
}

async fn to_open(visitor: &Visitor, reference: &str) -> Result<(RecordView, Me, Opening)> {
    let (view, me) = load(visitor, reference).await?;
    let me = me.ok_or(Error::SignInFirst)?;
    let (mut ctx, _) = visitor.read_as_member().await?;
    let opening = hidden::opening(&mut ctx, &view.record).await?;
    Ok((view, me, opening))
}

/// `POST /records/{reference}/open`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    match opened(&visitor, &reference, &form).await {
        Ok(response) => Ok(response),
        Err(error @ (Error::Invalid(_) | Error::Conflict | Error::Refused(_))) => {
            shown(&visitor, &reference, form, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn opened(visitor: &Visitor, reference: &str, form: &Form) -> Result<Response> {
    let (view, me, opening) = to_open(visitor, reference).await?;
    let to = Route::Record { reference: view.record.told.reference.clone() }.to_string();
    let (mut ctx, _) = visitor.write_as_member().await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let seen = Seen { id: view.record.id, version: form.value("version").parse().ok() };
    let named = match opening {
        Opening::Begin => {
            let mut checks = Checks::default();
            let why = checks.text("why", Prose::parse(form.value("why")));
            let why = checks.finish(why)?;
            hidden::begin(&mut ctx, seen, (&why, form.value(PHRASE))).await?;
            None
        }
        Opening::Finish => Some(hidden::finish(&mut ctx, seen, form.value(PHRASE)).await?),
        // The form was there while it could still be done.
        Opening::Other(_) if hidden::over_since(&view).is_some() => return Err(Refusal::OpeningOver.into()),
        Opening::Other(_) | Opening::Begun(_) => return Err(Error::Forbidden),
    };
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    let Some((name, mail)) = named else { return Ok(Redirect::to(&to).into_response()) };
    let page = question(visitor, (&view, Some(&me)), ("open-done-title", Form::default()));
    let words = text_with(visitor.lang, "open-done", &[("name", name.into()), ("mail", mail.into())]);
    page.with(InsetText::new(words))
        .say("open-done-text")
        .no_button()
        .answer(None)
        .map_err(|_| Error::internal("a page"))
}

/// `GET /records/{reference}/name`
pub async fn get_name(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let (view, me) = to_name(&visitor, &reference).await.map_err(visitor.fails())?;
    name_page(&visitor, (&view, &me), None)
}

fn name_page(visitor: &Visitor, (view, me): (&RecordView, &Me), error: Option<&Error>) -> Outcome {
    let words = text_with(visitor.lang, "name-text", &[("name", me.name.as_str().into())]);
    question(visitor, (view, Some(me)), ("name-title", Form::default()))
        .wrong(error)
        .words(words)
        .button("name-button")
        .answer(error)
}

/// The record as whoever has its code sees it, and who is signed in at the same browser.
async fn to_name(visitor: &Visitor, reference: &str) -> Result<(RecordView, Me)> {
    let (ctx, me) = visitor.read_as_member().await?;
    drop(ctx);
    let (view, _) = load(visitor, reference).await?;
    let is_theirs = view.record.sealed.is_some() && view.record.sealed == view.viewer.party;
    if is_theirs { Ok((view, me)) } else { Err(Error::Forbidden) }
}

/// `POST /records/{reference}/name`
pub async fn post_name(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    if let Some(done) = done(&visitor, &form).await.map_err(visitor.fails())? {
        return Ok(done);
    }
    let (view, me) = to_name(&visitor, &reference).await.map_err(visitor.fails())?;
    match named(&visitor, (&view.record.told.reference, &me), &form).await {
        Ok(response) => Ok(response),
        Err(error @ (Error::Refused(_) | Error::Conflict)) => name_page(&visitor, (&view, &me), Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Where to go where it was done already: the code works no more then.
async fn done(visitor: &Visitor, form: &Form) -> Result<Option<Response>> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    let known = once::answered(&mut ctx, form.token()).await?;
    Ok(known.map(|to| Redirect::to(&to).into_response()))
}

async fn named(visitor: &Visitor, (reference, me): (&Reference, &Me), form: &Form) -> Result<Response> {
    let to = Route::Record { reference: reference.clone() }.to_string();
    let (mut ctx, _) = visitor.write_record(reference).await?;
    let Actor::Bearer { record, .. } = ctx.actor else { return Err(Error::Forbidden) };
    let seen =
        Seen { id: waymark_domain::ids::InnovationId(record), version: form.value("version").parse().ok() };
    hidden::give_name(&mut ctx, seen, me.account).await?;
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&to).into_response())
}
