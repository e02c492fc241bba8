//! The first run: five questions on a page each, their answers to check, and the link for the wall.

use crate::components::{Button, Input, Link, Panel, Row, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::page;
use crate::pages::people::poster::{PosterPage, tell_address};
use crate::pages::people::question::QuestionPage;
use crate::pages::people::sign_in::signed_in;
use crate::visitor::{DRAFT_COOKIE, Visitor, set_cookie};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::mail::Post;
use waymark_app::people::place::place;
use waymark_app::people::start::{self, Draft, Fields, SECRET_FIELDS, Step, door_field};
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_app::{Error, once};
use waymark_domain::people::level::Level;
use waymark_domain::people::setting::Door;
use waymark_domain::route::calendar::CalendarName;

/// How long the answers of a first run are kept for a browser.
const DRAFT_SECONDS: i64 = 7 * 24 * 3600;

/// What the first run asks for.
#[derive(Debug, Template)]
#[template(path = "pages/people/start.html")]
struct StartPage {
    layout: Layout,
    on: Button,
}

/// `GET /start`
pub async fn get(visitor: Visitor) -> Outcome {
    draft(&visitor).await?;
    let first = Route::StartStep { step: Step::Body }.to_string();
    let start = StartPage {
        layout: visitor.layout(None, visitor.text("first-run-title")),
        on: Button { is_start_button: true, ..Button::link(visitor.text("first-run-begin"), first) },
    };
    Ok(page::answer(StatusCode::OK, &start, visitor.lang))
}

async fn draft(visitor: &Visitor) -> Result<Draft, crate::failure::Failure> {
    let (mut ctx, _) = visitor.read().await.map_err(visitor.fails())?;
    start::draft(&mut ctx, visitor.draft_key.as_deref()).await.map_err(visitor.fails())
}

/// `GET /start/{step}`
pub async fn step(visitor: Visitor, Path(name): Path<String>) -> Outcome {
    let step = Step::parse(&name).ok_or(Error::NotFound).map_err(visitor.fails())?;
    let draft = draft(&visitor).await?;
    let mut form = Form::default();
    for field in FIELDS {
        form.set(field, draft.value(field));
    }
    usual(&mut form, step);
    if step == Step::Mail && !draft.has("mail-hosts") {
        form.set("mail-hosts", start::proposed_host(&draft));
    }
    step_page(&visitor, (step, &draft), form, None)
}

/// What most bodies answer, where nothing was answered yet.
fn usual(form: &mut Form, step: Step) {
    let usual: &[(&str, &str)] = match step {
        Step::Body => &[("level", "organisation")],
        Step::People => &[("finder", "me"), ("lead", "me")],
        Step::Mail => &[("mail-port", "587")],
        Step::SeenBy => &[("seen-by", "body")],
        Step::Doors => &[],
    };
    for (field, value) in usual {
        if form.value(field).is_empty() {
            form.set(field, *value);
        }
    }
}

/// Every field of the first run that is kept as it was typed.
const FIELDS: [&str; 23] = [
    "body-name",
    "level",
    "calendar",
    "name",
    "mail",
    "finder",
    "finder-name",
    "finder-mail",
    "lead",
    "lead-name",
    "lead-mail",
    "door-danger",
    "door-wrongdoing",
    "door-complaint",
    "door-help",
    "door-press",
    "mail-by",
    "mail-host",
    "mail-port",
    "mail-user",
    "mail-from",
    "mail-hosts",
    "seen-by",
];

/// `POST /start/{step}`
pub async fn answer(visitor: Visitor, Path(name): Path<String>, form: Form) -> Outcome {
    let step = Step::parse(&name).ok_or(Error::NotFound).map_err(visitor.fails())?;
    let key = visitor.draft_key.clone().unwrap_or_else(|| visitor.env.secret());
    let known = |field: &&str| FIELDS.contains(field) || SECRET_FIELDS.contains(field);
    let names = form.fields().keys().map(String::as_str).filter(known);
    let mut typed: Fields = names.map(|name| (name.to_owned(), form.value(name).to_owned())).collect();
    typed.insert("language".to_owned(), visitor.lang.code().to_owned());
    match start::answer(&visitor.env, &key, (step, &typed)).await {
        Ok(()) => Ok(go_on(&visitor, step, &key)),
        Err(error @ Error::Invalid(_)) => {
            let draft = draft(&visitor).await?;
            step_page(&visitor, (step, &draft), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// To the next question, or back to the answers where all were given before.
fn go_on(visitor: &Visitor, step: Step, key: &str) -> Response {
    let is_change = visitor.query("change").is_some();
    let next = step.next().filter(|_| !is_change);
    let to = next.map_or(Route::StartCheck, |step| Route::StartStep { step }).to_string();
    let cookie = set_cookie(&visitor.env, DRAFT_COOKIE, (key, DRAFT_SECONDS));
    ([(SET_COOKIE, cookie)], Redirect::to(&to)).into_response()
}

fn step_page(visitor: &Visitor, (step, draft): (Step, &Draft), form: Form, error: Option<&Error>) -> Outcome {
    let title = format!("first-run-{step}-title");
    let number = [("number", step.number().to_string().into())];
    let page = QuestionPage::new(visitor, None, (title.as_str(), form))
        .wrong(error)
        .back(before(step))
        .caption(text_with(visitor.lang, "first-run-question", &number))
        .say(&format!("first-run-{step}-text"));
    let page = match step {
        Step::Body => body(page),
        Step::People => people(page, draft),
        Step::Doors => doors(page),
        Step::Mail => mail(page, draft),
        Step::SeenBy => page.radios("seen-by", "first-run-seen-by", &["body", "handlers"]),
    };
    page.answer(error)
}

fn before(step: Step) -> Route {
    let before = Step::ALL.into_iter().rev().find(|other| *other < step);
    before.map_or(Route::Start, |step| Route::StartStep { step })
}

fn body(page: QuestionPage) -> QuestionPage {
    let levels = Level::ALL.map(Level::name);
    let calendars = CalendarName::ALL.map(CalendarName::as_str);
    page.line("body-name", "first-run-body-name").radios("level", "first-run-level", &levels).radios(
        "calendar",
        "first-run-calendar",
        &calendars,
    )
}

fn people(page: QuestionPage, draft: &Draft) -> QuestionPage {
    let password = if draft.has_password() { "first-run-password-kept" } else { "first-run-password" };
    let mut name = Input::new("name", page.label("first-run-name"));
    name.autocomplete = Some("name".into());
    page.input("name", "first-run-name", name)
        .email("mail", "first-run-mail")
        .new_password("password", password)
        .radios("finder", "first-run-finder", &["me", "other"])
        .line("finder-name", "first-run-finder-name")
        .plain_email("finder-mail", "first-run-finder-mail")
        .radios("lead", "first-run-lead", &["me", "other", "nobody"])
        .line("lead-name", "first-run-lead-name")
        .plain_email("lead-mail", "first-run-lead-mail")
        .inset("first-run-few")
}

fn doors(page: QuestionPage) -> QuestionPage {
    let page = Door::ALL.into_iter().fold(page, |page, door| {
        let field = door_field(door);
        page.line(field, &format!("people-{field}"))
    });
    page.inset("first-run-doors-later")
}

fn mail(page: QuestionPage, draft: &Draft) -> QuestionPage {
    let page = page.radios("mail-by", "first-run-mail-by", &["files", "smtp"]);
    mail_fields(page, draft.has_mail_password())
        .heading("first-run-mail-staff")
        .line("mail-hosts", "people-mail-hosts")
}

/// The fields of a mail server, as the administrator's page shows them, too.
pub(super) fn mail_fields(page: QuestionPage, has_password: bool) -> QuestionPage {
    let password = if has_password { "first-run-mail-password-kept" } else { "first-run-mail-password" };
    let port = Input::whole_number("mail-port", page.label("first-run-mail-port"));
    let mut user = Input::new("mail-user", page.label("first-run-mail-user"));
    user.autocomplete = Some("off".into());
    page.heading("first-run-mail-server")
        .line("mail-host", "first-run-mail-host")
        .input("mail-port", "first-run-mail-port", port)
        .input("mail-user", "first-run-mail-user", user)
        .new_password("mail-password", password)
        .plain_email("mail-from", "first-run-mail-from")
}

/// The answers, to be checked.
#[derive(Debug, Template)]
#[template(path = "pages/people/check.html")]
struct CheckPage {
    layout: Layout,
    lists: Vec<SummaryList>,
    token: String,
    button: Button,
}

/// `GET /start/check`
pub async fn check(visitor: Visitor) -> Outcome {
    let draft = draft(&visitor).await?;
    if let Some(step) = start::missing(&draft) {
        return Ok(Redirect::to(&Route::StartStep { step }.to_string()).into_response());
    }
    let check = CheckPage {
        layout: visitor
            .layout(None, visitor.text("first-run-check-title"))
            .back(Route::StartStep { step: Step::SeenBy }.to_string()),
        lists: Step::ALL.into_iter().map(|step| answers(&visitor, &draft, step)).collect(),
        token: new_token(&visitor.env),
        button: Button::new(visitor.text("first-run-found")),
    };
    Ok(page::answer(StatusCode::OK, &check, visitor.lang))
}

/// The answers to one question with a link to change each.
fn answers(visitor: &Visitor, draft: &Draft, step: Step) -> SummaryList {
    let href = format!("{}?change=1", Route::StartStep { step });
    let change = visitor.text("people-change");
    let rows = shown(visitor, draft, step).into_iter().map(|(key, value)| {
        let question = visitor.text(key);
        let value = if value.is_empty() { visitor.text("first-run-nothing") } else { value };
        Row::new(question.clone(), value).action(change.clone(), href.clone(), question)
    });
    SummaryList::new(rows)
}

fn shown(visitor: &Visitor, draft: &Draft, step: Step) -> Vec<(&'static str, String)> {
    let plain = |key: &'static str, field: &str| (key, draft.value(field).to_owned());
    let chosen =
        |key: &'static str, field: &str| (key, visitor.text(&format!("{key}-{}", draft.value(field))));
    match step {
        Step::Body => vec![
            plain("first-run-body-name", "body-name"),
            chosen("first-run-level", "level"),
            chosen("first-run-calendar", "calendar"),
        ],
        Step::People => vec![
            plain("first-run-name", "name"),
            plain("first-run-mail", "mail"),
            ("first-run-password", visitor.text("first-run-hidden")),
            ("first-run-finder", post(visitor, draft, "finder")),
            ("first-run-lead", post(visitor, draft, "lead")),
        ],
        Step::Doors => vec![
            plain("people-door-danger", "door-danger"),
            plain("people-door-wrongdoing", "door-wrongdoing"),
            plain("people-door-complaint", "door-complaint"),
            plain("people-door-help", "door-help"),
            plain("people-door-press", "door-press"),
        ],
        Step::Mail if draft.value("mail-by") == "files" => {
            vec![chosen("first-run-mail-by", "mail-by"), plain("people-mail-hosts", "mail-hosts")]
        }
        Step::Mail => vec![
            chosen("first-run-mail-by", "mail-by"),
            plain("first-run-mail-host", "mail-host"),
            plain("first-run-mail-port", "mail-port"),
            plain("first-run-mail-user", "mail-user"),
            plain("first-run-mail-from", "mail-from"),
            plain("people-mail-hosts", "mail-hosts"),
        ],
        Step::SeenBy => vec![chosen("first-run-seen-by", "seen-by")],
    }
}

fn post(visitor: &Visitor, draft: &Draft, who: &str) -> String {
    match draft.value(who) {
        "other" => {
            let part = |part: &str| draft.value(&format!("{who}-{part}")).to_owned();
            format!("{}, {}", part("name"), part("mail"))
        }
        other => visitor.text(&format!("first-run-{who}-{other}")),
    }
}

/// `POST /start/check`
pub async fn found(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, _) = visitor.write().await.map_err(visitor.fails())?;
    let done = Route::StartDone.to_string();
    if once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?.is_some() {
        return Ok(Redirect::to(&done).into_response());
    }
    let key = visitor.draft_key.clone().unwrap_or_default();
    match start::finish(&mut ctx, &key, &visitor.agent).await {
        Ok(started) => {
            once::remember(&mut ctx, form.token(), &done).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            signed_in(&visitor, (&started.session, false), &done).await.map_err(visitor.fails())
        }
        Err(Error::Invalid(_)) => Ok(Redirect::to(&Route::StartCheck.to_string()).into_response()),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// `GET /start/done`
pub async fn done(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    if !me.administers {
        return Err(visitor.fails()(Error::Forbidden));
    }
    let root = start::root(&mut ctx).await.map_err(visitor.fails())?;
    let here = place(&mut ctx, root).await.map_err(visitor.fails())?;
    let title = visitor.text("first-run-done");
    let mut open = Vec::new();
    if !here.settings.doors_are_set() {
        let settings = Route::NodeSettings { node: root }.to_string();
        open.push(Link::new(visitor.text("first-run-still-doors"), settings));
    }
    if matches!(visitor.env.mail.post(&visitor.env).await, Ok((Post::Files(_), _))) {
        open.push(Link::new(visitor.text("first-run-still-mail"), Route::AdminMail.to_string()));
    }
    if here.settings.complaints.is_none() {
        let settings = Route::NodeSettings { node: root }.to_string();
        open.push(Link::new(visitor.text("first-run-still-complaints"), settings));
    }
    let poster = PosterPage {
        panel: Some(Panel::confirmation(title.clone(), visitor.text("first-run-done-text"))),
        layout: visitor.layout(Some(&me), title),
        open,
        address: tell_address(&visitor.env.config.origin, root),
        name: here.name().to_owned(),
        on: Button::link(visitor.text("first-run-on"), Route::Home.to_string()),
    };
    Ok(page::answer(StatusCode::OK, &poster, visitor.lang))
}
