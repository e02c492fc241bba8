//! A small accountable record with two tables and a text, only for these tests.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::Executor as _;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, PartyId};
use waymark_domain::people::party::Party;
use waymark_domain::record::{Event, Happened, Record};
use waymark_domain::text::{Field, Language, Remade, Words, WordsRef};
use waymark_store::people::parties;
use waymark_store::row::{Mask, column};
use waymark_store::{Cell, Change, Kind, Result, Row, Stamp, Stored, Table, Tx, journal, on};
use waymark_testkit::TestDatabase;

/// What can happen to a sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Happening {
    Told { body: Uuid, open: bool, title: WordsRef },
    Counted { count: u32 },
    Tagged { tag: String },
    Untagged { tag: String },
    Masked { version: u32 },
    Remade { text: Remade },
}

impl Event for Happening {
    fn name(&self) -> &'static str {
        match self {
            Self::Told { .. } => "told",
            Self::Counted { .. } => "counted",
            Self::Tagged { .. } => "tagged",
            Self::Untagged { .. } => "untagged",
            Self::Masked { .. } => "masked",
            Self::Remade { .. } => "remade",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        Vec::new()
    }
}

/// A record with one row of its own and one for each tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub id: Uuid,
    pub version: u32,
    pub body: Uuid,
    pub open: bool,
    pub count: Option<u32>,
    pub told_at: DateTime<Utc>,
    pub tags: Vec<String>,
    pub masked: Option<u32>,
}

impl Record for Sample {
    type Event = Happening;
    const KIND: &'static str = "sample";

    fn begin(id: Uuid, first: &Happened<Happening>) -> Option<Self> {
        let Happening::Told { body, open, .. } = first.event else { return None };
        let (version, told_at) = (first.meta.version, first.meta.happened_at);
        Some(Self { id, version, body, open, count: None, told_at, tags: Vec::new(), masked: None })
    }

    fn apply(&mut self, next: &Happened<Happening>) {
        self.version = next.meta.version;
        match &next.event {
            Happening::Told { .. } | Happening::Remade { .. } => {}
            Happening::Counted { count } => self.count = Some(*count),
            Happening::Tagged { tag } => self.tags.push(tag.clone()),
            Happening::Untagged { tag } => self.tags.retain(|known| known != tag),
            Happening::Masked { version } => self.masked = Some(*version),
        }
    }

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn body(&self) -> Uuid {
        self.body
    }
}

const SAMPLE: Table = Table {
    name: "sample",
    columns: &[
        column("id", Kind::Id),
        column("body", Kind::Id),
        column("open", Kind::Bool),
        column("count", Kind::Int),
        column("mark", Kind::Bytes),
        column("told_at", Kind::Int),
        column("told_on", Kind::Text),
    ],
    key: 1,
    record: "id",
};
const TAG: Table = Table {
    name: "sample_tag",
    columns: &[column("sample", Kind::Id), column("tag", Kind::Text), column("place", Kind::Int)],
    key: 2,
    record: "sample",
};

impl Stored for Sample {
    const TABLES: &'static [Table] = &[SAMPLE, TAG];

    fn project(&self) -> Vec<Row> {
        let own = vec![
            self.id.into(),
            self.body.into(),
            self.open.into(),
            Cell::or_null(self.count, Kind::Int),
            vec![1, 2].into(),
            self.told_at.into(),
            self.told_at.date_naive().into(),
        ];
        let tags = self.tags.iter().zip(0_u32..);
        let tags =
            tags.map(|(tag, place)| Row::new(&TAG, vec![self.id.into(), tag.as_str().into(), place.into()]));
        std::iter::once(Row::new(&SAMPLE, own)).chain(tags).collect()
    }

    fn masks(&self) -> Vec<Mask> {
        let mask = |version| Mask { field: Field::Title, version, spans: "[[0,2]]".to_owned() };
        self.masked.map(mask).into_iter().collect()
    }
}

/// Makes the sample's tables.
pub async fn tables(database: &TestDatabase) {
    let mut tx = database.db.write().await.expect("a writer");
    let sql = match database.engine() {
        waymark_store::Engine::Sqlite => {
            "create table sample (id blob not null primary key, body blob not null, open integer not null,
                count integer, mark blob not null, told_at integer not null, told_on text not null) strict;
             create table sample_tag (sample blob not null references sample (id), tag text not null,
                place integer not null, primary key (sample, tag)) strict"
        }
        waymark_store::Engine::Postgres => {
            "create table sample (id uuid not null primary key, body uuid not null, open boolean not null,
                count bigint, mark bytea not null, told_at bigint not null, told_on text not null);
             create table sample_tag (sample uuid not null references sample (id), tag text not null,
                place bigint not null, primary key (sample, tag))"
        }
    };
    on!(&mut tx, c => c.execute(sql).await.map(drop)).expect("the sample's tables");
    tx.commit().await.expect("a commit");
}

/// An id of a test.
pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number << 64 | 7)
}

/// A moment, in seconds after one in 2026, with nanoseconds that must be cut.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 123_456_789).expect("a time in range")
}

/// The one who does everything in a sample.
pub fn doer(record: Uuid) -> Party {
    Party { record, account: AccountId(id(900)), salt: [9; 32] }
}

/// Who did it and when.
pub fn stamp(number: u128, seconds: i64) -> Stamp {
    let actor = Some(doer(id(number)).id());
    Stamp { actor, happened_at: at(seconds), recorded_at: at(seconds + 1) }
}

/// The title of a sample.
pub fn title(record: Uuid, version: u32) -> Words {
    Words {
        record,
        field: Field::Title,
        version,
        language: Language::En,
        salt: [7; 16],
        author: None,
        body: "A drawer that closes".to_owned(),
    }
}

/// The change that begins a sample.
pub fn told(number: u128) -> Change<Sample> {
    let words = title(id(number), 1);
    let event = Happening::Told { body: id(800), open: true, title: words.reference() };
    Change { id: id(number), events: vec![event], words: vec![words], stamp: stamp(number, 0) }
}

/// A change of further events.
pub fn further(number: u128, events: Vec<Happening>) -> Change<Sample> {
    Change { id: id(number), events, words: Vec::new(), stamp: stamp(number, 10) }
}

/// A tag.
pub fn tagged(tag: &str) -> Happening {
    Happening::Tagged { tag: tag.to_owned() }
}

/// Saves in a transaction of its own.
pub async fn saved(
    database: &TestDatabase,
    before: Option<&Sample>,
    change: Change<Sample>,
) -> Result<Sample> {
    let mut tx = database.db.write().await?;
    let record = change.id;
    let after = journal::save(&mut tx, before, change).await?;
    if before.is_none() {
        parties::add(&mut tx, &doer(record));
    }
    tx.commit().await?;
    Ok(after)
}

/// Tells a sample and gives it two tags and a count.
pub async fn lived(database: &TestDatabase, number: u128) -> Sample {
    let sample = saved(database, None, told(number)).await.expect("a first save");
    let events = vec![tagged("a"), tagged("b"), Happening::Counted { count: 3 }];
    saved(database, Some(&sample), further(number, events)).await.expect("a second save")
}

/// The number that a query counts.
pub async fn count(tx: &mut Tx, sql: &'static str) -> i64 {
    on!(tx, c => sqlx::query_scalar::<_, i64>(sql).fetch_one(c).await).expect("a count")
}
