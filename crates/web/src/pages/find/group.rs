//! Whose idea it is, and the two small pages that follow: a group with shares, or somebody who agreed.

use super::{keep_and_go_on, open, open_to_write, take_over};
use crate::components::{Button, Checkboxes, Fieldset, Html, Input, Radio, Radios};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::me::people_choices;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use waymark_app::find::draft::{self, Fields, set, value};
use waymark_app::find::group::{self, OWN_SHARE, PLACES, Place, Whose};
use waymark_app::people::found::Person;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{text, text_with};
use waymark_app::{Ctx, Error, Result, Write};

/// How many empty places the page of a group begins with, and adds at a time.
const EMPTY_PLACES: usize = 3;

/// Whose idea it is.
#[derive(Debug, Template)]
#[template(path = "pages/find/whose.html")]
pub struct WhosePage {
    layout: Layout,
    action: String,
    chosen: Whose,
    is_tell: bool,
}

/// A group with shares.
#[derive(Debug, Template)]
#[template(path = "pages/find/group.html")]
pub struct GroupPage {
    layout: Layout,
    action: String,
    fields: Fields,
    places: usize,
    found: Vec<(usize, Vec<Person>)>,
}

/// On behalf of somebody.
#[derive(Debug, Template)]
#[template(path = "pages/find/behalf.html")]
pub struct BehalfPage {
    layout: Layout,
    action: String,
    fields: Fields,
}

impl WhosePage {
    fn choices(&self) -> Radios {
        let lang = self.layout.lang;
        let choices = Whose::ALL.into_iter().filter(|whose| self.is_tell || *whose != Whose::Hidden);
        let choices = choices.map(|whose| {
            let radio = Radio::new(whose.name(), text(lang, &format!("tell-whose-{}", whose.name())));
            if whose == Whose::Hidden { radio.hint(text(lang, "tell-whose-hidden-hint")) } else { radio }
        });
        Radios::new("whose", Fieldset::heading(text(lang, "tell-whose-title")), choices)
            .value(self.chosen.name())
            .error(self.layout.problem("whose"))
    }

    fn go_on(&self) -> Button {
        Button::new(text(self.layout.lang, "tell-continue"))
    }
}

impl GroupPage {
    fn input(&self, name: &'static str, key: &str) -> Input {
        Input::new(name, text(self.layout.lang, key))
            .value(value(&self.fields, name))
            .error(self.layout.problem(name))
    }

    fn share(&self, name: &'static str, key: &str) -> Input {
        Input::whole_number(name, text(self.layout.lang, key))
            .classes("govuk-input--width-3")
            .value(value(&self.fields, name))
            .error(self.layout.problem(name))
    }

    fn own_share(&self) -> Input {
        self.share(OWN_SHARE, "tell-share-own")
    }

    fn people(&self) -> Vec<Fieldset> {
        let person = |(number, place): (usize, &Place)| {
            let legend = text_with(self.layout.lang, "tell-person", &[("number", (number + 2).into())]);
            let mail = mail_input(place.mail, text(self.layout.lang, "tell-person-mail"))
                .value(value(&self.fields, place.mail))
                .error(self.layout.problem(place.mail));
            let mut parts = vec![Html::from(self.input(place.name, "tell-person-name"))];
            parts.extend(self.which(number, place).map(Html::from));
            parts.extend([mail.into(), self.share(place.share, "tell-share").into()]);
            Fieldset::new(legend).around(Html::several(parts))
        };
        PLACES.iter().take(self.places).enumerate().map(person).collect()
    }

    /// Those of whom one has to be chosen for a place.
    fn which(&self, number: usize, place: &Place) -> Option<Radios> {
        let (_, people) = self.found.iter().find(|(own, _)| *own == number)?;
        let legend = text(self.layout.lang, "people-which");
        Some(Radios::new(place.who, legend, people_choices(people)).value(value(&self.fields, place.who)))
    }

    fn more(&self) -> Option<Button> {
        let button = Button::secondary(text(self.layout.lang, "tell-person-more")).sends("then", "more");
        (self.places < PLACES.len()).then_some(button)
    }

    fn go_on(&self) -> Button {
        Button::new(text(self.layout.lang, "tell-continue"))
    }
}

