//! The wall sheet: *you said · we did · still waiting*, for the huddle board of a place.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::capture::proposed_title;
use crate::find::doors::{self, Spot};
use chrono::{NaiveDate, TimeDelta};
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::text::Language;
use waymark_store::find::wall::{self, WallRow};
use waymark_store::people::{holders, tree};

/// How long what has ended stays on the wall.
const SHOWN_DAYS: i64 = 90;
/// The most records of a sheet: more, each with a title of two lines, do not fit on A4.
const ROWS: i64 = 16;

/// A line on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What people call it by.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// The language of the title.
    pub language: Language,
    /// Where it stands.
    pub stage: Stage,
    /// What changed by it, in the first words of whoever tried it, and their language.
    pub changed: Option<(String, Language)>,
    /// Who has it.
    pub owner: String,
    /// Until when.
    pub next: Option<NaiveDate>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The place.
    pub spot: Spot,
    /// The day on which it was made, where the place is.
    pub day: NaiveDate,
    /// Open records with who has them and until when.
    pub waiting: Vec<Line>,
    /// Records that ended, with what became of them.
    pub ended: Vec<Line>,
}

/// The sheet of a place, for people of its body.
///
/// # Errors
/// [`Error::SignInFirst`]; [`Error::NotFound`] for a place that is not there or of another body.
pub async fn sheet<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Sheet> {
    let account = ctx.account()?;
    let spot = doors::spot_of(ctx, node).await?;
    let row = tree::node(&mut ctx.tx, node.0).await?.ok_or(Error::NotFound)?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let roles = holders::reaching(&mut ctx.tx, account.0, node.0).await?;
    let reaches = roles.iter().filter_map(|role| Role::parse(role)).any(reads);
    if !reaches && !held.iter().any(|role| role.body == row.body) {
        return Err(Error::NotFound);
    }
    let after = (ctx.now - TimeDelta::days(SHOWN_DAYS)).timestamp_micros();
    let rows = wall::of_node(&mut ctx.tx, node.0, (after, ROWS)).await?;
    let (waiting, ended) = rows.into_iter().map(line).partition(|line: &Line| line.stage.is_open());
    let zone: chrono_tz::Tz = row.zone.parse().map_err(|_| Error::internal("a time zone that is none"))?;
    Ok(Sheet { spot, day: ctx.now.with_timezone(&zone).date_naive(), waiting, ended })
}

/// Does a role read what its body alone sees, from outside the body? An administrator's reads no record.
fn reads(role: Role) -> bool {
    role.decides() || matches!(role, Role::Auditor | Role::Moderator)
}

fn line(row: WallRow) -> Line {
    Line {
        reference: row.reference,
        title: row.title.unwrap_or_default(),
        language: language(Some(&row.language)),
        stage: Stage::parse(&row.stage).unwrap_or(Stage::Told),
        // One line, as a title has it: the rest is on the record, and the sheet is one page.
        changed: row.changed.map(|words| (proposed_title(&words), language(row.changed_language.as_deref()))),
        owner: row.owner_name.unwrap_or_default(),
        next: row.next_on.and_then(|day| day.parse().ok()),
    }
}

fn language(code: Option<&str>) -> Language {
    code.and_then(Language::parse).unwrap_or_default()
}
