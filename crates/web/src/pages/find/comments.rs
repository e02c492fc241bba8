//! Comments on a record, below its history: what was said, a box to say something, a button to take back one's own, a way to
//! a moderator.

use super::history;
use super::named::in_form;
use super::said::Lines;
use crate::components::{Button, Content, Html, Label, Link, Textarea};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::pages::people::sign_in::wait;
use crate::pages::route::sure::{Sending, go_on, is_to_change};
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use waymark_app::find::comment::{self, Shown};
use waymark_app::find::reports;
use waymark_app::find::view::{RecordView, find};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Checks, Error, Result, once};
use waymark_domain::ids::CommentId;
use waymark_domain::reference::Reference;
use waymark_domain::text::Remark;

/// The part of the page.
#[derive(Debug, Template)]
#[template(path = "pages/find/comments.html")]
pub struct Comments {
    all: Vec<One>,
    action: String,
    token: String,
    wait: Option<String>,
    area: Html,
    button: Button,
}
is_html!(Comments);

/// A comment.
#[derive(Debug)]
struct One {
    id: String,
    words: Content,
    line: String,
    /// That a moderator took it away, and why.
    note: Option<String>,
    /// The way to say that something is wrong with it, or to decide whether it stays.
    way: Option<Link>,
    /// How its author takes it back.
    back: Option<(String, String, Button)>,
}

impl Comments {
    /// The comments of a record with the box as it was filled in.
    pub fn new(
        (visitor, view): (&Visitor, &RecordView),
        all: &[Shown],
        (form, layout, error): (&Form, &Layout, Option<&Error>),
    ) -> Self {
        let lang = layout.lang;
        let reference = view.record.told.reference.clone();
        let label = Label::new(text(lang, "comment-write"));
        let area = Textarea::new("comment", label).rows(3).hint(text(lang, "comment-write-hint"));
        let token = Some(form.token()).filter(|token| !token.is_empty());
        let seconds = match error {
            Some(Error::TooMany { retry_after_seconds }) => Some(*retry_after_seconds),
            _ => None,
        };
        Self {
            all: all.iter().map(|one| shown((visitor, view), one)).collect(),
            action: Route::Comment { reference }.to_string(),
            token: token.map_or_else(|| new_token(&visitor.env), str::to_owned),
            wait: seconds.map(|seconds| wait(visitor, seconds)),
            area: area.value(form.value("comment")).error(layout.problem("comment")).into(),
            button: Button::secondary(text(lang, "comment-button")),
        }
    }
}

/// Who wrote a comment, and when.
pub(super) fn line((view, one): (&RecordView, &Shown), lang: Lang) -> String {
    let name = one.name.clone().unwrap_or_else(|| text(lang, "record-somebody"));
    format!("{name}, {}", history::when(view, one.at, lang))
}

/// What a comment says.
pub(super) fn words(one: &Shown, lang: Lang) -> Content {
    match &one.words {
        Some(words) => Lines::new(words, one.language, lang).into(),
        None => text(lang, "record-erased").into(),
    }
}

fn way((view, one): (&RecordView, &Shown), lang: Lang) -> Option<Link> {
    let reference = view.record.told.reference.clone();
    let (key, href) = match () {
        () if one.is_own => return None,
        () if one.is_theirs_to_moderate => {
            ("comment-moderate", Route::ModerateComment { reference, comment: one.id }.to_string())
        }
        () if reports::is_open(&view.record) => {
            ("comment-report", format!("{}?part={}", Route::Report { reference }, one.id))
        }
        () => return None,
    };
    Some(Link::new(text(lang, key), href).about(line((view, one), lang)))
}

fn note(one: &Shown, lang: Lang) -> Option<String> {
    let (because, words) = one.unlisted.as_ref()?;
    let because = text(lang, &format!("moderate-because-{}", because.name()));
    let values = [("because", because.into()), ("words", words.as_str().into())];
    Some(text_with(lang, "comment-unlisted", &values))
}

fn shown((visitor, view): (&Visitor, &RecordView), one: &Shown) -> One {
    let lang = visitor.lang;
    let when = history::when(view, one.at, lang);
    let reference = view.record.told.reference.clone();
    let take_back = || {
        let label = text_with(lang, "comment-take-back", &[("when", when.as_str().into())]);
        let action = Route::TakeBackComment { reference, comment: one.id }.to_string();
        (action, new_token(&visitor.env), Button::secondary(label))
    };
    One {
        id: format!("comment-{}", one.id),
        words: words(one, lang),
        note: note(one, lang),
        way: way((view, one), lang),
        back: one.is_own.then(take_back),
        line: line((view, one), lang),
    }
}

/// `POST /records/{reference}/comments`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, mut form: Form) -> Outcome {
    if is_to_change(&mut form) {
        return history::shown(&visitor, &reference, (form, None)).await;
    }
    match written(&visitor, &reference, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            history::shown(&visitor, &reference, (form, Some(error))).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn written(visitor: &Visitor, reference: &str, form: &Form) -> Result<Sending> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if let Some(before) = once::answered(&mut ctx, form.token()).await? {
        return Ok(Ok(before));
    }
    let reference = Reference::parse(reference).ok_or(Error::NotFound)?;
    let id = find(&mut ctx, &reference).await?;
    comment::check(&mut ctx, id).await?;
    let mut checks = Checks::default();
    let typed = checks.text("comment", Remark::parse(form.value("comment")));
    let written = comment::write(&mut ctx, id, &checks.finish(typed)?).await?;
    let found = in_form(&mut ctx, &reference, form).await?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let location = format!("{}#comment-{}", Route::History { reference }, written.id);
    once::remember(&mut ctx, form.token(), &location).await?;
    ctx.commit().await?;
    Ok(Ok(location))
}

/// `POST /records/{reference}/comments/{comment}/take-back`
pub async fn take_back(
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
    form: Form,
) -> Outcome {
    let done = async {
        let (mut ctx, _) = visitor.write_as_member().await?;
        // Pressed twice, it is taken back already.
        if let Some(before) = once::answered(&mut ctx, form.token()).await? {
            return Ok(before);
        }
        let reference = Reference::parse(&reference).ok_or(Error::NotFound)?;
        let id = CommentId::parse(&id).ok_or(Error::NotFound)?;
        let on = find(&mut ctx, &reference).await?;
        comment::undo(&mut ctx, on, id).await?;
        let location = format!("{}?done=taken-back#comments", Route::History { reference });
        once::remember(&mut ctx, form.token(), &location).await?;
        ctx.commit().await?;
        Ok(location)
    };
    done.await.map(|location: String| Redirect::to(&location).into_response()).map_err(visitor.fails())
}
