//! Who could say yes, by name: people who hold a role that decides, from the place upwards. Who has not signed in sees no
//! names of staff: they type one they know (`docs/decisions/0007-who-becomes-a-member.md`).

use super::{Opened, keep_and_go_on, open, open_to_write};
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
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::capture::{NAMED, Who, place_of};
use waymark_app::find::doors::{self, Decider};
use waymark_app::find::draft::{Draft, set};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{text, text_with};
use waymark_app::{Checks, Ctx, Error, Result, Write};
use waymark_domain::people::role::Role;
use waymark_domain::text::Line;

/// The choice of a person.
#[derive(Debug, Template)]
#[template(path = "pages/find/who.html")]
pub struct WhoPage {
    layout: Layout,
    draft: Draft,
    people: Vec<Decider>,
    is_known: bool,
}

impl WhoPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn address(&self) -> String {
        Route::DraftWho { draft: self.draft.id }.to_string()
    }

    fn choices(&self) -> Radios {
        let named = self.people.iter().map(|person| {
            let place = [("place", person.at.as_str().into())];
            let role = text_with(self.layout.lang, role_key(person.role), &place);
            Radio::new(person.account.to_string(), person.name.as_str()).hint(role)
        });
        let or = Radio::divider(self.text("tell-or"));
        let unknown = Radio::new(Who::Unknown.name(), self.text("tell-who-unknown"));
        Radios::new("somebody", self.text("tell-who-which"), named.chain([or, unknown]))
            .value(self.draft.value("somebody"))
            .error(self.layout.problem("somebody"))
    }

    fn named(&self) -> Input {
        Input::new(NAMED, self.text("tell-somebody-named"))
            .hint(self.text("tell-somebody-named-hint"))
            .value(self.draft.value(NAMED))
            .error(self.layout.problem(NAMED))
    }

    fn go_on(&self) -> Button {
        Button::new(self.text("tell-continue"))
    }
}

const fn role_key(role: Role) -> &'static str {
    match role {
        Role::TeamLead => "tell-role-team-lead",
        Role::Finder => "tell-role-finder",
        _ => "tell-role-head",
    }
}

/// `GET /drafts/{draft}/who`
pub async fn get(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let shown = async {
        let mut opened = open(&visitor, &draft).await?;
        show(&mut opened.ctx, (&visitor, opened.me.as_ref()), opened.draft, None).await
    };
    shown.await.map_err(visitor.fails())
}

async fn show<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, Option<&Me>),
    draft: Draft,
    error: Option<&Error>,
) -> Result<Response> {
    let Some(node) = place_of(&draft.fields) else {
        return Ok(Redirect::to(&Route::DraftPlace { draft: draft.id }.to_string()).into_response());
    };
    let is_known = me.is_some();
    let people = if is_known { doors::deciders(ctx, node).await? } else { Vec::new() };
    let back = Route::Draft { draft: draft.id }.to_string();
    let layout = visitor.layout(me, visitor.text("tell-who-title")).back(back).with_error(error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page::answer(status, &WhoPage { layout, draft, people, is_known }, visitor.lang))
}

/// `POST /drafts/{draft}/who`
pub async fn post(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let mut opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    let mut fields = opened.draft.fields.clone();
    if opened.me.is_none() {
        return name(&visitor, opened, &form).await;
    }
    let chosen = form.value("somebody");
    fields.remove(NAMED);
    if chosen == Who::Unknown.name() {
        set(&mut fields, "who", chosen);
        return keep_and_go_on(&visitor, opened, fields).await;
    }
    let people = match place_of(&fields) {
        Some(node) => doors::deciders(&mut opened.ctx, node).await.map_err(visitor.fails())?,
        None => Vec::new(),
    };
    if people.iter().any(|person| person.account.to_string() == chosen) {
        set(&mut fields, "who", Who::Somebody.name());
        set(&mut fields, "somebody", chosen);
        return keep_and_go_on(&visitor, opened, fields).await;
    }
    let error = Error::field("somebody", "tell-somebody-empty");
    let shown = show(&mut opened.ctx, (&visitor, opened.me.as_ref()), opened.draft, Some(&error)).await;
    shown.map_err(visitor.fails())
}

/// Keeps the name that somebody typed who has not signed in. Whether we know it is not said: it would tell strangers who
/// works here.
async fn name(visitor: &Visitor, mut opened: Opened<'_, Write>, form: &Form) -> Outcome {
    let mut fields = opened.draft.fields.clone();
    let mut checks = Checks::default();
    let named = checks.needed(NAMED, Line::parse(form.value(NAMED)), "tell-somebody-named-empty");
    set(&mut fields, NAMED, form.value(NAMED));
    match checks.finish(named) {
        Ok(_) => {
            set(&mut fields, "who", Who::Somebody.name());
            fields.remove("somebody");
            keep_and_go_on(visitor, opened, fields).await
        }
        Err(error) => {
            opened.draft.fields = fields;
            let shown = show(&mut opened.ctx, (visitor, None), opened.draft, Some(&error)).await;
            shown.map_err(visitor.fails())
        }
    }
}
