//! The journal: the only way a record is written, and how it is read.

use crate::db::Tx;
use crate::error::{Result, StoreError};
use crate::row::{Cell, Column, Kind, Stored, Table, column};
use crate::rows::Writes;
use crate::{on, rows, words};
use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;
use waymark_domain::ids::PartyId;
use waymark_domain::record::{Event as _, Happened, Meta};
use waymark_domain::text::{Digest, Words};

/// The hash before the first event of a stream.
pub const BEGINNING: Digest = Digest([0; 32]);

/// Who did it and when; cut to microseconds when it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The party that acted, or nobody where time itself did.
    pub actor: Option<PartyId>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it is written down.
    pub recorded_at: DateTime<Utc>,
}

/// What is to be added to a record.
#[derive(Debug, Clone)]
pub struct Change<R: Stored> {
    /// The record.
    pub id: Uuid,
    /// What happened, in order; at least one.
    pub events: Vec<R::Event>,
    /// The texts that these events refer to.
    pub words: Vec<Words>,
    /// Who and when.
    pub stamp: Stamp,
}

/// A row of the journal, as it lies there.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// The record.
    pub stream: Uuid,
    /// Its version after this event.
    pub version: i64,
    /// The kind of record.
    pub kind: String,
    /// The legal body whose stream it is.
    pub body: Uuid,
    /// The event's name.
    pub event: String,
    /// The version of the event's form.
    pub event_version: i64,
    /// The event as JSON, hashed exactly as it lies here.
    pub payload: String,
    /// The party that acted.
    pub actor: Option<Uuid>,
    /// Microseconds since 1970.
    pub happened_at: i64,
    /// Microseconds since 1970.
    pub recorded_at: i64,
    /// The hash of the entry before.
    pub prev: Vec<u8>,
    /// [`Entry::digest`] of this one.
    pub hash: Vec<u8>,
}

impl Entry {
    /// The hash over every other column, each with its length before it.
    pub fn digest(&self) -> Digest {
        let actor = self.actor.map(Uuid::into_bytes);
        Digest::of(&[
            self.stream.as_bytes(),
            &self.version.to_be_bytes(),
            self.kind.as_bytes(),
            self.body.as_bytes(),
            self.event.as_bytes(),
            &self.event_version.to_be_bytes(),
            self.payload.as_bytes(),
            actor.as_ref().map_or(&[], <[u8; 16]>::as_slice),
            &self.happened_at.to_be_bytes(),
            &self.recorded_at.to_be_bytes(),
            &self.prev,
        ])
    }

    /// The event with its place, read back.
    ///
    /// # Errors
    /// [`StoreError::Broken`] where the payload is no event of this record or a time is out of range.
    pub fn read<R: Stored>(&self) -> Result<Happened<R::Event>> {
        let Self { version, actor, happened_at, recorded_at, .. } = *self;
        read::<R>(Noted { version, actor, happened_at, recorded_at }, &self.payload)
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.stream.into(),
            self.version.into(),
            self.kind.as_str().into(),
            self.body.into(),
            self.event.as_str().into(),
            self.event_version.into(),
            self.payload.as_str().into(),
            Cell::or_null(self.actor, Kind::Id),
            self.happened_at.into(),
            self.recorded_at.into(),
            self.prev.clone().into(),
            self.hash.clone().into(),
        ]
    }
}

/// The columns of an entry that say which event it was of its record, who did it and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noted {
    pub(crate) version: i64,
    pub(crate) actor: Option<Uuid>,
    pub(crate) happened_at: i64,
    pub(crate) recorded_at: i64,
}

/// An event with its place, read back.
pub(crate) fn read<R: Stored>(noted: Noted, payload: &str) -> Result<Happened<R::Event>> {
    let meta = Meta {
        version: u32::try_from(noted.version).map_err(|_| StoreError::broken("a version out of range"))?,
        actor: noted.actor.map(PartyId),
        happened_at: instant(noted.happened_at)?,
        recorded_at: instant(noted.recorded_at)?,
    };
    Ok(Happened { event: serde_json::from_str(payload)?, meta })
}

const JOURNAL: Table = Table {
    name: "journal",
    columns: &[
        column("stream", Kind::Id),
        column("version", Kind::Int),
        column("kind", Kind::Text),
        column("body", Kind::Id),
        column("event", Kind::Text),
        column("event_version", Kind::Int),
        column("payload", Kind::Text),
        column("actor", Kind::Id),
        column("happened_at", Kind::Int),
        column("recorded_at", Kind::Int),
        column("prev", Kind::Bytes),
        column("hash", Kind::Bytes),
    ],
    key: 2,
    record: "stream",
};

