//! What was sent to a door, by mail to its channel, at any hour. The words are in no job and go with the delivery.

use crate::ctx::{Actor, Ctx};
use crate::error::Error;
use crate::find::delivery::{DOOR_MAIL, DoorMail};
use crate::find::door_answer;
use crate::jobs::held::{Fail, Held};
use crate::mail::{Letter, NewLetter};
use crate::people::account::Mail;
use crate::people::complaint::SERVICE;
use crate::people::place::place;
use crate::routes::Route;
use crate::words::{Lang, text, text_with};
use waymark_domain::ids::NodeId;
use waymark_store::find::door_messages::{self, DoorMessageRow};
use waymark_store::find::held_back;

/// Mails it and notes that it was handed over; nothing where it was already.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let DoorMail { message } = held.payload()?;
    let mut ctx = Ctx::read(held.env, Actor::Time).await?;
    let row = door_messages::find(&mut ctx.tx, message).await?;
    let Some((row, words)) = row.and_then(|row| Some((row.clone(), row.words?))) else {
        drop(ctx);
        return held.done().await;
    };
    let here = place(&mut ctx, NodeId(row.node)).await?;
    let is_finders = held_back::is_source(&mut ctx.tx, message).await?;
    let letter = letter(held, (&row, &words), (here.name(), is_finders))?;
    drop(ctx);
    held.send(&letter).await?;
    let mut ctx = held.write().await?;
    let now = ctx.now.timestamp_micros();
    let hash = row.answer_secret.as_deref().map(door_answer::hash);
    door_messages::delivered(&mut ctx.tx, message, (now, hash.as_ref().map(<[u8; 32]>::as_slice))).await?;
    held.complete(ctx).await
}

fn letter(
    held: Held<'_>,
    (row, words): (&DoorMessageRow, &str),
    (place, is_finders): (&str, bool),
) -> Result<Letter, Error> {
    let to = Mail::parse(&row.address).map_err(|_| Error::internal("an address that is none"))?;
    let lang = Lang::parse(&row.language).unwrap_or_default();
    let door = text(lang, &format!("people-door-{}", row.door));
    let values = [("door", door.into()), ("place", place.into()), ("words", words.into())];
    let [subject, key] = match row.door.as_str() {
        SERVICE => ["mail-complaint-subject", "mail-complaint"],
        _ if is_finders => ["mail-door-subject", "mail-door-finder"],
        _ => ["mail-door-subject", "mail-door"],
    };
    let (subject, body) = (text_with(lang, subject, &values), text_with(lang, key, &values));
    let body = match &row.answer_secret {
        Some(secret) => {
            let to = Route::AnswerDoor { secret: door_answer::shown(secret) };
            let link = format!("{}{to}", held.env.config.origin);
            format!("{body}\n\n{}", text_with(lang, "mail-door-answer", &[("link", link.into())]))
        }
        None => body,
    };
    let identity = [DOOR_MAIL.as_bytes(), row.id.as_bytes()];
    let new = NewLetter { to: &to, subject: &subject, text: &body, identity: &identity };
    Ok(Letter::new(new, held.env.now()))
}
