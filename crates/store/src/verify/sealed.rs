//! The seals: each follows from its leaves and the seal before, and each leaf is what the journal still says.

use super::{Fault, Report, What};
use crate::db::Tx;
use crate::error::Result;
use crate::journal::BEGINNING;
use crate::on;
use crate::seals::{self, Leaf, Seal};
use uuid::Uuid;
use waymark_domain::text::Digest;

/// How many seals are read at a time; their leaves are read seal by seal.
const PAGE: u32 = 200;
/// How many leaves of no seal are named.
const STRAYS: i64 = 100;

/// A leaf with the hash that the journal has at its version.
#[derive(sqlx::FromRow)]
struct Compared {
    stream: Uuid,
    version: i64,
    head: Vec<u8>,
    hash: Option<Vec<u8>>,
}

pub(super) async fn check(tx: &mut Tx, expected: Option<Digest>, report: &mut Report) -> Result<()> {
    let mut before: Option<Seal> = None;
    let mut is_known = expected.is_none();
    loop {
        let page = seals::after(tx, before.map_or(i64::MIN, |seal| seal.number), PAGE).await?;
        for seal in &page {
            check_seal(tx, before.as_ref(), seal, report).await?;
            is_known |= expected == Some(seal.root);
            before = Some(*seal);
        }
        if page.is_empty() {
            break;
        }
    }
    report.root = before.map(|seal| seal.root);
    if !is_known {
        report.add(Fault { table: "seal", record: None, version: None, what: What::UnknownRoot });
    }
    check_strays(tx, report).await
}

async fn check_seal(tx: &mut Tx, before: Option<&Seal>, seal: &Seal, report: &mut Report) -> Result<()> {
    report.counts.seals += 1;
    let number = before.map_or(0, |seal| seal.number) + 1;
    if seal.number != number {
        report.add(of_seal(seal, What::Gap(number)));
    }
    if seal.prev_root != before.map_or(BEGINNING, |seal| seal.root) {
        report.add(of_seal(seal, What::Chain));
    }
    let leaves = leaves(tx, seal, report).await?;
    if i64::try_from(leaves.len()).ok() != Some(seal.leaves) {
        report.add(of_seal(seal, What::Column("leaves")));
    }
    if seal.root_over(&leaves) != seal.root {
        report.add(of_seal(seal, What::Root));
    }
    Ok(())
}

/// The leaves of a seal, each compared with the journal.
async fn leaves(tx: &mut Tx, seal: &Seal, report: &mut Report) -> Result<Vec<Leaf>> {
    let sql = "select l.stream, l.version, l.head, j.hash from seal_leaf l
        left join journal j on j.stream = l.stream and j.version = l.version where l.seal = $1 order by l.stream";
    let found: Vec<Compared> = on!(tx, c => sqlx::query_as(sql).bind(seal.number).fetch_all(c).await)?;
    let mut leaves = Vec::with_capacity(found.len());
    for leaf in found {
        report.counts.leaves += 1;
        let what = match &leaf.hash {
            None => Some(What::Missing),
            Some(hash) if *hash != leaf.head => Some(What::Sealed(seal.number)),
            Some(_) => None,
        };
        if let Some(what) = what {
            let (record, version) = (Some(leaf.stream), Some(leaf.version));
            report.add(Fault { table: "journal", record, version, what });
        }
        leaves.push(Leaf { stream: leaf.stream, version: leaf.version, head: leaf.head });
    }
    Ok(leaves)
}

async fn check_strays(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let sql = "select stream, seal from seal_leaf where seal not in (select number from seal)
        order by seal, stream limit $1";
    let strays: Vec<(Uuid, i64)> = on!(tx, c => sqlx::query_as(sql).bind(STRAYS).fetch_all(c).await)?;
    for (stream, seal) in strays {
        let (record, version) = (Some(stream), Some(seal));
        report.add(Fault { table: "seal_leaf", record, version, what: What::Extra });
    }
    Ok(())
}

fn of_seal(seal: &Seal, what: What) -> Fault {
    Fault { table: "seal", record: None, version: Some(seal.number), what }
}
