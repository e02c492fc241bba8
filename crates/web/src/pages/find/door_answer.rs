//! A door's channel answers what came to it, by the link in its mail.

use super::door::name;
use super::named::in_field_at;
use super::said::Lines;
use crate::components::InsetText;
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::pages::route::sure::{Sending, go_on, is_to_change};
use crate::visitor::Visitor;
use axum::extract::Path;
use chrono::NaiveDateTime;
use waymark_app::find::door_answer::{self, ToAnswer};
use waymark_app::routes::Route;
use waymark_app::words::{date, text_with, time};
use waymark_app::{Checks, Error, Result, once};
use waymark_domain::text::Prose;

/// `GET /answer-door/{secret}`
pub async fn get(visitor: Visitor, Path(secret): Path<String>) -> Outcome {
    shown(&visitor, Form::default(), &secret, None).await
}

async fn shown(visitor: &Visitor, mut form: Form, secret: &str, error: Option<&Error>) -> Outcome {
    let (mut ctx, _) = visitor.read().await.map_err(visitor.fails())?;
    let asked = door_answer::open(&mut ctx, secret).await.map_err(visitor.fails())?;
    form.set(TOKEN, new_token(&visitor.env));
    let page = QuestionPage::new(visitor, None, ("door-answer-title", form));
    let page = match error {
        Some(Error::TooMany { .. }) => page.words(visitor.text("come-back-wait")),
        error => page.wrong(error),
    };
    let page = page.words(lead(visitor, &asked));
    let page = asked.answers.iter().fold(page, |page, answered| {
        let words = Lines::new(&answered.words, visitor.lang, visitor.lang);
        page.words(said(visitor, "door-answer-given", answered.at)).with(InsetText::new(words))
    });
    page.several_lines("answer", "door-answer-words").button("door-answer-button").answer(error)
}

fn lead(visitor: &Visitor, asked: &ToAnswer) -> String {
    let values = [
        ("door", name(visitor.lang, asked.door).into()),
        ("place", asked.place.as_str().into()),
        ("day", date(visitor.lang, asked.sent.date()).into()),
    ];
    text_with(visitor.lang, "door-answer-lead", &values)
}

fn said(visitor: &Visitor, key: &str, at: NaiveDateTime) -> String {
    let values =
        [("day", date(visitor.lang, at.date()).into()), ("time", time(visitor.lang, at.time()).into())];
    text_with(visitor.lang, key, &values)
}

/// `POST /answer-door/{secret}`
pub async fn post(visitor: Visitor, Path(secret): Path<String>, mut form: Form) -> Outcome {
    if is_to_change(&mut form) {
        return shown(&visitor, form, &secret, None).await;
    }
    match answered(&visitor, &secret, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            shown(&visitor, form, &secret, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn answered(visitor: &Visitor, secret: &str, form: &Form) -> Result<Sending> {
    let to = Route::AnswerDoor { secret: secret.to_owned() }.to_string();
    let (mut ctx, _) = visitor.write().await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Ok(to));
    }
    // What there is to answer comes before what is wrong with it.
    let asked = door_answer::open(&mut ctx, secret).await?;
    let mut checks = Checks::default();
    let words = checks.text("answer", Prose::parse(form.value("answer")));
    let words = checks.finish(words)?;
    door_answer::answer(&mut ctx, secret, (&words, &visitor.from)).await?;
    let found = in_field_at(&mut ctx, asked.node, (form, "answer")).await?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    once::remember(&mut ctx, form.token(), "").await?;
    ctx.commit().await?;
    Ok(Ok(to))
}
