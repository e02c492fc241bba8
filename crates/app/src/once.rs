//! A form's token, used once: a double click, or a form sent again after a lost connection, does nothing twice.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use waymark_domain::text::Digest;
use waymark_store::people::forms;

/// What was answered to this token before; nothing for a first use, or a form without one.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn answered<K>(ctx: &mut Ctx<'_, K>, token: &str) -> Result<Option<String>> {
    let Some(token) = Digest::parse(token) else { return Ok(None) };
    Ok(forms::answer(&mut ctx.tx, &token.0).await?)
}

/// Notes what is answered to a token, in the transaction of what it did.
///
/// # Errors
/// [`crate::Error::Conflict`] where the same form is being answered at this moment by another process.
pub async fn remember(ctx: &mut Ctx<'_, Write>, token: &str, answer: &str) -> Result<()> {
    let Some(token) = Digest::parse(token) else { return Ok(()) };
    let noted = forms::remember(&mut ctx.tx, &token.0, (answer, ctx.now.timestamp_micros())).await;
    match noted {
        Err(error) if error.is_unique_on("form_token", &["token"]) => Err(Error::Conflict),
        noted => Ok(noted?),
    }
}
