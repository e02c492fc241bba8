//! Links that work once: asking for a new password, setting one, confirming a work mail.

use crate::components::{Button, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::find::typed_rows;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::sign_in::signed_in;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use waymark_app::find::draft::{self, Draft};
use waymark_app::people::account::Mail;
use waymark_app::people::newcomers::Waits;
use waymark_app::people::ticket::{self, Confirmed, Opens, Purpose};
use waymark_app::routes::Route;
use waymark_app::words::{date, text_with};
use waymark_app::{Checks, Error, once};
use waymark_domain::limits::NEWCOMER_DAYS;

/// A page that says something and offers one way on.
#[derive(Debug, Template)]
#[template(path = "pages/people/said.html")]
pub(super) struct SaidPage {
    pub layout: Layout,
    pub lines: Vec<String>,
    pub on: Button,
}

/// `GET /sign-in/new-password`
pub async fn ask(visitor: Visitor) -> Outcome {
    let mail = visitor.query("mail").unwrap_or_default();
    ask_page(&visitor, Form::filled([("mail", mail)]), None)
}

fn ask_page(visitor: &Visitor, form: Form, error: Option<&Error>) -> Outcome {
    QuestionPage::new(visitor, None, ("sign-in-forgotten-title", form))
        .wrong(error)
        .back(Route::SignIn)
        .say("sign-in-forgotten-text")
        .email("mail", "sign-in-mail")
        .button("sign-in-forgotten-button")
        .answer(error)
}

/// `POST /sign-in/new-password`: the same answer whether there is such an account or not.
pub async fn asked(visitor: Visitor, form: Form) -> Outcome {
    let mut checks = Checks::default();
    let mail = checks.text("mail", Mail::parse(form.value("mail")));
    let mail = match checks.finish(mail) {
        Ok(mail) => mail,
        Err(error) => return ask_page(&visitor, form, Some(&error)),
    };
    ask_once(&visitor, &mail, form.token()).await.map_err(visitor.fails())?;
    let said = SaidPage {
        layout: visitor.layout(None, visitor.text("sign-in-sent-title")),
        lines: vec![visitor.text("sign-in-sent"), visitor.text("sign-in-sent-mend")],
        on: Button::link(visitor.text("sign-in-button"), Route::SignIn.to_string()),
    };
    Ok(page::answer(StatusCode::OK, &said, visitor.lang))
}

/// A form that is sent twice writes one mail.
async fn ask_once(visitor: &Visitor, mail: &Mail, token: &str) -> Result<(), Error> {
    let (mut ctx, _) = visitor.write().await?;
    if once::answered(&mut ctx, token).await?.is_some() {
        return Ok(());
    }
    ticket::ask_reset(&mut ctx, mail).await?;
    once::remember(&mut ctx, token, "").await?;
    ctx.commit().await?;
    Ok(())
}

/// `GET /ticket/{secret}`
pub async fn get(visitor: Visitor, Path(secret): Path<String>) -> Outcome {
    match opened(&visitor, &secret).await {
        Ok(opened) => ticket_page(&visitor, &opened, None),
        Err(Error::NotFound) => Ok(gone(&visitor)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// What a link opens, with the words that are sent when a work mail is confirmed: somebody else may have typed them.
type Opened = (Opens, Option<Draft>);

async fn opened(visitor: &Visitor, secret: &str) -> Result<Opened, Error> {
    let (mut ctx, _) = visitor.read().await?;
    let opens = ticket::open(&mut ctx, secret).await?;
    let Opens::Confirm(newcomer) = &opens else { return Ok((opens, None)) };
    match draft::to_confirm(&mut ctx, newcomer.draft).await {
        Err(Error::NotFound) => Ok((opens, None)),
        found => found.map(|draft| (opens, Some(draft))),
    }
}

/// `POST /ticket/{secret}`
pub async fn post(visitor: Visitor, Path(secret): Path<String>, form: Form) -> Outcome {
    let opened = match opened(&visitor, &secret).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return Ok(gone(&visitor)),
        Err(error) => return Err(visitor.fails()(error)),
    };
    let done = match &opened.0 {
        // Whoever typed it may have changed it since its reader looked: nobody sends words that they did not see.
        Opens::Confirm(_) if form.value(SEEN) != seen(opened.1.as_ref()) => {
            return ticket_page(&visitor, &opened, None);
        }
        Opens::Confirm(_) => match confirm(&visitor, &secret).await {
            Ok(Answered::In(session, to)) => Ok((session, to)),
            Ok(Answered::Waits(waits)) => return Ok(waits_page(&visitor, &waits)),
            Err(error) => Err(error),
        },
        Opens::Password { .. } => {
            let typed = (form.value("password"), visitor.agent.as_str());
            let begun = ticket::set_password(&visitor.env, &secret, typed).await;
            begun.map(|session| (session, Route::Home.to_string()))
        }
    };
    match done {
        Ok((session, to)) => signed_in(&visitor, (&session, false), &to).await.map_err(visitor.fails()),
        Err(error @ Error::Invalid(_)) => ticket_page(&visitor, &opened, Some(&error)),
        Err(Error::NotFound) => Ok(gone(&visitor)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// What somebody gets who confirmed their work mail.
enum Answered {
    /// The secret of their session, and where to go.
    In(String, String),
    /// Somebody has to let them in first.
    Waits(Waits),
}

/// Confirms, and sends what was being told where the place knows the address.
async fn confirm(visitor: &Visitor, secret: &str) -> Result<Answered, Error> {
    let (mut ctx, _) = visitor.write().await?;
    let confirmed = ticket::confirm(&mut ctx, secret, &visitor.agent).await?;
    ctx.commit().await?;
    match confirmed {
        Confirmed::In { session, draft } => {
            let to = crate::pages::find::confirm::sent(visitor, &session, draft).await?;
            Ok(Answered::In(session, to))
        }
        Confirmed::Waits(waits) => Ok(Answered::Waits(waits)),
    }
}

/// What they typed is kept, who has to let them in and by when, and what they can do meanwhile.
pub(super) fn waits_page(visitor: &Visitor, waits: &Waits) -> axum::response::Response {
    let values = [
        ("place", waits.place.as_str().into()),
        ("mail", waits.mail.as_str().into()),
        ("names", waits.names.join(", ").into()),
        ("day", date(visitor.lang, waits.until).into()),
        ("days", NEWCOMER_DAYS.into()),
    ];
    let lines = ["sign-in-waits-kept", "sign-in-waits-who", "sign-in-waits-then", "sign-in-waits-other"];
    let said = SaidPage {
        layout: visitor.layout(None, visitor.text("sign-in-waits-title")),
        lines: lines.map(|key| text_with(visitor.lang, key, &values)).to_vec(),
        on: Button::link(visitor.text("sign-in-waits-on"), Route::Home.to_string()),
    };
    page::answer(StatusCode::OK, &said, visitor.lang)
}

/// The field of which words its reader saw.
const SEEN: &str = "seen";

fn seen(draft: Option<&Draft>) -> String {
    draft.map(Draft::fingerprint).unwrap_or_default()
}

fn ticket_page(visitor: &Visitor, (opens, draft): &Opened, error: Option<&Error>) -> Outcome {
    match opens {
        Opens::Password { name, mail, purpose, .. } => {
            let (title, lead) = match purpose {
                Purpose::Invitation => ("sign-in-welcome-title", "sign-in-welcome"),
                Purpose::Reset => ("sign-in-reset-title", "sign-in-reset"),
            };
            let lead = text_with(visitor.lang, lead, &[("name", name.into()), ("mail", mail.into())]);
            QuestionPage::new(visitor, None, (title, Form::default()))
                .wrong(error)
                .words(lead)
                .known_address(mail)
                .new_password("password", "sign-in-new-password")
                .button("sign-in-set-password")
                .answer(error)
        }
        Opens::Confirm(newcomer) => {
            let values = [("name", newcomer.name.as_str().into()), ("mail", newcomer.mail.as_str().into())];
            let page = QuestionPage::new(visitor, None, ("sign-in-confirm-title", Form::default()))
                .words(text_with(visitor.lang, "sign-in-confirm", &values));
            let page = match draft {
                Some(draft) => page.with(SummaryList::new(typed_rows(visitor.lang, draft))),
                None => page,
            };
            page.say("sign-in-confirm-not-you")
                .hidden(SEEN, seen(draft.as_ref()))
                .button("sign-in-confirm-button")
                .answer(error)
        }
    }
}

/// A link that was used, is too old or never was: all the same, and what to do.
fn gone(visitor: &Visitor) -> axum::response::Response {
    let said = SaidPage {
        layout: visitor.layout(None, visitor.text("sign-in-gone-title")),
        lines: vec![visitor.text("sign-in-gone"), visitor.text("sign-in-gone-mend")],
        on: Button::link(visitor.text("sign-in-forgotten"), Route::Forgotten.to_string()),
    };
    page::answer(StatusCode::NOT_FOUND, &said, visitor.lang)
}
