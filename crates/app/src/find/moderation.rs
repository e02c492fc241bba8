//! Moderation: what the public tells is listed once somebody has read it, and what was reported is looked at. The finder does
//! it where nobody is moderator, and where a record is handled with care, which no moderator sees; the log says so. Each act is
//! an event of the record, or of the comment.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::list::{Item, item};
use crate::find::reports;
use crate::people::looks;
use crate::route::change::{Seen, change, visible};
use chrono::{DateTime, Utc};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::{self as rule, Because, Moderation, Say};
use waymark_domain::ids::{CommentId, InnovationId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::route::policy::{Action, Viewer};
use waymark_domain::text::{Field, Language, Prose};
use waymark_store::find::moderation::{self as rows, DoneRow};
use waymark_store::people::holders;

/// The most that one page lists.
const SHOWN: i64 = 50;
/// The most that the log gives at once.
pub const LOGGED: usize = 5_000;

/// What a moderator typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// List it.
    List,
    /// Do not list it, because.
    Unlist(Because, Prose),
    /// Leave what was reported, because.
    Leave(Prose),
}

impl Typed {
    /// The same, with its words noted.
    pub(super) fn say(&self, writing: &mut Writing<'_>) -> Say {
        match self {
            Self::List => Say::List,
            Self::Unlist(because, words) => Say::Unlist(*because, writing.note(Field::Why, words.as_str())),
            Self::Leave(words) => Say::Leave(writing.note(Field::Why, words.as_str())),
        }
    }

    /// What it does, and the words that whoever reported it reads; nothing where it is only listed.
    pub(super) fn ends(&self) -> Option<(Moderation, &str)> {
        match self {
            Self::List => None,
            Self::Unlist(_, words) => Some((Moderation::Unlist, words.as_str())),
            Self::Leave(words) => Some((Moderation::Leave, words.as_str())),
        }
    }
}

/// What waits for whoever acts to be listed, the oldest first.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn waiting<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Item>> {
    let account = ctx.account()?;
    let rows = rows::waiting(&mut ctx.tx, account.0, SHOWN).await?;
    rows.into_iter().map(|row| item(row, ctx.now)).collect()
}

/// May whoever acts moderate a record?
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn may_moderate<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<bool> {
    match ctx.actor.account() {
        Some(account) => Ok(rows::moderates(&mut ctx.tx, account.0, record.id.0).await?),
        None => Ok(false),
    }
}

/// A record for who moderates it, and how they stand to it. Asked before what they typed is looked at.
///
/// # Errors
/// [`Error::NotFound`] where they may not know of it, [`Error::Forbidden`] for who is no moderator of it,
/// [`Error::ReasonFirst`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<(Innovation, Viewer)> {
    let (record, viewer) = visible(ctx, id).await?;
    if !may_moderate(ctx, &record).await? {
        return Err(Error::Forbidden);
    }
    looks::must_say_why(ctx, (&record, &viewer)).await?;
    Ok((record, viewer))
}

/// Moderates a record.
///
/// # Errors
/// [`Error::Forbidden`] for who is no moderator of it, and what [`change`] and [`rule::moderate`] say.
pub async fn moderate(ctx: &mut Ctx<'_, Write>, seen: Seen, typed: &Typed) -> Result<Innovation> {
    let account = ctx.account()?;
    let moderates = rows::moderates(&mut ctx.tx, account.0, seen.id.0).await?;
    let after = change(ctx, seen, Action::Moderate, |record, facts, writing| {
        if !moderates {
            return Err(Error::Forbidden);
        }
        Ok(vec![rule::moderate(record, typed.say(writing), facts)?])
    })
    .await?;
    reports::end(ctx, &after, typed).await?;
    Ok(after)
}

/// The nodes whose log whoever acts may read, by name.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn places<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<(NodeId, String)>> {
    let account = ctx.account()?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let mut places: Vec<(NodeId, String)> = held
        .into_iter()
        .filter(|one| Role::parse(&one.role).is_some_and(reads_log))
        .map(|one| (NodeId(one.node), one.node_name))
        .collect();
    places.dedup();
    Ok(places)
}

const fn reads_log(role: Role) -> bool {
    matches!(role, Role::Moderator | Role::Finder | Role::Auditor | Role::Head)
}

/// Something in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// What people call the record by.
    pub reference: String,
    /// Where it was told.
    pub place: String,
    /// The comment on it, where it was done to one.
    pub comment: Option<CommentId>,
    /// What was done.
    pub act: Moderation,
    /// By which role: the finder's only where nobody was moderator, or it was handled with care.
    pub role: Role,
    /// Was the record handled with care then?
    pub was_with_care: bool,
    /// Is it now? Then it is in no feed.
    pub is_with_care: bool,
    /// Why.
    pub because: Option<Because>,
    /// The moderator's own words, and their language.
    pub words: Option<(String, Language)>,
    /// The moderator; nothing once erased.
    pub name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The log of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// What was done, the latest first.
    pub done: Vec<Logged>,
    /// Is that all of it?
    pub is_whole: bool,
    /// Does the finder moderate here, since nobody else does?
    pub is_by_finder: bool,
}

/// Everything that moderators did at or below a node, for those who moderate, and the auditor: to each without what is
/// handled with care and not theirs to see.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub async fn log<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Log> {
    let account = ctx.account()?;
    let roles = holders::reaching(&mut ctx.tx, account.0, node.0).await?;
    if !roles.iter().filter_map(|role| Role::parse(role)).any(reads_log) {
        return Err(Error::NotFound);
    }
    let is_by_finder = !rows::has_moderator(&mut ctx.tx, node.0).await?;
    let limit = i64::try_from(LOGGED + 1).unwrap_or(i64::MAX);
    let mut done = rows::done(&mut ctx.tx, (account.0, node.0), limit).await?;
    let is_whole = done.len() <= LOGGED;
    done.truncate(LOGGED);
    Ok(Log { done: done.into_iter().map(logged).collect::<Result<_>>()?, is_whole, is_by_finder })
}

fn logged(row: DoneRow) -> Result<Logged> {
    let broken = || Error::internal("an act of moderation that is none");
    let language = row.language.as_deref().and_then(Language::parse).unwrap_or_default();
    Ok(Logged {
        reference: row.reference,
        place: row.place,
        comment: row.comment.map(CommentId),
        act: Moderation::parse(&row.act).ok_or_else(broken)?,
        role: Role::parse(&row.role).ok_or_else(broken)?,
        was_with_care: row.was_with_care,
        is_with_care: row.is_with_care,
        because: row.because.as_deref().and_then(Because::parse),
        words: row.words.map(|words| (words, language)),
        name: row.name,
        at: DateTime::from_timestamp_micros(row.moderated_at).unwrap_or_default(),
    })
}
