//! Seals: checkpoints of the whole journal. A seal vouches for the heads of all streams that changed since the one
//! before, and for that one. Whoever keeps a root elsewhere can tell when a record is deleted, a tail cut or a chain
//! recomputed.
//!
//! The tree is that of RFC 6962 (certificate transparency), by `ct-merkle`, so that others can recompute it.

use crate::db::Lock;
use crate::db::Tx;
use crate::dialect::lock;
use crate::error::Result;
use crate::journal::{BEGINNING, digest};
use crate::row::{Cell, Kind, Table, column};
use crate::{on, rows, run};
use chrono::{DateTime, Utc};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use uuid::Uuid;
use waymark_domain::text::Digest;

/// The most streams of one seal, so that making and checking it takes a few megabytes at any size of journal.
pub const LEAVES_AT_MOST: u32 = 16_384;

/// A checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// Its number; the first is 1.
    pub number: i64,
    /// The root of the seal before; zeros for the first.
    pub prev_root: Digest,
    /// What vouches for everything up to here.
    pub root: Digest,
    /// When it was made, in microseconds since 1970.
    pub at: i64,
    /// How many streams changed.
    pub leaves: i64,
}

impl Seal {
    /// The root over every other column and the leaves, given in the order of their streams.
    pub fn root_over(&self, leaves: &[Leaf]) -> Digest {
        let mut tree = MemoryBackedTree::<Sha256, [u8; 32]>::new();
        for leaf in leaves {
            tree.push(leaf.digest().0);
        }
        Digest::of(&[
            &self.number.to_be_bytes(),
            &self.prev_root.0,
            &self.at.to_be_bytes(),
            &self.leaves.to_be_bytes(),
            tree.root().as_bytes(),
        ])
    }
}

/// What a seal says of one stream.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Leaf {
    /// The record.
    pub stream: Uuid,
    /// Its version at that time.
    pub version: i64,
    /// The hash of its last entry then.
    pub head: Vec<u8>,
}

impl Leaf {
    fn digest(&self) -> Digest {
        Digest::of(&[self.stream.as_bytes(), &self.version.to_be_bytes(), &self.head])
    }
}

const SEAL: Table = Table {
    name: "seal",
    columns: &[
        column("number", Kind::Int),
        column("prev_root", Kind::Bytes),
        column("root", Kind::Bytes),
        column("at", Kind::Int),
        column("leaves", Kind::Int),
    ],
    key: 1,
    record: "number",
};
const SEAL_LEAF: Table = Table {
    name: "seal_leaf",
    columns: &[
        column("seal", Kind::Int),
        column("stream", Kind::Id),
        column("version", Kind::Int),
        column("head", Kind::Bytes),
    ],
    key: 2,
    record: "stream",
};

/// Seals what changed since the last seal, at most [`LEAVES_AT_MOST`] streams: call it until there is nothing left.
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the database is gone.
pub async fn seal_now(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<Seal>> {
    lock(tx, Lock::Seal).await?;
    let sql =
        "select id as stream, version, head from stream where version > sealed_version order by id limit $1";
    let limit = i64::from(LEAVES_AT_MOST);
    let leaves: Vec<Leaf> = on!(tx, c => sqlx::query_as(sql).bind(limit).fetch_all(c).await)?;
    if leaves.is_empty() {
        return Ok(None);
    }
    let before = last(tx).await?;
    let mut seal = Seal {
        number: before.map_or(0, |seal| seal.number) + 1,
        prev_root: before.map_or(BEGINNING, |seal| seal.root),
        root: BEGINNING,
        at: now.timestamp_micros(),
        leaves: i64::try_from(leaves.len()).unwrap_or(limit),
    };
    seal.root = seal.root_over(&leaves);
    write(tx, &seal, leaves).await?;
    Ok(Some(seal))
}

/// The newest seal; nothing where there is none yet.
///
/// # Errors
/// As [`seal_now`].
pub async fn last(tx: &mut Tx) -> Result<Option<Seal>> {
    let sql = "select number, prev_root, root, at, leaves from seal order by number desc limit 1";
    let found: Option<Raw> = on!(tx, c => sqlx::query_as(sql).fetch_optional(c).await)?;
    found.map(Raw::read).transpose()
}

/// The newest seal that was made before a time (microseconds since 1970).
///
/// # Errors
/// As [`seal_now`].
pub async fn last_before(tx: &mut Tx, at: i64) -> Result<Option<Seal>> {
    let sql =
        "select number, prev_root, root, at, leaves from seal where at < $1 order by number desc limit 1";
    let found: Option<Raw> = on!(tx, c => sqlx::query_as(sql).bind(at).fetch_optional(c).await)?;
    found.map(Raw::read).transpose()
}

/// The seals after a number, oldest first.
///
/// # Errors
/// As [`seal_now`].
pub async fn after(tx: &mut Tx, number: i64, limit: u32) -> Result<Vec<Seal>> {
    let sql =
        "select number, prev_root, root, at, leaves from seal where number > $1 order by number limit $2";
    let found: Vec<Raw> =
        on!(tx, c => sqlx::query_as(sql).bind(number).bind(i64::from(limit)).fetch_all(c).await)?;
    found.into_iter().map(Raw::read).collect()
}

/// A seal as it lies there.
#[derive(sqlx::FromRow)]
struct Raw {
    number: i64,
    prev_root: Vec<u8>,
    root: Vec<u8>,
    at: i64,
    leaves: i64,
}

impl Raw {
    fn read(self) -> Result<Seal> {
        let (prev_root, root) = (digest(&self.prev_root)?, digest(&self.root)?);
        Ok(Seal { number: self.number, prev_root, root, at: self.at, leaves: self.leaves })
    }
}

async fn write(tx: &mut Tx, seal: &Seal, leaves: Vec<Leaf>) -> Result<()> {
    let (number, at) = (seal.number, seal.at);
    let cells = vec![number.into(), seal.prev_root.into(), seal.root.into(), at.into(), seal.leaves.into()];
    rows::insert(tx, &SEAL, &[cells]).await?;
    let cells = |leaf: Leaf| -> Vec<Cell> {
        vec![number.into(), leaf.stream.into(), leaf.version.into(), leaf.head.into()]
    };
    rows::insert(tx, &SEAL_LEAF, &leaves.into_iter().map(cells).collect::<Vec<_>>()).await?;
    let sql = "update stream set sealed_version = l.version from seal_leaf l
        where l.seal = $1 and l.stream = stream.id";
    run!(tx, sqlx::query(sql).bind(number))?;
    Ok(())
}
