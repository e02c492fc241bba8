//! How far it is what was sent to a door: on its way, or handed over, to its sender alone.

use super::door::name;
use super::id;
use super::said::Lines;
use crate::components::{InsetText, Panel};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::NaiveDateTime;
use waymark_app::Error;
use waymark_app::find::delivery::{self, Delivery, Shows, number_of};
use waymark_app::find::door_answer::Answered;
use waymark_app::find::hidden;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with, time};
use waymark_domain::people::setting::Door;
use waymark_domain::spelt::Spelt;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/find/delivered.html")]
pub struct DeliveredPage {
    layout: Layout,
    delivery: Delivery,
    again: String,
    code: Option<String>,
}

impl DeliveredPage {
    fn panel(&self) -> Panel {
        Panel::confirmation(self.layout.title.clone(), "")
    }

    fn at(&self, key: &str, at: NaiveDateTime) -> String {
        let lang = self.layout.lang;
        let values = [
            ("door", named(lang, self.delivery.door).into()),
            ("address", self.delivery.address.as_str().into()),
            ("day", date(lang, at.date()).into()),
            ("time", time(lang, at.time()).into()),
        ];
        text_with(lang, key, &values)
    }

    fn sent(&self) -> String {
        self.at("delivered-sent", self.delivery.sent)
    }

    fn delivered(&self) -> Option<String> {
        self.delivery.delivered.map(|at| self.at("delivered-done", at))
    }

    /// What was answered, with when.
    fn answers(&self) -> Vec<(String, InsetText)> {
        let lang = self.layout.lang;
        let one = |answered: &Answered| {
            let words = Lines::new(&answered.words, lang, lang);
            (self.at("delivered-answered", answered.at), InsetText::new(words))
        };
        self.delivery.answers.iter().map(one).collect()
    }

    /// What to call meanwhile, for danger.
    fn danger(&self) -> Option<String> {
        number_of(&self.delivery.here, Door::Danger).filter(|_| self.delivery.door == Some(Door::Danger))
    }
}

/// The name of where it went.
fn named(lang: Lang, door: Option<Door>) -> String {
    door.map_or_else(|| text(lang, "people-door-service"), |door| name(lang, door))
}

/// `GET /delivered/{message}`
pub async fn get(visitor: Visitor, Path(message): Path<String>) -> Outcome {
    let shown = async {
        let (mut ctx, me) = visitor.read().await?;
        let message = id(&message)?;
        let shows = Shows { key: visitor.draft_key.as_deref(), code: visitor.code.as_deref() };
        let delivery = match delivery::find(&mut ctx, shows, message).await {
            Err(Error::NotFound) if me.is_none() => return Err(Error::SignInFirst),
            other => other?,
        };
        let key = if delivery.delivered.is_some() { "delivered-title-done" } else { "delivered-title" };
        let layout = visitor.layout(me.as_ref(), visitor.text(key));
        let shows_code = if visitor.query("code").is_some() { "?code=new" } else { "" };
        let again = format!("{}{shows_code}", Route::Delivered { message });
        let code = visitor.code.as_deref().and_then(|code| Spelt::parse(code, hidden::CODE));
        let code = code.filter(|_| visitor.query("code").is_some()).map(|code| code.to_string());
        Ok(page::answer(StatusCode::OK, &DeliveredPage { layout, delivery, again, code }, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}
