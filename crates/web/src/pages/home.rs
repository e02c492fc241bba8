//! The first page: what this is, and the way in; their own work for those who are signed in.

use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use waymark_app::routes::Route;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    layout: Layout,
}

/// `GET /`
pub async fn get(visitor: Visitor) -> Outcome {
    let (_, me) = visitor.read().await.map_err(visitor.fails())?;
    if me.is_some() {
        return Ok(Redirect::to(&Route::Work.to_string()).into_response());
    }
    let layout = visitor.layout(me.as_ref(), visitor.text("home-title"));
    Ok(page::answer(StatusCode::OK, &HomePage { layout }, visitor.lang))
}
