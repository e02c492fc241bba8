//! What is half typed: to go on with, or to delete.

use super::{open, open_to_write};
use crate::components::{Button, Link};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use waymark_app::find::capture::proposed_title;
use waymark_app::find::draft::{self, Draft};
use waymark_app::jobs::retention::{Old, Periods};
use waymark_app::once;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, short_date, text, text_with};

/// The list of drafts.
#[derive(Debug, Template)]
#[template(path = "pages/find/drafts.html")]
pub struct DraftsPage {
    layout: Layout,
    drafts: Vec<Draft>,
    days: i64,
}

/// Delete a draft?
#[derive(Debug, Template)]
#[template(path = "pages/find/draft-delete.html")]
pub struct DraftDeletePage {
    layout: Layout,
    draft: Draft,
    token: String,
}

/// What a draft is called: its title, else its first words.
fn name(lang: Lang, draft: &Draft) -> String {
    let title = draft.value("title").trim();
    let named = if title.is_empty() { proposed_title(draft.value("problem")) } else { title.to_owned() };
    if named.is_empty() { text(lang, "tell-draft-unnamed") } else { named }
}

impl DraftsPage {
    /// Each draft: the way on with it, when it was changed, the way to delete it.
    fn lines(&self) -> Vec<(Link, String, Link)> {
        let lang = self.layout.lang;
        let line = |draft: &Draft| {
            let (id, name) = (draft.id, name(lang, draft));
            let on = Link::new(name.clone(), Route::Draft { draft: id }.to_string());
            let day = [("date", short_date(lang, draft.updated_at.date_naive()).into())];
            let delete =
                Link::new(text(lang, "tell-draft-delete"), Route::DraftDelete { draft: id }.to_string());
            (on, text_with(lang, "tell-draft-changed", &day), delete.about(name))
        };
        self.drafts.iter().map(line).collect()
    }

    /// For how long they are kept, which is less where nobody has signed in.
    fn lead(&self) -> String {
        let is_own = !self.layout.signed_in_as.is_empty();
        if is_own {
            text_with(self.layout.lang, "tell-drafts-lead", &[("days", self.days.into())])
        } else {
            text(self.layout.lang, "tell-drafts-lead-browser")
        }
    }

    fn tell(&self) -> Button {
        Button::link(text(self.layout.lang, "tell-another-new"), Route::Tell.to_string())
    }
}

impl DraftDeletePage {
    fn name(&self) -> String {
        name(self.layout.lang, &self.draft)
    }

    fn delete(&self) -> Button {
        Button::warning(text(self.layout.lang, "tell-draft-delete"))
    }

    fn address(&self) -> String {
        Route::DraftDelete { draft: self.draft.id }.to_string()
    }
}

/// `GET /drafts`
pub async fn get(visitor: Visitor) -> Outcome {
    let shown = async {
        let (mut ctx, me) = visitor.read().await?;
        let drafts = draft::list(&mut ctx, visitor.draft_key.as_deref()).await?;
        let layout = visitor.layout(me.as_ref(), visitor.text("tell-drafts-title"));
        let days = Periods::read(&mut ctx).await?.days(Old::Drafts);
        Ok(page::answer(StatusCode::OK, &DraftsPage { layout, drafts, days }, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

/// `GET /drafts/{draft}/delete`
pub async fn get_delete(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let opened = open(&visitor, &draft).await.map_err(visitor.fails())?;
    let title = visitor.text("tell-draft-delete-title");
    let layout = visitor.layout(opened.me.as_ref(), title).back(Route::Drafts.to_string());
    let page = DraftDeletePage { layout, draft: opened.draft, token: new_token(&visitor.env) };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// `POST /drafts/{draft}/delete`
pub async fn post_delete(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let deleted = async {
        let (mut ctx, _) = visitor.write().await?;
        if let Some(known) = once::answered(&mut ctx, form.token()).await? {
            return Ok(Redirect::to(&known).into_response());
        }
        drop(ctx);
        let mut opened = open_to_write(&visitor, &draft).await?;
        draft::discard(&mut opened.ctx, visitor.draft_key.as_deref(), opened.draft.id).await?;
        let to = Route::Drafts.to_string();
        once::remember(&mut opened.ctx, form.token(), &to).await?;
        opened.ctx.commit().await?;
        Ok(Redirect::to(&to).into_response())
    };
    deleted.await.map_err(visitor.fails())
}
