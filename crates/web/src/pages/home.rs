//! The first page: what this is, and the way in; their own work for those who are signed in.

use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::pages::route::work;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    layout: Layout,
}

/// `GET /`
pub async fn get(visitor: Visitor) -> Outcome {
    let (ctx, me) = visitor.read().await.map_err(visitor.fails())?;
    if let Some(me) = &me {
        return work::shown(&visitor, ctx, me).await;
    }
    let layout = visitor.layout(None, visitor.text("home-title"));
    Ok(page::answer(StatusCode::OK, &HomePage { layout }, visitor.lang))
}
