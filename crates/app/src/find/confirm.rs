//! Type first, then say who you are: name and work mail of somebody without a session, confirmed by a link that
//! `people::ticket` makes and opens.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::capture::place_of;
use crate::find::draft::{self, Draft, set};
use crate::people::account::Mail;
use crate::people::place::place;
use crate::people::ticket::{self, Newcomer};
use waymark_domain::text::Line;

/// A link that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The address.
    pub mail: String,
    /// The name of the place, where it does not know the address as one of its staff's. Whether there is an account with
    /// it does not show: that would tell strangers.
    pub unknown_at: Option<String>,
}

/// Asks for a link to a work mail; name and address stay on the draft.
///
/// # Errors
/// [`Error::Invalid`] on `name` and `mail`; [`Error::TooMany`] where that address was written to several times already.
pub async fn ask(
    ctx: &mut Ctx<'_, Write>,
    draft: &Draft,
    key: Option<&str>,
    (name, mail): (&str, &str),
) -> Result<Asked> {
    let mut checks = Checks::default();
    let name = checks.needed("name", Line::parse(name), "tell-name-empty");
    let mail = checks.some("mail", Mail::parse(mail).ok(), "tell-mail-wrong");
    let (name, mail) = checks.finish(name.zip(mail))?;
    let node = place_of(&draft.fields).ok_or(Error::NotFound)?;
    let mut fields = draft.fields.clone();
    set(&mut fields, "name", name.as_str());
    set(&mut fields, "mail", mail.as_str());
    draft::keep(ctx, key, (Some(draft.id), draft.kind), &fields).await?;
    let newcomer = Newcomer {
        name: name.as_str().to_owned(),
        mail: mail.as_str().to_owned(),
        language: ctx.language,
        node: node.0,
        draft: draft.id,
    };
    ticket::mail_confirm(ctx, &newcomer).await?;
    asked(ctx, draft, mail.as_str().to_owned()).await
}

/// What is said of a link that is on its way to an address.
///
/// # Errors
/// [`Error::NotFound`] where the draft has no place.
pub async fn asked(ctx: &mut Ctx<'_, Write>, draft: &Draft, mail: String) -> Result<Asked> {
    let node = place_of(&draft.fields).ok_or(Error::NotFound)?;
    let here = place(ctx, node).await?;
    let unknown_at = (!here.settings.knows_mail(&mail)).then(|| here.name().to_owned());
    Ok(Asked { mail, unknown_at })
}
