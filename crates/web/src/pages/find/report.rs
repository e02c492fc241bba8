//! *Something is wrong with this*: what of a record or of the comments on it, what is wrong, and a line.

use super::comments::line;
use super::history::{summary, written};
use super::named::in_form;
use super::record::{ask_why, day, load, plain_title};
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::pages::route::sure::{Sending, go_on, is_to_change};
use crate::visitor::Visitor;
use axum::extract::{Path, Query};
use std::collections::BTreeMap;
use waymark_app::find::comment;
use waymark_app::find::reports::{self, Part, Typed};
use waymark_app::find::view::RecordView;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_app::{Ctx, Error, Result, Write, once};
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::moderation::Because;
use waymark_domain::ids::CommentId;

/// `GET /records/{reference}/report`, `?part=…` for what is meant
pub async fn get(
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Outcome {
    let case = to_report(&visitor, &reference).await.map_err(visitor.fails())?;
    let part = query.get("part").cloned().unwrap_or_default();
    shown(&visitor, &case, (Form::filled([("part", part)]), None))
}

/// A record, what was said about it, and who finds something wrong.
struct Case {
    view: RecordView,
    said: Vec<comment::Shown>,
    me: Option<Me>,
}

async fn to_report(visitor: &Visitor, reference: &str) -> Result<Case> {
    let (view, me) = load(visitor, reference).await?;
    if !reports::is_open(&view.record) {
        return Err(Error::Forbidden);
    }
    ask_why(visitor, &view).await?;
    let (mut ctx, _) = visitor.read().await?;
    let said = comment::of(&mut ctx, &view).await?.unwrap_or_default();
    drop(ctx);
    Ok(Case { view, said, me })
}

fn shown(visitor: &Visitor, case: &Case, (mut form, error): (Form, Option<&Error>)) -> Outcome {
    let Case { view, said, me } = case;
    let because: Vec<&str> = Because::ALL.iter().map(|one| one.name()).collect();
    form.set(TOKEN, new_token(&visitor.env));
    let page = QuestionPage::new(visitor, me.as_ref(), ("report-title", form))
        .caption(plain_title(view, visitor.lang))
        .back(Route::Record { reference: view.record.told.reference.clone() })
        .wrong(error)
        .say("report-text")
        .select("part", "report-part", parts((view, said), visitor.lang))
        .radios("because", "report-because", &because)
        .line("line", "report-line")
        .button("report-button");
    match error {
        Some(Error::TooMany { .. }) => page.inset("report-wait").answer(error),
        error => page.answer(error),
    }
}

/// The record itself, each thing that somebody wrote on it since, and what others said about it.
fn parts((view, said): (&RecordView, &[comment::Shown]), lang: Lang) -> Vec<(String, String)> {
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
    let others = said.iter().filter(|one| !one.is_own && one.unlisted.is_none()).map(|one| {
        let values = [("comment", line((view, one), lang).into())];
        (one.id.to_string(), text_with(lang, "report-part-comment", &values))
    });
    let itself = std::iter::once(("0".to_owned(), text(lang, "report-part-record")));
    itself.chain(written).chain(others).collect()
}

/// `POST /records/{reference}/report`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, mut form: Form) -> Outcome {
    let case = to_report(&visitor, &reference).await.map_err(visitor.fails())?;
    if is_to_change(&mut form) {
        return shown(&visitor, &case, (form, None));
    }
    match reported(&visitor, &case.view, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            shown(&visitor, &case, (form, Some(&error)))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn reported(visitor: &Visitor, view: &RecordView, form: &Form) -> Result<Sending> {
    let reference = &view.record.told.reference;
    let to = format!("{}?done=report", Route::Record { reference: reference.clone() });
    let (ctx, _) = visitor.read_record(reference).await?;
    let actor = ctx.actor;
    drop(ctx);
    let mut ctx = visitor.write_as(actor).await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Ok(to));
    }
    perform(&mut ctx, view, (form, &visitor.from)).await?;
    let found = in_form(&mut ctx, reference, form).await?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Ok(to))
}

/// Says of a record what was typed, as whoever acts; `from` is the address of the net that it comes from.
///
/// # Errors
/// What [`reports::report`] says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, view: &RecordView, (form, from): (&Form, &str)) -> Result<()> {
    let typed = Typed {
        part: part(view, form)?,
        because: Because::parse(form.value("because")),
        line: form.value("line"),
        from,
    };
    reports::report(ctx, view.record.id, typed).await
}

/// What is meant: a comment by its id, as the list has it or as a program names it; what was written at a version; else the
/// record itself.
fn part(view: &RecordView, form: &Form) -> Result<Part> {
    let named = form.value("comment");
    if !named.is_empty() {
        return CommentId::parse(named).map(Part::Comment).ok_or(Error::NotFound);
    }
    if let Some(comment) = CommentId::parse(form.value("part")) {
        return Ok(Part::Comment(comment));
    }
    let known = parts((view, &[]), Lang::default());
    let known = known.iter().find(|(value, _)| value == form.value("part"));
    Ok(match known.and_then(|(value, _)| value.parse().ok()) {
        None | Some(0) => Part::Record,
        Some(version) => Part::Written(version),
    })
}
