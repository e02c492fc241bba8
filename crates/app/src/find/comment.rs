//! Comments on a record: reading, writing, taking back; and what a moderator does about one.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::moderation::{self, Typed};
use crate::find::reports::{self, Report};
use crate::find::view::RecordView;
use crate::route::change::visible;
use chrono::{DateTime, TimeDelta, Utc};
use waymark_domain::find::comment::{self as rule, Comment, CommentEvent, Moderator, may_comment};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::Because;
use waymark_domain::ids::{AccountId, CommentId, InnovationId};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Field, Language, Remark};
use waymark_store::find::comments::{self, CommentRow};
use waymark_store::people::holders;
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
    /// May whoever looks decide whether it stays?
    pub is_theirs_to_moderate: bool,
    /// Why a moderator took it away, and in their own words; then its author alone sees it, and who moderates.
    pub unlisted: Option<(Because, String)>,
}

/// The comments on a record, the oldest first; nothing for whoever may not read them there.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn of<K>(ctx: &mut Ctx<'_, K>, view: &RecordView) -> Result<Option<Vec<Shown>>> {
    let Some(me) = ctx.actor.account().filter(|_| may_comment(&view.viewer, &view.record)) else {
        return Ok(None);
    };
    // Nobody else is asked for more than their roles.
    let has_role = view.viewer.roles.iter().any(|role| MODERATE.contains(role));
    let moderates = has_role && moderation::may_moderate(ctx, &view.record).await?;
    let rows = comments::of(&mut ctx.tx, view.record.id.0, (me.0, moderates), MOST).await?;
    Ok(Some(rows.into_iter().rev().map(|row| shown(row, (me, moderates))).collect()))
}

/// The roles that moderate; the finder's where nobody is moderator, or the record is handled with care.
const MODERATE: [Role; 2] = [Role::Moderator, Role::Finder];

fn shown(row: CommentRow, (me, moderates): (AccountId, bool)) -> Shown {
    let because = row.because.as_deref().and_then(Because::parse).filter(|_| row.is_unlisted);
    Shown {
        id: CommentId(row.id),
        is_own: row.account == Some(me.0),
        is_theirs_to_moderate: moderates,
        unlisted: because.map(|because| (because, row.why.unwrap_or_default())),
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
    let event = rule::take_back(&comment, party)?;
    let after = ctx.save(Some(&comment), (id.0, vec![event]), (Some(party), Vec::new())).await?;
    words::erase(&mut ctx.tx, id.0, Which::All, ctx.now).await?;
    reports::comment_is_gone(ctx, (on, id)).await?;
    Ok(after)
}

/// A comment for who decides whether it stays.
#[derive(Debug, Clone)]
pub struct Case {
    /// The comment.
    pub shown: Shown,
    /// What was reported of it.
    pub reports: Vec<Report>,
}

/// A comment on a record for a moderator of it. Where a name is hidden, or the record is not listed, and a moderator does not
/// handle it, they read what was reported to them, and nothing else of the talk.
///
/// # Errors
/// [`Error::NotFound`], and what [`moderation::check`] says.
pub async fn case<K>(ctx: &mut Ctx<'_, K>, (on, id): (InnovationId, CommentId)) -> Result<Case> {
    Ok(found(ctx, (on, id)).await?.1)
}

/// The same, with the record.
async fn found<K>(ctx: &mut Ctx<'_, K>, (on, id): (InnovationId, CommentId)) -> Result<(Innovation, Case)> {
    let account = ctx.account()?;
    let (record, viewer) = moderation::check(ctx, on).await?;
    let row = comments::one(&mut ctx.tx, on.0, id.0).await?.ok_or(Error::NotFound)?;
    let reports = reports::open_of_comment(ctx, (on, id)).await?;
    if reports.is_empty() && !may_comment(&viewer, &record) {
        return Err(Error::NotFound);
    }
    Ok((record, Case { shown: shown(row, (account, true)), reports }))
}

/// Moderates a comment on a record: takes it away, leaves it, or puts it back. Whoever reported it hears of it, and its
/// author where it is taken away.
///
/// # Errors
/// What [`case`] and [`rule::moderate`] say.
pub async fn moderate(
    ctx: &mut Ctx<'_, Write>,
    (on, id): (InnovationId, CommentId),
    typed: &Typed,
) -> Result<Comment> {
    let (record, _) = found(ctx, (on, id)).await?;
    let comment: Comment = ctx.load(id.0).await?;
    let by = moderator(ctx, (&record, id)).await?;
    let mut writing = Writing::new(ctx.env, (id.0, comment.version + 1), ctx.language);
    let event = rule::moderate(&comment, typed.say(&mut writing), by)?;
    let noted = (Some(by.party), writing.finish());
    let after = ctx.save(Some(&comment), (id.0, vec![event]), noted).await?;
    reports::end_of_comment(ctx, &after, typed).await?;
    Ok(after)
}

/// Who moderates a comment, as a party of it.
async fn moderator(ctx: &mut Ctx<'_, Write>, (record, id): (&Innovation, CommentId)) -> Result<Moderator> {
    let account = ctx.account()?;
    let held = holders::reaching(&mut ctx.tx, account.0, record.told.node.0).await?;
    let role = MODERATE.into_iter().find(|role| held.iter().any(|held| held == role.name()));
    let on_record = ctx.known_party(record.id.0, account).await?;
    let brought = |party| record.is_brought_by(party) || record.has_also_told(party);
    Ok(Moderator {
        party: ctx.party(id.0, account).await?,
        role: role.ok_or(Error::Forbidden)?,
        is_with_care: record.sight == SeenBy::Handlers,
        is_interested: on_record.is_some_and(brought),
    })
}
