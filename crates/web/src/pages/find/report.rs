//! *Something is wrong with this*: what of a record, what is wrong, and a line.

use super::history::{summary, written};
use super::record::{day, load, plain_title};
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::reports::{self, Typed};
use waymark_app::find::view::RecordView;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_app::{Ctx, Error, Result, Write, once};
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::moderation::Because;

/// `GET /records/{reference}/report`
pub async fn get(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let (view, me) = to_report(&visitor, &reference).await.map_err(visitor.fails())?;
    shown(&visitor, (&view, me.as_ref()), (Form::default(), None))
}

async fn to_report(visitor: &Visitor, reference: &str) -> Result<(RecordView, Option<Me>)> {
    let (view, me) = load(visitor, reference).await?;
    if reports::is_open(&view.record) { Ok((view, me)) } else { Err(Error::Forbidden) }
}

fn shown(
    visitor: &Visitor,
    (view, me): (&RecordView, Option<&Me>),
    (mut form, error): (Form, Option<&Error>),
) -> Outcome {
    let because: Vec<&str> = Because::ALL.iter().map(|one| one.name()).collect();
    form.set(TOKEN, new_token(&visitor.env));
    let page = QuestionPage::new(visitor, me, ("report-title", form))
        .caption(plain_title(view, visitor.lang))
        .back(Route::Record { reference: view.record.told.reference.clone() })
        .wrong(error)
        .say("report-text")
        .select("part", "report-part", parts(view, visitor.lang))
        .radios("because", "report-because", &because)
        .line("line", "report-line")
        .button("report-button");
    match error {
        Some(Error::TooMany { .. }) => page.inset("report-wait").answer(error),
        error => page.answer(error),
    }
}

/// The record itself, and each thing that somebody wrote on it since.
fn parts(view: &RecordView, lang: Lang) -> Vec<(String, String)> {
    let has_words = |event: &InnovationEvent| {
        !written(event).is_empty()
            && !matches!(event, InnovationEvent::Told(_) | InnovationEvent::Moderated(_))
    };
    let written = view.events.iter().filter(|one| has_words(&one.event)).map(|one| {
        let values = [
            ("what", summary(view, &one.event, lang).into()),
            ("date", date(lang, day(view, one.meta.happened_at)).into()),
        ];
        (one.meta.version.to_string(), text_with(lang, "report-part-of", &values))
    });
    std::iter::once(("0".to_owned(), text(lang, "report-part-record"))).chain(written).collect()
}

/// `POST /records/{reference}/report`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    let (view, me) = to_report(&visitor, &reference).await.map_err(visitor.fails())?;
    match reported(&visitor, &view, &form).await {
        Ok(response) => Ok(response),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            shown(&visitor, (&view, me.as_ref()), (form, Some(&error)))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn reported(visitor: &Visitor, view: &RecordView, form: &Form) -> Result<Response> {
    let reference = &view.record.told.reference;
    let to = format!("{}?done=report", Route::Record { reference: reference.clone() });
    let (ctx, _) = visitor.read_record(reference).await?;
    let actor = ctx.actor;
    drop(ctx);
    let mut ctx = visitor.write_as(actor).await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    perform(&mut ctx, view, (form, &visitor.from)).await?;
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&to).into_response())
}

/// Says of a record what was typed, as whoever acts; `from` is the address of the net that it comes from.
///
/// # Errors
/// What [`reports::report`] says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, view: &RecordView, (form, from): (&Form, &str)) -> Result<()> {
    let known = parts(view, Lang::default());
    let part = known.iter().find(|(value, _)| value == form.value("part"));
    let typed = Typed {
        version: part.and_then(|(value, _)| value.parse().ok()).unwrap_or(0),
        because: Because::parse(form.value("because")),
        line: form.value("line"),
        from,
    };
    reports::report(ctx, view.record.id, typed).await
}
