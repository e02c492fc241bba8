//! Similar ones: up to five, each with why. It never blocks: *mine is different* is chosen already.

use super::check::{receipt_address, refused};
use super::{Opened, id, keep_and_go_on, open, open_to_write, quoted};
use crate::components::{Button, Radio, Radios};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::pages::route::sure::{go_on, is_to_change};
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use waymark_app::find::also;
use waymark_app::find::group::Whose;
use waymark_app::find::named::named;
use waymark_app::find::similar::{self, Like};
use waymark_app::routes::Route;
use waymark_app::words::{text, text_with};
use waymark_app::{Error, Result, Write, once};
use waymark_domain::ids::InnovationId;
use waymark_domain::reference::Reference;

/// The value of *mine is different*.
const DIFFERENT: &str = "different";

/// May the words be added to another record here?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adding {
    Can,
    /// Who has not signed in goes on and may come back.
    SignInFirst,
    /// Who adds words is named beside them.
    Named,
}

/// Similar ones.
#[derive(Debug, Template)]
#[template(path = "pages/find/similar.html")]
pub struct SimilarPage {
    layout: Layout,
    draft: Uuid,
    likes: Vec<Like>,
    adding: Adding,
    token: String,
}

impl SimilarPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn address(&self) -> String {
        Route::DraftSimilar { draft: self.draft }.to_string()
    }

    fn record(reference: &Reference) -> String {
        Route::Record { reference: reference.clone() }.to_string()
    }

    fn why(&self, like: &Like) -> String {
        text_with(self.layout.lang, "tell-similar-why", &[("words", quoted(&like.shared).into())])
    }

    fn is_hidden(&self) -> bool {
        self.adding == Adding::Named
    }

    fn choices(&self) -> Option<Radios> {
        let open = self.likes.iter().filter(|like| like.stage.is_open() && !like.is_theirs);
        let add = open.map(|like| {
            let words =
                text_with(self.layout.lang, "tell-similar-add", &[("title", like.title.as_str().into())]);
            Radio::new(like.id.to_string(), words)
        });
        let different = Radio::new(DIFFERENT, self.text("tell-similar-different"));
        let choices = Radios::new("similar", self.text("tell-similar-which"), add.chain([different]));
        let choices = choices.hint(self.text("tell-similar-named"));
        (self.adding == Adding::Can).then(|| choices.value(DIFFERENT).error(self.layout.problem("similar")))
    }

    fn go_on(&self) -> Button {
        let key = if self.adding == Adding::Can { "tell-continue" } else { "tell-similar-different" };
        Button::new(self.text(key))
    }
}

/// `GET /drafts/{draft}/similar`
pub async fn get(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    shown(&visitor, &draft, None).await.map_err(visitor.fails())
}

async fn shown(visitor: &Visitor, draft: &str, error: Option<&Error>) -> Result<Response> {
    let mut opened = open(visitor, draft).await?;
    // What was typed is in the draft: whoever waits a little finds it.
    visitor.take_search_turn(&opened.ctx)?;
    let likes = similar::like(&mut opened.ctx, &opened.draft).await?;
    let draft = opened.draft.id;
    if likes.is_empty() {
        return Ok(Redirect::to(&Route::DraftCheck { draft }.to_string()).into_response());
    }
    let back = Route::Draft { draft }.to_string();
    let layout = visitor.layout(opened.me.as_ref(), visitor.text("tell-similar-title")).back(back);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let token = new_token(&visitor.env);
    let adding = match (&opened.me, Whose::of(&opened.draft.fields)) {
        (None, _) => Adding::SignInFirst,
        (Some(_), Whose::Hidden) => Adding::Named,
        (Some(_), _) => Adding::Can,
    };
    // Where there is no choice there is no field that an error could lead to: the page itself says why.
    let layout = if adding == Adding::Can { layout.with_error(error) } else { layout };
    let page = SimilarPage { layout, draft, likes, adding, token };
    Ok(page::answer(status, &page, visitor.lang))
}

/// `POST /drafts/{draft}/similar`
pub async fn post(visitor: Visitor, Path(draft): Path<String>, mut form: Form) -> Outcome {
    if is_to_change(&mut form) {
        let typed = Route::Draft { draft: id(&draft).map_err(visitor.fails())? };
        return Ok(Redirect::to(&typed.to_string()).into_response());
    }
    let (mut ctx, _) = visitor.write().await.map_err(visitor.fails())?;
    if let Some(known) = once::answered(&mut ctx, form.value(TOKEN)).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&known).into_response());
    }
    drop(ctx);
    let opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    if let Some(to) = InnovationId::parse(form.value("similar")).filter(|_| opened.me.is_some()) {
        return add(&visitor, opened, (to, &form)).await.map_err(visitor.fails());
    }
    let mut fields = opened.draft.fields.clone();
    fields.insert("similar".to_owned(), vec![DIFFERENT.to_owned()]);
    keep_and_go_on(&visitor, opened, fields).await
}

/// Adds the draft's words to a record, once whoever typed them was asked about what could tell who somebody is. Where that
/// takes none any more the page says so, with all that was typed kept.
async fn add(
    visitor: &Visitor,
    mut opened: Opened<'_, Write>,
    (to, form): (InnovationId, &Form),
) -> Result<Response> {
    match also::add_draft(&mut opened.ctx, &opened.draft, to).await {
        Ok(record) => {
            let found = named(&mut opened.ctx, &opened.draft).await?;
            if !found.is_empty() && form.value("sure") != "yes" {
                return Ok(go_on(visitor, form, Err(found)));
            }
            let next = format!("{}?added=yes", receipt_address(&record));
            once::remember(&mut opened.ctx, form.token(), &next).await?;
            opened.ctx.commit().await?;
            Ok(Redirect::to(&next).into_response())
        }
        Err(error @ Error::Invalid(_)) if is_of_choice(&error) => {
            drop(opened.ctx);
            let draft = opened.draft.id.to_string();
            shown(visitor, &draft, Some(&error)).await
        }
        Err(error @ Error::Invalid(_)) => {
            drop(opened.ctx);
            refused(visitor, opened.draft, &error).await
        }
        Err(Error::Refused(_) | Error::Forbidden | Error::NotFound) => {
            drop(opened.ctx);
            let draft = opened.draft.id.to_string();
            shown(visitor, &draft, Some(&Error::field("similar", "tell-similar-closed"))).await
        }
        Err(other) => Err(other),
    }
}

/// Is it about the choice of this page, rather than about what was typed before?
fn is_of_choice(error: &Error) -> bool {
    let Error::Invalid(problems) = error else { return false };
    problems.iter().all(|problem| problem.field == "similar")
}
