//! Comments on a record: reading, writing, taking back.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::view::RecordView;
use crate::route::change::visible;
use chrono::{DateTime, TimeDelta, Utc};
use waymark_domain::find::comment::{Comment, CommentEvent, may_comment, take_back};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, CommentId, InnovationId};
use waymark_domain::text::{Field, Language, Remark};
use waymark_store::find::comments::{self, CommentRow};
use waymark_store::words::{self, Which};

/// The most comments that a page shows, the latest.
pub const MOST: i64 = 100;
/// So many comments a person writes in an hour, wherever: more than a talk takes, too few to bury one.
pub const AN_HOUR: i64 = 20;

/// A comment as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it; nothing once their account is gone.
    pub name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says; nothing once erased.
    pub words: Option<String>,
    /// Its language.
    pub language: Language,
    /// Is it of whoever looks?
    pub is_own: bool,
}

/// The comments on a record, the oldest first; nothing for whoever may not read them there.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn of<K>(ctx: &mut Ctx<'_, K>, view: &RecordView) -> Result<Option<Vec<Shown>>> {
    let Some(me) = ctx.actor.account().filter(|_| may_comment(&view.viewer, &view.record)) else {
        return Ok(None);
    };
    let rows = comments::of(&mut ctx.tx, view.record.id.0, MOST).await?;
    Ok(Some(rows.into_iter().rev().map(|row| shown(row, me)).collect()))
}

fn shown(row: CommentRow, me: AccountId) -> Shown {
    Shown {
        id: CommentId(row.id),
        is_own: row.account == Some(me.0),
        name: row.name,
        at: DateTime::from_timestamp_micros(row.written_at).unwrap_or_default(),
        words: row.words,
        language: row.language.as_deref().and_then(Language::parse).unwrap_or_default(),
    }
}

/// May whoever acts comment on a record? Asked before what they typed is looked at.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, on: InnovationId) -> Result<Innovation> {
    let (record, viewer) = visible(ctx, on).await?;
    if may_comment(&viewer, &record) { Ok(record) } else { Err(Error::Forbidden) }
}

/// Writes a comment.
///
/// # Errors
/// [`Error::NotFound`] where whoever acts may not see the record, [`Error::Forbidden`] where they may not comment on it,
/// [`Error::TooMany`].
pub async fn write(ctx: &mut Ctx<'_, Write>, on: InnovationId, typed: &Remark) -> Result<Comment> {
    let account = ctx.account()?;
    let record = check(ctx, on).await?;
    let since = (ctx.now - TimeDelta::hours(1)).timestamp_micros();
    if comments::lately(&mut ctx.tx, account.0, since).await? >= AN_HOUR {
        return Err(Error::TooMany { retry_after_seconds: 3_600 });
    }
    let id = ctx.env.id();
    let author = ctx.party(id, account).await?;
    let mut writing = Writing::new(ctx.env, (id, 1), ctx.language);
    let (language, words) = (ctx.language, writing.note(Field::Comment, typed.as_str()));
    let event = CommentEvent::Written { on, body: record.at_body, author, language, words };
    ctx.save(None, (id, vec![event]), (Some(author), writing.finish())).await
}

/// Takes back a comment of one's own on a record; its words are erased.
///
/// # Errors
/// [`Error::NotFound`] for what is not there or somebody else's.
pub async fn undo(ctx: &mut Ctx<'_, Write>, on: InnovationId, id: CommentId) -> Result<Comment> {
    let account = ctx.account()?;
    let party = ctx.known_party(id.0, account).await?.ok_or(Error::NotFound)?;
    let comment: Comment = ctx.load(id.0).await?;
    if comment.on != on {
        return Err(Error::NotFound);
    }
    let event = take_back(&comment, party)?;
    let after = ctx.save(Some(&comment), (id.0, vec![event]), (Some(party), Vec::new())).await?;
    words::erase(&mut ctx.tx, id.0, Which::All, ctx.now).await?;
    Ok(after)
}
