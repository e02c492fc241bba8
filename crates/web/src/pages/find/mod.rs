//! Find: the pages of telling, of records and their lists, of problems, and the sheets for the wall.

pub mod also;
pub mod check;
pub mod come_back;
pub mod comment_moderation;
pub mod comments;
pub mod confirm;
pub mod delivered;
pub mod door;
pub mod door_answer;
pub mod drafts;
pub(crate) mod facts;
pub mod group;
pub mod held_back;
pub mod hidden;
mod hiding;
pub mod history;
pub mod late;
pub mod late_taken;
pub mod list;
pub mod mask;
pub mod moderation;
pub mod moderation_taken;
pub mod named;
pub mod place;
pub mod problems;
pub mod problems_taken;
pub mod public;
pub mod record;
pub mod report;
pub mod said;
pub mod sent;
pub mod shown;
pub mod similar;
pub mod taken;
pub mod tell;
pub mod wall;
pub mod who;

use crate::components::Row;
use crate::failure::Outcome;
use crate::form::Form;
use crate::visitor::{App, DRAFT_COOKIE, Visitor, set_cookie};
use axum::Router;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use uuid::Uuid;
use waymark_app::find::capture::{self, Step};
use waymark_app::find::delivery::{self, Shows};
use waymark_app::find::draft::{self, BROWSER_DAYS, Draft, Fields, Kind};
use waymark_app::people::session::Me;
use waymark_app::routes::{Route, pattern};
use waymark_app::words::{Lang, text};
use waymark_app::{Ctx, Error, Read, Result, Write};

/// The addresses of this room.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(pattern::Tell, get(tell::get).post(tell::post))
        .route(pattern::TellDone, get(tell::get_done).post(tell::post_done))
        .route(pattern::Drafts, get(drafts::get))
        .route(pattern::Draft, get(tell::get_draft).post(tell::post_draft))
        .route(pattern::DraftPlace, get(place::get).post(place::post))
        .route(pattern::DraftWho, get(who::get).post(who::post))
        .route(pattern::DraftWhose, get(group::get_whose).post(group::post_whose))
        .route(pattern::DraftGroup, get(group::get_group).post(group::post_group))
        .route(pattern::DraftBehalf, get(group::get_behalf).post(group::post_behalf))
        .route(pattern::DraftDoor, get(door::get).post(door::post))
        .route(pattern::DraftSimilar, get(similar::get).post(similar::post))
        .route(pattern::DraftCheck, get(check::get))
        .route(pattern::DraftDelete, get(drafts::get_delete).post(drafts::post_delete))
        .route(pattern::DraftSend, post(check::send))
        .route(pattern::DraftPublic, post(public::send))
        .route(pattern::DraftConfirm, post(check::confirm))
        .route(pattern::Delivered, get(delivered::get))
        .route(pattern::AnswerDoor, get(door_answer::get).post(door_answer::post))
        .route(pattern::ComeBack, get(come_back::get).post(come_back::post))
        .route(pattern::OpenName, get(hidden::get).post(hidden::post))
        .route(pattern::GiveName, get(hidden::get_name).post(hidden::post_name))
        .route(pattern::MaskWords, get(mask::get).post(mask::post))
        .route(pattern::Credit, get(public::get_credit).post(public::post_credit))
        .route(pattern::Moderation, get(moderation::get))
        .route(pattern::Moderate, get(moderation::get_one).post(moderation::post_one))
        .route(pattern::ModerateComment, get(comment_moderation::get).post(comment_moderation::post))
        .route(pattern::Report, get(report::get).post(report::post))
        .route(pattern::ModerationLog, get(moderation::log))
        .route(pattern::ModerationTable, get(moderation_taken::table))
        .route(pattern::ModerationData, get(moderation_taken::data))
        .route(pattern::ModerationFeed, get(moderation_taken::feed))
        .route(pattern::HeldBack, get(held_back::get).post(held_back::post))
        .route(pattern::Sent, get(sent::get))
        .route(pattern::Problems, get(problems::get))
        .route(pattern::ProblemsTable, get(problems_taken::table))
        .route(pattern::ProblemsData, get(problems_taken::data))
        .route(pattern::ProblemsFeed, get(problems_taken::feed))
        .route(pattern::Problem, get(problems::get_one))
        .route(pattern::MaskProblem, get(mask::get_problem).post(mask::post_problem))
        .route(pattern::Wall, get(wall::get))
        .route(pattern::Poster, get(wall::get_poster))
}

/// An id in an address, or *not found* for what is none.
fn id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound)
}

/// What was typed into a draft, under the form's own questions.
pub fn typed_rows(lang: Lang, draft: &Draft) -> impl Iterator<Item = Row> {
    let fields = [
        ("title", "tell-row-title"),
        ("problem", "tell-row-problem"),
        ("solution", "tell-row-solution"),
        ("did", "tell-row-did"),
        ("changed", "tell-row-changed"),
    ];
    let typed = fields.into_iter().map(|(field, key)| (key, draft.value(field).trim()));
    let typed = typed.filter(|(_, words)| !words.is_empty());
    typed.map(move |(key, words)| Row::new(text(lang, key), words.to_owned()))
}

