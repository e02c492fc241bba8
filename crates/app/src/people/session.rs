//! Sessions: a secret in a cookie, its hash in the database.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::Result;
use crate::once;
use crate::people::proof::{self, Typed};
use crate::people::{profile, second_factor};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_domain::people::second_factor::Need;
use waymark_domain::text::{Digest, Language};
use waymark_store::people::oidc;
use waymark_store::people::sessions::{self, NewSession, SessionRow};

/// How long an ordinary session lasts: a shift and the way home, twenty hours (the exemption of WCAG 2.2.1).
pub const SESSION_HOURS: i64 = 20;
/// How long a session of somebody who decides or administers may lie unused.
pub const DECIDING_IDLE_MINUTES: i64 = 30;
/// How long a session on a shared computer may lie unused.
pub const SHARED_IDLE_MINUTES: i64 = 15;
/// How often the use of a session is noted: to the minute is enough for the limits above, and saves writes.
const TOUCH_SECONDS: i64 = 60;
/// The most characters of a browser's name for itself that are kept.
const AGENT_CHARS: usize = 200;

/// Who is signed in, as every page needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own; none excludes another")]
pub struct Me {
    /// Who.
    pub account: AccountId,
    /// The session, by which its owner ends it.
    pub session: Uuid,
    /// The person's name.
    pub name: String,
    /// The person's language.
    pub language: Language,
    /// Does the person answer ideas anywhere?
    pub decides: bool,
    /// Is the person an administrator anywhere?
    pub administers: bool,
    /// Is the person an auditor anywhere?
    pub is_auditor: bool,
    /// Is it on a shared computer? Then its cookie goes with the browser.
    pub is_shared: bool,
    /// Has the person a second factor?
    pub has_factor: bool,
    /// Was it shown in this session?
    pub is_stepped_up: bool,
    /// Did the session begin at a provider of sign-ins?
    pub is_elsewhere: bool,
    /// For which pages it has yet to be shown in this session.
    pub lacks: Need,
    /// After how many minutes unused the session ends, where that is before its own end.
    pub idle_minutes: Option<i64>,
    /// Is it time to note that the session is in use? See [`touch`].
    pub is_stale: bool,
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

/// Begins a session in which no second factor is asked for any more: whoever did the first run just proved that the machine
/// is theirs.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn begin_stepped_up(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    (is_shared, agent): (bool, &str),
) -> Result<String> {
    let secret = begin(ctx, account, (is_shared, agent)).await?;
    match sessions::find(&mut ctx.tx, &hash(&secret), ctx.now.timestamp_micros()).await? {
        Some(row) => step_up(ctx, row.id).await,
        None => Ok(secret),
    }
}

/// Notes that the second factor was shown in a session, which from then on has the secret that is given.
///
/// # Errors
/// [`crate::Error::SignInFirst`] where it has ended.
pub async fn step_up(ctx: &mut Ctx<'_, Write>, session: Uuid) -> Result<String> {
    let (secret, now) = (ctx.env.secret(), ctx.now.timestamp_micros());
    let is_there = sessions::step_up(&mut ctx.tx, session, (&hash(&secret), now)).await?;
    if is_there { Ok(secret) } else { Err(crate::Error::SignInFirst) }
}

/// Notes that a session began at a provider of sign-ins, and whom that means.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub(crate) async fn note_elsewhere(ctx: &mut Ctx<'_, Write>, secret: &str, subject: &str) -> Result<()> {
    Ok(oidc::note_session(&mut ctx.tx, &hash(secret), subject).await?)
}

/// Who the secret belongs to; from then on the context acts as that person.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn resume<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<Option<Me>> {
    let now = ctx.now.timestamp_micros();
    let found = sessions::find(&mut ctx.tx, &hash(secret), now).await?;
    let Some(row) = found.filter(|row| now - row.seen_at < idle_micros(row)) else { return Ok(None) };
    let account = AccountId(row.account);
    ctx.actor = Actor::Person(account);
    let language = Language::parse(&row.language).unwrap_or_default();
    let is_plain = row.is_stepped_up || !(row.decides || row.administers || row.audits);
    let lacks =
        if is_plain { Need::default() } else { second_factor::need_of(ctx, account, row.has_factor).await? };
    Ok(Some(Me {
        account,
        session: row.id,
        name: row.name.clone(),
        language,
        decides: row.decides,
        administers: row.administers,
        is_auditor: row.is_auditor,
        is_shared: row.is_shared,
        has_factor: row.has_factor,
        is_stepped_up: row.is_stepped_up,
        is_elsewhere: row.is_elsewhere,
        lacks,
        idle_minutes: idle_minutes(&row),
        is_stale: now - row.seen_at >= TOUCH_SECONDS * 1_000_000,
    }))
}

