//! Sessions: a secret in a cookie, its hash in the database.

use crate::ctx::{Actor, Ctx, Write};
use crate::error::Result;
use chrono::TimeDelta;
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_domain::text::{Digest, Language};
use waymark_store::people::sessions::{self, NewSession};

/// How long an ordinary session lasts: a shift and the way home, twenty hours (the exemption of WCAG 2.2.1).
pub const SESSION_HOURS: i64 = 20;
/// The most characters of a browser's name for itself that are kept.
const AGENT_CHARS: usize = 200;

/// Who is signed in, as every page needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Who.
    pub account: AccountId,
    /// The session, by which its owner ends it.
    pub session: Uuid,
    /// The person's name.
    pub name: String,
    /// The person's language.
    pub language: Language,
}

/// Begins a session and gives its secret, for the cookie.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn begin(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    (is_shared, agent): (bool, &str),
) -> Result<String> {
    let secret = ctx.env.secret();
    let agent: String = agent.chars().take(AGENT_CHARS).collect();
    let new = NewSession {
        token_hash: &hash(&secret),
        id: ctx.env.id(),
        account: account.0,
        at: ctx.now.timestamp_micros(),
        ends_at: (ctx.now + TimeDelta::hours(SESSION_HOURS)).timestamp_micros(),
        is_shared,
        agent: &agent,
    };
    sessions::begin(&mut ctx.tx, &new).await?;
    Ok(secret)
}

/// Who the secret belongs to; from then on the context acts as that person.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn resume<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<Option<Me>> {
    let now = ctx.now.timestamp_micros();
    let Some(row) = sessions::find(&mut ctx.tx, &hash(secret), now).await? else { return Ok(None) };
    let account = AccountId(row.account);
    ctx.actor = Actor::Person(account);
    let language = Language::parse(&row.language).unwrap_or_default();
    Ok(Some(Me { account, session: row.id, name: row.name, language }))
}

/// Ends the session of a secret.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn end(ctx: &mut Ctx<'_, Write>, secret: &str) -> Result<()> {
    Ok(sessions::end(&mut ctx.tx, &hash(secret)).await?)
}

fn hash(secret: &str) -> [u8; 32] {
    Digest::of(&[secret.as_bytes()]).0
}
