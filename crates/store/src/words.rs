//! What people wrote, beside the journal: written with the event that vouches for it, read by its key, erased alone.

use crate::db::Tx;
use crate::error::{Result, StoreError};
use crate::journal::Entry;
use crate::row::{Cell, Kind, Mask, Table, column};
use crate::rows::Writes;
use crate::{on, run};
use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use waymark_domain::ids::PartyId;
use waymark_domain::text::{Field, Language, Words};

/// A text as it lies there.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Kept {
    /// The record.
    pub record: Uuid,
    /// [`Field::name`].
    pub field: String,
    /// The record's version at which it was written.
    pub version: i64,
    /// The code of its language.
    pub language: String,
    /// Nothing once erased.
    pub salt: Option<Vec<u8>>,
    /// Who wrote it, where that is not the actor of the event.
    pub author: Option<Uuid>,
    /// Nothing once erased.
    pub body: Option<String>,
    /// The spans that may not be shown; see [`Mask`].
    pub masked: Option<String>,
    /// When it was erased, in microseconds since 1970.
    pub erased_at: Option<i64>,
}

impl Kept {
    /// The text with its field; nothing once it was erased, and where a column holds what no text has.
    pub fn text(&self) -> Option<Words> {
        Some(Words {
            record: self.record,
            field: serde_json::from_value(serde_json::Value::String(self.field.clone())).ok()?,
            version: u32::try_from(self.version).ok()?,
            language: Language::parse(&self.language).filter(|language| language.code() == self.language)?,
            salt: self.salt.as_deref()?.try_into().ok()?,
            author: self.author.map(PartyId),
            body: self.body.clone()?,
        })
    }
}

const WORDS: Table = Table {
    name: "words",
    columns: &[
        column("record", Kind::Id),
        column("field", Kind::Text),
        column("version", Kind::Int),
        column("language", Kind::Text),
        column("salt", Kind::Bytes),
        column("author", Kind::Id),
        column("body", Kind::Text),
    ],
    key: 3,
    record: "record",
};

/// All texts of a record, in the order they were written.
///
/// # Errors
/// [`StoreError::Unavailable`] where the database is gone.
pub async fn of(tx: &mut Tx, record: Uuid) -> Result<Vec<Kept>> {
    let sql = "select * from words where record = $1 order by version, field";
    on!(tx, c => sqlx::query_as(sql).bind(record).fetch_all(c).await)
}

/// One text; nothing where there is none with this key.
///
/// # Errors
/// As [`of`].
pub async fn find(tx: &mut Tx, record: Uuid, field: Field, version: u32) -> Result<Option<Kept>> {
    let sql = "select * from words where record = $1 and field = $2 and version = $3";
    on!(tx, c => sqlx::query_as(sql)
        .bind(record)
        .bind(field.name())
        .bind(i64::from(version))
        .fetch_optional(c)
        .await)
}

/// Erases texts of a record for good, with their salts, so that the digests in the journal tell nothing. Gives how
/// many were erased.
///
/// # Errors
/// As [`of`].
pub async fn erase(tx: &mut Tx, record: Uuid, which: Which, now: DateTime<Utc>) -> Result<u64> {
    let set = "update words set body = null, salt = null, masked = null, erased_at = $2
        where record = $1 and erased_at is null";
    let at = now.timestamp_micros();
    match which {
        Which::Text(field, version) => {
            let sql = format!("{set} and field = $3 and version = $4");
            let query = AssertSqlSafe(sql);
            run!(tx, sqlx::query(query).bind(record).bind(at).bind(field.name()).bind(i64::from(version)))
        }
        Which::All => run!(tx, sqlx::query(set).bind(record).bind(at)),
    }
}

/// Which texts of a record to erase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one of this field, written at this version.
    Text(Field, u32),
    /// All of them.
    All,
}

/// Every text must be named by an event that is written with it: else nothing would vouch for it.
pub(crate) fn check(words: &[Words], entries: &[Entry]) -> Result<()> {
    let vouched = |text: &Words| {
        let digest = text.digest().to_string();
        entries.iter().any(|entry| entry.stream == text.record && entry.payload.contains(&digest))
    };
    match words.iter().find(|text| !vouched(text)) {
        Some(text) => Err(StoreError::broken(format!("no event vouches for the {}", text.field.name()))),
        None => Ok(()),
    }
}

/// The texts of a change to a record at a version (0 for a new one): new ones, and those written anew in the place of what
/// lay there.
pub(crate) fn write(writes: &mut Writes, words: &[Words], version: u32) -> Result<()> {
    let (new, anew): (Vec<&Words>, Vec<&Words>) = words.iter().partition(|text| text.version > version);
    for text in anew {
        writes.update(&WORDS, cells(text));
    }
    let cells: Vec<_> = new.into_iter().map(cells).collect();
    writes.insert(&WORDS, &cells)
}

fn cells(words: &Words) -> Vec<Cell> {
    vec![
        words.record.into(),
        words.field.name().into(),
        words.version.into(),
        words.language.code().into(),
        words.salt.to_vec().into(),
        Cell::or_null(words.author, Kind::Id),
        words.body.as_str().into(),
    ]
}

/// Brings the masks beside the texts from those of one state to those of the next.
pub(crate) async fn mask(tx: &mut Tx, record: Uuid, (before, after): (Vec<Mask>, Vec<Mask>)) -> Result<()> {
    let gone = before.iter().filter(|old| !after.iter().any(|new| same_text(old, new)));
    for old in gone {
        set_mask(tx, record, (old, None)).await?;
    }
    for new in after.iter().filter(|new| !before.contains(new)) {
        set_mask(tx, record, (new, Some(&new.spans))).await?;
    }
    Ok(())
}

fn same_text(a: &Mask, b: &Mask) -> bool {
    (a.field, a.version) == (b.field, b.version)
}

async fn set_mask(tx: &mut Tx, record: Uuid, (mask, spans): (&Mask, Option<&String>)) -> Result<()> {
    let sql = "update words set masked = $4
        where record = $1 and field = $2 and version = $3 and erased_at is null";
    let (field, version) = (mask.field.name(), i64::from(mask.version));
    run!(tx, sqlx::query(sql).bind(record).bind(field).bind(version).bind(spans))?;
    Ok(())
}
