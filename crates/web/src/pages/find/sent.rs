//! The receipt: the reference, who has it and by when they answer, and what happens next.

use crate::components::{Button, Panel};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use waymark_app::find::hidden;
use waymark_app::find::send::{self, Receipt};
use waymark_app::routes::Route;
use waymark_app::words::{date, text, text_with};
use waymark_app::{Actor, Error};
use waymark_domain::reference::Reference;
use waymark_domain::spelt::Spelt;

/// The receipt.
#[derive(Debug, Template)]
#[template(path = "pages/find/sent.html")]
pub struct SentPage {
    layout: Layout,
    receipt: Receipt,
    is_added: bool,
    code: Option<String>,
}

impl SentPage {
    fn panel(&self) -> Panel {
        Panel::confirmation(self.layout.title.clone(), self.receipt.reference.as_str())
    }

    /// *Len Hughes has it. You hear by Tuesday 14 July 2026.*
    fn promise(&self) -> Option<String> {
        let (name, day) = self.receipt.next.as_ref()?;
        let lang = self.layout.lang;
        let values = [("name", name.as_str().into()), ("date", date(lang, *day).into())];
        Some(text_with(lang, "tell-sent-promise", &values))
    }

    fn record(&self) -> String {
        Route::Record { reference: self.receipt.reference.clone() }.to_string()
    }

    fn another(&self) -> Button {
        let way = if self.receipt.is_public { "&as=public" } else { "" };
        let again = format!("{}?at={}{way}", Route::Tell, self.receipt.node);
        Button {
            classes: "govuk-button--secondary".into(),
            ..Button::link(text(self.layout.lang, "tell-another"), again)
        }
    }
}

/// `GET /told/{reference}`
pub async fn get(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let shown = async {
        let reference = Reference::parse(&reference).ok_or(Error::NotFound)?;
        let (mut ctx, me) = visitor.read_record(&reference).await?;
        let is_borne = matches!(ctx.actor, Actor::Bearer { .. });
        let code = visitor.code.as_deref().filter(|_| is_borne);
        let code = code.and_then(|code| Spelt::parse(code, hidden::CODE)).map(|code| code.to_string());
        let receipt = match send::receipt(&mut ctx, &reference).await {
            Err(Error::NotFound) if me.is_none() => return Err(Error::SignInFirst),
            other => other?,
        };
        let is_added = visitor.query("added").is_some();
        // Later it would promise what was kept already, so whoever comes back to it is shown the record.
        if !(receipt.is_as_sent || (is_added && receipt.next.is_some())) {
            return Ok(Redirect::to(&Route::Record { reference }.to_string()).into_response());
        }
        let key = match (is_added, receipt.next.is_some()) {
            (true, _) => "tell-added-title",
            (false, true) => "tell-sent-title",
            (false, false) => "tell-sent-done-title",
        };
        let layout = visitor.layout(me.as_ref(), visitor.text(key));
        Ok(page::answer(StatusCode::OK, &SentPage { layout, receipt, is_added, code }, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}
