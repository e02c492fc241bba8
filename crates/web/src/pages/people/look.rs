//! Why somebody opens a record who sees it only to check: asked once a day, and shown to whoever brought it.

use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::sign_in::local;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use waymark_app::Error;
use waymark_app::people::looks;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_domain::reference::Reference;

/// `GET /records/{reference}/look?back=`
pub async fn get(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let reference = parsed(&visitor, &reference)?;
    if !looks::is_asked(&mut ctx, &reference).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&Route::Record { reference }.to_string()).into_response());
    }
    let back = visitor.query("back").unwrap_or_default();
    page(&visitor, (&me, &reference), Form::filled([("back", back)]), None)
}

fn parsed(visitor: &Visitor, reference: &str) -> Result<Reference, crate::failure::Failure> {
    Reference::parse(reference).ok_or_else(|| visitor.fails()(Error::NotFound))
}

fn page(visitor: &Visitor, (me, reference): (&Me, &Reference), form: Form, error: Option<&Error>) -> Outcome {
    let back = form.value("back").to_owned();
    QuestionPage::new(visitor, Some(me), ("look-title", form))
        .wrong(error)
        .caption(reference.to_string())
        .hidden("back", back)
        .say("look-text")
        .line("why", "look-why")
        .button("look-button")
        .answer(error)
}

/// `POST /records/{reference}/look`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let reference = parsed(&visitor, &reference)?;
    match looks::at_record(&mut ctx, &reference, form.value("why")).await {
        Ok(()) => {
            ctx.commit().await.map_err(visitor.fails())?;
            let back = local(form.value("back"));
            let own = Route::Record { reference }.to_string();
            let to = if back.starts_with(&own) { back } else { own };
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ Error::Invalid(_)) => page(&visitor, (&me, &reference), form, Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}
