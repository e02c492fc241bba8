//! The page behind the link in the mail: one button, since mail filters open every link.

use super::check::{receipt_address, refused, summary};
use crate::components::{Button, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::{SESSION_COOKIE, Visitor, set_cookie};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use waymark_app::find::draft::Draft;
use waymark_app::find::{confirm, send};
use waymark_app::people::session::SESSION_HOURS;
use waymark_app::routes::Route;
use waymark_app::words::text;
use waymark_app::{Error, Result};

/// Confirm and send.
#[derive(Debug, Template)]
#[template(path = "pages/find/confirm.html")]
pub struct ConfirmPage {
    layout: Layout,
    summary: SummaryList,
    name: String,
    action: String,
}

impl ConfirmPage {
    fn send(&self) -> Button {
        Button::new(text(self.layout.lang, "tell-send"))
    }
}

/// `GET /tell/confirm/{secret}`
pub async fn get(visitor: Visitor, Path(secret): Path<String>) -> Outcome {
    let shown = async {
        let (mut ctx, _) = visitor.read().await?;
        let (newcomer, draft) = confirm::look(&mut ctx, &secret).await?;
        let mut summary = summary(&mut ctx, visitor.lang, &draft).await?;
        // Changing is for the browser that has the draft, or after sending it.
        summary.rows.iter_mut().for_each(|row| row.actions = None);
        let layout = visitor.layout(None, visitor.text("tell-confirm-title"));
        let action = Route::TellConfirm { secret: secret.clone() }.to_string();
        let page = ConfirmPage { layout, summary, name: newcomer.name, action };
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

/// `POST /tell/confirm/{secret}`
pub async fn post(visitor: Visitor, Path(secret): Path<String>) -> Outcome {
    let done = async {
        let (mut ctx, _) = visitor.write().await?;
        let (session, draft) = confirm::confirm(&mut ctx, &secret, &visitor.agent).await?;
        ctx.commit().await?;
        let signed_in = Visitor { secret: Some(session.clone()), ..visitor.clone() };
        let sent = send_as(&signed_in, draft).await?;
        let cookie = set_cookie(&visitor.env, SESSION_COOKIE, (&session, SESSION_HOURS * 60 * 60));
        Ok((AppendHeaders([(SET_COOKIE, cookie)]), sent).into_response())
    };
    done.await.map_err(visitor.fails())
}

/// Sends what waited; where it cannot be taken any more, the person is signed in and mends it.
async fn send_as(visitor: &Visitor, draft: Draft) -> Result<Response> {
    let (mut ctx, _) = visitor.write().await?;
    match send::send(&mut ctx, &draft).await {
        Ok(record) => {
            ctx.commit().await?;
            Ok(Redirect::to(&receipt_address(&record)).into_response())
        }
        Err(error @ Error::Invalid(_)) => {
            drop(ctx);
            refused(visitor, draft, &error).await
        }
        Err(other) => Err(other),
    }
}
