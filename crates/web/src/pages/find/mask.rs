//! Masking words in a record: which ones and why, then how its texts would stand, then it is done.

use super::record::{load, plain_title};
use crate::components::{Row, SummaryList};
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::mask::{self, Wish};
use waymark_app::find::view::RecordView;
use waymark_app::people::session::Me;
use waymark_app::route::change::{Seen, visible};
use waymark_app::routes::Route;
use waymark_app::words::text;
use waymark_app::{Checks, Ctx, Error, Result, Write, once};
use waymark_domain::find::masking::MaskedFor;

/// `GET /records/{reference}/mask`
pub async fn get(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let (view, me, found) = to_mask(&visitor, &reference).await.map_err(visitor.fails())?;
    let mut form = Form::default();
    form.set("words", found);
    asked(&visitor, (&view, &me), form, None)
}

/// The record, who asks, and what could be masked in it, each on a line.
async fn to_mask(visitor: &Visitor, reference: &str) -> Result<(RecordView, Me, String)> {
    let (view, me) = load(visitor, reference).await?;
    let me = me.ok_or(Error::SignInFirst)?;
    let (mut ctx, _) = visitor.read_as_member().await?;
    let found = mask::pointed_out(&mut ctx, &view).await?;
    let lines: Vec<String> = found.into_iter().map(|found| found.words).collect();
    Ok((view, me, lines.join("\n")))
}

fn question(
    visitor: &Visitor,
    (view, me): (&RecordView, &Me),
    (title, mut form): (&str, Form),
) -> QuestionPage {
    form.set(TOKEN, new_token(&visitor.env));
    QuestionPage::new(visitor, Some(me), (title, form))
        .caption(plain_title(view, visitor.lang))
        .hidden("version", view.record.version)
}

/// Which words, and why.
fn asked(visitor: &Visitor, about: (&RecordView, &Me), form: Form, error: Option<&Error>) -> Outcome {
    let record = Route::Record { reference: about.0.record.told.reference.clone() };
    question(visitor, about, ("mask-title", form))
        .wrong(error)
        .back(record)
        .say("mask-text")
        .several_lines("words", "mask-words")
        .radios("because", "mask-because", &MaskedFor::ALL.map(MaskedFor::name))
        .answer(error)
}

/// How its texts would stand.
fn shown(visitor: &Visitor, about: (&RecordView, &Me), form: &Form, texts: Vec<(String, String)>) -> Outcome {
    let back = Route::MaskWords { reference: about.0.record.told.reference.clone() };
    let rows = texts.into_iter().map(|(name, words)| Row::new(name, words));
    let typed = ["words", "because"].map(|field| (field, form.value(field).to_owned()));
    let page =
        question(visitor, about, ("mask-sure-title", Form::default())).back(back).hidden("sure", "yes");
    let page = typed.into_iter().fold(page, |page, (field, value)| page.hidden(field, value));
    page.with(SummaryList::new(rows)).warn("mask-sure-text").warning_button("mask-button").answer(None)
}

/// `POST /records/{reference}/mask`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    let (view, me, _) = to_mask(&visitor, &reference).await.map_err(visitor.fails())?;
    let done = match wish(&form) {
        Ok(_) if form.value("sure") == "yes" => masked(&visitor, &view, &form).await,
        Ok(wish) => match previewed(&visitor, &view, &wish).await {
            Ok(texts) => return shown(&visitor, (&view, &me), &form, texts),
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    match done {
        Ok(response) => Ok(response),
        Err(error @ (Error::Invalid(_) | Error::Conflict | Error::Refused(_))) => {
            asked(&visitor, (&view, &me), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// What is to be masked, and why, as it was typed.
///
/// # Errors
/// [`Error::Invalid`] by field.
pub fn wish(form: &Form) -> Result<Wish> {
    let mut checks = Checks::default();
    let words = match mask::parse(form.value("words")) {
        Ok(words) => Some(words),
        Err(key) => checks.some("words", None, key),
    };
    let because = checks.some("because", MaskedFor::parse(form.value("because")), "mask-because-empty");
    checks.finish(words.zip(because).map(|(words, because)| Wish { words, because }))
}

async fn previewed(visitor: &Visitor, view: &RecordView, wish: &Wish) -> Result<Vec<(String, String)>> {
    let (mut ctx, _) = visitor.read_as_member().await?;
    let texts = mask::preview(&mut ctx, view.record.id, wish).await?;
    let named =
        |field: waymark_domain::text::Field| text(visitor.lang, &format!("mask-field-{}", field.name()));
    Ok(texts.into_iter().map(|(field, words)| (named(field), words)).collect())
}

/// Does to a record what a finder of its place typed.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else, before what they typed is looked at; [`Error::ReasonFirst`]; what [`mask::mask`] says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, seen: Seen, form: &Form) -> Result<()> {
    let (record, viewer) = visible(ctx, seen.id).await?;
    mask::check(ctx, (&record, &viewer)).await?;
    mask::mask(ctx, seen, &wish(form)?).await.map(drop)
}

async fn masked(visitor: &Visitor, view: &RecordView, form: &Form) -> Result<Response> {
    let to = Route::History { reference: view.record.told.reference.clone() }.to_string();
    let (mut ctx, _) = visitor.write_as_member().await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let seen = Seen { id: view.record.id, version: form.value("version").parse().ok() };
    perform(&mut ctx, seen, form).await?;
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&to).into_response())
}
