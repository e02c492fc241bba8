//! *Something is wrong with this*: whoever sees a record, or a comment on it, says so, and a moderator looks at it. What
//! they do is an event of the one or the other; that somebody said so is none, so that nobody gets into a decider's way by it.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::list::{Item, item};
use crate::find::moderation;
use crate::people::attempts::{self, Allowance, Key};
use crate::people::looks;
use crate::route::change::{viewer, visible};
use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_domain::find::comment::{Comment, may_comment};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::{Because, Moderation};
use waymark_domain::ids::{CommentId, InnovationId, SharedId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::route::policy::hears_why;
use waymark_domain::text::Line;
use waymark_store::find::comments;
use waymark_store::find::lists::ListRow;
use waymark_store::find::reports::{self as rows, ReportRow, Said};
use waymark_store::find::search::rows_of;
use waymark_store::find::sent;

/// From one person, or one address of the net: more than anybody reads in a day.
const SENT: Allowance = Allowance { free: 30, first_wait_seconds: 60 };
/// The most that one page lists.
const SHOWN: i64 = 20;

/// What of a record somebody finds something wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The record itself.
    Record,
    /// What was written at a version of it.
    Written(u32),
    /// A comment on it.
    Comment(CommentId),
}

/// What somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed<'t> {
    /// Where it is wrong.
    pub part: Part,
    /// What is wrong.
    pub because: Option<Because>,
    /// The same in a line; may be empty.
    pub line: &'t str,
    /// The address of the net that it comes from.
    pub from: &'t str,
}

/// Can a record be reported? What only those who handle it see is theirs to talk about.
pub fn is_open(record: &Innovation) -> bool {
    record.seen_by() != SeenBy::Handlers
}

/// Says that something is wrong with a record.
///
/// # Errors
/// [`Error::NotFound`] for what whoever acts may not know of, [`Error::Forbidden`] where it cannot be reported,
/// [`Error::ReasonFirst`], [`Error::Invalid`] on `because` or `line`, [`Error::TooMany`].
pub async fn report(ctx: &mut Ctx<'_, Write>, id: InnovationId, typed: Typed<'_>) -> Result<()> {
    let (record, viewer) = visible(ctx, id).await?;
    if !is_open(&record) {
        return Err(Error::Forbidden);
    }
    looks::must_say_why(ctx, (&record, &viewer)).await?;
    let (version, comment) = match typed.part {
        Part::Record => (0, None),
        Part::Written(version) => (version, None),
        Part::Comment(comment) => (0, Some(comment)),
    };
    if let Some(comment) = comment {
        let row = comments::one(&mut ctx.tx, id.0, comment.0).await?;
        row.filter(|row| !row.is_unlisted && may_comment(&viewer, &record)).ok_or(Error::NotFound)?;
    }
    let mut checks = Checks::default();
    let because = checks.some("because", typed.because, "report-because-empty");
    let line = checks.optional("line", Line::parse(typed.line));
    let because = checks.finish(because)?;
    let account = ctx.actor.account();
    let whose = account.map_or_else(|| typed.from.to_owned(), |account| account.0.to_string());
    attempts::count(ctx, Key::of(&["report", &whose]), SENT).await?;
    let row = ReportRow {
        id: ctx.env.id(),
        innovation: id.0,
        version: version.into(),
        comment: comment.map(|comment| comment.0),
        because: because.name().to_owned(),
        line: line.map(|line| line.as_str().to_owned()).unwrap_or_default(),
        account: account.map(|account| account.0),
        reported_at: ctx.now.timestamp_micros(),
        ended_at: None,
        outcome: None,
        words: None,
    };
    Ok(rows::add(&mut ctx.tx, &row).await?)
}

/// A report as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The record's reference; nothing where it is one's own and one does not see the record any more.
    pub reference: Option<Reference>,
    /// Where it is wrong.
    pub part: Part,
    /// What is wrong.
    pub because: Because,
    /// The same in words; may be empty.
    pub line: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What a moderator did, and wrote; that is nothing where the reference is.
    pub ended: Option<(Moderation, Option<String>)>,
}

/// What waits of a record itself.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn open_of<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<Vec<Report>> {
    let rows = rows::open_of(&mut ctx.tx, (id.0, id.0)).await?;
    shown(ctx, rows).await
}

/// What waits of a record, and of the comments on it.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn open_in<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<Vec<Report>> {
    let rows = rows::open_in(&mut ctx.tx, id.0).await?;
    shown(ctx, rows).await
}

/// What waits of a comment.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn open_of_comment<K>(
    ctx: &mut Ctx<'_, K>,
    (on, comment): (InnovationId, CommentId),
) -> Result<Vec<Report>> {
    let rows = rows::open_of(&mut ctx.tx, (on.0, comment.0)).await?;
    shown(ctx, rows).await
}

/// What whoever acts reported. Of what they do not see any more they read what was done, not which it is and why.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn own<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Report>> {
    let account = ctx.account()?;
    let rows = rows::of_account(&mut ctx.tx, account.0, SHOWN).await?;
    let records: Vec<Uuid> = rows.iter().map(|row| row.innovation).collect();
    let mut all = shown(ctx, rows).await?;
    for (report, id) in all.iter_mut().zip(records) {
        let record: Innovation = ctx.load(id).await?;
        let viewer = viewer(ctx, &record).await?;
        if !hears_why(&viewer, &record) {
            report.reference = None;
            report.ended = report.ended.take().map(|(act, _)| (act, None));
        }
    }
    Ok(all)
}

/// A record of which something was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The record.
    pub item: Item,
    /// Was the record itself reported?
    pub is_itself: bool,
    /// The comments on it that were.
    pub comments: Vec<CommentId>,
}

