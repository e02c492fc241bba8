//! The form: three questions on one page, after the doors. Type first, say who you are later.

use super::{open, step_route, take_over, title_key, with_key};
use crate::components::{Button, Checkbox, Checkboxes, Input, Radio, Radios, Select, Text, Textarea};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use waymark_app::find::capture::{self, Who};
use waymark_app::find::delivery::{CHOSEN, RELEASED};
use waymark_app::find::doors::{self, Doors, Spot};
use waymark_app::find::draft::{self, Draft, Fields, Kind};
use waymark_app::find::problem;
use waymark_app::find::public::{self, AS, PUBLIC};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Ctx, Error, Result, once};
use waymark_domain::find::stage::Origin;
use waymark_domain::ids::ProblemId;
use waymark_domain::people::setting::Door;

/// The fields of this page, as a draft keeps them.
const FIELDS: [&str; 12] = [
    "as", "at", "where", "answers", "problem", "solution", "unknown", "did", "changed", "title", "who",
    "origin",
];
/// The fields that make a draft worth keeping.
const TEXTS: [&str; 5] = ["problem", "solution", "did", "changed", "title"];

/// The form of telling.
#[derive(Debug, Template)]
#[template(path = "pages/find/tell.html")]
pub struct TellPage {
    layout: Layout,
    kind: Kind,
    form: Form,
    action: String,
    here: Doors,
    own: Vec<Spot>,
    answers: String,
    /// Is it told without an account? Then who and origin are not asked.
    is_public: bool,
    /// The same form for somebody of the public, or for who works here.
    other: Option<String>,
}

/// The page in place of the form where its doors are not set.
#[derive(Debug, Template)]
#[template(path = "pages/find/not-open.html")]
pub struct NotOpenPage {
    layout: Layout,
    here: Doors,
}

impl TellPage {
    fn is_tell(&self) -> bool {
        self.kind == Kind::Tell
    }

    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn area(&self, name: &str, rows: u32) -> Textarea {
        Textarea::new(name, self.text(&format!("tell-{name}")))
            .rows(rows)
            .value(self.form.value(name))
            .error(self.layout.problem(name))
    }

    fn problem(&self) -> Textarea {
        self.area("problem", 4).hint(self.text("tell-problem-hint"))
    }

    fn solution(&self) -> Textarea {
        self.area("solution", 4)
    }

    fn unknown(&self) -> Checkboxes {
        Checkboxes::single("unknown", "yes", self.text("tell-unknown")).values(self.form.all("unknown"))
    }

    fn did(&self) -> Textarea {
        self.area("did", 3)
    }

    fn changed(&self) -> Textarea {
        self.area("changed", 3)
    }

    fn title(&self) -> Input {
        Input::new("title", self.text("tell-name"))
            .hint(self.text("tell-name-hint"))
            .value(self.form.value("title"))
            .error(self.layout.problem("title"))
    }

    fn who(&self) -> Radios {
        let choices =
            Who::ALL.map(|who| Radio::new(who.name(), self.text(&format!("tell-who-{}", who.name()))));
        let chosen =
            if self.form.value("who").is_empty() { Who::Lead.name() } else { self.form.value("who") };
        Radios::new("who", self.text("tell-who"), choices).value(chosen).error(self.layout.problem("who"))
    }

    fn origin(&self) -> Radios {
        let choices = Origin::ALL
            .iter()
            .map(|origin| Radio::new(origin.name(), self.text(&format!("tell-origin-{}", origin.name()))));
        Radios::new("origin", self.text("tell-origin"), choices)
            .value(self.form.value("origin"))
            .error(self.layout.problem("origin"))
    }

    /// Several places of one's own to choose from.
    fn own_places(&self) -> Option<Select> {
        let first = (String::new(), self.text("tell-where-choose"));
        let choices = self.own.iter().map(|spot| (spot.node.to_string(), spot.full_name()));
        let select = Select::new("at", self.text("tell-where"), std::iter::once(first).chain(choices));
        (self.here.spot.is_none() && self.own.len() > 1).then_some(select)
    }

    /// The field where the place is typed, while it is not known.
    fn place(&self) -> Option<Input> {
        let is_asked =
            self.here.spot.is_none() && (self.own.len() < 2 || self.layout.problem("where").is_some());
        is_asked.then(|| {
            let key = if self.is_public { "tell-public-where" } else { "tell-where" };
            Input::new("where", self.text(key))
                .hint(self.text("tell-where-hint"))
                .value(self.form.value("where"))
                .error(self.layout.problem("where"))
        })
    }

    /// The problem that is answered, ticked; without the tick it is an idea of its own.
    fn answers_box(&self) -> Option<Checkboxes> {
        let value = self.form.value("answers");
        let named = match self.answers.as_str() {
            "" => self.text("tell-answers-gone"),
            title => text_with(self.layout.lang, "tell-answers", &[("title", title.into())]),
        };
        let mut boxes = Checkboxes { items: vec![Checkbox::new(value, named)], ..Checkboxes::default() };
        boxes.name = Text::from("answers");
        (!value.is_empty()).then(|| boxes.values([value]).error(self.layout.problem("answers")))
    }

