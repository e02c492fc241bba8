//! How a page becomes HTML: its template is rendered with the reader's language, which reaches every component
//! inside.

use std::any::Any;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html as HtmlBody, IntoResponse, Response};
use waymark_app::words::Lang;

use crate::filters::LANG;

/// Renders a template in a language.
pub fn render(template: &impl Template, lang: Lang) -> askama::Result<String> {
    let lang: &dyn Any = &lang;
    template.render_with_values(&(LANG, lang))
}

/// Answers with a page. A template that cannot be rendered is a fault of ours: the log has it, the reader gets
/// status 500 without a word of it.
pub fn answer(status: StatusCode, template: &impl Template, lang: Lang) -> Response {
    match render(template, lang) {
        Ok(html) => (status, HtmlBody(html)).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
