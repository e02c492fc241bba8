//! Choosing a file, what is in it and where it goes.

use super::written;
use crate::components::{Button, FileUpload, Radio, Radios, Select};
use crate::failure::{Outcome, RETRY_SECONDS, urlencoded};
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;
use waymark_app::import::batch::{self, Batch, NewBatch, State};
use waymark_app::import::columns::{Kind, propose};
use waymark_app::import::limits;
use waymark_app::import::may::{self, Place};
use waymark_app::import::read::{Hints, ReadProblem, Sheet, read};
use waymark_app::import::said;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{text, text_with};
use waymark_app::{Ctx, Error, Read, Result, once};
use waymark_domain::ids::NodeId;

/// The most bytes of an upload: the file, and room for the other fields.
pub const UPLOAD_BYTES: usize = limits::FILE_BYTES + 64 * 1024;
/// The most bytes that are read of another field: ids, tokens and names of kinds.
const FIELD_BYTES: usize = 4 * 1024;
/// How many earlier files are listed.
const EARLIER: i64 = 20;

/// The page on which a file is chosen.
#[derive(Debug, Template)]
#[template(path = "pages/import/start.html")]
struct StartPage {
    layout: Layout,
    action: String,
    token: String,
    /// Nothing where the reader may bring nothing in.
    fields: Option<Fields>,
    earlier_title: String,
    earlier: Vec<Earlier>,
}

#[derive(Debug)]
struct Fields {
    kinds: Radios,
    places: Select,
    file: FileUpload,
    button: Button,
}

/// A file that was brought in, or is on its way.
#[derive(Debug)]
struct Earlier {
    href: String,
    name: String,
    state: &'static str,
    rows: String,
}

/// The page of a file that is too large to be taken at all.
#[derive(Debug, Template)]
#[template(path = "pages/import/too-big.html")]
struct TooBigPage {
    layout: Layout,
    again: String,
}

/// `GET /import`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let mut form = Form::default();
    for name in ["kind", "node"] {
        form.set(name, visitor.query(name).unwrap_or_default());
    }
    form.set(TOKEN, new_token(&visitor.env));
    shown(&visitor, (&mut ctx, &me), (&form, Vec::new())).await.map_err(visitor.fails())
}

/// What was sent.
#[derive(Debug, Default)]
struct Sent {
    form: Form,
    name: String,
    bytes: Vec<u8>,
    /// The turn in which the file is read.
    turn: Option<OwnedSemaphorePermit>,
}

/// `POST /import`
pub async fn post(visitor: Visitor, multipart: Multipart) -> Outcome {
    // Who may bring nothing in sends no fifty megabytes.
    let (mut ctx, me) = visitor.read().await.map_err(visitor.fails())?;
    let is_wanted = me.is_some() && !may::places(&mut ctx).await.map_err(visitor.fails())?.is_empty();
    drop(ctx);
    let turn = if is_wanted { visitor.env.files.take() } else { None };
    let sent = match sent(multipart, turn.is_some()).await {
        Ok(sent) if is_wanted && turn.is_none() && !sent.name.is_empty() => {
            return busy(&visitor, &sent.form).await.map_err(visitor.fails());
        }
        Ok(sent) => Sent { turn, ..sent },
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return too_big(&visitor).await,
        Err(error) => return Ok(error.into_response()),
    };
    let chosen = [("kind", sent.form.value("kind")), ("node", sent.form.value("node"))];
    let chosen = chosen.map(|(name, value)| format!("{name}={}", urlencoded(value))).join("&");
    // Who has to sign in first comes back to what was chosen; the file has to be chosen again.
    let back = Visitor { address: format!("{}?{chosen}", Route::Import), ..visitor.clone() };
    taken(&visitor, sent).await.map_err(back.fails())
}

/// Reads what was sent, up to the file where that is not wanted: the form's other fields come before it.
async fn sent(mut multipart: Multipart, is_wanted: bool) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(mut field) = multipart.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.name = field.file_name().unwrap_or_default().to_owned();
            if !is_wanted {
                return Ok(sent);
            }
            sent.bytes = field.bytes().await?.to_vec();
        } else {
            sent.form.set(&name, short(&mut field).await?);
        }
    }
    Ok(sent)
}

