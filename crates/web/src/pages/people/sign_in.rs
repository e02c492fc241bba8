//! Signing in and out.

use crate::components::{Row, SummaryList};
use crate::failure::Outcome;
use crate::form::Form;
use crate::layers::signed_out::Kept;
use crate::pages::people::elsewhere::{self, Ways};
use crate::pages::people::question::QuestionPage;
use crate::visitor::{CODE_COOKIE, SESSION_COOKIE, Visitor, browser_cookie, set_cookie};
use axum::http::header::{HeaderName, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use waymark_app::people::session::{self, SESSION_HOURS};
use waymark_app::people::sign_in::{Typed, sign_in};
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_app::{Actor, Ctx, Env, Error, demo};

/// How many people of a demonstration are offered: one of each kind.
const OFFERED: usize = 6;

/// `GET /sign-in?back=`
pub async fn get(visitor: Visitor) -> Outcome {
    let (ctx, me) = visitor.read().await.map_err(visitor.fails())?;
    drop(ctx);
    let back = visitor.query("back").unwrap_or_default();
    if me.is_some() {
        return Ok(Redirect::to(&local(&back)).into_response());
    }
    page(&visitor, Form::filled([("back", back)]), None)
}

/// `POST /sign-in`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let typed = Typed {
        mail: form.value("mail"),
        password: form.value("password"),
        from: &visitor.from,
        agent: &visitor.agent,
        is_shared: form.value("shared") == "yes",
    };
    match sign_in(&visitor.env, typed).await {
        Ok(secret) => {
            let to = local(form.value("back"));
            signed_in(&visitor, (&secret, typed.is_shared), &to).await.map_err(visitor.fails())
        }
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => page(&visitor, form, Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Ends the session that the browser had until now.
async fn leave(visitor: &Visitor) -> Result<(), Error> {
    let Some(secret) = &visitor.secret else { return Ok(()) };
    let mut ctx = Ctx::write(&visitor.env, Actor::Nobody).await?;
    session::end(&mut ctx, secret).await?;
    ctx.commit().await.map(drop)
}

/// `POST /sign-out`
pub async fn out(visitor: Visitor, _: Form) -> Outcome {
    let mut is_elsewhere = false;
    if let Some(secret) = &visitor.secret {
        let (mut ctx, me) = visitor.write_at_any_pace().await.map_err(visitor.fails())?;
        session::end(&mut ctx, secret).await.map_err(visitor.fails())?;
        ctx.commit().await.map_err(visitor.fails())?;
        is_elsewhere = me.is_some_and(|me| me.is_elsewhere);
    }
    let cookies = forgotten(&visitor.env);
    if let Some(page) = if is_elsewhere { elsewhere::signed_out(&visitor).await } else { None } {
        return Ok((cookies, page).into_response());
    }
    Ok((cookies, Redirect::to(&Route::Home.to_string())).into_response())
}

/// What a browser is told to forget once nobody is signed in there any more: the session, and the code of a hidden name.
/// The key of what was typed there before stays for its days: it may be somebody else's, who has no account.
pub(super) fn forgotten(env: &Env) -> AppendHeaders<[(HeaderName, String); 2]> {
    AppendHeaders([SESSION_COOKIE, CODE_COOKIE].map(|name| (SET_COOKIE, set_cookie(env, name, ("", 0)))))
}

/// `POST /still-there`: asking as somebody is what notes that they are there.
pub async fn still_there(visitor: Visitor, _: Form) -> Outcome {
    visitor.read_as_member().await.map_err(visitor.fails())?;
    Ok(Redirect::to(&Route::Home.to_string()).into_response())
}

fn page(visitor: &Visitor, form: Form, error: Option<&Error>) -> Outcome {
    let back = form.value("back").to_owned();
    let page = QuestionPage::new(visitor, None, ("sign-in-title", form)).to(Route::SignIn).wrong(error);
    let page = match error {
        Some(Error::TooMany { retry_after_seconds }) => page.words(wait(visitor, *retry_after_seconds)),
        _ => page,
    };
    let page = match Ways::of(visitor, &back) {
        Some(ways) => page.before(ways),
        None => page,
    };
    let page = offer(visitor, page).map_err(visitor.fails())?;
    page.email("mail", "sign-in-mail")
        .password("password", "sign-in-password")
        .tick("shared", "sign-in-shared")
        .hidden("back", back)
        .button("sign-in-button")
        .link("sign-in-forgotten", Route::Forgotten)
        .link("come-back-title", Route::ComeBack)
        .answer(error)
}

/// In a demonstration on one's own machine, whom one can sign in as: one person of each kind.
fn offer(visitor: &Visitor, page: QuestionPage) -> Result<QuestionPage, Error> {
    let mut people = demo::accounts(&visitor.env)?;
    people.truncate(OFFERED);
    let Some(password) = people.first().map(|one| one.password) else { return Ok(page) };
    let rows = people.into_iter().map(|one| {
        let job = format!("{}, {}, {}", one.name, one.job, one.unit);
        Row::new(job, one.email)
    });
    let said = text_with(visitor.lang, "demo-sign-in", &[("password", password.into())]);
    Ok(page.words(said).with(SummaryList::new(rows)))
}

/// How long to wait, in words.
pub(crate) fn wait(visitor: &Visitor, seconds: u32) -> String {
    let minutes = i64::from(seconds.div_ceil(60));
    text_with(visitor.lang, "sign-in-wait", &[("minutes", minutes.into())])
}

/// Sends whoever has signed in on their way, however they did: by password, at the provider, by a mailed link, with the first
/// run. The session that the browser had until now ends, and a code that was typed there is forgotten: somebody else may sit
/// there now. Whoever is on the way to put their name on what they told needs it still.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn signed_in(
    visitor: &Visitor,
    (secret, is_shared): (&str, bool),
    to: &str,
) -> Result<Response, Error> {
    let on = way_on(visitor, secret, to).await?;
    leave(visitor).await?;
    let session = keep_session(&visitor.env, secret, is_shared);
    let to_name = to.starts_with("/records/") && to.ends_with("/name");
    let forgets =
        (visitor.code.is_some() && !to_name).then(|| set_cookie(&visitor.env, CODE_COOKIE, ("", 0)));
    let mut response = Redirect::to(&on).into_response();
    for cookie in std::iter::once(session).chain(forgets).filter_map(|cookie| cookie.try_into().ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The cookie of a session. On a shared computer it goes with the browser.
pub(super) fn keep_session(env: &Env, secret: &str, is_shared: bool) -> String {
    if is_shared {
        browser_cookie(env, SESSION_COOKIE, secret)
    } else {
        set_cookie(env, SESSION_COOKIE, (secret, SESSION_HOURS * 3600))
    }
}

/// Where whoever has just signed in goes: first to the second factor, where their roles need it. They may leave it for
/// later; what needs it then asks again.
async fn way_on(visitor: &Visitor, secret: &str, to: &str) -> Result<String, Error> {
    let mut ctx = Ctx::read(&visitor.env, Actor::Nobody).await?;
    let me = session::resume(&mut ctx, secret).await?;
    let lacking = me.filter(|me| !me.lacks.is_none());
    let kept = lacking.and_then(|me| Kept::of(&Error::SecondFactor, Some(&me)));
    Ok(kept.map_or_else(|| to.to_owned(), |kept| kept.address(to)))
}

/// The longest address that is gone back to: browsers and proxies refuse much longer ones.
const LONGEST_BACK: usize = 2_000;

/// A path of our own, or home: nobody is sent to another site by a link to this one. Browsers read `\` as `/`, and two at
/// the start as another host; and they drop tabs and line ends.
pub fn local(back: &str) -> String {
    let is_path = back.starts_with('/') && !back[1..].starts_with(['/', '\\']);
    let is_plain = !back.contains(|c: char| c.is_control() || c == '\\');
    let is_short = back.len() <= LONGEST_BACK;
    let is_loop = back.starts_with(&Route::SignIn.to_string());
    if is_path && is_plain && is_short && !is_loop { back.to_owned() } else { Route::Home.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_gone_back_to() {
        for own in ["/records/x", "/me?a=b", "/"] {
            assert_eq!(local(own), own);
        }
        for foreign in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "\\\\evil.example",
            "/a\\b",
            "javascript:alert(1)",
            "/sign-in?back=/sign-in",
            "/\n/evil.example",
            &format!("/{}", "x".repeat(LONGEST_BACK)),
        ] {
            assert_eq!(local(foreign), "/", "{foreign:?}");
        }
    }
}
