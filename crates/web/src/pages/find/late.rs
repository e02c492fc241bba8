//! The board of what is late at and below a place: what, with which role, since when. It names nobody.

use super::shown::ShownItem;
use crate::components::Html;
use crate::failure::{Outcome, nowhere};
use crate::files::Take;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use waymark_app::find::list::{BOARD, Late, With, late};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_domain::ids::NodeId;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/find/late.html")]
pub struct LatePage {
    layout: Layout,
    items: Vec<Html>,
    /// That there are more than the page shows, where there are.
    more: Option<String>,
    take: Take,
}

/// `GET /places/{node}/late`
pub async fn get(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let Some(node) = NodeId::parse(&node) else { return Ok(nowhere(visitor).await) };
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let (place, late) = late(&mut ctx, node, BOARD + 1).await.map_err(visitor.fails())?;
    let title = text_with(visitor.lang, "list-title-late", &[("place", place.name().into())]);
    let forms = [Route::LateTable { node }, Route::LateData { node }, Route::LateFeed { node }];
    let more = || text_with(visitor.lang, "list-late-more", &[("count", BOARD.into())]);
    let page = LatePage {
        layout: visitor.layout(Some(&me), title).back(Route::Place { node }.to_string()),
        items: late.iter().take(BOARD).map(|late| shown(late, visitor.lang)).collect(),
        more: (late.len() > BOARD).then(more),
        take: Take::new(visitor.lang, forms.map(|route| route.to_string())),
    };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

fn shown(late: &Late, lang: Lang) -> Html {
    ShownItem::new(&late.item, line(late, lang), lang).level(2).into()
}

/// With which role it is, since when it is late, where it went.
pub(super) fn line(late: &Late, lang: Lang) -> String {
    let since = late.item.late_since.map(|day| date(lang, day)).unwrap_or_default();
    let values = [
        ("with", with(late, lang).into()),
        ("since", since.into()),
        ("days", i64::from(late.days).into()),
        ("step", step(late, lang).into()),
    ];
    text_with(lang, "list-line-late", &values)
}

/// With whom it is, by role and place.
pub(super) fn with(late: &Late, lang: Lang) -> String {
    match &late.with {
        With::Decider { role, place } => {
            text_with(lang, &format!("list-with-{}", role.name()), &[("place", place.as_str().into())])
        }
        With::Trier => text(lang, "list-with-trier"),
    }
}

/// How far it has gone up.
pub(super) fn step(late: &Late, lang: Lang) -> String {
    text(lang, &format!("list-step-{}", late.item.overdue_step.min(3)))
}
