//! Is it for somebody else? Asked before anything is sent where the words read like danger, wrongdoing, a complaint, a cry
//! for help or the press, and open to whoever wants it. What goes to a door goes at once and is listed nowhere.

use super::come_back::go_with_code;
use super::tell::doors_shown;
use super::{Opened, keep_and_go_on, open, open_to_write, or_delivery, quoted};
use crate::components::{Button, Input, Radio, Radios};
use crate::failure::{Outcome, urlencoded};
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
use waymark_app::find::capture::place_of;
use waymark_app::find::delivery::{self, Asked, CHOSEN, ORDINARY, Wish, number_of};
use waymark_app::find::doors::Spot;
use waymark_app::find::draft::{Draft, set};
use waymark_app::find::hidden;
use waymark_app::find::send::CODE_FIELD;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Ctx, Error, Result, Write, once};
use waymark_domain::people::setting::Door;
use waymark_domain::spelt::Spelt;

/// The question.
#[derive(Debug, Template)]
#[template(path = "pages/find/door.html")]
pub struct DoorPage {
    layout: Layout,
    draft: Uuid,
    asked: Asked,
    form: Form,
    token: String,
    code: String,
}

impl DoorPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn address(&self) -> String {
        Route::DraftDoor { draft: self.draft }.to_string()
    }

    fn lead(&self) -> String {
        let Some((door, words)) = &self.asked.suspected else { return self.text("tell-door-unsuspected") };
        let door = name(self.layout.lang, *door).to_lowercase();
        if words.is_empty() {
            return text_with(self.layout.lang, "tell-door-suspected-plain", &[("door", door.into())]);
        }
        let values = [("door", door.into()), ("words", quoted(words).into())];
        text_with(self.layout.lang, "tell-door-suspected", &values)
    }

    fn doors(&self) -> Vec<(String, &str)> {
        doors_shown(&self.asked.here, self.layout.lang)
    }

    /// Does one of the doors take no mail, so that all are shown with their numbers?
    fn is_one_shut(&self) -> bool {
        self.asked.open.len() < Door::ALL.len()
    }

    /// What to call instead of writing, for danger and for help.
    fn danger(&self) -> Option<String> {
        number_of(&self.asked.here, Door::Danger)
    }

    fn help(&self) -> Option<String> {
        let suspected = self.asked.suspected.as_ref().map(|(door, _)| *door);
        let is_near = matches!(suspected, Some(Door::Danger | Door::Help));
        number_of(&self.asked.here, Door::Help).filter(|_| is_near)
    }

    /// Where it is told: they see that, too.
    fn reach_hint(&self) -> String {
        let place = self.asked.here.spot.as_ref().map(Spot::full_name).unwrap_or_default();
        text_with(self.layout.lang, "tell-door-reach-hint", &[("place", place.into())])
    }

    fn choices(&self) -> Radios {
        let lang = self.layout.lang;
        let send = self.asked.open.iter().map(|(door, mail)| {
            let goes = text_with(lang, "tell-door-goes", &[("address", mail.as_str().into())]);
            Radio::new(door.name(), name(lang, *door)).hint(goes)
        });
        let or = (!self.asked.open.is_empty()).then(|| Radio::divider(self.text("tell-or")));
        let ordinary = Radio::new(ORDINARY, self.text("tell-door-ordinary"));
        Radios::new(CHOSEN, self.text("tell-door-which"), send.chain(or).chain([ordinary]))
            .value(self.form.value(CHOSEN))
            .error(self.layout.problem(CHOSEN))
    }

    fn reach(&self) -> Input {
        Input::new("reach", self.text("tell-door-reach"))
            .hint(self.reach_hint())
            .value(self.form.value("reach"))
            .error(self.layout.problem("reach"))
    }

    fn go_on(&self) -> Button {
        Button::new(self.text("tell-door-continue"))
    }
}

/// The name of a door.
pub(super) fn name(lang: Lang, door: Door) -> String {
    text(lang, &format!("people-door-{}", door.name()))
}

/// `GET /drafts/{draft}/door`
pub async fn get(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let shown = async {
        let mut opened = open(&visitor, &draft).await?;
        show(&mut opened.ctx, (&visitor, opened.me.as_ref()), &opened.draft, None).await
    };
    match shown.await {
        Ok(page) => Ok(page),
        Err(error) => or_delivery(&visitor, &draft, error).await,
    }
}