const STREAM_COLUMNS: &[Column] = &[
    column("id", Kind::Id),
    column("kind", Kind::Text),
    column("body", Kind::Id),
    column("version", Kind::Int),
    column("head", Kind::Bytes),
];
const STREAM: Table = Table { name: "stream", columns: STREAM_COLUMNS, key: 1, record: "id" };

/// The instant of microseconds since 1970.
///
/// # Errors
/// [`StoreError::Broken`] beyond the years that can be written.
pub fn instant(micros: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| StoreError::broken("a time out of range"))
}

/// The record as it is now; nothing where there is none of that kind with this id.
///
/// # Errors
/// [`StoreError::Broken`] where an event cannot be read.
pub async fn load<R: Stored>(tx: &mut Tx, id: Uuid) -> Result<Option<R>> {
    Ok(R::fold(id, &history::<R>(tx, id).await?))
}

/// The records of a list of ids, in its order; ids without a record are left out.
///
/// # Errors
/// As [`load`].
pub async fn load_many<R: Stored>(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<R>> {
    let mut streams: HashMap<Uuid, Vec<Happened<R::Event>>> = HashMap::new();
    for batch in rows::batches(ids) {
        let sql = many_sql(batch.len());
        let ids: Vec<Cell> = batch.iter().map(|id| Cell::Id(*id)).chain([R::KIND.into()]).collect();
        let found = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &ids)
            .try_map(|row| sqlx::FromRow::from_row(&row))
            .fetch_all(c)
            .await)?;
        for entry in &found {
            let entry: &Entry = entry;
            streams.entry(entry.stream).or_default().push(entry.read::<R>()?);
        }
    }
    Ok(ids.iter().filter_map(|id| R::fold(*id, streams.get(id)?)).collect())
}

/// Everything that happened to a record, oldest first; empty where there is none of that kind with this id.
///
/// # Errors
/// As [`load`].
pub async fn history<R: Stored>(tx: &mut Tx, id: Uuid) -> Result<Vec<Happened<R::Event>>> {
    let sql = "select * from journal where stream = $1 and kind = $2 order by version";
    let found: Vec<Entry> = on!(tx, c => sqlx::query_as(sql).bind(id).bind(R::KIND).fetch_all(c).await)?;
    found.iter().map(Entry::read::<R>).collect()
}

/// Appends events to a record and brings its texts and rows up with them, held until the transaction's next query.
/// `before` is the record that the decision was taken on, nothing for a new one. Gives the record after.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody else wrote since `before` was loaded: nothing of this change may be kept.
/// [`StoreError::Broken`] for a change without events, one that cannot begin a record, or a text that no event names.
pub async fn save<R: Stored>(tx: &mut Tx, before: Option<&R>, change: Change<R>) -> Result<R> {
    let head = match before {
        Some(record) => head(tx, record.id(), record.version()).await?,
        None => BEGINNING,
    };
    save_on(tx, (before, head), change).await
}

/// The same for several records that are there already, each with the state that was decided on: their heads are read
/// together.
///
/// # Errors
/// As [`save`].
pub async fn save_many<R: Stored>(tx: &mut Tx, changes: Vec<(&R, Change<R>)>) -> Result<()> {
    let ids: Vec<Uuid> = changes.iter().map(|(before, _)| before.id()).collect();
    let mut heads = heads(tx, &ids).await?;
    for (before, change) in changes {
        let head = at_version(heads.remove(&before.id()), before.version())?;
        save_on(tx, (Some(before), head), change).await?;
    }
    Ok(())
}

async fn save_on<R: Stored>(
    tx: &mut Tx,
    (before, head): (Option<&R>, Digest),
    change: Change<R>,
) -> Result<R> {
    let events = change.events.into_iter().map(|event| (event, change.stamp)).collect();
    let (after, entries) = chain(before, change.id, (head, events))?;
    words::check(&change.words, &entries)?;
    let mut writes = Writes::on(tx);
    append(&mut writes, before.is_some(), &[&entries])?;
    words::write(&mut writes, &change.words, before.map_or(0, R::version))?;
    let rows_before = before.map(Stored::project).unwrap_or_default();
    rows::change(&mut writes, R::TABLES, (&rows_before, &after.project()))?;
    writes.hold(tx);
    words::mask(tx, after.id(), (before.map(Stored::masks).unwrap_or_default(), after.masks())).await?;
    Ok(after)
}

/// The head of a stream, which must be at the version that was loaded.
async fn head(tx: &mut Tx, id: Uuid, version: u32) -> Result<Digest> {
    let sql = "select version, head from stream where id = $1";
    let found: Option<(i64, Vec<u8>)> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)?;
    at_version(found, version)
}

