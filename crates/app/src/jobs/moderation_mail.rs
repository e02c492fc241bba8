//! Mails about moderation: to who reported something, to who brought what is listed no more, and to who wrote a comment that
//! was taken away. The words are in none.

use crate::ctx::{Actor, Ctx, Read};
use crate::find::reports::{MODERATION_MAIL, ModerationMail};
use crate::jobs::held::{Fail, Held};
use crate::jobs::people_mail::reader;
use crate::mail::{Letter, NewLetter};
use crate::routes::Route;
use crate::words::text_with;
use uuid::Uuid;
use waymark_domain::reference::Reference;
use waymark_store::find::{reports, sent};
use waymark_store::people::parties;

/// Mails it; nothing where it is for nobody who has an account.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let mail: ModerationMail = held.payload()?;
    if let Some(letter) = letter(held, mail).await? {
        held.send(&letter).await?;
    }
    held.done().await
}

/// Whom it is for, about which record, and in whose words.
struct About {
    account: Uuid,
    record: Uuid,
    key: &'static str,
    identity: Vec<u8>,
}

async fn letter(held: Held<'_>, mail: ModerationMail) -> Result<Option<Letter>, Fail> {
    let mut ctx = Ctx::read(held.env, Actor::Time).await?;
    let about = match mail {
        ModerationMail::Reporter { report } => {
            let row = reports::find(&mut ctx.tx, report).await?;
            row.and_then(|row| {
                let (identity, key) = (report.as_bytes().to_vec(), "mail-reported");
                Some(About { account: row.account?, record: row.innovation, key, identity })
            })
        }
        ModerationMail::Contributor { record, party, version } => {
            about_own(&mut ctx, record, ("mail-unlisted", party, version)).await?
        }
        ModerationMail::Commenter { record, party, version } => {
            about_own(&mut ctx, record, ("mail-comment-unlisted", party, version)).await?
        }
    };
    let Some(About { account, record, key, identity }) = about else { return Ok(None) };
    let Some((mail, lang)) = reader(&mut ctx, account).await? else { return Ok(None) };
    let reference = sent::reference_of(&mut ctx.tx, record).await?;
    let Some(reference) = reference.as_deref().and_then(Reference::parse) else { return Ok(None) };
    let to = match key {
        "mail-unlisted" => Route::Record { reference: reference.clone() },
        "mail-comment-unlisted" => Route::History { reference: reference.clone() },
        _ => Route::Moderation,
    };
    let link = format!("{}{to}", held.env.config.origin);
    let values = [("reference", reference.to_string().into()), ("link", link.into())];
    let (subject, body) =
        (text_with(lang, &format!("{key}-subject"), &values), text_with(lang, key, &values));
    let identity = [MODERATION_MAIL.as_bytes(), &identity];
    let new = NewLetter { to: &mail, subject: &subject, text: &body, identity: &identity };
    Ok(Some(Letter::new(new, held.env.now())))
}

/// What a moderator did to something of a party's own.
async fn about_own(
    ctx: &mut Ctx<'_, Read>,
    record: Uuid,
    (key, party, version): (&'static str, Uuid, u32),
) -> Result<Option<About>, Fail> {
    let account = parties::account_of(&mut ctx.tx, party).await?;
    let identity = [party.as_bytes().as_slice(), &version.to_be_bytes()].concat();
    Ok(account.map(|account| About { account, record, key, identity }))
}
