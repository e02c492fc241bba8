//! Complaining about how this service is run: anybody, without an account.

use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::find::with_key;
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::response::{IntoResponse, Redirect};
use waymark_app::people::about;
use waymark_app::people::complaint::{self, ABOUT, Addressee, Typed};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_app::{Ctx, Error, once};

/// `GET /complaint`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read().await.map_err(visitor.fails())?;
    shown(&mut ctx, (&visitor, me.as_ref()), Form::default(), None).await
}

async fn shown<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, Option<&Me>),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let to = complaint::addressee(ctx).await.map_err(visitor.fails())?;
    let page = QuestionPage::new(visitor, me, ("complaint-title", form)).wrong(error).back(Route::Privacy);
    if to.mail.is_none() {
        let host = about::host(ctx).await.map_err(visitor.fails())?;
        let ask = match &host.complaints {
            Some(address) => {
                text_with(visitor.lang, "about-complain-to", &[("address", address.as_str().into())])
            }
            None => visitor.text("about-complain-ask"),
        };
        let page = page.shown_problem("words").say("complaint-nowhere").words(ask).say("privacy-ico");
        return page.no_button().answer(error);
    }
    asked(visitor, page, &to).answer(error)
}

fn asked(visitor: &Visitor, page: QuestionPage, to: &Addressee) -> QuestionPage {
    let address = to.mail.as_ref().map_or("", |mail| mail.as_str());
    let values = [("body", to.body.as_str().into()), ("address", address.into())];
    page.words(text_with(visitor.lang, "complaint-lead", &values))
        .say("complaint-not")
        .radios("about", "complaint-about", &ABOUT)
        .several_lines("words", "complaint-words")
        .line("reach", "complaint-reach")
        .say("complaint-kept")
        .say("privacy-ico")
        .button("complaint-send")
        .link("home-nav-tell", Route::Tell)
}

/// `POST /complaint`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write().await.map_err(visitor.fails())?;
    if let Some(known) = once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&known).into_response());
    }
    let key = visitor.draft_key.clone().unwrap_or_else(|| visitor.env.secret());
    let typed = Typed {
        about: form.value("about"),
        words: form.value("words"),
        reach: form.value("reach"),
        from: &visitor.from,
    };
    match complaint::send(&mut ctx, &key, typed).await {
        Ok(message) => {
            let to = Route::Delivered { message }.to_string();
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            let away = Redirect::to(&to).into_response();
            Ok(if me.is_some() { away } else { with_key(&visitor, &key, away) })
        }
        Err(Error::TooMany { .. }) => {
            let error = Error::field("words", "complaint-wait");
            shown(&mut ctx, (&visitor, me.as_ref()), form, Some(&error)).await
        }
        Err(error @ Error::Invalid(_)) => shown(&mut ctx, (&visitor, me.as_ref()), form, Some(&error)).await,
        Err(error) => Err(visitor.fails()(error)),
    }
}
