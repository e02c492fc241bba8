//! Drafts: what is half typed stays on the server, for the account or for the secret of the browser, so that no lost
//! connection or session loses a word. Nobody but who typed it can open or delete one.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_domain::text::Digest;
use waymark_store::find::drafts::{self, DraftRow};

/// The most drafts that one person or browser keeps.
pub const DRAFTS: usize = 20;
/// The most bytes of one draft: three full texts and a group, with room to spare for what JSON adds.
pub const DRAFT_BYTES: usize = 128 * 1024;
/// After so many days without a change a browser forgets what was typed there by somebody who has not signed in: it may
/// stand in a staff room.
pub const BROWSER_DAYS: i64 = 3;

/// Which form a draft is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Telling an idea or a problem.
    Tell,
    /// *Just did it*.
    Done,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Tell => "tell",
            Self::Done => "done",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::Tell, Self::Done].into_iter().find(|kind| kind.name() == name)
    }
}

/// The fields of a form, each with all its values.
pub type Fields = BTreeMap<String, Vec<String>>;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: Uuid,
    /// Which form.
    pub kind: Kind,
    /// What was typed.
    pub fields: Fields,
    /// When it was last kept.
    pub updated_at: DateTime<Utc>,
}

impl Draft {
    /// What was said all at once: it is kept nowhere, and no draft has its id.
    pub fn unkept(kind: Kind, fields: Fields, now: DateTime<Utc>) -> Self {
        Self { id: Uuid::nil(), kind, fields, updated_at: now }
    }

    /// Hexadecimal digits that are others as soon as anything in it is.
    pub fn fingerprint(&self) -> String {
        let typed: Vec<&[u8]> = self
            .fields
            .iter()
            .flat_map(|(field, values)| std::iter::once(field).chain(values))
            .map(String::as_bytes)
            .collect();
        Digest::of(&typed).to_string()
    }

    /// What was typed into a field; empty where nothing was.
    pub fn value(&self, field: &str) -> &str {
        value(&self.fields, field)
    }
}

/// What was typed into a field; empty where nothing was.
pub fn value<'f>(fields: &'f Fields, field: &str) -> &'f str {
    fields.get(field).and_then(|values| values.first()).map_or("", String::as_str)
}

/// Puts a value in place of what a field had.
pub fn set(fields: &mut Fields, field: &str, value: impl Into<String>) {
    fields.insert(field.to_owned(), vec![value.into()]);
}

/// Opens a draft of whoever acts, or of the browser whose secret is given.
///
/// # Errors
/// [`Error::NotFound`] where there is none or it is somebody else's.
pub async fn open<K>(ctx: &mut Ctx<'_, K>, key: Option<&str>, id: Uuid) -> Result<Draft> {
    let row = drafts::find(&mut ctx.tx, id).await?.ok_or(Error::NotFound)?;
    if is_own(ctx, key, &row) { parsed(&row) } else { Err(Error::NotFound) }
}

fn is_own<K>(ctx: &Ctx<'_, K>, key: Option<&str>, row: &DraftRow) -> bool {
    match row.account {
        Some(account) => ctx.actor.account().is_some_and(|own| own.0 == account),
        None => row.key_hash.is_some() && row.key_hash == key.map(hash),
    }
}

/// The draft of a browser that waits for its writer to confirm who they are, for whoever has the link of that.
///
/// # Errors
/// [`Error::NotFound`] where it is nobody's any more, or an account's.
pub async fn to_confirm<K>(ctx: &mut Ctx<'_, K>, id: Uuid) -> Result<Draft> {
    let row = drafts::find(&mut ctx.tx, id).await?.filter(|row| row.account.is_none());
    parsed(&row.ok_or(Error::NotFound)?)
}

