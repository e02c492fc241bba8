//! Telling without an account: the last page of the form for somebody of the public, and the name that they put on it later.

use super::check;
use super::come_back::go_with_code;
use super::record::{load, plain_title};
use super::{id, or_delivery, or_sign_in, take_over};
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::delivery;
use waymark_app::find::draft::{self, Draft, set};
use waymark_app::find::public::{self, AS, CREDIT, PUBLIC};
use waymark_app::find::send::{self, CODE_FIELD};
use waymark_app::find::view::RecordView;
use waymark_app::route::change::Seen;
use waymark_app::routes::Route;
use waymark_app::{Actor, Checks, Error, Result, once};
use waymark_domain::text::Line;

/// `POST /drafts/{draft}/send-without-account`
pub async fn send(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let sent = match send_once(&visitor, &draft, &form).await {
        // Pressed twice: the other one was quicker, and its receipt is known by now.
        Err(Error::Conflict) => send_once(&visitor, &draft, &form).await,
        sent => sent,
    };
    match sent {
        Ok(answer) => Ok(answer),
        Err(error) => or_delivery(&visitor, &draft, error).await,
    }
}

fn go(route: &Route) -> Response {
    Redirect::to(&route.to_string()).into_response()
}

async fn send_once(visitor: &Visitor, draft: &str, form: &Form) -> Result<Response> {
    let (mut ctx, me) = visitor.read().await?;
    if let Some(known) = once::answered(&mut ctx, form.token()).await? {
        return Ok(go_with_code(visitor, form, &known));
    }
    let draft = id(draft)?;
    if me.is_some() {
        // Somebody has signed in at this browser meanwhile: then it is theirs to send.
        return Ok(go(&Route::DraftCheck { draft }));
    }
    let found = draft::open(&mut ctx, visitor.draft_key.as_deref(), draft).await;
    let mut draft = or_sign_in(found, None)?;
    if delivery::is_unasked(&draft) {
        return Ok(go(&Route::DraftDoor { draft: draft.id }));
    }
    // The code is in no draft that is kept.
    take_over(&mut draft.fields, form, &[CODE_FIELD, CREDIT]);
    set(&mut draft.fields, AS, PUBLIC);
    let ready = send::ready(&mut ctx, draft.clone()).await;
    // Given back first: whoever holds one connection and waits for another keeps it from somebody.
    drop(ctx);
    let ready = match ready {
        Err(error @ Error::Invalid(_)) => return check::refused(visitor, draft, &error).await,
        ready => ready?,
    };
    let mut ctx = visitor.write_as(Actor::Nobody).await?;
    match public::send(&mut ctx, ready, &visitor.from).await {
        Ok(record) => {
            let to = check::receipt_address(&record);
            once::remember(&mut ctx, form.token(), &to).await?;
            ctx.commit().await?;
            Ok(go_with_code(visitor, form, &to))
        }
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            drop(ctx);
            refused(visitor, (draft, form), error).await
        }
        Err(other) => Err(other),
    }
}

/// What is wrong stands on the page that it was sent from, with all that was typed kept; on the form, where it is of the
/// form.
async fn refused(visitor: &Visitor, (draft, form): (Draft, &Form), error: Error) -> Result<Response> {
    let error = match error {
        Error::TooMany { .. } => Error::field(CREDIT, "tell-public-wait"),
        error => error,
    };
    let is_of_page = matches!(&error, Error::Invalid(all) if all.iter().all(|one| one.field == CREDIT));
    if !is_of_page {
        return check::refused(visitor, draft, &error).await;
    }
    let (mut ctx, me) = visitor.read().await?;
    check::show(&mut ctx, (visitor, me.as_ref()), draft, Some((form.clone(), &error))).await
}

/// `GET /records/{reference}/credit`
pub async fn get_credit(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let view = own(&visitor, &reference).await.map_err(visitor.fails())?;
    credit_page(&visitor, &view, (Form::default(), None))
}

fn credit_page(visitor: &Visitor, view: &RecordView, (mut form, error): (Form, Option<&Error>)) -> Outcome {
    form.set(TOKEN, new_token(&visitor.env));
    QuestionPage::new(visitor, None, ("credit-title", form))
        .caption(plain_title(view, visitor.lang))
        .back(Route::Record { reference: view.record.told.reference.clone() })
        .hidden("version", view.record.version)
        .wrong(error)
        .say("credit-text")
        .line(CREDIT, "credit-name")
        .button("credit-title")
        .answer(error)
}

/// The record as whoever told it without an account sees it.
async fn own(visitor: &Visitor, reference: &str) -> Result<RecordView> {
    let (view, _) = match load(visitor, reference).await {
        // Signing in would not help: only the code does.
        Err(Error::SignInFirst) => return Err(Error::NotFound),
        loaded => loaded?,
    };
    let is_own = view.record.public.is_some() && view.record.public == view.viewer.party;
    if is_own { Ok(view) } else { Err(Error::Forbidden) }
}

/// `POST /records/{reference}/credit`
pub async fn post_credit(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    let view = own(&visitor, &reference).await.map_err(visitor.fails())?;
    match credited(&visitor, &view, &form).await {
        Ok(response) => Ok(response),
        Err(error @ (Error::Invalid(_) | Error::Conflict | Error::Refused(_))) => {
            credit_page(&visitor, &view, (form, Some(&error)))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn credited(visitor: &Visitor, view: &RecordView, form: &Form) -> Result<Response> {
    let reference = &view.record.told.reference;
    let to = Route::Record { reference: reference.clone() }.to_string();
    let (mut ctx, _) = visitor.write_record(reference).await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let mut checks = Checks::default();
    let name = checks.needed(CREDIT, Line::parse(form.value(CREDIT)), "tell-name-empty");
    let name = checks.finish(name)?;
    let seen = Seen { id: view.record.id, version: form.value("version").parse().ok() };
    public::credit(&mut ctx, seen, &name).await?;
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&to).into_response())
}
