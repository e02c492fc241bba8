//! What waits for one's yes about people: newcomers to be let in, powerful roles that need a second yes. One press each.

use crate::components::{Button, Row, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;
use waymark_app::people::session::Me;
use waymark_app::people::{asks, factor_reset, newcomers};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text};
use waymark_app::{Ctx, Error, Write, once};
use waymark_domain::ids::AskId;
use waymark_domain::people::grant::GrantRefusal;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/people/waiting.html")]
struct WaitingPage {
    layout: Layout,
    problem: Option<String>,
    newcomers: Vec<Shown>,
    roles: Vec<Shown>,
    resets: Vec<Shown>,
}

/// Somebody or something that waits, with its buttons; none where it is for another to say.
#[derive(Debug)]
struct Shown {
    list: SummaryList,
    token: String,
    action: String,
    buttons: Vec<Button>,
    note: Option<String>,
}

/// `GET /waiting`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    show(&visitor, (&mut ctx, &me), None).await.map_err(visitor.fails())
}

async fn show<K>(
    visitor: &Visitor,
    (ctx, me): (&mut Ctx<'_, K>, &Me),
    problem: Option<(StatusCode, &str)>,
) -> Result<axum::response::Response, Error> {
    let lang = visitor.lang;
    let token = || new_token(&visitor.env);
    let newcomers = newcomers::list(ctx).await?;
    let newcomers = newcomers.iter().map(|one| newcomer((lang, token()), one)).collect();
    let roles = asks::list(ctx).await?.iter().map(|one| role((lang, token()), one)).collect();
    let resets = factor_reset::list(ctx).await?;
    let resets = resets.iter().map(|one| reset((lang, token()), one)).collect();
    let page = WaitingPage {
        layout: visitor.layout(Some(me), visitor.text("waiting-title")),
        problem: problem.map(|(_, key)| visitor.text(key)),
        newcomers,
        roles,
        resets,
    };
    let status = problem.map_or(StatusCode::OK, |(status, _)| status);
    Ok(page::answer(status, &page, lang))
}

fn newcomer((lang, token): (Lang, String), one: &newcomers::Waiting) -> Shown {
    let row = |key: &str, value: String| Row::new(text(lang, key), value);
    let rows = [
        row("admin-person", one.name.clone()),
        row("admin-mail", one.mail.clone()),
        row("waiting-place", one.place.clone()),
        row("waiting-until", date(lang, one.until)),
    ];
    Shown {
        list: SummaryList::new(rows),
        token,
        action: Route::LetIn { newcomer: one.id }.to_string(),
        buttons: buttons(lang, ["waiting-let-in", "waiting-turn-away"], &one.name),
        note: None,
    }
}

fn role((lang, token): (Lang, String), one: &asks::Waiting) -> Shown {
    let asked = &one.row;
    let row = |key: &str, value: String| Row::new(text(lang, key), value);
    let name = text(lang, &format!("people-role-{}", asked.role));
    let rows = [
        row("admin-person", asked.holder_name.clone()),
        row("admin-role", format!("{name}. {}", text(lang, &format!("people-role-{}-hint", asked.role)))),
        row("waiting-place", asked.node_name.clone()),
        row("waiting-asked-by", asked.asked_by_name.clone()),
        row("waiting-until", date(lang, one.until)),
    ];
    let buttons = match one {
        one if one.is_mine_to_confirm => {
            buttons(lang, ["waiting-role-yes", "waiting-role-no"], &asked.holder_name)
        }
        one if one.is_own => {
            buttons(lang, ["waiting-role-no", "waiting-role-take-back"], &asked.holder_name).split_off(1)
        }
        _ => Vec::new(),
    };
    let note = (!one.is_mine_to_confirm).then(|| text(lang, "waiting-role-other"));
    let action = Route::SecondYes { ask: asked.id }.to_string();
    Shown { list: SummaryList::new(rows), token, action, buttons, note }
}

fn reset((lang, token): (Lang, String), one: &factor_reset::Waiting) -> Shown {
    let row = |key: &str, value: String| Row::new(text(lang, key), value);
    let rows = [
        row("admin-person", one.row.name.clone()),
        row("waiting-asked-by", one.row.asked_by_name.clone()),
        row("waiting-until", date(lang, one.until.date_naive().pred_opt().unwrap_or_default())),
    ];
    let buttons = match one {
        one if one.is_mine_to_confirm => {
            buttons(lang, ["waiting-reset-yes", "waiting-role-no"], &one.row.name)
        }
        _ => buttons(lang, ["waiting-role-no", "waiting-role-take-back"], &one.row.name).split_off(1),
    };
    let note = (!one.is_mine_to_confirm).then(|| text(lang, "waiting-reset-other"));
    let action = Route::ResetYes { reset: one.row.id }.to_string();
    Shown { list: SummaryList::new(rows), token, action, buttons, note }
}

/// Yes and no; who it is about is said to who cannot see which list a button is under.
fn buttons(lang: Lang, [yes, no]: [&str; 2], name: &str) -> Vec<Button> {
    let about =
        |key: &str| crate::components::Html::from(About { words: text(lang, key), name: name.to_owned() });
    let button = |key: &str, value: &'static str| Button {
        html: Some(about(key)),
        ..Button::secondary("").sends("answer", value)
    };
    vec![button(yes, "yes"), button(no, "no")]
}

