//! Tokens by which a person's own programs act as that person, with what the person may at that moment and no more.
//! Why so: `docs/decisions/0017-api.md`.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Checks, Error, Result};
use crate::once;
use crate::people::audit::{self, Act};
use crate::people::{proof, second_factor};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_domain::text::{Digest, Language, Line};
use waymark_store::people::tokens::{self, NewToken, TokenRow};

/// What every token begins with, so that people and scanners of leaked secrets know one when they see it.
pub const PREFIX: &str = "wm_";
/// For how many days a token can be made.
pub const DAYS: [i64; 4] = [30, 90, 180, 365];
/// How long one lasts unless its owner says otherwise.
pub const DAYS_USUAL: i64 = 90;
/// How many one person can have.
pub const TOKENS: usize = 20;

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Read what the person can read.
    Read,
    /// Act as the person acts.
    Write,
}

impl Scope {
    /// The name in the description of the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// A token as its owner sees it in a list: never what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// May it change things?
    pub may_write: bool,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The day on which it was last used.
    pub used_on: Option<NaiveDate>,
    /// Has it ended?
    pub is_over: bool,
}

/// Whose token it is that came with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Who.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The person's language.
    pub language: Language,
    /// The token.
    pub token: Token,
    /// Was it made without a second factor, which its person's roles need now? Then it may do nothing.
    pub is_weak: bool,
    /// Is it the first use of the day, to be noted? See [`touch`].
    pub is_stale: bool,
}

impl Bearer {
    /// What the token may do.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.token.may_write { &[Scope::Read, Scope::Write] } else { &[Scope::Read] }
    }
}

/// What was typed for a new token.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// What it is called.
    pub name: &'a str,
    /// `read`, or `write` for both.
    pub scope: &'a str,
    /// For how many days.
    pub days: &'a str,
    /// Has the person shown their second factor in this session?
    pub is_strong: bool,
    /// The person's password.
    pub password: &'a str,
    /// The form's one-time token.
    pub once: &'a str,
}

impl std::fmt::Debug for Typed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").field("days", &self.days).finish_non_exhaustive()
    }
}

/// What a token is to be, parsed.
struct Wish {
    name: Line,
    may_write: bool,
    is_strong: bool,
    days: i64,
}

/// Makes a token of whoever acts, who gives their password for it, and gives what is shown this once; nothing
/// where this form was sent before.
///
/// # Errors
/// [`Error::Invalid`] on `name`, `scope`, `days` and `password`; [`Error::TooMany`] after too many wrong passwords.
pub async fn make(env: &Env, actor: Actor, typed: Typed<'_>) -> Result<Option<String>> {
    let account = actor.account().ok_or(Error::SignInFirst)?;
    let wish = wish(&typed)?;
    let mut ctx = proof::by_password(env, actor, typed.password).await?;
    let secret = match once::answered(&mut ctx, typed.once).await? {
        Some(_) => None,
        None => Some(add(&mut ctx, account, &wish).await?),
    };
    if secret.is_some() {
        once::remember(&mut ctx, typed.once, "made").await?;
    }
    ctx.commit().await?;
    Ok(secret)
}

fn wish(typed: &Typed<'_>) -> Result<Wish> {
    let mut checks = Checks::default();
    let name = checks.needed("name", Line::parse(typed.name), "me-tokens-name-empty");
    let may_write = match typed.scope {
        "read" => Some(false),
        "write" => Some(true),
        _ => None,
    };
    let may_write = checks.some("scope", may_write, "me-tokens-scope-empty");
    let days = typed.days.parse().ok().filter(|days| DAYS.contains(days));
    let days = checks.some("days", days, "me-tokens-days-wrong");
    checks.holds("password", !typed.password.is_empty(), "sign-in-password-empty");
    let built = name.zip(may_write).zip(days);
    checks.finish(built.map(|((name, may_write), days)| Wish {
        name,
        may_write,
        is_strong: typed.is_strong,
        days,
    }))
}

async fn add(ctx: &mut Ctx<'_, Write>, account: AccountId, wish: &Wish) -> Result<String> {
    if list(ctx).await?.iter().filter(|token| !token.is_over).count() >= TOKENS {
        return Err(Error::field("name", "me-tokens-too-many"));
    }
    let secret = format!("{PREFIX}{}", ctx.env.secret());
    let new = NewToken {
        token_hash: &hash(&secret),
        id: ctx.env.id(),
        account: account.0,
        name: wish.name.as_str(),
        may_write: wish.may_write,
        is_strong: wish.is_strong,
        at: ctx.now.timestamp_micros(),
        ends_at: (ctx.now + TimeDelta::days(wish.days)).timestamp_micros(),
    };
    tokens::add(&mut ctx.tx, &new).await?;
    audit::note(ctx, Act::TokenMade, new.id).await?;
    Ok(secret)
}

/// The tokens of whoever acts, the latest made first; those that have ended stay for a while.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Token>> {
    let account = ctx.account()?;
    // More than can be had at once: those that have ended are among them.
    let most = i64::try_from(TOKENS * 5).unwrap_or(i64::MAX);
    let rows = tokens::of(&mut ctx.tx, account.0, most).await?;
    Ok(rows.into_iter().map(|row| token(row, ctx.now)).collect())
}

fn token(row: TokenRow, now: DateTime<Utc>) -> Token {
    let time = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    Token {
        id: row.id,
        name: row.name,
        may_write: row.may_write,
        made_at: time(row.made_at),
        ends_at: time(row.ends_at),
        used_on: row.used_on.and_then(|day| day.parse().ok()),
        is_over: row.ends_at <= now.timestamp_micros(),
    }
}

/// Ends a token of whoever acts.
///
/// # Errors
/// [`Error::NotFound`] where it is nobody's or another's, [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn end_one(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let account = ctx.account()?;
    if !tokens::end_one(&mut ctx.tx, account.0, id).await? {
        return Err(Error::NotFound);
    }
    audit::note(ctx, Act::TokenEnded, id).await
}

/// Ends every token of a person: with a new password and with the account.
pub(crate) async fn end_all(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    Ok(tokens::end_all(&mut ctx.tx, account.0).await?)
}

/// Who the token belongs to; from then on the context acts as that person. Nothing for any other text.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn resume<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<Option<Bearer>> {
    if !secret.starts_with(PREFIX) {
        return Ok(None);
    }
    let now = ctx.now;
    let found = tokens::find(&mut ctx.tx, &hash(secret), now.timestamp_micros()).await?;
    let Some(row) = found else { return Ok(None) };
    let account = AccountId(row.account);
    // Their roles may have come after the token: a password alone may not be enough any more.
    let is_weak = !row.is_strong && !second_factor::need_of(ctx, account, false).await?.is_none();
    ctx.actor = Actor::Person(account);
    let token = token(row.token, now);
    Ok(Some(Bearer {
        account,
        name: row.person,
        language: Language::parse(&row.language).unwrap_or_default(),
        is_stale: token.used_on != Some(now.date_naive()),
        is_weak,
        token,
    }))
}

/// Notes that a token is in use, to the day.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn touch(ctx: &mut Ctx<'_, Write>, bearer: &Bearer) -> Result<()> {
    let today = ctx.now.date_naive().to_string();
    Ok(tokens::used(&mut ctx.tx, bearer.token.id, &today).await?)
}

fn hash(secret: &str) -> [u8; 32] {
    Digest::of(&[b"token", secret.as_bytes()]).0
}