async fn show<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, Option<&Me>),
    draft: &Draft,
    wrong: Option<(Form, &Error)>,
) -> Result<Response> {
    let id = draft.id;
    if place_of(&draft.fields).is_none() {
        return Ok(Redirect::to(&Route::DraftPlace { draft: id }.to_string()).into_response());
    }
    let asked = delivery::asked(ctx, draft).await?;
    let error = wrong.as_ref().map(|(_, error)| *error);
    let back = Route::Draft { draft: id }.to_string();
    let layout = visitor.layout(me, visitor.text("tell-door-title")).back(back).with_error(error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = wrong.map_or_else(|| chosen_before(visitor), |(form, _)| form);
    let layout = match form.value(CHOSEN) {
        "" => layout,
        // In the other language it is chosen, too. How they can be reached stands in no address.
        chosen => layout.at(format!("{}?{CHOSEN}={}", Route::DraftDoor { draft: id }, urlencoded(chosen))),
    };
    let token = new_token(&visitor.env);
    // A code of its own on each page, so that whoever sends it again has the same.
    let code = hidden::new_code(ctx).to_string();
    Ok(page::answer(status, &DoorPage { layout, draft: id, asked, form, token, code }, visitor.lang))
}

/// What was chosen before another language was: it comes with the address.
fn chosen_before(visitor: &Visitor) -> Form {
    let mut form = Form::default();
    let is_choice = |chosen: &String| chosen == ORDINARY || Door::parse(chosen).is_some();
    if let Some(chosen) = visitor.query(CHOSEN).filter(is_choice) {
        form.set(CHOSEN, chosen);
    }
    form
}

/// `POST /drafts/{draft}/door`
pub async fn post(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let (mut ctx, _) = visitor.write().await.map_err(visitor.fails())?;
    if let Some(known) = once::answered(&mut ctx, form.value(TOKEN)).await.map_err(visitor.fails())? {
        return Ok(go_with_code(&visitor, &form, &known));
    }
    drop(ctx);
    let mut opened = match open_to_write(&visitor, &draft).await {
        Ok(opened) => opened,
        Err(error) => return or_delivery(&visitor, &draft, error).await,
    };
    if form.value(CHOSEN) == ORDINARY {
        let mut fields = opened.draft.fields.clone();
        set(&mut fields, CHOSEN, ORDINARY);
        return keep_and_go_on(&visitor, opened, fields).await;
    }
    match deliver(&visitor, &mut opened, &form).await {
        Ok(to) => {
            opened.ctx.commit().await.map_err(visitor.fails())?;
            Ok(go_with_code(&visitor, &form, &to))
        }
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            let error = if let Error::TooMany { .. } = error {
                Error::field(CHOSEN, "tell-door-wait")
            } else {
                error
            };
            let who = (&visitor, opened.me.as_ref());
            let shown = show(&mut opened.ctx, who, &opened.draft, Some((form, &error))).await;
            shown.map_err(visitor.fails())
        }
        Err(error) => {
            // Given back first: whoever holds one connection and waits for another keeps it from somebody.
            drop(opened);
            or_delivery(&visitor, &draft, error).await
        }
    }
}

/// Sends it to the door that was chosen; gives the address at which its delivery shows.
async fn deliver(visitor: &Visitor, opened: &mut Opened<'_, Write>, form: &Form) -> Result<String> {
    let door = Door::parse(form.value(CHOSEN)).ok_or_else(|| Error::field(CHOSEN, "tell-door-empty"))?;
    let code = Spelt::parse(form.value(CODE_FIELD), hidden::CODE);
    let wish = Wish { door, reach: form.value("reach"), from: &visitor.from, code: code.as_ref() };
    let key = visitor.draft_key.as_deref();
    let message = delivery::send(&mut opened.ctx, &opened.draft, key, wish).await?;
    let shows_code = if code.is_some() { "?code=new" } else { "" };
    let to = format!("{}{shows_code}", Route::Delivered { message });
    once::remember(&mut opened.ctx, form.value(TOKEN), &to).await?;
    Ok(to)
}
