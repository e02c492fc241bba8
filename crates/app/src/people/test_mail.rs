//! A test mail to oneself: does the mail server take what Waymark sends, and if not, what does it say?

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::mail::{Letter, NewLetter, Post, SendError};
use crate::once;
use crate::people::account::Mail;
use crate::people::attempts::{self, Key};
use crate::people::{administration, start};
use crate::words::{Lang, text, text_with};
use serde::{Deserialize, Serialize};
use waymark_domain::ids::AccountId;
use waymark_store::people::accounts;

/// The most characters of what a server said that are shown.
const SAID_CHARS: usize = 300;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tested {
    /// The server took it.
    Sent,
    /// There is no server: it was written to a file.
    Written,
    /// The server cannot be reached, or cannot take it just now.
    Away {
        /// What it or the line said.
        said: String,
    },
    /// The server refused it.
    Refused {
        /// What it said.
        said: String,
    },
}

/// Sends a test mail to an administrator of the root and gives their address; with the token of a form that was sent
/// before, what became of that. Opens its own transactions: none may be open while a mail is sent.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not administer the root, [`Error::TooMany`].
pub async fn send(env: &Env, account: AccountId, token: &str) -> Result<(String, Tested)> {
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    let root = start::root(&mut ctx).await?;
    administration::guard(&mut ctx, root).await?;
    if let Some(before) = once::answered(&mut ctx, token).await? {
        return serde_json::from_str(&before).map_err(Error::internal);
    }
    let (letter, address) = letter(&mut ctx).await?;
    ctx.commit().await?;
    // Not by `Mailer::send`: after a failure that rests for a while, but who has just mended a setting wants to know now.
    let tested = match env.mail.post(env).await {
        Ok((post, from)) => of(&post, post.send(&from, &letter).await),
        Err(error) => of_error(&error),
    };
    let outcome = (address, tested);
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    once::remember(&mut ctx, token, &serde_json::to_string(&outcome).map_err(Error::internal)?).await?;
    ctx.commit().await?;
    Ok(outcome)
}

async fn letter(ctx: &mut Ctx<'_, Write>) -> Result<(Letter, String)> {
    let account = ctx.account()?;
    attempts::count(ctx, Key::of(&["test-mail", &account.to_string()]), attempts::MAILS).await?;
    let row = accounts::by_id(&mut ctx.tx, account.0).await?.ok_or(Error::NotFound)?;
    let to = Mail::parse(&row.mail).map_err(|_| Error::NotFound)?;
    let lang = Lang::parse(&row.language).unwrap_or_default();
    let origin = ctx.env.config.origin.as_str();
    let body = text_with(lang, "mail-test", &[("origin", origin.into())]);
    let identity = [b"test-mail".as_slice(), &ctx.env.bytes::<16>()];
    let subject = text(lang, "mail-test-subject");
    let new = NewLetter { to: &to, subject: &subject, text: &body, identity: &identity };
    Ok((Letter::new(new, ctx.now), row.mail))
}

fn of(post: &Post, sent: std::result::Result<(), SendError>) -> Tested {
    match (sent, post) {
        (Ok(()), Post::Files(_)) => Tested::Written,
        (Ok(()), _) => Tested::Sent,
        (Err(error), _) => of_error(&error),
    }
}

fn of_error(error: &SendError) -> Tested {
    let short = |said: &String| said.chars().take(SAID_CHARS).collect();
    match error {
        SendError::Away(said) => Tested::Away { said: short(said) },
        SendError::Refused(said) => Tested::Refused { said: short(said) },
    }
}
