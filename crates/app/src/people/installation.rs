//! What this installation is told by its administrator: how mails are sent.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::audit::{self, Act};
use crate::people::start;
use serde::{Deserialize, Serialize};
use waymark_store::people::installation;

/// A password of ours at another service: it is kept, but never shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// How mails are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum MailBy {
    /// Not at all yet: they are written to files.
    Files,
    /// Through a mail server. Port 465 speaks TLS at once, any other has to change to it (STARTTLS).
    Smtp {
        /// The server's name.
        host: String,
        /// The port.
        port: u16,
        /// The user, where the server asks for one.
        user: Option<String>,
        /// The user's password.
        password: Secret,
        /// The address that mails come from.
        from: String,
    },
}

/// The name under which it is kept.
const MAIL: &str = "mail";

/// How mails are sent; to files where nobody said otherwise.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn mail_by<K>(ctx: &mut Ctx<'_, K>) -> Result<MailBy> {
    let kept = installation::value(&mut ctx.tx, MAIL).await?;
    kept.map_or(Ok(MailBy::Files), |value| serde_json::from_str(&value).map_err(Error::internal))
}

/// Says how mails are sent from now on.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn set_mail_by(ctx: &mut Ctx<'_, Write>, by: &MailBy) -> Result<()> {
    let value = serde_json::to_string(by).map_err(Error::internal)?;
    Ok(installation::set(&mut ctx.tx, MAIL, &value).await?)
}

/// The same by an administrator: that they changed it stands in the audit; nothing where it is as it was.
///
/// # Errors
/// [`Error::NotFound`] before the first run, [`Error::Unavailable`].
pub async fn change_mail_by(ctx: &mut Ctx<'_, Write>, by: &MailBy) -> Result<()> {
    if mail_by(ctx).await? == *by {
        return Ok(());
    }
    set_mail_by(ctx, by).await?;
    let root = start::root(ctx).await?;
    audit::note(ctx, Act::MailSet, root.0).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_in_what_a_log_would_show() {
        let by = MailBy::Smtp {
            host: "mail.example".to_owned(),
            port: 587,
            user: Some("waymark".to_owned()),
            password: Secret("hush".to_owned()),
            from: "waymark@example.org".to_owned(),
        };
        assert!(!format!("{by:?}").contains("hush"));
        let kept = serde_json::to_string(&by).unwrap();
        assert_eq!(serde_json::from_str::<MailBy>(&kept).unwrap(), by);
    }
}