/// The address of a step of a draft.
fn step_route(step: Step, draft: Uuid) -> Route {
    match step {
        Step::Place => Route::DraftPlace { draft },
        Step::Who => Route::DraftWho { draft },
        Step::Door => Route::DraftDoor { draft },
        Step::Similar => Route::DraftSimilar { draft },
        Step::Check => Route::DraftCheck { draft },
    }
}

/// A page's own request for a draft: who asks, the open transaction, the draft.
struct Opened<'v, K> {
    ctx: Ctx<'v, K>,
    me: Option<Me>,
    draft: Draft,
}

/// Opens a draft to be shown. Whoever has signed in meanwhile owns it from now on.
async fn open<'v>(visitor: &'v Visitor, draft: &str) -> Result<Opened<'v, Read>> {
    adopt(visitor, id(draft)?).await?;
    let (mut ctx, me) = visitor.read().await?;
    let found = draft::open(&mut ctx, visitor.draft_key.as_deref(), id(draft)?).await;
    Ok(Opened { draft: or_sign_in(found, me.as_ref())?, ctx, me })
}

/// Opens a draft to be changed.
async fn open_to_write<'v>(visitor: &'v Visitor, draft: &str) -> Result<Opened<'v, Write>> {
    let (mut ctx, me) = visitor.write().await?;
    let found = draft::open(&mut ctx, visitor.draft_key.as_deref(), id(draft)?).await;
    Ok(Opened { draft: or_sign_in(found, me.as_ref())?, ctx, me })
}

/// The draft that somebody without a session cannot open may be their own: their session may have ended while they were
/// typing. Whether there is one is told to nobody.
fn or_sign_in(found: Result<Draft>, me: Option<&Me>) -> Result<Draft> {
    match found {
        Err(Error::NotFound) if me.is_none() => Err(Error::SignInFirst),
        found => found,
    }
}

/// What is said where a draft cannot be opened: whoever sent it to a door before, from another tab or on the page to which
/// they went back, is led to how far it is.
async fn or_delivery(visitor: &Visitor, draft: &str, error: Error) -> Outcome {
    let is_gone = matches!(error, Error::NotFound | Error::SignInFirst | Error::Conflict);
    let message = match Uuid::try_parse(draft) {
        Ok(draft) if is_gone => delivery_of(visitor, draft).await.map_err(visitor.fails())?,
        _ => None,
    };
    match message {
        Some(message) => Ok(Redirect::to(&Route::Delivered { message }.to_string()).into_response()),
        None => Err(visitor.fails()(error)),
    }
}

async fn delivery_of(visitor: &Visitor, draft: Uuid) -> Result<Option<Uuid>> {
    let (mut ctx, _) = visitor.read().await?;
    let shows = Shows { key: visitor.draft_key.as_deref(), code: visitor.code.as_deref() };
    delivery::became(&mut ctx, shows, draft).await
}

/// Gives a draft of this browser to whoever is signed in and opens it.
async fn adopt(visitor: &Visitor, draft: Uuid) -> Result<()> {
    let (Some(key), Some(_)) = (&visitor.draft_key, &visitor.secret) else { return Ok(()) };
    let (mut ctx, me) = visitor.write_at_any_pace().await?;
    if me.is_some() {
        draft::adopt(&mut ctx, key, draft).await?;
        ctx.commit().await?;
    }
    Ok(())
}

/// Keeps a draft's fields and goes on to what it needs next.
async fn keep_and_go_on(visitor: &Visitor, mut opened: Opened<'_, Write>, fields: Fields) -> Outcome {
    let key = visitor.draft_key.as_deref();
    let kept = Draft { fields, ..opened.draft };
    let done = async {
        draft::keep(&mut opened.ctx, key, (Some(kept.id), kept.kind), &kept.fields).await?;
        let step = capture::next(&mut opened.ctx, &kept).await?;
        opened.ctx.commit().await?;
        Ok(step)
    };
    let step = done.await.map_err(visitor.fails())?;
    Ok(Redirect::to(&step_route(step, kept.id).to_string()).into_response())
}

/// The fields of a form that a page asked for, taken over into a draft's; a box that was not ticked takes its value
/// away.
fn take_over(fields: &mut Fields, form: &Form, names: &[&str]) {
    for name in names {
        match form.all(name) {
            [] => fields.remove(*name),
            values => fields.insert((*name).to_owned(), values.to_vec()),
        };
    }
}

/// An answer that gives the browser the secret of its drafts.
pub(crate) fn with_key(visitor: &Visitor, key: &str, response: Response) -> Response {
    let seconds = BROWSER_DAYS * 24 * 60 * 60;
    let cookie = set_cookie(&visitor.env, DRAFT_COOKIE, (key, seconds));
    (AppendHeaders([(SET_COOKIE, cookie)]), response).into_response()
}

/// Somebody's own words in a sentence: “bottles”, “weekend”.
fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}

/// The title of a form's pages.
const fn title_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Tell => "tell-title",
        Kind::Done => "tell-done-title",
    }
}