/// Records that wait for whoever acts to look at what was reported of them, or of comments on them.
///
/// # Errors
/// As [`own`].
pub async fn waiting<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Waiting>> {
    let account = ctx.account()?;
    let reported = rows::waiting(&mut ctx.tx, account.0, SHOWN).await?;
    let mut ids: Vec<Uuid> = Vec::new();
    for (id, _) in &reported {
        if !ids.contains(id) {
            ids.push(*id);
        }
    }
    let records = rows_of(&mut ctx.tx, &ids).await?;
    let of = |id: Uuid| reported.iter().filter(move |(record, _)| *record == id).map(|(_, comment)| *comment);
    let now = ctx.now;
    let one = |row: ListRow| -> Result<Waiting> {
        let id = row.id;
        let comments = of(id).flatten().map(CommentId).collect();
        Ok(Waiting { item: item(row, now)?, is_itself: of(id).any(|comment| comment.is_none()), comments })
    };
    records.into_iter().map(one).collect()
}

async fn shown<K>(ctx: &mut Ctx<'_, K>, rows: Vec<ReportRow>) -> Result<Vec<Report>> {
    let broken = || Error::internal("a report that is none");
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let reference = sent::reference_of(&mut ctx.tx, row.innovation).await?;
        let outcome = row.outcome.as_deref().and_then(Moderation::parse);
        all.push(Report {
            reference: Some(reference.as_deref().and_then(Reference::parse).ok_or_else(broken)?),
            part: part(&row),
            because: Because::parse(&row.because).ok_or_else(broken)?,
            line: row.line,
            at: DateTime::from_timestamp_micros(row.reported_at).unwrap_or_default(),
            ended: outcome.map(|outcome| (outcome, Some(row.words.unwrap_or_default()))),
        });
    }
    Ok(all)
}

fn part(row: &ReportRow) -> Part {
    match (row.comment, u32::try_from(row.version)) {
        (Some(comment), _) => Part::Comment(CommentId(comment)),
        (None, Ok(version)) if version > 0 => Part::Written(version),
        _ => Part::Record,
    }
}

/// Ends the waiting of what was reported of a record. Who reported it hears of it in the mail of the day; where it was taken
/// from the lists, who brought it, too.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn end(
    ctx: &mut Ctx<'_, Write>,
    record: &Innovation,
    typed: &moderation::Typed,
) -> Result<()> {
    end_of(ctx, (record.id.0, record.id.0), typed).await
}

/// The same for a comment: where it was taken away, its author hears of it.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn end_of_comment(
    ctx: &mut Ctx<'_, Write>,
    comment: &Comment,
    typed: &moderation::Typed,
) -> Result<()> {
    end_of(ctx, (comment.on.0, comment.id.0), typed).await
}

async fn end_of(ctx: &mut Ctx<'_, Write>, about: (Uuid, Uuid), typed: &moderation::Typed) -> Result<()> {
    let Some((act, words)) = typed.ends() else { return Ok(()) };
    rows::end(&mut ctx.tx, about, (ctx.now.timestamp_micros(), act.name(), words)).await?;
    Ok(())
}

/// A comment's author took it back: nobody has to look at what was reported of it any more.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn comment_is_gone(
    ctx: &mut Ctx<'_, Write>,
    (on, comment): (InnovationId, CommentId),
) -> Result<()> {
    let done = (ctx.now.timestamp_micros(), Moderation::Unlist.name(), "");
    rows::end(&mut ctx.tx, (on.0, comment.0), done).await?;
    Ok(())
}

/// Takes words out of what reports say of a record, as they are taken out of the record: `masked` gives a text without them,
/// nothing where they do not stand in it.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn mask(
    ctx: &mut Ctx<'_, Write>,
    id: InnovationId,
    masked: impl Fn(&str) -> Option<String>,
) -> Result<()> {
    let said = rows::texts(&mut ctx.tx, id.0).await?;
    rewrite(ctx, anew(said, |_, said| masked(said))).await
}

/// The same in what reports say of records that got a shared answer; `masked` is told which record it is, too.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn mask_given(
    ctx: &mut Ctx<'_, Write>,
    id: SharedId,
    masked: impl Fn(InnovationId, &str) -> Option<String>,
) -> Result<()> {
    let said = rows::texts_of_given(&mut ctx.tx, id.0).await?;
    rewrite(ctx, anew(said, masked)).await
}

async fn rewrite(ctx: &mut Ctx<'_, Write>, anew: Vec<Said>) -> Result<()> {
    for (report, _, line, words) in anew {
        rows::rewrite(&mut ctx.tx, report, (&line, words.as_deref())).await?;
    }
    Ok(())
}

/// In how many reports of a record [`mask`] would change something.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn count_masked<K>(
    ctx: &mut Ctx<'_, K>,
    id: InnovationId,
    masked: impl Fn(&str) -> Option<String>,
) -> Result<u32> {
    let said = rows::texts(&mut ctx.tx, id.0).await?;
    Ok(u32::try_from(anew(said, |_, said| masked(said)).len()).unwrap_or(u32::MAX))
}

/// The reports that change, with what they say then.
fn anew(all: Vec<Said>, masked: impl Fn(InnovationId, &str) -> Option<String>) -> Vec<Said> {
    let anew = |(report, record, line, words): Said| {
        let masked = |said: &str| masked(InnovationId(record), said);
        let changed = (masked(&line), words.as_deref().and_then(masked));
        (changed != (None, None)).then(|| (report, record, changed.0.unwrap_or(line), changed.1.or(words)))
    };
    all.into_iter().filter_map(anew).collect()
}
