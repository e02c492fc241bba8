//! Similar ones: up to five, each with why. It never blocks: *mine is different* is chosen already.

use super::{keep_and_go_on, open, open_to_write};
use crate::components::{Button, Radio, Radios};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;
use waymark_app::find::similar::{self, Like};
use waymark_app::routes::Route;
use waymark_app::words::{text, text_with};
use waymark_app::{Error, once};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::InnovationId;
use waymark_domain::reference::Reference;

/// The value of *mine is different*.
const DIFFERENT: &str = "different";

/// Similar ones.
#[derive(Debug, Template)]
#[template(path = "pages/find/similar.html")]
pub struct SimilarPage {
    layout: Layout,
    draft: Uuid,
    likes: Vec<Like>,
    is_known: bool,
    token: String,
}

impl SimilarPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn address(&self) -> String {
        Route::DraftSimilar { draft: self.draft }.to_string()
    }

    fn record(&self, reference: &Reference) -> String {
        Route::Record { reference: reference.clone() }.to_string()
    }

    fn why(&self, like: &Like) -> String {
        let words = like.shared.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
        text_with(self.layout.lang, "tell-similar-why", &[("words", words.into())])
    }

    /// Adding to a record is for those who have signed in; anybody else goes on and may come back.
    fn choices(&self) -> Option<Radios> {
        let open = self.likes.iter().filter(|like| like.stage.is_open());
        let add = open.map(|like| {
            let words =
                text_with(self.layout.lang, "tell-similar-add", &[("title", like.title.as_str().into())]);
            Radio::new(like.id.to_string(), words)
        });
        let different = Radio::new(DIFFERENT, self.text("tell-similar-different"));
        let choices = Radios::new("similar", self.text("tell-similar-which"), add.chain([different]));
        self.is_known.then(|| choices.value(DIFFERENT))
    }

    fn go_on(&self) -> Button {
        let key = if self.is_known { "tell-continue" } else { "tell-similar-different" };
        Button::new(self.text(key))
    }
}

/// `GET /drafts/{draft}/similar`
pub async fn get(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let mut opened = open(&visitor, &draft).await.map_err(visitor.fails())?;
    let likes = similar::like(&mut opened.ctx, &opened.draft).await.map_err(visitor.fails())?;
    let draft = opened.draft.id;
    if likes.is_empty() {
        return Ok(Redirect::to(&Route::DraftCheck { draft }.to_string()).into_response());
    }
    let back = Route::Draft { draft }.to_string();
    let layout = visitor.layout(opened.me.as_ref(), visitor.text("tell-similar-title")).back(back);
    let token = new_token(&visitor.env);
    let page = SimilarPage { layout, draft, likes, is_known: opened.me.is_some(), token };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// `POST /drafts/{draft}/similar`
pub async fn post(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let (mut ctx, _) = visitor.write().await.map_err(visitor.fails())?;
    if let Some(known) = once::answered(&mut ctx, form.value(TOKEN)).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&known).into_response());
    }
    drop(ctx);
    let mut opened = open_to_write(&visitor, &draft).await.map_err(visitor.fails())?;
    let Some(to) = InnovationId::parse(form.value("similar")).filter(|_| opened.me.is_some()) else {
        let mut fields = opened.draft.fields.clone();
        fields.insert("similar".to_owned(), vec![DIFFERENT.to_owned()]);
        return keep_and_go_on(&visitor, opened, fields).await;
    };
    let added = async {
        let record: Innovation = similar::add_to(&mut opened.ctx, &opened.draft, to).await?;
        let next = format!("{}?added=yes", Route::Sent { reference: record.told.reference.clone() });
        once::remember(&mut opened.ctx, form.value(TOKEN), &next).await?;
        opened.ctx.commit().await?;
        Ok::<_, Error>(Redirect::to(&next).into_response())
    };
    added.await.map_err(visitor.fails())
}