/// The words of a button with, for screen readers, whom it is about.
#[derive(Clone, Debug, Template)]
#[template(source = "{{ words }}<span class=\"govuk-visually-hidden\"> ({{ name }})</span>", ext = "html")]
struct About {
    words: String,
    name: String,
}
is_html!(About);

/// `POST /waiting/newcomers/{newcomer}`
pub async fn let_in(visitor: Visitor, Path(newcomer): Path<String>, form: Form) -> Outcome {
    answered(visitor, What::Newcomer(newcomer.parse().unwrap_or_default()), form).await
}

/// `POST /waiting/roles/{ask}`
pub async fn second_yes(visitor: Visitor, Path(ask): Path<String>, form: Form) -> Outcome {
    answered(visitor, What::Role(AskId(ask.parse().unwrap_or_default())), form).await
}

/// `POST /waiting/second-factors/{reset}`
pub async fn reset_yes(visitor: Visitor, Path(reset): Path<String>, form: Form) -> Outcome {
    answered(visitor, What::Reset(reset.parse().unwrap_or_default()), form).await
}

/// What is answered.
#[derive(Debug, Clone, Copy)]
enum What {
    Newcomer(Uuid),
    Role(AskId),
    Reset(Uuid),
}

async fn answered(visitor: Visitor, what: What, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let here = Route::Waiting.to_string();
    let token = form.token();
    if once::answered(&mut ctx, token).await.map_err(visitor.fails())?.is_some() {
        return Ok(Redirect::to(&here).into_response());
    }
    match answer(&mut ctx, what, form.value("answer")).await {
        Ok(()) => {
            once::remember(&mut ctx, token, &here).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&here).into_response())
        }
        Err(error) => {
            let Some(problem) = problem(&error) else { return Err(visitor.fails()(error)) };
            drop(ctx);
            let (mut ctx, _) = visitor.read_as_member().await.map_err(visitor.fails())?;
            show(&visitor, (&mut ctx, &me), Some(problem)).await.map_err(visitor.fails())
        }
    }
}

async fn answer(ctx: &mut Ctx<'_, Write>, what: What, answer: &str) -> Result<(), Error> {
    match (what, answer) {
        (What::Newcomer(id), "yes") => newcomers::let_in(ctx, id).await,
        (What::Newcomer(id), "no") => newcomers::turn_away(ctx, id).await,
        (What::Role(id), "yes") => asks::confirm(ctx, id).await,
        (What::Role(id), "no") => asks::refuse(ctx, id).await,
        (What::Reset(id), "yes") => factor_reset::confirm(ctx, id).await,
        (What::Reset(id), "no") => factor_reset::refuse(ctx, id).await,
        _ => Err(Error::field("answer", "waiting-which")),
    }
}

/// What can be said on the page itself.
const fn problem(error: &Error) -> Option<(StatusCode, &'static str)> {
    match error {
        Error::Invalid(_) => Some((StatusCode::UNPROCESSABLE_ENTITY, "waiting-which")),
        Error::NotFound => Some((StatusCode::NOT_FOUND, "waiting-gone")),
        Error::RoleRefused(GrantRefusal::OwnAsk) => Some((StatusCode::FORBIDDEN, "waiting-role-other")),
        Error::RoleRefused(GrantRefusal::AskClosed) => Some((StatusCode::CONFLICT, "waiting-gone")),
        Error::RoleRefused(_) => Some((StatusCode::CONFLICT, "waiting-role-excluded")),
        _ => None,
    }
}