/// The text of a field; of one that is longer than any of the form's, its beginning.
async fn short(field: &mut Field<'_>) -> Result<String, MultipartError> {
    let mut bytes = Vec::new();
    while bytes.len() < FIELD_BYTES {
        let Some(chunk) = field.chunk().await? else { break };
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(FIELD_BYTES);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn taken(visitor: &Visitor, sent: Sent) -> Result<Response> {
    let Sent { form, name, bytes, turn } = sent;
    // The answer of who has signed in no more is the same whatever was sent.
    drop(visitor.read_as_member().await?);
    let chosen = (Kind::parse(form.value("kind")), form.value("node").parse::<Uuid>().ok().map(NodeId));
    let mut problems = Vec::new();
    let mut missing = |is_missing: bool, field: &str, key: &str| {
        if is_missing {
            problems.push((field.to_owned(), text(visitor.lang, key)));
        }
    };
    missing(chosen.0.is_none(), "kind", "import-kind-missing");
    missing(chosen.1.is_none(), "node", "import-place-missing");
    missing(name.is_empty(), "file", "import-file-missing");
    let (Some(kind), Some(node), true) = (chosen.0, chosen.1, problems.is_empty()) else {
        return again(visitor, (&form, problems)).await;
    };
    match parsed(bytes, name.clone(), turn).await? {
        Ok(sheet) => staged(visitor, &form, (kind, node), (&sheet, &name)).await,
        Err(problem) => {
            let words = said::refusal(visitor.lang, &problem);
            again(visitor, (&form, vec![("file".to_owned(), words)])).await
        }
    }
}

/// Reads a file off the runtime: fifty megabytes take a while. The thread holds the turn.
async fn parsed(
    bytes: Vec<u8>,
    name: String,
    turn: Option<OwnedSemaphorePermit>,
) -> Result<Result<Sheet, ReadProblem>> {
    let work = move || {
        let sheet = read(&bytes, Hints { name: Some(&name), sheet: None });
        drop(turn);
        sheet
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// As many files are being read as may be: what was chosen stays, and this one is sent again a little later.
async fn busy(visitor: &Visitor, form: &Form) -> Result<Response> {
    let why = ("file".to_owned(), visitor.text("import-busy"));
    let mut response = again(visitor, (form, vec![why])).await?;
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert(RETRY_AFTER, RETRY_SECONDS.into());
    Ok(response)
}

async fn staged(
    visitor: &Visitor,
    form: &Form,
    (kind, node): (Kind, NodeId),
    (sheet, file_name): (&Sheet, &str),
) -> Result<Response> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if let Some(earlier) = once::answered(&mut ctx, form.token()).await? {
        return Ok(Redirect::to(&earlier).into_response());
    }
    let mapping = propose(kind, &sheet.columns);
    let new = NewBatch { node, file_name, sheet, mapping: &mapping };
    let file = match batch::stage(&mut ctx, &new).await {
        Err(Error::Forbidden) => {
            drop(ctx);
            let kind = text(visitor.lang, &format!("import-kind-{}", kind.name())).to_lowercase();
            let words = text_with(visitor.lang, "import-place-not-yours", &[("kind", kind.into())]);
            return again(visitor, (form, vec![("node".to_owned(), words)])).await;
        }
        staged => staged?,
    };
    let next = Route::ImportColumns { file }.to_string();
    once::remember(&mut ctx, form.token(), &next).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&next).into_response())
}

async fn again(visitor: &Visitor, typed: (&Form, Vec<(String, String)>)) -> Result<Response> {
    let (mut ctx, me) = visitor.read_as_member().await?;
    shown(visitor, (&mut ctx, &me), typed).await
}

async fn shown(
    visitor: &Visitor,
    (ctx, me): (&mut Ctx<'_, Read>, &Me),
    (form, problems): (&Form, Vec<(String, String)>),
) -> Result<Response> {
    let places = may::places(ctx).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let layout = visitor.layout(Some(me), visitor.text("import-title")).problems(problems);
    let first = places.first().cloned();
    let earlier = match &first {
        Some(place) => batch::newest_at(ctx, place.node, EARLIER).await?,
        None => Vec::new(),
    };
    let place_name = first.map(|place| place.name).unwrap_or_default();
    let page = StartPage {
        action: Route::Import.to_string(),
        token: form.token().to_owned(),
        fields: (!places.is_empty()).then(|| fields(visitor, &layout, (form, &places))),
        earlier_title: text_with(visitor.lang, "import-earlier", &[("place", place_name.into())]),
        earlier: earlier.into_iter().map(|one| listed(visitor, one)).collect(),
        layout,
    };
    Ok(page::answer(status, &page, visitor.lang))
}

fn fields(visitor: &Visitor, layout: &Layout, (form, places): (&Form, &[Place])) -> Fields {
    let kinds = Kind::ALL.into_iter().filter(|kind| places.iter().any(|place| place.kinds.contains(kind)));
    let radio = |kind: Kind| {
        let name = visitor.text(&format!("import-kind-{}", kind.name()));
        Radio::new(kind.name(), name).hint(visitor.text(&format!("import-kind-{}-hint", kind.name())))
    };
    let option =
        |place: &Place| (place.node.0.to_string(), format!("{}{}", "– ".repeat(place.depth), place.name));
    let chosen = form.value("node").to_owned();
    let rows = [("rows", written(visitor.lang, limits::ROWS).into())];
    Fields {
        kinds: Radios::new("kind", visitor.text("import-kind"), kinds.map(radio))
            .value(form.value("kind").to_owned())
            .error(layout.problem("kind")),
        places: Select::new("node", visitor.text("import-place"), places.iter().map(option))
            .hint(visitor.text("import-place-hint"))
            .value(chosen)
            .error(layout.problem("node")),
        file: FileUpload::new("file", visitor.text("import-file"))
            .hint(text_with(visitor.lang, "import-file-hint", &rows))
            .error(layout.problem("file")),
        button: Button::new(visitor.text("import-read-it")),
    }
}

fn listed(visitor: &Visitor, batch: Batch) -> Earlier {
    let rows = [("rows", written(visitor.lang, batch.rows).into())];
    Earlier {
        href: Route::ImportFile { file: batch.id }.to_string(),
        name: batch.file_name,
        state: match batch.state {
            State::Staged => "import-state-staged",
            State::Applying => "import-state-applying",
            State::Applied => "import-state-applied",
            State::ThrownAway => "import-state-thrown-away",
        },
        rows: text_with(visitor.lang, "import-file-rows", &rows),
    }
}

async fn too_big(visitor: &Visitor) -> Outcome {
    let (_, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let layout = visitor.layout(Some(&me), visitor.text("import-too-big-title"));
    let page = TooBigPage { layout, again: Route::Import.to_string() };
    Ok(page::answer(StatusCode::PAYLOAD_TOO_LARGE, &page, visitor.lang))
}
