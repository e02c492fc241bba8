//! How far it is what was sent to a door: on its way, or handed over, to its sender alone.

use super::door::name;
use super::id;
use crate::components::Panel;
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
use waymark_app::find::delivery::{self, Delivery, number_of};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with, time};
use waymark_domain::people::setting::Door;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/find/delivered.html")]
pub struct DeliveredPage {
    layout: Layout,
    delivery: Delivery,
    again: String,
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
        let delivery = match delivery::find(&mut ctx, visitor.draft_key.as_deref(), message).await {
            Err(Error::NotFound) if me.is_none() => return Err(Error::SignInFirst),
            other => other?,
        };
        let key = if delivery.delivered.is_some() { "delivered-title-done" } else { "delivered-title" };
        let layout = visitor.layout(me.as_ref(), visitor.text(key));
        let again = Route::Delivered { message }.to_string();
        Ok(page::answer(StatusCode::OK, &DeliveredPage { layout, delivery, again }, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}
