//! A file on its way in: its rows are kept without events until they are applied or thrown away.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::import::columns::{Field, Kind, Mapping};
use crate::import::may;
use crate::import::read::{Format, Row, Sheet, Stored};
use crate::jobs::retention::{Old, Periods};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_store::import::{self, BatchRow};

/// Where a file stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its rows are kept; nothing was done.
    Staged,
    /// Somebody said that it is to come in; it has not yet, or was interrupted.
    Applying,
    /// It is in.
    Applied,
    /// It was thrown away.
    ThrownAway,
}

impl State {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Staged => "staged",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::ThrownAway => "thrown-away",
        }
    }

    fn parse(name: &str) -> Result<Self> {
        let all = [Self::Staged, Self::Applying, Self::Applied, Self::ThrownAway];
        let found = all.into_iter().find(|state| state.name() == name);
        found.ok_or_else(|| Error::internal("a state of an import that is none"))
    }
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Rows that made something new.
    pub made: usize,
    /// Rows that changed what was there.
    pub revised: usize,
    /// Rows of what was there already and says the same, or is not changed by a file.
    pub unchanged: usize,
    /// Rows with faults that stayed out.
    pub left_out: usize,
    /// The first ideas that were made: reference and title.
    pub first: Vec<(String, String)>,
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: Uuid,
    /// Where it goes.
    pub node: NodeId,
    /// The file's name.
    pub file_name: String,
    /// Where it stands.
    pub state: State,
    /// Do rows with faults stay out, instead of keeping out all?
    pub is_good_only: bool,
    /// How many rows it has.
    pub rows: usize,
    /// Its headings.
    pub columns: Vec<String>,
    /// What its rows are, and which column holds which field.
    pub mapping: Mapping,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
    format: Format,
    stored: Stored,
}

impl Batch {
    /// What its rows are.
    pub fn kind(&self) -> Kind {
        self.mapping.kind
    }

    /// The day after which it is thrown away, where nobody has brought it in.
    pub fn kept_until(&self, periods: &Periods) -> NaiveDate {
        (self.changed_at + TimeDelta::days(periods.days(Old::StagedRows))).date_naive()
    }
}

/// A file that was read and is to be kept.
#[derive(Debug)]
pub struct NewBatch<'a> {
    /// Where it goes.
    pub node: NodeId,
    /// The file's name.
    pub file_name: &'a str,
    /// What is in it.
    pub sheet: &'a Sheet,
    /// What its rows are, and which column holds which field.
    pub mapping: &'a Mapping,
}

/// The most characters of a file's name that are kept.
const NAME_CHARS: usize = 150;

/// Keeps a file. Gives its id.
///
/// # Errors
/// What [`may::check`] says, [`Error::Unavailable`].
pub async fn stage(ctx: &mut Ctx<'_, Write>, new: &NewBatch<'_>) -> Result<Uuid> {
    may::check(ctx, new.mapping.kind, new.node).await?;
    let now = ctx.now.timestamp_micros();
    let row = BatchRow {
        id: ctx.env.id(),
        kind: new.mapping.kind.name().to_owned(),
        node: new.node.0,
        account: ctx.actor.account().map(|account| account.0),
        file_name: new.file_name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect(),
        format: written(&new.sheet.format)?,
        stored: written(&new.sheet.stored)?,
        headings: written(&new.sheet.columns)?,
        mapping: written(&pairs(new.mapping))?,
        state: State::Staged.name().to_owned(),
        is_good_only: false,
        row_count: i64::try_from(new.sheet.rows.len()).unwrap_or(i64::MAX),
        result: None,
        created_at: now,
        changed_at: now,
    };
    let cells: Result<Vec<(i64, String)>> = new
        .sheet
        .rows
        .iter()
        .map(|row| Ok((i64::try_from(row.number).unwrap_or(i64::MAX), written(&row.cells)?)))
        .collect();
    import::add(&mut ctx.tx, &row, &cells?).await?;
    Ok(row.id)
}

