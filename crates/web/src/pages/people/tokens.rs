//! Tokens for one's programs: the list, making one, ending one.

use crate::components::{Button, Content, Html, Row, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::page;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::sign_in::wait;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;
use waymark_app::people::profile;
use waymark_app::people::session::Me;
use waymark_app::people::tokens::{self, DAYS, DAYS_USUAL, Token, Typed};
use waymark_app::routes::Route;
use waymark_app::words::{date, text_with};
use waymark_app::{Ctx, Error, Read, once};

/// The tokens that there are.
#[derive(Debug, Template)]
#[template(path = "pages/people/tokens.html")]
struct Tokens {
    tokens: Vec<Shown>,
}
is_html!(Tokens);

/// A token with a button that ends it.
#[derive(Debug)]
struct Shown {
    list: SummaryList,
    token: String,
    action: String,
    button: Html,
}

/// A token, this once.
#[derive(Debug, Template)]
#[template(path = "pages/people/token-made.html")]
struct MadePage {
    layout: Layout,
    secret: Content,
    back: String,
    api: String,
}

/// `GET /me/tokens`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let form = Form::filled([("days", DAYS_USUAL.to_string())]);
    shown(&mut ctx, (&visitor, &me), form, None).await
}

async fn shown(
    ctx: &mut Ctx<'_, Read>,
    (visitor, me): (&Visitor, &Me),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let all = tokens::list(ctx).await.map_err(visitor.fails())?;
    let mine = profile::read(ctx).await.map_err(visitor.fails())?;
    let list = Tokens { tokens: all.iter().map(|one| listed(visitor, one)).collect() };
    let days = DAYS.map(|days| {
        (days.to_string(), text_with(visitor.lang, "me-tokens-days-count", &[("days", days.into())]))
    });
    let page = QuestionPage::new(visitor, Some(me), ("me-tokens-title", form)).wrong(error);
    let page = match error {
        Some(Error::TooMany { retry_after_seconds }) => page.words(wait(visitor, *retry_after_seconds)),
        _ => page,
    };
    page.back(Route::Me)
        .before(list)
        .heading("me-tokens-new")
        .line("name", "me-tokens-name")
        .radios("scope", "me-tokens-scope", &["read", "write"])
        .select("days", "me-tokens-days", days.to_vec())
        .known_address(&mine.mail)
        .password("password", "me-tokens-password")
        .button("me-tokens-make")
        .link("me-tokens-api", Route::Api)
        .answer(error)
}

fn listed(visitor: &Visitor, one: &Token) -> Shown {
    let row = |key: &str, value: String| Row::new(visitor.text(key), value);
    let may = if one.may_write { "me-tokens-scope-write" } else { "me-tokens-scope-read" };
    let used = one.used_on.map_or_else(|| visitor.text("me-tokens-unused"), |day| date(visitor.lang, day));
    let ends = if one.is_over { "me-tokens-over" } else { "me-tokens-ends" };
    let day = |at: chrono::DateTime<chrono::Utc>| {
        date(visitor.lang, at.with_timezone(&chrono_tz::Europe::London).date_naive())
    };
    let rows = [
        row("me-tokens-called", one.name.clone()),
        row("me-tokens-may", visitor.text(may)),
        row("me-tokens-made", day(one.made_at)),
        row("me-tokens-used", used),
        row(ends, day(one.ends_at)),
    ];
    let end = text_with(visitor.lang, "me-tokens-end", &[("name", one.name.as_str().into())]);
    Shown {
        list: SummaryList::new(rows),
        token: new_token(&visitor.env),
        action: Route::EndToken { token: one.id }.to_string(),
        button: Html::from(Button::secondary(end)),
    }
}

/// `POST /me/tokens`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let (ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let actor = ctx.actor;
    // Given back first: the password is checked outside any transaction.
    drop(ctx);
    let typed = Typed {
        name: form.value("name"),
        scope: form.value("scope"),
        days: form.value("days"),
        is_strong: me.is_stepped_up,
        password: form.value("password"),
        once: form.token(),
    };
    match tokens::make(&visitor.env, actor, typed).await {
        Ok(Some(secret)) => Ok(made(&visitor, &me, secret)),
        // Sent twice: it was shown the first time.
        Ok(None) => Ok(Redirect::to(&Route::Tokens.to_string()).into_response()),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
            shown(&mut ctx, (&visitor, &me), form, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

fn made(visitor: &Visitor, me: &Me, secret: String) -> axum::response::Response {
    let page = MadePage {
        layout: visitor.layout(Some(me), visitor.text("me-tokens-made-title")),
        secret: secret.into(),
        back: Route::Tokens.to_string(),
        api: Route::Api.to_string(),
    };
    page::answer(StatusCode::OK, &page, visitor.lang)
}

/// `POST /me/tokens/{token}/end`
pub async fn end(visitor: Visitor, Path(id): Path<String>, form: Form) -> Outcome {
    let ended = async {
        let (mut ctx, _) = visitor.write_as_member().await?;
        // Pressed twice, it is over already.
        if once::answered(&mut ctx, form.token()).await?.is_none() {
            let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
            tokens::end_one(&mut ctx, id).await?;
            once::remember(&mut ctx, form.token(), "ended").await?;
            ctx.commit().await?;
        }
        Ok(Redirect::to(&Route::Tokens.to_string()).into_response())
    };
    ended.await.map_err(visitor.fails())
}
