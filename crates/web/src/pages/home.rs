//! The first page: what this is, and the way in; their own work for those who are signed in.

use crate::components::{Button, Link};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::pages::route::work;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use waymark_app::routes::Route;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    layout: Layout,
    tell: Button,
    sign_in: Link,
    come_back: Link,
}

/// `GET /`
pub async fn get(visitor: Visitor) -> Outcome {
    let (ctx, me) = visitor.read().await.map_err(visitor.fails())?;
    if let Some(me) = &me {
        return work::shown(&visitor, ctx, me).await;
    }
    let layout = visitor.layout(None, visitor.text("home-title"));
    let tell = Button::link(visitor.text("home-tell"), Route::Tell.to_string());
    let sign_in = Link::new(visitor.text("home-sign-in"), Route::SignIn.to_string());
    let come_back = Link::new(visitor.text("come-back-title"), Route::ComeBack.to_string());
    Ok(page::answer(StatusCode::OK, &HomePage { layout, tell, sign_in, come_back }, visitor.lang))
}