/// A file on its way, for whoever may bring it in.
///
/// # Errors
/// [`Error::NotFound`] where there is none or it is not theirs to see.
pub async fn find<K>(ctx: &mut Ctx<'_, K>, id: Uuid) -> Result<Batch> {
    let row = import::batch(&mut ctx.tx, id).await?.ok_or(Error::NotFound)?;
    let batch = read(row)?;
    match may::check(ctx, batch.kind(), batch.node).await {
        Err(Error::Forbidden) => Err(Error::NotFound),
        done => done.map(|()| batch),
    }
}

/// The newest files for a node, for whoever may bring something in there.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn newest_at<K>(ctx: &mut Ctx<'_, K>, node: NodeId, limit: i64) -> Result<Vec<Batch>> {
    let mut batches = Vec::new();
    for row in import::batches_at(&mut ctx.tx, node.0, limit).await? {
        let batch = read(row)?;
        match may::check(ctx, batch.kind(), node).await {
            Ok(()) => batches.push(batch),
            Err(Error::Forbidden) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(batches)
}

/// The rows of a file as they were read; empty once they were applied or thrown away.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn sheet<K>(ctx: &mut Ctx<'_, K>, batch: &Batch) -> Result<Sheet> {
    let rows: Result<Vec<Row>> = import::cells(&mut ctx.tx, batch.id)
        .await?
        .into_iter()
        .map(|(number, cells)| {
            Ok(Row { number: usize::try_from(number).unwrap_or(0), cells: parsed(&cells)? })
        })
        .collect();
    Ok(Sheet { format: batch.format, stored: batch.stored, columns: batch.columns.clone(), rows: rows? })
}

/// Says anew which column holds which field.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] once it was applied or thrown away.
pub async fn remap(ctx: &mut Ctx<'_, Write>, id: Uuid, mapping: &Mapping) -> Result<()> {
    let batch = find(ctx, id).await?;
    if batch.state != State::Staged || batch.kind() != mapping.kind {
        return Err(Error::Conflict);
    }
    Ok(import::set_mapping(&mut ctx.tx, id, &written(&pairs(mapping))?).await?)
}

/// Throws a file away. One that is thrown away already stays so.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] once somebody said that it is to come in.
pub async fn throw_away(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let batch = find(ctx, id).await?;
    let (from, to) = (State::Staged.name(), State::ThrownAway.name());
    let is_done = import::change_state(&mut ctx.tx, id, (from, to), ctx.now.timestamp_micros()).await?;
    match (is_done, batch.state) {
        (true, _) => Ok(import::finish(&mut ctx.tx, id, None).await?),
        (false, State::ThrownAway) => Ok(()),
        (false, _) => Err(Error::Conflict),
    }
}

fn read(row: BatchRow) -> Result<Batch> {
    let kind = Kind::parse(&row.kind).ok_or_else(|| Error::internal("a kind of import that is none"))?;
    let pairs: Vec<(String, usize)> = parsed(&row.mapping)?;
    let pairs = pairs.into_iter().filter_map(|(field, place)| Some((kind.field(&field)?, place)));
    Ok(Batch {
        id: row.id,
        node: NodeId(row.node),
        file_name: row.file_name,
        state: State::parse(&row.state)?,
        is_good_only: row.is_good_only,
        rows: usize::try_from(row.row_count).unwrap_or(0),
        columns: parsed(&row.headings)?,
        mapping: Mapping::of(kind, pairs),
        changed_at: DateTime::from_timestamp_micros(row.changed_at).unwrap_or_default(),
        outcome: row.result.as_deref().map(parsed).transpose()?,
        format: parsed(&row.format)?,
        stored: parsed(&row.stored)?,
    })
}

fn pairs(mapping: &Mapping) -> Vec<(&'static str, usize)> {
    mapping.pairs().map(|(field, place): (Field, usize)| (field.name(), place)).collect()
}

pub(super) fn written(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