    fn token(&self) -> &str {
        self.form.value(TOKEN)
    }

    fn send(&self) -> Button {
        Button::new(self.text("tell-continue"))
    }

    fn doors(&self) -> Vec<(String, &str)> {
        doors_shown(&self.here, self.layout.lang)
    }

    fn done() -> String {
        Route::TellDone.to_string()
    }
}

impl NotOpenPage {
    fn ask(&self) -> String {
        self.here.ask.join(", ")
    }

    fn place(&self) -> String {
        self.here.spot.as_ref().map(Spot::full_name).unwrap_or_default()
    }

    fn doors(&self) -> Vec<(String, &str)> {
        doors_shown(&self.here, self.layout.lang)
    }
}

/// The names of the doors with their numbers and addresses, the most urgent first.
pub(super) fn doors_shown(here: &Doors, lang: Lang) -> Vec<(String, &str)> {
    let key = |door: Door| match door {
        Door::Danger => "tell-door-danger",
        Door::Wrongdoing => "tell-door-wrongdoing",
        Door::Complaint => "tell-door-complaint",
        Door::Help => "tell-door-help",
        Door::Press => "tell-door-press",
    };
    let at = |body: &str| text_with(lang, "tell-door-danger-at", &[("place", body.into())]);
    let of_bodies = here.of_bodies.iter().map(|(body, address)| (at(body), address.as_str()));
    let doors = here.doors.iter().map(|(door, address)| (text(lang, key(*door)), address.as_str()));
    of_bodies.chain(doors).collect()
}

/// `GET /tell`
pub async fn get(visitor: Visitor) -> Outcome {
    fresh(&visitor, Kind::Tell).await.map_err(visitor.fails())
}

/// `GET /tell/done`
pub async fn get_done(visitor: Visitor) -> Outcome {
    fresh(&visitor, Kind::Done).await.map_err(visitor.fails())
}

/// An empty form, with what the address and the session know filled in.
async fn fresh(visitor: &Visitor, kind: Kind) -> Result<Response> {
    let (mut ctx, me) = visitor.read().await?;
    let mut form = Form::default();
    for name in ["as", "at", "answers"] {
        if let Some(value) = visitor.query(name) {
            form.set(name, value);
        }
    }
    if let ("", [only]) = (form.value("at"), doors::own(&mut ctx).await?.as_slice()) {
        form.set("at", only.node.to_string());
    }
    if let Some(origin) = capture::known_origin(&mut ctx).await? {
        form.set("origin", origin.name());
    }
    form.set(TOKEN, new_token(&visitor.env));
    let action = if kind == Kind::Tell { Route::Tell } else { Route::TellDone };
    show(&mut ctx, (visitor, me.as_ref()), (kind, form, action), None).await
}

/// `GET /drafts/{draft}`
pub async fn get_draft(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let shown = async {
        let mut opened = open(&visitor, &draft).await?;
        let (kind, action) = (opened.draft.kind, Route::Draft { draft: opened.draft.id });
        let form = Form::of(opened.draft.fields);
        show(&mut opened.ctx, (&visitor, opened.me.as_ref()), (kind, form, action), None).await
    };
    shown.await.map_err(visitor.fails())
}

/// The page of a form as it is filled in, with what is wrong with it.
pub(super) async fn show<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, Option<&Me>),
    (kind, mut form, action): (Kind, Form, Route),
    error: Option<&Error>,
) -> Result<Response> {
    let here = doors::doors_or_whole(ctx, capture::place_of(form.fields())).await?;
    if here.spot.is_none() {
        form.set("at", "");
    }
    if me.is_some() || kind != Kind::Tell {
        form.set(AS, "");
    }
    let is_public = public::is_public(form.fields());
    let offers = me.is_none() && kind == Kind::Tell && (is_public || here.takes_public);
    let other = offers.then(|| other_way(&here, is_public));
    if !here.is_open && error.is_none() {
        let layout = visitor.layout(me, visitor.text("tell-not-open-title"));
        return Ok(page::answer(StatusCode::OK, &NotOpenPage { layout, here }, visitor.lang));
    }
    let answers = answered_title(ctx, &mut form, error.is_some()).await?;
    let own = doors::own(ctx).await?;
    let layout = visitor.layout(me, visitor.text(title_key(kind))).with_error(error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let action = action.to_string();
    let page = TellPage { layout, kind, form, action, here, own, answers, is_public, other };
    Ok(page::answer(status, &page, visitor.lang))
}

/// The form for somebody of the public, and back to the one for who works here.
fn other_way(here: &Doors, is_public: bool) -> String {
    let at = here.spot.as_ref().map(|spot| format!("at={}", spot.node));
    let way = (!is_public).then(|| format!("{AS}={PUBLIC}"));
    let query: Vec<String> = at.into_iter().chain(way).collect();
    if query.is_empty() { Route::Tell.to_string() } else { format!("{}?{}", Route::Tell, query.join("&")) }
}

/// The title of the problem that is answered. One that they may not know of is left out, unless it is what is wrong.
async fn answered_title<K>(ctx: &mut Ctx<'_, K>, form: &mut Form, is_wrong: bool) -> Result<String> {
    let found = match ProblemId::parse(form.value("answers")) {
        Some(id) => problem::visible(ctx, id).await,
        None => Err(Error::NotFound),
    };
    match found {
        Ok(shown) => Ok(shown.title),
        Err(Error::NotFound) if is_wrong => Ok(String::new()),
        Err(Error::NotFound) => {
            form.set("answers", "");
            Ok(String::new())
        }
        Err(other) => Err(other),
    }
}

/// `POST /tell`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    save(&visitor, (None, Kind::Tell), form).await.map_err(visitor.fails())
}