/// The versions and heads of streams.
async fn heads(tx: &mut Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, (i64, Vec<u8>)>> {
    let mut heads = HashMap::new();
    for batch in rows::batches(ids) {
        let sql = format!("select id, version, head from stream where id in ({})", places(batch.len()));
        let ids: Vec<Cell> = batch.iter().map(|id| Cell::Id(*id)).collect();
        let found: Vec<(Uuid, i64, Vec<u8>)> = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &ids)
            .try_map(|row| sqlx::FromRow::from_row(&row))
            .fetch_all(c)
            .await)?;
        heads.extend(found.into_iter().map(|(id, version, head)| (id, (version, head))));
    }
    Ok(heads)
}

/// The head of a stream, as it was found, which must be at a version.
fn at_version(found: Option<(i64, Vec<u8>)>, version: u32) -> Result<Digest> {
    let (at, head) = found.ok_or_else(|| StoreError::broken("a record without a stream"))?;
    if at != i64::from(version) {
        return Err(StoreError::Conflict);
    }
    digest(&head)
}

/// The digest that a column holds.
pub(crate) fn digest(bytes: &[u8]) -> Result<Digest> {
    bytes.try_into().map(Digest).map_err(|_| StoreError::broken("a digest that is not 32 bytes long"))
}

/// Folds events onto a record and gives their entries, chained from a head.
pub(crate) fn chain<R: Stored>(
    before: Option<&R>,
    id: Uuid,
    (mut prev, events): (Digest, Vec<(R::Event, Stamp)>),
) -> Result<(R, Vec<Entry>)> {
    let mut record = before.cloned();
    let mut entries = Vec::with_capacity(events.len());
    for (event, stamp) in events {
        let version = record.as_ref().map_or(0, R::version) + 1;
        let happened = happened(event, version, stamp)?;
        record = Some(match record {
            Some(mut record) => {
                record.apply(&happened);
                record
            }
            None => R::begin(id, &happened).ok_or_else(|| StoreError::broken("no event to begin with"))?,
        });
        entries.push(entry::<R>(id, &happened)?);
    }
    let record = record.filter(|_| !entries.is_empty()).ok_or_else(|| StoreError::broken("no events"))?;
    for entry in &mut entries {
        entry.body = record.body();
        entry.prev = prev.0.to_vec();
        prev = entry.digest();
        entry.hash = prev.0.to_vec();
    }
    Ok((record, entries))
}

fn happened<E>(event: E, version: u32, stamp: Stamp) -> Result<Happened<E>> {
    let cut = |time: DateTime<Utc>| instant(time.timestamp_micros());
    let (happened_at, recorded_at) = (cut(stamp.happened_at)?, cut(stamp.recorded_at)?);
    Ok(Happened { event, meta: Meta { version, actor: stamp.actor, happened_at, recorded_at } })
}

/// The entry of an event, without what the chain and the finished record add.
fn entry<R: Stored>(id: Uuid, happened: &Happened<R::Event>) -> Result<Entry> {
    Ok(Entry {
        stream: id,
        version: happened.meta.version.into(),
        kind: R::KIND.to_owned(),
        body: Uuid::nil(),
        event: happened.event.name().to_owned(),
        event_version: R::EVENT_VERSION.into(),
        payload: serde_json::to_string(&happened.event)?,
        actor: happened.meta.actor.map(|party| party.0),
        happened_at: happened.meta.happened_at.timestamp_micros(),
        recorded_at: happened.meta.recorded_at.timestamp_micros(),
        prev: Vec::new(),
        hash: Vec::new(),
    })
}

/// Notes the entries of streams to be written, and their heads to be moved.
pub(crate) fn append(writes: &mut Writes, known: bool, streams: &[&[Entry]]) -> Result<()> {
    let cells: Vec<_> = streams.iter().copied().flatten().map(Entry::cells).collect();
    writes.insert(&JOURNAL, &cells)?;
    let heads: Vec<_> = streams.iter().filter_map(|entries| entries.last()).collect();
    if !known {
        let cells: Vec<_> = heads.into_iter().map(head_cells).collect();
        return writes.insert(&STREAM, &cells);
    }
    for last in heads {
        writes.update(&STREAM, head_cells(last));
    }
    Ok(())
}

fn head_cells(last: &Entry) -> Vec<Cell> {
    vec![
        last.stream.into(),
        last.kind.as_str().into(),
        last.body.into(),
        last.version.into(),
        last.hash.clone().into(),
    ]
}

fn many_sql(ids: usize) -> String {
    let (places, kind) = (places(ids), ids + 1);
    format!("select * from journal where stream in ({places}) and kind = ${kind} order by stream, version")
}

/// `$1, $2`, so many.
fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
    places.join(", ")
}
