//! Stop and read this before it is sent: a no, money, what was said nearly so before, what could tell who somebody is.

use crate::components::{Link, Panel, PanelAction};
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::find::named::PointedOut;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::named::Found;
use waymark_app::people::session::Me;
use waymark_app::words::Lang;

/// Where whoever sent a form goes, or what is pointed out to them first: then nothing was done.
pub type Sending = std::result::Result<String, Vec<Found>>;

/// An earlier answer that says nearly the same, and the way to make both one.
#[derive(Debug)]
pub(super) struct Alike {
    /// That it is so.
    pub words: String,
    /// The way to it.
    pub earlier: Link,
    /// Where a shared answer begins.
    pub action: String,
    /// What is taken there; nothing where it may not be shared.
    pub hidden: Vec<(String, String)>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/route/sure.html")]
pub struct SurePage {
    layout: Layout,
    panel: Panel,
    alike: Option<Alike>,
    named: Option<PointedOut>,
    action: String,
    hidden: Vec<(String, String)>,
}

impl SurePage {
    /// The page with its title, its words, and the key of its button.
    pub(super) fn of(
        (visitor, me): (&Visitor, Option<&Me>),
        (title, words): (String, String),
        button: &str,
    ) -> Self {
        let send = PanelAction::submit(visitor.text(button));
        Self {
            layout: visitor.layout(me, title.clone()),
            panel: Panel::interruption(title, words, [send]),
            alike: None,
            named: None,
            action: String::new(),
            hidden: Vec::new(),
        }
    }

    /// The same with an earlier answer.
    pub(super) fn alike(self, alike: Option<Alike>) -> Self {
        Self { alike, ..self }
    }

    /// The same with what could tell who somebody is.
    pub(super) fn naming(self, found: Vec<Found>, lang: Lang) -> Self {
        Self { named: PointedOut::of(found, lang), ..self }
    }

    /// Shown, with what is to be sent to where.
    pub(super) fn answer(mut self, (action, form): (String, &Form), lang: Lang) -> Response {
        self.action = action;
        self.hidden = form.pairs().filter(|(name, _)| name != "sure").collect();
        page::answer(StatusCode::OK, &self, lang)
    }
}

/// Sends somebody on whose form was taken, or shows them what could tell who somebody is, with all that they typed: they send
/// it as it is, or change it.
pub fn go_on(visitor: &Visitor, form: &Form, sending: Sending) -> Response {
    let found = match sending {
        Ok(location) => return Redirect::to(&location).into_response(),
        Err(found) => found,
    };
    let words = (visitor.text("act-named-title"), String::new());
    let page = SurePage::of((visitor, visitor.met()), words, "act-named-button");
    page.naming(found, visitor.lang).answer((visitor.address.clone(), form), visitor.lang)
}

/// Did whoever was asked whether they are sure choose to change it first? Then the form is as if they had not been asked.
pub fn is_to_change(form: &mut Form) -> bool {
    let is_to_change = form.value("sure") == "change";
    if is_to_change {
        form.set("sure", "");
    }
    is_to_change
}
