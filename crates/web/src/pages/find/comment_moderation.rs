//! Whether a comment stays: what it says, what was reported of it, and what a moderator decides.

use super::comments::{line, words};
use super::moderation::{pointed_out, reported, typed};
use super::record::{load, plain_title};
use crate::components::{Row, SummaryList};
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::pages::route::sure::{Sending, go_on, is_to_change};
use crate::visitor::Visitor;
use axum::extract::Path;
use waymark_app::find::comment::{self, Case};
use waymark_app::find::view::RecordView;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::{Ctx, Error, Result, Write, once};
use waymark_domain::find::moderation::{Because, Moderation};
use waymark_domain::ids::{CommentId, InnovationId};

/// A comment on a record, and who decides.
struct Found {
    view: RecordView,
    me: Me,
    case: Case,
}

/// `GET /records/{reference}/comments/{comment}/moderate`
pub async fn get(visitor: Visitor, Path((reference, id)): Path<(String, String)>) -> Outcome {
    let found = to_moderate(&visitor, (&reference, &id)).await.map_err(visitor.fails())?;
    shown(&visitor, &found, (Form::default(), None))
}

/// The comment for a moderator of the record.
async fn to_moderate(visitor: &Visitor, (reference, id): (&str, &str)) -> Result<Found> {
    let (view, me) = load(visitor, reference).await?;
    let me = me.ok_or(Error::SignInFirst)?;
    let id = CommentId::parse(id).ok_or(Error::NotFound)?;
    let (mut ctx, _) = visitor.read_as_member().await?;
    let case = comment::case(&mut ctx, (view.record.id, id)).await?;
    drop(ctx);
    Ok(Found { view, me, case })
}

/// What can be decided of a comment as it is.
fn choices(case: &Case) -> &'static [Moderation] {
    match () {
        () if case.shown.unlisted.is_some() => &[Moderation::List],
        () if case.reports.is_empty() => &[Moderation::Unlist],
        () => &[Moderation::Leave, Moderation::Unlist],
    }
}

fn shown(visitor: &Visitor, found: &Found, (mut form, error): (Form, Option<&Error>)) -> Outcome {
    let Found { view, me, case } = found;
    let lang = visitor.lang;
    let choices: Vec<&str> = choices(case).iter().map(|one| one.name()).collect();
    let because: Vec<&str> = Because::ALL.iter().map(|one| one.name()).collect();
    form.set(TOKEN, new_token(&visitor.env));
    let page = QuestionPage::new(visitor, Some(me), ("comment-moderate-title", form));
    let page = if case.reports.is_empty() {
        page
    } else {
        page.heading("moderate-reported").with(reported(&case.reports, view, lang))
    };
    let said = Row::new(line((view, &case.shown), lang), words(&case.shown, lang));
    page.caption(plain_title(view, lang))
        .back(Route::Moderation)
        .wrong(error)
        .before(SummaryList::new([said]))
        .say("comment-moderate-text")
        .radios("act", "comment-act", &choices)
        .radios("because", "moderate-because", &because)
        .line("words", "comment-why")
        .button("moderate-button")
        .answer(error)
}

/// `POST /records/{reference}/comments/{comment}/moderate`
pub async fn post(
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
    mut form: Form,
) -> Outcome {
    let found = to_moderate(&visitor, (&reference, &id)).await.map_err(visitor.fails())?;
    if is_to_change(&mut form) {
        return shown(&visitor, &found, (form, None));
    }
    match moderated(&visitor, &found, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error @ (Error::Invalid(_) | Error::Conflict | Error::Refused(_))) => {
            shown(&visitor, &found, (form, Some(&error)))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn moderated(visitor: &Visitor, found: &Found, form: &Form) -> Result<Sending> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    let to = Route::Moderation.to_string();
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Ok(to));
    }
    let record = &found.view.record;
    perform(&mut ctx, (record.id, found.case.shown.id), form).await?;
    let named = pointed_out(&mut ctx, &record.told.reference, form).await?;
    if !named.is_empty() {
        return Ok(Err(named));
    }
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Ok(to))
}

/// Does to a comment what a moderator of the record typed.
///
/// # Errors
/// What [`comment::case`] says, before what they typed is looked at, and what [`comment::moderate`] says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, about: (InnovationId, CommentId), form: &Form) -> Result<()> {
    comment::case(ctx, about).await?;
    comment::moderate(ctx, about, &typed(form)?).await.map(drop)
}
