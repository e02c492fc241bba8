//! A complaint about this service: how it handles data, an answer, that somebody cannot use it. It goes to the address that the
//! body has set, by the way of what is sent to a door: at once, shown when it has arrived, its words kept no longer than that.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::delivery::{DOOR_MAIL, DoorMail, SENT};
use crate::find::{doors, draft};
use crate::people::account::Mail;
use crate::people::attempts::{self, Key};
use crate::people::place::place;
use crate::words::{Lang, text};
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::Settings;
use waymark_domain::text::{Line, Prose};
use waymark_store::find::door_messages::{self, DoorMessageRow};
use waymark_store::people::tree;

/// What stands in place of a door's name.
pub(crate) const SERVICE: &str = "service";
/// What a complaint can be about.
pub const ABOUT: [&str; 4] = ["data", "answer", "access", "other"];

/// To whom a complaint goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Where it is complained about: the place of whoever complains, or the whole.
    pub node: NodeId,
    /// The name of its body.
    pub body: String,
    /// The address; nothing where none is set.
    pub mail: Option<Mail>,
}

/// To whom a complaint of whoever acts goes.
///
/// # Errors
/// [`Error::NotFound`] before the first run, [`Error::Unavailable`].
pub async fn addressee<K>(ctx: &mut Ctx<'_, K>) -> Result<Addressee> {
    let own = doors::own(ctx).await?.into_iter().next().map(|spot| spot.node);
    let node = match own {
        Some(node) => node,
        None => NodeId(tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?.id),
    };
    let here = place(ctx, node).await?;
    let mail = address(&here.settings);
    Ok(Addressee { node, body: here.body.name, mail })
}

/// The address that is set for complaints; nothing where there is none to which a mail can go: the form takes none then.
pub(crate) fn address(settings: &Settings) -> Option<Mail> {
    settings.complaints.as_deref().and_then(|address| Mail::parse(address).ok())
}

/// What was typed.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// One of [`ABOUT`].
    pub about: &'a str,
    /// What happened.
    pub words: &'a str,
    /// How they can be reached; empty for without a name.
    pub reach: &'a str,
    /// The address of the net that it comes from.
    pub from: &'a str,
}

/// Sends a complaint; `key` is the secret of the browser of somebody who has not signed in. Gives the id by which they see its
/// delivery.
///
/// # Errors
/// [`Error::Invalid`] on `about`, `words`, `reach`, and on `words` where no address is set; [`Error::TooMany`].
pub async fn send(ctx: &mut Ctx<'_, Write>, key: &str, typed: Typed<'_>) -> Result<Uuid> {
    let to = addressee(ctx).await?;
    let mail = to.mail.ok_or_else(|| Error::field("words", "complaint-nowhere"))?;
    let lang = ctx.language;
    let words = parsed(lang, typed)?;
    attempts::count(ctx, Key::of(&["door", typed.from]), SENT).await?;
    let (account, key_hash) = draft::owner(ctx, Some(key));
    let row = DoorMessageRow {
        id: ctx.env.id(),
        door: SERVICE.to_owned(),
        node: to.node.0,
        address: mail.as_str().to_owned(),
        account,
        key_hash,
        code_hash: None,
        language: lang.code().to_owned(),
        words: Some(words),
        answer_secret: None,
        sent_at: ctx.now.timestamp_micros(),
        delivered_at: None,
    };
    door_messages::add(&mut ctx.tx, &row).await?;
    ctx.enqueue(DOOR_MAIL, &DoorMail { message: row.id }).await?;
    Ok(row.id)
}

/// The words of its mail, under the form's own questions.
fn parsed(lang: Lang, typed: Typed<'_>) -> Result<String> {
    let mut checks = Checks::default();
    let about = ABOUT.into_iter().find(|about| *about == typed.about);
    let about = checks.some("about", about, "complaint-about-empty");
    let words = checks.text("words", Prose::parse(typed.words));
    let reach = checks.optional("reach", Line::parse(typed.reach));
    let (about, words) = checks.finish(about.zip(words))?;
    let about = (text(lang, "complaint-about"), text(lang, &format!("complaint-about-{about}")));
    let said = (text(lang, "complaint-words"), words.as_str().to_owned());
    let reach = reach.map(|reach| (text(lang, "complaint-reach"), reach.as_str().to_owned()));
    let all = [about, said].into_iter().chain(reach);
    Ok(all.map(|(asked, said)| format!("{asked}\n{said}")).collect::<Vec<_>>().join("\n\n"))
}
