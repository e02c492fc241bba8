//! What is held back until somebody has read it: for who reads it the words and where they may go, for who sent it how far
//! it is.

use super::{door::name, id, quoted, typed_rows};
use crate::components::{Button, InsetText, Panel, Radio, Radios, Row, SummaryList, Textarea};
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
use waymark_app::find::delivery::{Asked, ORDINARY};
use waymark_app::find::draft::Draft;
use waymark_app::find::held_back::{self, BACK, HeldBack, Outcome as Became};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{date, text, text_with};
use waymark_app::{Ctx, Error, Result, Write, once};
use waymark_domain::people::setting::Door;

/// The field of what its reader chose, and the choice of who sent it to take it back.
const CHOSEN: &str = "door";
const TAKE_BACK: &str = "take-back";

/// For who reads it.
#[derive(Debug, Template)]
#[template(path = "pages/find/held-read.html")]
struct ReadPage {
    layout: Layout,
    held: HeldBack,
    draft: Draft,
    asked: Asked,
    form: Form,
    token: String,
}

/// For who sent it.
#[derive(Debug, Template)]
#[template(path = "pages/find/held-sent.html")]
struct SentPage {
    layout: Layout,
    held: HeldBack,
    token: String,
}

impl ReadPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn address(&self) -> String {
        Route::HeldBack { held: self.held.id }.to_string()
    }

    fn lead(&self) -> String {
        let lang = self.layout.lang;
        let words = self.asked.suspected.as_ref().map(|(_, words)| quoted(words)).unwrap_or_default();
        let values = [
            ("door", name(lang, self.held.door).to_lowercase().into()),
            ("words", words.into()),
            ("day", date(lang, self.held.due).into()),
        ];
        text_with(lang, "held-read-lead", &values)
    }

    /// What was typed, under the form's own questions.
    fn words(&self) -> SummaryList {
        let lang = self.layout.lang;
        let place = Row::new(text(lang, "tell-row-place"), self.held.place.clone());
        let sender = Row::new(text(lang, "held-row-sender"), self.held.sender.clone());
        SummaryList::new(typed_rows(lang, &self.draft).chain([place, sender]))
    }

    fn choices(&self) -> Radios {
        let lang = self.layout.lang;
        let release = Radio::new(ORDINARY, self.text("held-release")).hint(self.text("held-release-hint"));
        let keep = self.asked.open.iter().map(|(door, mail)| {
            let values = [("door", name(lang, *door).to_lowercase().into())];
            let goes = text_with(lang, "held-keep-hint", &[("address", mail.as_str().into())]);
            Radio::new(door.name(), text_with(lang, "held-keep", &values)).hint(goes)
        });
        let back = Radio::new(BACK, self.text("held-give-back")).hint(self.text("held-give-back-hint"));
        let choices = std::iter::once(release).chain(keep).chain([back]);
        Radios::new(CHOSEN, self.text("held-which"), choices)
            .value(self.form.value(CHOSEN))
            .error(self.layout.problem(CHOSEN))
    }

    fn line(&self) -> Textarea {
        Textarea::new("line", self.text("held-line"))
            .hint(self.text("held-line-hint"))
            .rows(3)
            .value(self.form.value("line"))
            .error(self.layout.problem("line"))
    }

    fn go_on(&self) -> Button {
        Button::new(self.text("tell-door-continue"))
    }
}

impl SentPage {
    fn panel(&self) -> Panel {
        Panel::confirmation(self.layout.title.clone(), "")
    }

    fn address(&self) -> String {
        Route::HeldBack { held: self.held.id }.to_string()
    }

    fn lead(&self) -> String {
        let lang = self.layout.lang;
        let (key, door) = match &self.held.ended {
            None if self.held.is_late => ("held-sent-late", self.held.door),
            None => ("held-sent", self.held.door),
            Some((Became::Kept(door, _), _)) => ("held-kept", *door),
            Some(_) => ("held-given-back", self.held.door),
        };
        let values =
            [("door", name(lang, door).to_lowercase().into()), ("day", date(lang, self.held.due).into())];
        text_with(lang, key, &values)
    }

    /// What its reader wrote.
    fn line(&self) -> Option<InsetText> {
        self.held.ended.as_ref().and_then(|(_, line)| line.as_deref()).map(InsetText::new)
    }

    /// Where it is now.
    fn onward(&self) -> Option<(String, String)> {
        let lang = self.layout.lang;
        match &self.held.ended {
            Some((Became::Kept(_, message), _)) => {
                let to = Route::Delivered { message: *message }.to_string();
                Some((text(lang, "held-look"), to))
            }
            Some((Became::Back, _)) => {
                Some((text(lang, "held-open"), Route::Draft { draft: self.held.id }.to_string()))
            }
            _ => None,
        }
    }