/// How long a session may lie unused, where that is less than it lasts.
fn idle_minutes(row: &SessionRow) -> Option<i64> {
    match row {
        row if row.is_shared => Some(SHARED_IDLE_MINUTES),
        row if row.decides || row.administers || row.audits => Some(DECIDING_IDLE_MINUTES),
        _ => None,
    }
}

/// The same for each session, in microseconds.
fn idle_micros(row: &SessionRow) -> i64 {
    idle_minutes(row).unwrap_or(SESSION_HOURS * 60) * 60 * 1_000_000
}

/// Notes that a session is in use.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn touch(ctx: &mut Ctx<'_, Write>, me: &Me) -> Result<()> {
    Ok(sessions::touch(&mut ctx.tx, me.session, ctx.now.timestamp_micros()).await?)
}

/// A session of one's own, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// When it was last used.
    pub seen_at: DateTime<Utc>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Is it on a shared computer?
    pub is_shared: bool,
    /// The browser, as it calls itself.
    pub agent: String,
}

/// The sessions of whoever acts, the latest used first.
///
/// # Errors
/// [`crate::Error::SignInFirst`], [`crate::Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Listed>> {
    let account = ctx.account()?;
    let rows = sessions::open(&mut ctx.tx, account.0, ctx.now.timestamp_micros()).await?;
    let time = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    let listed = rows.into_iter().map(|row| Listed {
        id: row.id,
        seen_at: time(row.seen_at),
        started_at: time(row.started_at),
        is_shared: row.is_shared,
        agent: row.agent,
    });
    Ok(listed.collect())
}

/// Ends one session of whoever acts; nothing where it is nobody's or another's.
///
/// # Errors
/// [`crate::Error::SignInFirst`], [`crate::Error::Unavailable`].
async fn end_one(ctx: &mut Ctx<'_, Write>, session: Uuid) -> Result<()> {
    let account = ctx.account()?;
    Ok(sessions::end_one(&mut ctx.tx, account.0, session).await?)
}

/// Ends all sessions of a person but this one.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn end_others(ctx: &mut Ctx<'_, Write>, me: &Me) -> Result<()> {
    Ok(sessions::end_all(&mut ctx.tx, me.account.0, Some(me.session)).await?)
}

/// Ends another session of one's own, or all others, after one proved anew that it is oneself; once for each form. To end the
/// session that one is in takes no proof: see [`end`].
///
/// # Errors
/// [`crate::Error::Invalid`] on `password` or `code`, [`crate::Error::TooMany`].
pub async fn end_elsewhere(
    env: &Env,
    me: &Me,
    (typed, one): (Typed<'_>, Option<Uuid>),
    token: &str,
) -> Result<()> {
    let mut ctx = proven(env, me, typed).await?;
    match one {
        Some(one) => end_one(&mut ctx, one).await?,
        None => end_others(&mut ctx, me).await?,
    }
    once::remember(&mut ctx, token, "ended").await?;
    ctx.commit().await.map(drop)
}

/// Somebody who proved anew that it is them; who signs in elsewhere and has neither a password nor a second factor here has
/// nothing to prove it with, and may still have lost a phone.
async fn proven<'e>(env: &'e Env, me: &Me, typed: Typed<'_>) -> Result<Ctx<'e, Write>> {
    let actor = Actor::Person(me.account);
    let mut ctx = Ctx::read(env, actor).await?;
    let has_password = profile::read(&mut ctx).await?.has_password;
    drop(ctx);
    if has_password || me.has_factor {
        proof::prove(env, actor, typed).await
    } else {
        Ctx::write(env, actor).await
    }
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