/// `POST /tell/done`
pub async fn post_done(visitor: Visitor, form: Form) -> Outcome {
    save(&visitor, (None, Kind::Done), form).await.map_err(visitor.fails())
}

/// `POST /drafts/{draft}`: where the session ended meanwhile, the words go into a new draft of this browser.
pub async fn post_draft(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let kind = if form.all("did").is_empty() { Kind::Tell } else { Kind::Done };
    save(&visitor, (Uuid::try_parse(&draft).ok(), kind), form).await.map_err(visitor.fails())
}

/// Keeps what was typed, right or wrong, and goes on where it is right.
async fn save(visitor: &Visitor, (draft, kind): (Option<Uuid>, Kind), form: Form) -> Result<Response> {
    let (mut ctx, me) = visitor.write().await?;
    if let Some(known) = once::answered(&mut ctx, form.token()).await? {
        return Ok(Redirect::to(&known).into_response());
    }
    let key = visitor.draft_key.clone().unwrap_or_else(|| visitor.env.secret());
    let mut fields = merged(&mut ctx, (draft, &key), &form).await?;
    fields.insert("lang".to_owned(), vec![visitor.lang.code().to_owned()]);
    let checked = capture::check(&mut ctx, kind, &mut fields).await;
    let is_worth = TEXTS.iter().any(|name| !draft::value(&fields, name).trim().is_empty());
    let kept = if is_worth {
        draft::keep(&mut ctx, Some(&key), (draft, kind), &fields).await.map(Some)
    } else {
        Ok(draft)
    };
    let new = if kind == Kind::Tell { Route::Tell } else { Route::TellDone };
    let action = kept.as_ref().ok().copied().flatten().map_or(new, |draft| Route::Draft { draft });
    if let Err(error @ Error::Invalid(_)) = kept.as_ref().map(|_| ()).and(checked.as_ref().map(|_| ())) {
        let form = shown_again(visitor, fields);
        let response = show(&mut ctx, (visitor, me.as_ref()), (kind, form, action), Some(error)).await?;
        ctx.commit().await?;
        return Ok(with_key(visitor, &key, response));
    }
    checked?;
    let id = kept?.ok_or(Error::NotFound)?;
    let draft = Draft { id, kind, fields, updated_at: ctx.now };
    let next = step_route(capture::next(&mut ctx, &draft).await?, id).to_string();
    once::remember(&mut ctx, form.token(), &next).await?;
    ctx.commit().await?;
    Ok(with_key(visitor, &key, Redirect::to(&next).into_response()))
}

fn shown_again(visitor: &Visitor, fields: Fields) -> Form {
    let mut form = Form::of(fields);
    form.set(TOKEN, new_token(&visitor.env));
    form
}

/// What the draft had, with what this page sent. Other words want another look for similar ones.
async fn merged<K>(ctx: &mut Ctx<'_, K>, (draft, key): (Option<Uuid>, &str), form: &Form) -> Result<Fields> {
    let before = match draft {
        Some(id) => match draft::open(ctx, Some(key), id).await {
            Ok(draft) => draft.fields,
            Err(Error::NotFound) => Fields::default(),
            Err(other) => return Err(other),
        },
        None => Fields::default(),
    };
    let mut fields = before.clone();
    take_over(&mut fields, form, &FIELDS);
    let says = |name: &str| draft::value(&before, name) == draft::value(&fields, name);
    let was_proposed =
        draft::value(&before, "title") == capture::proposed_title(draft::value(&before, "problem"));
    if was_proposed && says("title") && !says("problem") {
        // Its first words may be what they have just taken out.
        fields.remove("title");
    }
    if TEXTS.iter().any(|name| draft::value(&before, name) != draft::value(&fields, name)) {
        fields.remove("similar");
        fields.remove(CHOSEN);
        fields.remove(RELEASED);
    }
    Ok(fields)
}