    fn take_back(&self) -> Option<Button> {
        let button = || Button::secondary(text(self.layout.lang, "held-take-back")).sends(CHOSEN, TAKE_BACK);
        self.held.ended.is_none().then(button)
    }
}

/// `GET /held/{held}`
pub async fn get(visitor: Visitor, Path(held): Path<String>) -> Outcome {
    let found = async {
        let (mut ctx, me) = visitor.read_as_member().await?;
        show(&mut ctx, (&visitor, &me), id(&held)?, None).await
    };
    found.await.map_err(visitor.fails())
}

async fn show<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, &Me),
    held: Uuid,
    wrong: Option<(Form, &Error)>,
) -> Result<Response> {
    let mut held = held_back::find(ctx, held).await?;
    if let Some((Became::Released(reference), _)) = &held.ended {
        return Ok(Redirect::to(&Route::Sent { reference: reference.clone() }.to_string()).into_response());
    }
    let token = new_token(&visitor.env);
    let Some((draft, asked)) = held.words.take() else {
        let key = match &held.ended {
            None => "held-sent-title",
            Some((Became::Kept(..), _)) => "held-kept-title",
            Some(_) => "held-given-back-title",
        };
        let layout = visitor.layout(Some(me), visitor.text(key));
        return Ok(page::answer(StatusCode::OK, &SentPage { layout, held, token }, visitor.lang));
    };
    let error = wrong.as_ref().map(|(_, error)| *error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let back = Route::Work.to_string();
    let layout = visitor.layout(Some(me), visitor.text("held-read-title")).back(back).with_error(error);
    let form = wrong.map(|(form, _)| form).unwrap_or_default();
    Ok(page::answer(status, &ReadPage { layout, held, draft, asked, form, token }, visitor.lang))
}

/// `POST /held/{held}`
pub async fn post(visitor: Visitor, Path(held): Path<String>, form: Form) -> Outcome {
    done(&visitor, &held, form).await.map_err(visitor.fails())
}

async fn done(visitor: &Visitor, held: &str, form: Form) -> Result<Response> {
    let held = id(held)?;
    let (mut ctx, me) = visitor.write_as_member().await?;
    if let Some(known) = once::answered(&mut ctx, form.value(TOKEN)).await? {
        return Ok(Redirect::to(&known).into_response());
    }
    match act(&mut ctx, held, &form).await {
        Ok(to) => {
            once::remember(&mut ctx, form.value(TOKEN), &to).await?;
            ctx.commit().await?;
            Ok(Redirect::to(&to).into_response())
        }
        // It was read meanwhile: their page says what became of it.
        Err(Error::Conflict) => Ok(Redirect::to(&Route::HeldBack { held }.to_string()).into_response()),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            drop(ctx);
            let (mut ctx, _) = visitor.read_as_member().await?;
            let error = on_this_page(error);
            show(&mut ctx, (visitor, &me), held, Some((form, &error))).await
        }
        Err(other) => Err(other),
    }
}

/// What is wrong with the form of whoever wrote it is not for its reader to mend: they can give it back.
pub fn on_this_page(error: Error) -> Error {
    if !matches!(error, Error::Invalid(_) | Error::Refused(_)) {
        return error;
    }
    let is_own = |error: &Error| match error {
        Error::Invalid(problems) => problems.iter().all(|problem| [CHOSEN, "line"].contains(&problem.field)),
        _ => false,
    };
    if is_own(&error) { error } else { Error::field(CHOSEN, "held-cannot") }
}

/// Does what was chosen, and gives where to go.
async fn act(ctx: &mut Ctx<'_, Write>, held: Uuid, form: &Form) -> Result<String> {
    if form.value(CHOSEN) == TAKE_BACK {
        held_back::take_back(ctx, held).await?;
        return Ok(Route::Draft { draft: held }.to_string());
    }
    end(ctx, held, form).await?;
    Ok(Route::Work.to_string())
}

/// Does with a text what its reader chose.
///
/// # Errors
/// [`Error::Invalid`] where they chose nothing that there is; what [`held_back`] says of each.
pub async fn end(ctx: &mut Ctx<'_, Write>, held: Uuid, form: &Form) -> Result<()> {
    let line = form.value("line");
    match form.value(CHOSEN) {
        ORDINARY => held_back::release(ctx, held).await,
        BACK => held_back::give_back(ctx, held, line).await,
        chosen => {
            let door = Door::parse(chosen).ok_or_else(|| Error::field(CHOSEN, "held-which-empty"))?;
            held_back::keep(ctx, held, (door, line)).await
        }
    }
}