impl BehalfPage {
    fn input(&self, name: &str, key: &str) -> Input {
        Input::new(name, text(self.layout.lang, key))
            .value(value(&self.fields, name))
            .error(self.layout.problem(name))
    }

    fn name(&self) -> Input {
        self.input("behalf-name", "tell-behalf-name")
    }

    fn mail(&self) -> Input {
        mail_input("behalf-mail", text(self.layout.lang, "tell-behalf-mail"))
            .hint(text(self.layout.lang, "tell-behalf-hint"))
            .value(value(&self.fields, "behalf-mail"))
            .error(self.layout.problem("behalf-mail"))
    }

    fn agreed(&self) -> Checkboxes {
        Checkboxes::single("agreed", "yes", text(self.layout.lang, "tell-agreed"))
            .values([value(&self.fields, "agreed")].into_iter().filter(|agreed| !agreed.is_empty()))
            .error(self.layout.problem("agreed"))
    }

    fn go_on(&self) -> Button {
        Button::new(text(self.layout.lang, "tell-continue"))
    }
}

/// The address of somebody else: no browser may fill in one's own.
fn mail_input(name: &str, label: String) -> Input {
    let mut input = Input::email(name, label);
    input.autocomplete = None;
    input
}

/// Which of the three pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Whose,
    Group,
    Behalf,
}

impl Which {
    const fn route(self, draft: Uuid) -> Route {
        match self {
            Self::Whose => Route::DraftWhose { draft },
            Self::Group => Route::DraftGroup { draft },
            Self::Behalf => Route::DraftBehalf { draft },
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Whose => "tell-whose-title",
            Self::Group => "tell-group-title",
            Self::Behalf => "tell-behalf-title",
        }
    }
}

/// `GET /drafts/{draft}/whose`
pub async fn get_whose(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    get(&visitor, &draft, Which::Whose).await
}

/// `GET /drafts/{draft}/group`
pub async fn get_group(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    get(&visitor, &draft, Which::Group).await
}

/// `GET /drafts/{draft}/behalf`
pub async fn get_behalf(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    get(&visitor, &draft, Which::Behalf).await
}

async fn get(visitor: &Visitor, draft: &str, which: Which) -> Outcome {
    let opened = open(visitor, draft).await.map_err(visitor.fails())?;
    let (id, fields) = (opened.draft.id, opened.draft.fields);
    Ok(show((visitor, opened.me.as_ref()), (which, id, fields), None))
}

