//! A file on its way: what would come in, how far it is, what became of it.

use super::report;
use super::{count, id, written};
use crate::components::{Button, Link, Row, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token, problems};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, REFRESH};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use uuid::Uuid;
use waymark_app::import::batch::{self, Batch, Outcome as Became, State};
use waymark_app::import::check::check;
use waymark_app::import::{apply, progress};
use waymark_app::jobs::retention::Periods;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_app::{Actor, Ctx, Error, Read, Result, once};
use waymark_domain::reference::Reference;

/// Files of at most so many rows are in before the page answers.
const AT_ONCE_ROWS: usize = 300;
/// How often the page of a file that comes in looks again, in seconds.
const LOOKS_AGAIN: HeaderValue = HeaderValue::from_static("3");

/// The page of a file that is coming in.
#[derive(Debug, Template)]
#[template(path = "pages/import/progress.html")]
struct ProgressPage {
    layout: Layout,
    file_name: String,
    how_far: String,
    action: String,
    token: String,
    button: Button,
}

/// The page of a file that is in.
#[derive(Debug, Template)]
#[template(path = "pages/import/result.html")]
struct ResultPage {
    layout: Layout,
    file_name: String,
    summary: SummaryList,
    first: Vec<Link>,
    again: String,
}

/// The page of a file that was thrown away.
#[derive(Debug, Template)]
#[template(path = "pages/import/thrown-away.html")]
struct ThrownAwayPage {
    layout: Layout,
    said: String,
    again: String,
}

/// `GET /import/{file}`
pub async fn get(visitor: Visitor, Path(file): Path<String>) -> Outcome {
    let file = id(&file).map_err(visitor.fails())?;
    shown(&visitor, file, None).await.map_err(visitor.fails())
}

/// `POST /import/{file}`
pub async fn post(visitor: Visitor, Path(file): Path<String>, form: Form) -> Outcome {
    let file = id(&file).map_err(visitor.fails())?;
    done(&visitor, file, &form).await.map_err(visitor.fails())
}

async fn done(visitor: &Visitor, file: Uuid, form: &Form) -> Result<Response> {
    let here = Route::ImportFile { file }.to_string();
    let (mut ctx, me) = visitor.write_as_member().await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Redirect::to(&here).into_response());
    }
    once::remember(&mut ctx, form.token(), &here).await?;
    let wanted = form.value("do");
    let outcome = match wanted {
        "all" | "good" => apply::begin(&mut ctx, file, wanted == "good").await,
        "throw" => batch::throw_away(&mut ctx, file).await,
        "go-on" => batch::find(&mut ctx, file).await.map(drop),
        _ => Err(Error::NotFound),
    };
    match outcome {
        Err(error @ Error::Invalid(_)) => {
            drop(ctx);
            return shown(visitor, file, Some(&error)).await;
        }
        other => other?,
    }
    let rows = batch::find(&mut ctx, file).await?.rows;
    ctx.commit().await?;
    if wanted != "throw" {
        bring_in(visitor, &me, (file, rows)).await?;
    }
    Ok(Redirect::to(&here).into_response())
}

/// A small file is in before the page answers; a larger one comes in beside it.
async fn bring_in(visitor: &Visitor, me: &Me, (file, rows): (Uuid, usize)) -> Result<()> {
    let (env, actor) = (Arc::clone(&visitor.env), Actor::Person(me.account));
    if rows <= AT_ONCE_ROWS {
        return match apply::run(&env, actor, file).await {
            // Another process is at it: its page says so.
            Ok(_) | Err(Error::Conflict) => Ok(()),
            Err(error) => Err(error),
        };
    }
    tokio::spawn(async move {
        if let Err(error) = apply::run(&env, actor, file).await {
            tracing::error!(%error, %file, "an import was interrupted; it is begun again");
        }
    });
    Ok(())
}

async fn shown(visitor: &Visitor, file: Uuid, error: Option<&Error>) -> Result<Response> {
    let (mut ctx, me) = visitor.read_as_member().await?;
    let found = batch::find(&mut ctx, file).await?;
    match found.state {
        State::Staged => staged(visitor, (&mut ctx, &me), &found, error).await,
        State::Applying => Ok(coming(visitor, &me, &found)),
        State::Applied => Ok(in_it_is(visitor, &me, found)),
        State::ThrownAway => Ok(thrown_away(visitor, &me, &found)),
    }
}

async fn staged(
    visitor: &Visitor,
    (ctx, me): (&mut Ctx<'_, Read>, &Me),
    found: &Batch,
    error: Option<&Error>,
) -> Result<Response> {
    let checked = check(ctx, found).await?;
    let problems = error.and_then(|error| problems(visitor.lang, error)).unwrap_or_default();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let periods = Periods::read(ctx).await?;
    let page = report::page(visitor, me, (found, &checked, &periods), problems);
    Ok(page::answer(status, &page, visitor.lang))
}

fn coming(visitor: &Visitor, me: &Me, found: &Batch) -> Response {
    let lang = visitor.lang;
    let how_far = match progress::of(found.id) {
        Some(at) => text_with(
            lang,
            "import-progress",
            &[("done", count(lang, at.done)), ("all", count(lang, at.all))],
        ),
        None => visitor.text("import-progress-elsewhere"),
    };
    let page = ProgressPage {
        layout: visitor.layout(Some(me), visitor.text("import-progress-title")),
        file_name: found.file_name.clone(),
        how_far,
        action: Route::ImportFile { file: found.id }.to_string(),
        token: new_token(&visitor.env),
        button: Button::secondary(visitor.text("import-progress-go-on")).sends("do", "go-on"),
    };
    let mut response = page::answer(StatusCode::OK, &page, lang);
    response.headers_mut().insert(REFRESH, LOOKS_AGAIN);
    response
}

fn in_it_is(visitor: &Visitor, me: &Me, found: Batch) -> Response {
    let Became { made, revised, unchanged, left_out, first } = found.outcome.unwrap_or_default();
    let row = |key: &str, count: usize| Row::new(visitor.text(key), written(visitor.lang, count));
    let link = |(reference, title): &(String, String)| {
        let reference = Reference::parse(reference)?;
        Some(Link::new(title.clone(), Route::Record { reference }.to_string()))
    };
    let page = ResultPage {
        layout: visitor.layout(Some(me), visitor.text("import-result-title")),
        file_name: found.file_name,
        summary: SummaryList::new([
            row("import-result-made", made),
            row("import-result-revised", revised),
            row("import-result-unchanged", unchanged),
            row("import-result-left-out", left_out),
        ]),
        first: first.iter().filter_map(link).collect(),
        again: Route::Import.to_string(),
    };
    page::answer(StatusCode::OK, &page, visitor.lang)
}

fn thrown_away(visitor: &Visitor, me: &Me, found: &Batch) -> Response {
    let file = [("file", found.file_name.clone().into())];
    let page = ThrownAwayPage {
        layout: visitor.layout(Some(me), visitor.text("import-thrown-away-title")),
        said: text_with(visitor.lang, "import-thrown-away", &file),
        again: Route::Import.to_string(),
    };
    page::answer(StatusCode::OK, &page, visitor.lang)
}
