//! Where it is told: a search for the place, then a choice. The numbers come first: whoever is in danger is not to look for
//! a place before.

use super::tell::doors_shown;
use super::{keep_and_go_on, open, open_to_write};
use crate::components::{Button, Input, Radio, Radios};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use waymark_app::find::capture::place_of;
use waymark_app::find::doors::{self, Doors, PLACES, Spot};
use waymark_app::find::draft::{Draft, set};
use waymark_app::find::public;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::text;
use waymark_app::{Ctx, Error, Result};
use waymark_domain::ids::NodeId;

/// The choice of a place.
#[derive(Debug, Template)]
#[template(path = "pages/find/place.html")]
pub struct PlacePage {
    layout: Layout,
    draft: Draft,
    typed: String,
    found: Vec<Spot>,
    /// The doors of the place that it has already, or of the whole.
    here: Doors,
}

impl PlacePage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn doors(&self) -> Vec<(String, &str)> {
        doors_shown(&self.here, self.layout.lang)
    }

    fn address(&self) -> String {
        Route::DraftPlace { draft: self.draft.id }.to_string()
    }

    fn field(&self) -> Input {
        Input::new("where", self.text("tell-place-field"))
            .hint(self.text("tell-where-hint"))
            .value(self.typed.as_str())
    }

    fn search(&self) -> Button {
        Button::secondary(self.text("tell-place-search"))
    }

    fn choices(&self) -> Radios {
        let places = self.found.iter().map(|spot| Radio::new(spot.node.to_string(), spot.full_name()));
        Radios::new("at", self.text("tell-place-which"), places)
            .value(self.draft.value("at"))
            .error(self.layout.problem("at"))
    }

    fn is_cut(&self) -> bool {
        self.found.len() == PLACES
    }

    fn go_on(&self) -> Button {
        Button::new(self.text("tell-continue"))
    }
}

/// `GET /drafts/{draft}/place`
pub async fn get(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let shown = async {
        let mut opened = open(&visitor, &draft).await?;
        let typed = visitor.query("where").unwrap_or_else(|| opened.draft.value("where").to_owned());
        show(&mut opened.ctx, (&visitor, opened.me.as_ref()), (opened.draft, typed), None).await
    };
    shown.await.map_err(visitor.fails())
}

async fn show<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, Option<&Me>),
    (draft, typed): (Draft, String),
    error: Option<&Error>,
) -> Result<Response> {
    let found =
        if typed.trim().is_empty() { doors::own(ctx).await? } else { doors::search(ctx, &typed).await? };
    let here = doors::doors_or_whole(ctx, place_of(&draft.fields)).await?;
    let back = Route::Draft { draft: draft.id }.to_string();
    let title = visitor.text("tell-place-title");
    let layout = visitor.layout(me, title).back(back).with_error(error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page::answer(status, &PlacePage { layout, draft, typed, found, here }, visitor.lang))
}

/// `POST /drafts/{draft}/place`
pub async fn post(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let mut opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    let chosen = match NodeId::parse(form.value("at")) {
        Some(node) => doors::doors(&mut opened.ctx, Some(node)).await,
        None => Err(Error::field("at", "tell-place-empty")),
    };
    let problem = match chosen {
        Ok(doors) if doors.is_open && (doors.takes_public || !public::is_public(&opened.draft.fields)) => {
            let mut fields = opened.draft.fields.clone();
            set(&mut fields, "at", form.value("at"));
            // Who could say yes was chosen for another place.
            fields.remove("somebody");
            return keep_and_go_on(&visitor, opened, fields).await;
        }
        Ok(doors) if doors.is_open => Error::field("at", "tell-place-no-public"),
        Ok(_) => Error::field("at", "tell-place-not-open"),
        Err(Error::NotFound) => Error::field("at", "tell-place-unknown"),
        Err(error @ Error::Invalid(_)) => error,
        Err(other) => return Err(visitor.fails()(other)),
    };
    let typed = form.value("where").to_owned();
    let shown =
        show(&mut opened.ctx, (&visitor, opened.me.as_ref()), (opened.draft, typed), Some(&problem)).await;
    shown.map_err(visitor.fails())
}