/// Keeps what was typed. Where the draft is not there any more, or the session ended meanwhile so that it cannot be
/// opened now, a new one takes the words. Gives its id.
///
/// # Errors
/// [`Error::Invalid`] on `problem` where there are too many drafts or too much in this one.
pub async fn keep(
    ctx: &mut Ctx<'_, Write>,
    key: Option<&str>,
    (id, kind): (Option<Uuid>, Kind),
    fields: &Fields,
) -> Result<Uuid> {
    let known = match id {
        Some(id) => drafts::find(&mut ctx.tx, id).await?.filter(|row| is_own(ctx, key, row)),
        None => None,
    };
    let payload = serde_json::to_string(fields).map_err(Error::internal)?;
    if payload.len() > DRAFT_BYTES {
        return Err(Error::field("problem", "tell-draft-too-large"));
    }
    let (account, key_hash) = owner(ctx, key);
    if known.is_none() && list(ctx, key).await?.len() >= DRAFTS {
        return Err(Error::field("problem", "tell-draft-too-many"));
    }
    let row = DraftRow {
        id: known.map_or_else(|| ctx.env.id(), |row| row.id),
        account,
        key_hash,
        form: kind.name().to_owned(),
        payload,
        updated_at: ctx.now.timestamp_micros(),
    };
    drafts::keep(&mut ctx.tx, &row).await?;
    Ok(row.id)
}

/// Puts a draft that was sent back to an account's drafts, however many those are.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn put(ctx: &mut Ctx<'_, Write>, draft: &Draft, account: AccountId) -> Result<()> {
    let row = DraftRow {
        id: draft.id,
        account: Some(account.0),
        key_hash: None,
        form: draft.kind.name().to_owned(),
        payload: serde_json::to_string(&draft.fields).map_err(Error::internal)?,
        updated_at: ctx.now.timestamp_micros(),
    };
    Ok(drafts::keep(&mut ctx.tx, &row).await?)
}

/// The drafts of whoever acts, or of their browser while nobody has signed in there, the newest first. What somebody typed
/// at a browser is not listed to whoever signs in at it next.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>, key: Option<&str>) -> Result<Vec<Draft>> {
    let (account, key_hash) = owner(ctx, key);
    let limit = i64::try_from(DRAFTS).unwrap_or(i64::MAX);
    let rows = drafts::of(&mut ctx.tx, (account, key_hash.as_deref()), limit).await?;
    rows.iter().map(parsed).collect()
}

/// Deletes a draft.
///
/// # Errors
/// [`Error::NotFound`] where there is none or it is somebody else's.
pub async fn discard(ctx: &mut Ctx<'_, Write>, key: Option<&str>, id: Uuid) -> Result<()> {
    open(ctx, key, id).await?;
    Ok(drafts::remove(&mut ctx.tx, id).await?)
}

/// Gives a draft of a browser to whoever has signed in there and opens it; nothing where it is nobody's any more or
/// somebody else's.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn adopt(ctx: &mut Ctx<'_, Write>, key: &str, id: Uuid) -> Result<()> {
    let account = ctx.account()?;
    let row = drafts::find(&mut ctx.tx, id).await?;
    if row.is_some_and(|row| row.account.is_none() && is_own(ctx, Some(key), &row)) {
        drafts::adopt(&mut ctx.tx, id, account.0).await?;
    }
    Ok(())
}

fn parsed(row: &DraftRow) -> Result<Draft> {
    let kind = Kind::parse(&row.form).ok_or_else(|| Error::internal("a draft of no form"))?;
    let fields = serde_json::from_str(&row.payload).map_err(Error::internal)?;
    let updated_at = DateTime::from_timestamp_micros(row.updated_at).unwrap_or_default();
    Ok(Draft { id: row.id, kind, fields, updated_at })
}

/// Whose it is what is typed now: the account of whoever acts, else the browser with this secret, kept as a hash.
pub(crate) fn owner<K>(ctx: &Ctx<'_, K>, key: Option<&str>) -> (Option<Uuid>, Option<Vec<u8>>) {
    match ctx.actor.account() {
        Some(account) => (Some(account.0), None),
        None => (None, key.map(hash)),
    }
}

fn hash(key: &str) -> Vec<u8> {
    Digest::of(&[key.as_bytes()]).0.to_vec()
}
