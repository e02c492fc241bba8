//! Proves that nothing was altered, or names what was: every hash, every chain, every text, every row, every seal.
//!
//! The journal is walked once in the order of its key, a page at a time; with each run of whole streams goes the same
//! range of ids of every other table, so that what is missing, extra or altered shows without holding more than a
//! page in memory. All of it is read in one snapshot.

mod folding;
mod life;
mod parties;
mod roles;
mod sealed;
mod window;

pub use folding::{Ended, Folding, Of, Verifier, of};

use crate::db::Tx;
use crate::error::Result;
use crate::journal::Entry;
use crate::on;
use life::Life;
use uuid::Uuid;
use waymark_domain::text::Digest;

/// How many journal entries are read at a time.
const PAGE: u16 = 2_000;
/// How many faults are kept in full; the others are counted.
pub const FAULTS_KEPT: usize = 1_000;

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How much was looked at.
    pub counts: Counts,
    /// What no seal vouches for yet: had one of these been recomputed or deleted as a whole, nobody could tell.
    pub unsealed: Unsealed,
    /// The first faults, at most [`FAULTS_KEPT`].
    pub faults: Vec<Fault>,
    /// How many faults there are in all.
    pub faults_found: u64,
    /// The root of the newest seal.
    pub root: Option<Digest>,
}

impl Report {
    /// Whether everything is as it was written.
    pub fn is_sound(&self) -> bool {
        self.faults_found == 0
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.faults_found += 1;
        if self.faults.len() < FAULTS_KEPT {
            self.faults.push(fault);
        }
    }
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records.
    pub streams: u64,
    /// Entries of the journal.
    pub events: u64,
    /// Texts, erased ones included.
    pub words: u64,
    /// Texts that were erased: only their absence can be checked.
    pub erased: u64,
    /// Parties, erased ones included.
    pub parties: u64,
    /// Parties of people who were erased: only that they were there can be checked.
    pub parties_erased: u64,
    /// Rows that follow from records.
    pub rows: u64,
    /// Seals.
    pub seals: u64,
    /// What the seals say of streams.
    pub leaves: u64,
}

/// What changed after the last seal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsealed {
    /// Records with entries that no seal covers.
    pub streams: u64,
    /// Those entries.
    pub events: u64,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The table.
    pub table: &'static str,
    /// The record, where the table has one.
    pub record: Option<Uuid>,
    /// The record's version, or the seal's number.
    pub version: Option<i64>,
    /// What is wrong.
    pub what: What,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// The hash of a journal entry does not follow from its columns.
    #[error("its columns do not give its hash")]
    Hash,
    /// An entry does not name the hash of the one before.
    #[error("it is not chained to the entry before")]
    Chain,
    /// Versions leave a gap or repeat.
    #[error("version {0} was expected")]
    Gap(i64),
    /// An entry, or a kind of record, that this program cannot read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// A row that should be there.
    #[error("it is missing")]
    Missing,
    /// A row that nothing accounts for.
    #[error("nothing accounts for it")]
    Extra,
    /// A column that differs from what the journal says.
    #[error("column {0} differs from what the journal says")]
    Column(&'static str),
    /// A text that does not hash to the digest in its event.
    #[error("the text is not the one that its event vouches for")]
    Text,
    /// A party that names another record or account than its id commits to.
    #[error("its columns do not give its id")]
    Commitment,
    /// An entry that is not the one which was sealed.
    #[error("it is not what seal {0} vouches for")]
    Sealed(i64),
    /// A seal whose root does not follow from its columns and leaves.
    #[error("its root does not follow from what it covers")]
    Root,
    /// The root that somebody kept is that of no seal.
    #[error("the expected root is that of no seal")]
    UnknownRoot,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.table)?;
        if let Some(record) = self.record {
            write!(f, " of {record}")?;
        }
        if let Some(version) = self.version {
            write!(f, " at {version}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// Verifies everything, in a reading transaction. `expected_root` is one that was kept elsewhere: it must be the root
/// of one of the seals.
///
/// # Errors
/// [`StoreError`](crate::StoreError) where the database cannot be read at all; what is wrong with the data is in the report.
pub async fn verify(tx: &mut Tx, kinds: &[&dyn Verifier], expected_root: Option<Digest>) -> Result<Report> {
    let mut report = Report::default();
    walk(tx, kinds, &mut report).await?;
    roles::check(tx, &mut report).await?;
    sealed::check(tx, expected_root, &mut report).await?;
    Ok(report)
}

/// Verifies one record of a kind: its entries, texts, parties and rows, as the whole verification does for every record.
///
/// # Errors
/// As [`verify`].
pub async fn record(tx: &mut Tx, kind: &dyn Verifier, id: Uuid) -> Result<Report> {
    let mut report = Report::default();
    let sql = "select * from journal where stream = $1 order by version";
    let entries: Vec<Entry> = on!(tx, c => sqlx::query_as(sql).bind(id).fetch_all(c).await)?;
    let mut life: Option<Life> = None;
    for entry in &entries {
        life.get_or_insert_with(|| Life::begin(&[kind], entry, &mut report)).take(entry, &mut report);
    }
    window::check(tx, &[kind], (id, id, life.as_slice()), &mut report).await?;
    Ok(report)
}

/// Walks the journal; each window of whole streams is compared with the other tables.
async fn walk(tx: &mut Tx, kinds: &[&dyn Verifier], report: &mut Report) -> Result<()> {
    let (mut cursor, mut low) = ((Uuid::nil(), 0), Uuid::nil());
    let mut open: Option<Life> = None;
    loop {
        let page = page(tx, cursor).await?;
        let is_last = page.len() < usize::from(PAGE);
        let mut whole = Vec::new();
        for entry in &page {
            if open.as_ref().is_none_or(|life| life.id != entry.stream) {
                whole.extend(open.replace(Life::begin(kinds, entry, report)));
            }
            if let Some(life) = &mut open {
                life.take(entry, report);
            }
            cursor = (entry.stream, entry.version);
        }
        if is_last {
            whole.extend(open.take());
            return window::check(tx, kinds, (low, Uuid::max(), &whole), report).await;
        }
        if let Some(last) = whole.last() {
            let high = last.id;
            window::check(tx, kinds, (low, high, &whole), report).await?;
            // The stream after this one is open, so there is a next id.
            low = Uuid::from_u128(high.as_u128() + 1);
        }
    }
}

async fn page(tx: &mut Tx, (stream, version): (Uuid, i64)) -> Result<Vec<Entry>> {
    let sql = "select * from journal where (stream, version) > ($1, $2) order by stream, version limit $3";
    let limit = i64::from(PAGE);
    on!(tx, c => sqlx::query_as(sql).bind(stream).bind(version).bind(limit).fetch_all(c).await)
}
