//! Mails about what is held back: to who reads it, and to who sent it when that has ended. The words are in none of them.

use crate::ctx::{Actor, Ctx, Read};
use crate::env::Env;
use crate::error::Error;
use crate::find::doors;
use crate::find::held_back::{BACK, HELD_BACK_MAIL, HeldBackMail, readers};
use crate::jobs::held::{Fail, Held};
use crate::jobs::people_mail::reader;
use crate::mail::{Letter, NewLetter};
use crate::routes::Route;
use crate::words::{Lang, date, text, text_with};
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_store::find::held_back::{self, HeldBackRow};

/// Mails it; nothing where somebody has read it meanwhile.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let mail: HeldBackMail = held.payload()?;
    for letter in letters(held, mail).await? {
        held.send(&letter).await?;
    }
    held.done().await
}

async fn letters(held: Held<'_>, mail: HeldBackMail) -> Result<Vec<Letter>, Fail> {
    let (HeldBackMail::Reader { held: id }
    | HeldBackMail::Late { held: id }
    | HeldBackMail::Sender { held: id }) = mail;
    let mut ctx = Ctx::read(held.env, Actor::Time).await?;
    let Some(row) = held_back::find(&mut ctx.tx, id).await? else { return Ok(Vec::new()) };
    let (to, key) = match mail {
        HeldBackMail::Sender { .. } if row.ended_at.is_some() => {
            (vec![AccountId(row.account)], sender_key(&row))
        }
        HeldBackMail::Reader { .. } if row.ended_at.is_none() => {
            (readers(&mut ctx, (&row, false)).await?, "mail-held")
        }
        HeldBackMail::Late { .. } if row.ended_at.is_none() => {
            (readers(&mut ctx, (&row, true)).await?, "mail-held-late")
        }
        _ => return Ok(Vec::new()),
    };
    let mut all = Vec::with_capacity(to.len());
    for account in to {
        if let Some((mail, lang)) = reader(&mut ctx, account.0).await? {
            let (subject, body) = said(&mut ctx, (&row, key), lang).await?;
            let identity = [HELD_BACK_MAIL.as_bytes(), id.as_bytes(), key.as_bytes(), account.0.as_bytes()];
            let new = NewLetter { to: &mail, subject: &subject, text: &body, identity: &identity };
            all.push(Letter::new(new, held.env.now()));
        }
    }
    Ok(all)
}

fn sender_key(row: &HeldBackRow) -> &'static str {
    match (row.record, row.outcome.as_deref()) {
        (Some(_), _) => "mail-held-released",
        (None, Some(BACK)) => "mail-held-back",
        _ => "mail-held-kept",
    }
}

async fn said(
    ctx: &mut Ctx<'_, Read>,
    (row, key): (&HeldBackRow, &str),
    lang: Lang,
) -> Result<(String, String), Fail> {
    let due: NaiveDate = row.due_on.parse().map_err(Error::internal)?;
    let door = row.outcome.as_deref().filter(|_| row.message.is_some()).unwrap_or(&row.door);
    let values = [
        ("place", doors::spot_of(ctx, NodeId(row.node)).await?.full_name().into()),
        ("door", text(lang, &format!("people-door-{door}")).into()),
        ("day", date(lang, due).into()),
        ("line", row.line.clone().unwrap_or_default().into()),
        ("link", link(ctx.env, row.id).into()),
    ];
    Ok((text_with(lang, &format!("{key}-subject"), &values), text_with(lang, key, &values)))
}

fn link(env: &Env, id: Uuid) -> String {
    format!("{}{}", env.config.origin, Route::HeldBack { held: id })
}
