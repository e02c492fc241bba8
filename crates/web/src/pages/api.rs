//! What programs can do here, in plain words: how to begin, and what each refusal means.

use crate::api::problem::{NAMES, detail, title};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use waymark_app::routes::Route;
use waymark_app::words::text;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/api.html")]
pub struct ApiPage {
    layout: Layout,
    read: String,
    write: String,
    description: String,
    tokens: String,
    problems: Vec<Explained>,
}

/// A problem as its name, its status, and what it means.
#[derive(Debug)]
struct Explained {
    name: &'static str,
    status: u16,
    title: String,
    detail: String,
}

/// `GET /api`
pub async fn get(visitor: Visitor) -> Outcome {
    let (_, me) = visitor.read().await.map_err(visitor.fails())?;
    let lang = visitor.lang;
    let base = format!("{}{}", visitor.env.config.origin, crate::api::operation::BASE);
    let explained = |(name, status): (&'static str, StatusCode)| Explained {
        name,
        status: status.as_u16(),
        title: title(lang, name),
        detail: detail(lang, name),
    };
    let said = text(lang, "api-example-title");
    let page = ApiPage {
        layout: visitor.layout(me.as_ref(), visitor.text("api-title")),
        read: format!("curl -H \"Authorization: Bearer $TOKEN\" {base}/work"),
        write: format!(
            "curl -H \"Authorization: Bearer $TOKEN\" -H \"Idempotency-Key: my-first\" \\\n  --json '{{\"problem\": \
             \"{said}\", \"unknown\": true, \"origin\": \"front-line\",\n    \"who\": \"lead\", \"place\": \"'$PLACE'\"}}' \
             {base}/ideas"
        ),
        description: Route::Description.to_string(),
        tokens: Route::Tokens.to_string(),
        problems: NAMES.map(explained).into(),
    };
    Ok(page::answer(StatusCode::OK, &page, lang))
}
