//! Changing one's own password.

use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::second_factor::code_field;
use crate::pages::people::sign_in::wait;
use crate::visitor::Visitor;
use axum::response::{IntoResponse, Redirect};
use waymark_app::people::new_password::{self, Typed};
use waymark_app::people::profile;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::{Ctx, Error, Read, once};

/// `GET /me/password`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    shown(&mut ctx, (&visitor, &me), Form::default(), None).await
}

async fn shown(
    ctx: &mut Ctx<'_, Read>,
    (visitor, me): (&Visitor, &Me),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let mine = profile::read(ctx).await.map_err(visitor.fails())?;
    let page = QuestionPage::new(visitor, Some(me), ("password-title", form)).wrong(error).back(Route::Me);
    let page = match error {
        Some(Error::TooMany { retry_after_seconds }) => page.words(wait(visitor, *retry_after_seconds)),
        _ => page,
    };
    let page = page.say("password-text").known_address(&mine.mail).password("password", "password-old");
    let page = page.new_password("new-password", "sign-in-new-password");
    let page = if me.has_factor { code_field(page, "second-factor-code") } else { page };
    page.button("password-button").link("sign-in-forgotten", Route::Forgotten).answer(error)
}

/// `POST /me/password`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let before = once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?;
    // Given back first: passwords are checked outside any transaction.
    drop(ctx);
    let to = before.clone().unwrap_or_else(|| format!("{}?done=password", Route::Me));
    let typed = Typed {
        old: form.value("password"),
        new: form.value("new-password"),
        code: form.value("code"),
        once: (form.token(), &to),
    };
    let changed =
        if before.is_some() { Ok(()) } else { new_password::change(&visitor.env, &me, typed).await };
    match changed {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
            shown(&mut ctx, (&visitor, &me), form, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}
