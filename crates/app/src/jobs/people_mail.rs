//! Mails about people, each in its reader's language: see `people::letters`.

use crate::ctx::{Actor, Ctx, Read};
use crate::env::Env;
use crate::error::Error;
use crate::jobs::held::{Fail, Held};
use crate::mail::{Letter, NewLetter};
use crate::people::account::Mail;
use crate::people::letters::{NotIn, PEOPLE_MAIL, PeopleMail};
use crate::people::place::place;
use crate::routes::Route;
use crate::words::{Lang, date, text, text_with};
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_store::people::{accounts, newcomers, second_factor};

/// Mails it; nothing where what it is about was settled meanwhile or the account was closed.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let mail: PeopleMail = held.payload()?;
    if let Some((to, said)) = said(held.env, &mail).await? {
        let (subject, body) = said;
        let identity = [
            PEOPLE_MAIL.as_bytes(),
            &held.job.id.to_be_bytes(),
            &held.job.run_at.to_be_bytes(),
            held.job.payload.as_bytes(),
        ];
        let new = NewLetter { to: &to, subject: &subject, text: &body, identity: &identity };
        held.send(&Letter::new(new, held.env.now())).await?;
    }
    held.done().await
}

/// To whom, and subject and text.
type Said = Option<(Mail, (String, String))>;

async fn said(env: &Env, mail: &PeopleMail) -> Result<Said, Fail> {
    let mut ctx = Ctx::read(env, Actor::Time).await?;
    match mail {
        PeopleMail::NotIn(not_in) => Ok(turned_away(env, not_in)),
        PeopleMail::Newcomer { to, newcomer } => waits(&mut ctx, *to, *newcomer).await,
        PeopleMail::Retired => Ok(None),
        PeopleMail::FactorReset { to, reset } => factor_reset(&mut ctx, *to, *reset).await,
        PeopleMail::FactorGone { to } => done_to(&mut ctx, *to, ("factor-gone", Route::SecondFactor)).await,
        PeopleMail::SessionsEnded { to } => done_to(&mut ctx, *to, ("sessions-ended", Route::SignIn)).await,
    }
}

/// Address and language of an account that is open.
pub(super) async fn reader(ctx: &mut Ctx<'_, Read>, account: Uuid) -> Result<Option<(Mail, Lang)>, Fail> {
    let row = accounts::by_id(&mut ctx.tx, account).await?.filter(|row| row.closed_at.is_none());
    let to = row
        .and_then(|row| Some((Mail::parse(&row.mail).ok()?, Lang::parse(&row.language).unwrap_or_default())));
    Ok(to)
}

fn turned_away(env: &Env, not_in: &NotIn) -> Said {
    let to = Mail::parse(&not_in.mail).ok()?;
    let lang = Lang::parse(not_in.language.code()).unwrap_or_default();
    let link = format!("{}{}", env.config.origin, Route::Drafts);
    let values = [("place", not_in.place.as_str().into()), ("link", link.into())];
    let key = if not_in.is_late { "mail-not-in-late" } else { "mail-not-in" };
    Some((to, (text(lang, "mail-not-in-subject"), text_with(lang, key, &values))))
}

async fn waits(ctx: &mut Ctx<'_, Read>, to: Uuid, newcomer: Uuid) -> Result<Said, Fail> {
    let Some(row) = newcomers::find(&mut ctx.tx, newcomer).await? else { return Ok(None) };
    let Some((to, lang)) = reader(ctx, to).await? else { return Ok(None) };
    let here = place(ctx, NodeId(row.node)).await?;
    let until: NaiveDate = row.until_on.parse().map_err(Error::internal)?;
    let is_late = here.time().day_of(ctx.now) > until;
    let values = [
        ("name", row.name.as_str().into()),
        ("mail", row.mail.as_str().into()),
        ("place", here.name().into()),
        ("day", date(lang, until).into()),
        ("link", link(ctx).into()),
    ];
    let key = if is_late { "mail-newcomer-late" } else { "mail-newcomer" };
    Ok(Some((to, (text_with(lang, "mail-newcomer-subject", &values), text_with(lang, key, &values)))))
}

fn link(ctx: &Ctx<'_, Read>) -> String {
    format!("{}{}", ctx.env.config.origin, Route::Waiting)
}

/// A second factor that is to be taken away.
async fn factor_reset(ctx: &mut Ctx<'_, Read>, to: Uuid, id: Uuid) -> Result<Said, Fail> {
    let now = ctx.now.timestamp_micros();
    let Some(row) = second_factor::reset(&mut ctx.tx, id, now).await? else { return Ok(None) };
    let Some((to, lang)) = reader(ctx, to).await? else { return Ok(None) };
    let values = [("name", row.name.into()), ("by", row.asked_by_name.into()), ("link", link(ctx).into())];
    let subject = text_with(lang, "mail-factor-reset-subject", &values);
    Ok(Some((to, (subject, text_with(lang, "mail-factor-reset", &values)))))
}

/// What an administrator did to one's account, and where one goes on: a second factor taken away, sessions ended.
async fn done_to(ctx: &mut Ctx<'_, Read>, to: Uuid, (what, on): (&str, Route)) -> Result<Said, Fail> {
    let Some((to, lang)) = reader(ctx, to).await? else { return Ok(None) };
    let link = format!("{}{on}", ctx.env.config.origin);
    let said = text_with(lang, &format!("mail-{what}"), &[("link", link.into())]);
    Ok(Some((to, (text(lang, &format!("mail-{what}-subject")), said))))
}
