//! An opener's key: a pass-phrase to be written down, read off again, and kept by nobody else.

use crate::components::InsetText;
use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::response::{IntoResponse, Redirect};
use waymark_app::people::opener;
use waymark_app::routes::Route;
use waymark_app::words::{date, text_with};
use waymark_app::{Error, once};

/// `GET /opener`
pub async fn get(visitor: Visitor) -> Outcome {
    show(&visitor, Form::default(), None).await
}

async fn show(visitor: &Visitor, form: Form, error: Option<&Error>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let made = opener::made_on(&mut ctx).await.map_err(visitor.fails())?;
    let phrase = match form.value("phrase") {
        "" => opener::new_phrase(&ctx).to_string(),
        typed => typed.to_owned(),
    };
    let page = QuestionPage::new(visitor, Some(&me), ("opener-title", form)).back(Route::Me).wrong(error);
    let page = match made {
        Some(day) => {
            let values = [("day", date(visitor.lang, day).into())];
            page.words(text_with(visitor.lang, "opener-made", &values)).warn("opener-again-warning")
        }
        None => page.say("opener-none"),
    };
    page.say("opener-text")
        .with(InsetText::new(phrase.clone()))
        .hidden("phrase", phrase)
        .line("again", "opener-again")
        .button("opener-button")
        .answer(error)
}

/// `POST /opener`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, _) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let here = Route::Opener.to_string();
    if once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?.is_some() {
        return Ok(Redirect::to(&here).into_response());
    }
    match opener::make_key(&mut ctx, (form.value("phrase"), form.value("again"))).await {
        Ok(()) => {
            once::remember(&mut ctx, form.token(), &here).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&here).into_response())
        }
        Err(error @ Error::Invalid(_)) => {
            drop(ctx);
            show(&visitor, form, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}
