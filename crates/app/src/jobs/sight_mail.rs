//! Asks a finder whether more people may see a record, as who brought it wishes. No word of the record is in the mail.

use crate::ctx::{Actor, Ctx};
use crate::find::labels;
use crate::find::sight::{Ask, SIGHT_MAIL, finder_of};
use crate::jobs::held::{Fail, Held};
use crate::jobs::people_mail::reader;
use crate::mail::{Letter, NewLetter};
use crate::route::acts::Act;
use crate::routes::Route;
use crate::words::text_with;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::sight::Side;

/// Mails it; nothing where it was answered meanwhile.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let ask: Ask = held.payload()?;
    if let Some(letter) = letter(held, ask).await? {
        held.send(&letter).await?;
    }
    held.done().await
}

async fn letter(held: Held<'_>, ask: Ask) -> Result<Option<Letter>, Fail> {
    let mut ctx = Ctx::read(held.env, Actor::Time).await?;
    let record: Innovation = ctx.load(ask.record).await?;
    let offer = record.wider.filter(|offer| offer.side == Side::Contributor);
    let Some(offer) = offer else { return Ok(None) };
    let Some(finder) = finder_of(&mut ctx, &record).await? else { return Ok(None) };
    let Some((mail, lang)) = reader(&mut ctx, finder.0).await? else { return Ok(None) };
    let reference = record.told.reference;
    let act = Route::Act { reference: reference.clone(), act: Act::WhoSees };
    let values = [
        ("reference", reference.to_string().into()),
        ("to", labels::seen_by(lang, offer.to).into()),
        ("link", format!("{}{act}", held.env.config.origin).into()),
    ];
    let (subject, body) =
        (text_with(lang, "mail-sight-subject", &values), text_with(lang, "mail-sight", &values));
    let identity = [SIGHT_MAIL.as_bytes(), ask.record.as_bytes(), &ask.version.to_be_bytes()];
    let new = NewLetter { to: &mail, subject: &subject, text: &body, identity: &identity };
    Ok(Some(Letter::new(new, held.env.now())))
}