fn show(
    (visitor, me): (&Visitor, Option<&Me>),
    (which, id, fields): (Which, Uuid, Fields),
    error: Option<&Error>,
) -> Response {
    let back = if which == Which::Whose { Route::DraftCheck { draft: id } } else { Which::Whose.route(id) };
    let layout = visitor.layout(me, visitor.text(which.title())).back(back.to_string()).with_error(error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let action = which.route(id).to_string();
    match which {
        Which::Whose => {
            let chosen = Whose::of(&fields);
            let is_tell = value(&fields, "did").is_empty();
            page::answer(status, &WhosePage { layout, action, chosen, is_tell }, visitor.lang)
        }
        Which::Group => {
            let places = places_shown(&fields);
            let found = Vec::new();
            page::answer(status, &GroupPage { layout, action, fields, places, found }, visitor.lang)
        }
        Which::Behalf => page::answer(status, &BehalfPage { layout, action, fields }, visitor.lang),
    }
}

/// The places up to the last that is filled in, and a few more.
fn places_shown(fields: &Fields) -> usize {
    let is_filled = |place: &Place| {
        [place.name, place.mail, place.share].iter().any(|field| !value(fields, field).is_empty())
    };
    let asked = value(fields, "places").parse().unwrap_or(EMPTY_PLACES);
    let filled = PLACES.iter().rposition(is_filled).map_or(0, |last| last + 1);
    filled.max(asked).min(PLACES.len())
}

/// `POST /drafts/{draft}/whose`
pub async fn post_whose(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    let (id, mut fields) = (opened.draft.id, opened.draft.fields.clone());
    match Whose::parse(form.value("whose")) {
        Some(whose @ (Whose::Own | Whose::Hidden)) => {
            set(&mut fields, "whose", whose.name());
            keep_and_go_on(&visitor, opened, fields).await
        }
        Some(Whose::Group) => Ok(Redirect::to(&Which::Group.route(id).to_string()).into_response()),
        Some(Whose::Behalf) => Ok(Redirect::to(&Which::Behalf.route(id).to_string()).into_response()),
        None => {
            let error = Error::field("whose", "tell-whose-empty");
            Ok(show((&visitor, opened.me.as_ref()), (Which::Whose, id, fields), Some(&error)))
        }
    }
}

/// `POST /drafts/{draft}/group`
pub async fn post_group(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let mut opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    let (id, mut fields) = (opened.draft.id, opened.draft.fields.clone());
    for place in &PLACES {
        take_over(&mut fields, &form, &[place.name, place.mail, place.share, place.who]);
    }
    take_over(&mut fields, &form, &[OWN_SHARE]);
    let wants_more = form.value("then") == "more";
    if wants_more {
        let more = (places_shown(&fields) + EMPTY_PLACES).min(PLACES.len());
        set(&mut fields, "places", more.to_string());
    }
    let found = if wants_more {
        Vec::new()
    } else {
        group::find_people(&mut opened.ctx, &mut fields).await.map_err(visitor.fails())?
    };
    let group = group::group(&fields);
    if !wants_more && found.is_empty() && group.is_ok() {
        set(&mut fields, "whose", Whose::Group.name());
        return keep_and_go_on(&visitor, opened, fields).await;
    }
    let is_kept = keep(&mut opened.ctx, &visitor, (id, &fields)).await.map_err(visitor.fails())?;
    opened.ctx.commit().await.map_err(visitor.fails())?;
    if wants_more && is_kept {
        return Ok(Redirect::to(&Which::Group.route(id).to_string()).into_response());
    }
    if !found.is_empty() && is_kept {
        return Ok(choose(&visitor, opened.me.as_ref(), (id, fields, found)));
    }
    let too_large = || Error::field(OWN_SHARE, "tell-draft-too-large");
    let error = if is_kept { group.err().unwrap_or_else(too_large) } else { too_large() };
    Ok(show((&visitor, opened.me.as_ref()), (Which::Group, id, fields), Some(&error)))
}

/// The page of a group where people of a name have to be chosen first.
fn choose(
    visitor: &Visitor,
    me: Option<&Me>,
    (id, fields, found): (Uuid, Fields, Vec<(usize, Vec<Person>)>),
) -> Response {
    let error = group::choose_first(&found);
    let layout = visitor.layout(me, visitor.text(Which::Group.title()));
    let layout = layout.back(Which::Whose.route(id).to_string()).with_error(Some(&error));
    let (action, places) = (Which::Group.route(id).to_string(), places_shown(&fields));
    let page = GroupPage { layout, action, fields, places, found };
    page::answer(StatusCode::UNPROCESSABLE_ENTITY, &page, visitor.lang)
}

/// `POST /drafts/{draft}/behalf`
pub async fn post_behalf(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let mut opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    let (id, mut fields) = (opened.draft.id, opened.draft.fields.clone());
    take_over(&mut fields, &form, &["behalf-name", "behalf-mail", "agreed"]);
    match group::behalf(&fields) {
        Ok(_) => {
            set(&mut fields, "whose", Whose::Behalf.name());
            keep_and_go_on(&visitor, opened, fields).await
        }
        Err(error) => {
            keep(&mut opened.ctx, &visitor, (id, &fields)).await.map_err(visitor.fails())?;
            opened.ctx.commit().await.map_err(visitor.fails())?;
            Ok(show((&visitor, opened.me.as_ref()), (Which::Behalf, id, fields), Some(&error)))
        }
    }
}

/// Keeps what is not right yet, too. Gives whether it could: more than a draft takes stays on the page alone.
async fn keep(ctx: &mut Ctx<'_, Write>, visitor: &Visitor, (id, fields): (Uuid, &Fields)) -> Result<bool> {
    let key = visitor.draft_key.as_deref();
    let known = draft::open(ctx, key, id).await?;
    match draft::keep(ctx, key, (Some(id), known.kind), fields).await {
        Err(Error::Invalid(_)) => Ok(false),
        kept => kept.map(|_| true),
    }
}
