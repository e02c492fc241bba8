//! That a channel has answered, by mail to whoever sent it signed in. The answer is not in it.

use crate::ctx::{Actor, Ctx};
use crate::find::door_answer::{DOOR_ANSWER_MAIL, DoorAnswerMail};
use crate::jobs::held::{Fail, Held};
use crate::jobs::people_mail::reader;
use crate::mail::{Letter, NewLetter};
use crate::routes::Route;
use crate::words::{text, text_with};
use waymark_store::find::door_messages;

/// Mails it; nothing where the message or its account is no more.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    if let Some(letter) = letter(held).await? {
        held.send(&letter).await?;
    }
    held.done().await
}

async fn letter(held: Held<'_>) -> Result<Option<Letter>, Fail> {
    let DoorAnswerMail { message, number } = held.payload()?;
    let mut ctx = Ctx::read(held.env, Actor::Time).await?;
    let row = door_messages::find(&mut ctx.tx, message).await?;
    let Some((row, account)) = row.and_then(|row| row.account.map(|account| (row, account))) else {
        return Ok(None);
    };
    let Some((to, lang)) = reader(&mut ctx, account).await? else { return Ok(None) };
    let link = format!("{}{}", held.env.config.origin, Route::Delivered { message });
    let door = text(lang, &format!("people-door-{}", row.door));
    let values = [("door", door.into()), ("link", link.into())];
    let subject = text_with(lang, "mail-door-answered-subject", &values);
    let body = text_with(lang, "mail-door-answered", &values);
    let identity = [DOOR_ANSWER_MAIL.as_bytes(), message.as_bytes(), &number.to_be_bytes()];
    let new = NewLetter { to: &to, subject: &subject, text: &body, identity: &identity };
    Ok(Some(Letter::new(new, held.env.now())))
}
