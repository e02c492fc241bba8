//! *Something is wrong with this*: whoever sees a record says so, and a moderator looks at it. What they do is an event of the
//! record; that somebody said so is none, so that nobody gets into a decider's way by it.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::list::{Item, item};
use crate::people::attempts::{self, Allowance, Key};
use crate::route::change::visible;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::{Because, Moderation};
use waymark_domain::ids::InnovationId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::text::Line;
use waymark_store::find::reports::{self as rows, ReportRow};
use waymark_store::find::search::rows_of;
use waymark_store::find::sent;

/// The kind of job that mails about moderation. Its payload is a [`ModerationMail`].
pub const MODERATION_MAIL: &str = "moderation-mail";
/// From one person, or one address of the net: more than anybody reads in a day.
const SENT: Allowance = Allowance { free: 30, first_wait_seconds: 60 };
/// The most that one page lists.
const SHOWN: i64 = 20;

/// Whom a mail about moderation is for; words are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "for")]
pub enum ModerationMail {
    /// Who reported something: a moderator has looked at it.
    Reporter {
        /// The report.
        report: Uuid,
    },
    /// Who brought a record: it is listed no more.
    Contributor {
        /// The record.
        record: Uuid,
        /// The party.
        party: Uuid,
        /// The record's version then.
        version: u32,
    },
}

/// What somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed<'t> {
    /// The version at which what is wrong was written; 0 for the record itself.
    pub version: u32,
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
/// [`Error::Invalid`] on `because` or `line`, [`Error::TooMany`].
pub async fn report(ctx: &mut Ctx<'_, Write>, id: InnovationId, typed: Typed<'_>) -> Result<()> {
    let (record, _) = visible(ctx, id).await?;
    if !is_open(&record) {
        return Err(Error::Forbidden);
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
        version: typed.version.into(),
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
    /// The record's reference.
    pub reference: Reference,
    /// The version at which what is wrong was written; 0 for the record itself.
    pub version: u32,
    /// What is wrong.
    pub because: Because,
    /// The same in words; may be empty.
    pub line: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What a moderator did, and wrote.
    pub ended: Option<(Moderation, String)>,
}

/// What waits of a record.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn open_of<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<Vec<Report>> {
    let rows = rows::open_of(&mut ctx.tx, id.0).await?;
    shown(ctx, rows).await
}

/// What whoever acts reported.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn own<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Report>> {
    let account = ctx.account()?;
    let rows = rows::of_account(&mut ctx.tx, account.0, SHOWN).await?;
    shown(ctx, rows).await
}

/// Records that wait for whoever acts to look at what was reported.
///
/// # Errors
/// As [`own`].
pub async fn waiting<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Item>> {
    let account = ctx.account()?;
    let ids = rows::waiting(&mut ctx.tx, account.0, SHOWN).await?;
    let records = rows_of(&mut ctx.tx, &ids).await?;
    records.into_iter().map(|row| item(row, ctx.now)).collect()
}

async fn shown<K>(ctx: &mut Ctx<'_, K>, rows: Vec<ReportRow>) -> Result<Vec<Report>> {
    let broken = || Error::internal("a report that is none");
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let reference = sent::reference_of(&mut ctx.tx, row.innovation).await?;
        let outcome = row.outcome.as_deref().and_then(Moderation::parse);
        all.push(Report {
            reference: reference.as_deref().and_then(Reference::parse).ok_or_else(broken)?,
            version: u32::try_from(row.version).unwrap_or_default(),
            because: Because::parse(&row.because).ok_or_else(broken)?,
            line: row.line,
            at: DateTime::from_timestamp_micros(row.reported_at).unwrap_or_default(),
            ended: outcome.map(|outcome| (outcome, row.words.unwrap_or_default())),
        });
    }
    Ok(all)
}

/// Ends the waiting of what was reported of a record, and tells who reported it; where it was taken from the lists, who
/// brought it, too.
///
/// # Errors
/// [`Error::Unavailable`].
pub(super) async fn end(
    ctx: &mut Ctx<'_, Write>,
    record: &Innovation,
    (act, words): (Moderation, &str),
) -> Result<()> {
    let open = rows::open_of(&mut ctx.tx, record.id.0).await?;
    rows::end(&mut ctx.tx, record.id.0, (ctx.now.timestamp_micros(), act.name(), words)).await?;
    for row in open.iter().filter(|row| row.account.is_some()) {
        ctx.enqueue(MODERATION_MAIL, &ModerationMail::Reporter { report: row.id }).await?;
    }
    if act == Moderation::Unlist {
        for contributor in &record.told.contributors {
            let (party, version) = (contributor.party.0, record.version);
            let mail = ModerationMail::Contributor { record: record.id.0, party, version };
            ctx.enqueue(MODERATION_MAIL, &mail).await?;
        }
    }
    Ok(())
}
