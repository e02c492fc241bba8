//! A window: a run of whole streams, and the same range of ids in every other table.

use super::life::Life;
use super::parties;
use super::{Ended, Fault, Report, Verifier, What};
use crate::db::Tx;
use crate::error::Result;
use crate::row::{Cell, Mask, Row, Table, cell_at};
use crate::words::Kept;
use crate::{on, rows};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_domain::text::{Digest, Field};

/// The first id, the last id, and the streams of the journal between them.
pub(super) type Window<'a> = (Uuid, Uuid, &'a [Life]);

/// A row of the table of streams.
#[derive(sqlx::FromRow)]
struct Stream {
    id: Uuid,
    kind: String,
    body: Uuid,
    version: i64,
    head: Vec<u8>,
    sealed_version: i64,
}

/// Compares every table with the journal in a range of ids.
pub(super) async fn check(
    tx: &mut Tx,
    kinds: &[&dyn Verifier],
    window: Window<'_>,
    report: &mut Report,
) -> Result<()> {
    let ended: Vec<_> =
        window.2.iter().map(|life| life.folding.as_ref().and_then(|fold| fold.end())).collect();
    check_streams(tx, window, &ended, report).await?;
    check_words(tx, window, &ended, report).await?;
    parties::check(tx, window, report).await?;
    let mut tables: Vec<&Table> = kinds.iter().flat_map(|verifier| verifier.tables()).collect();
    tables.sort_by_key(|table| table.name);
    tables.dedup();
    // Of a stream that cannot be read, the rows cannot be told.
    let unread: Vec<Uuid> =
        window.2.iter().filter(|life| life.folding.is_none()).map(|life| life.id).collect();
    let rows: Vec<&Row> = ended.iter().flatten().flat_map(|ended| &ended.rows).collect();
    for table in tables {
        let expected = rows.iter().filter(|row| row.table == table.name).copied();
        check_rows(tx, table, (window, expected.collect(), &unread), report).await?;
    }
    Ok(())
}

async fn check_streams(
    tx: &mut Tx,
    (low, high, lives): Window<'_>,
    ended: &[Option<Ended>],
    report: &mut Report,
) -> Result<()> {
    let sql = "select * from stream where id >= $1 and id <= $2";
    let found: Vec<Stream> = on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    let sql =
        "select stream, max(version) from seal_leaf where stream >= $1 and stream <= $2 group by stream";
    let sealed: Vec<(Uuid, i64)> = on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    let sealed: BTreeMap<Uuid, i64> = sealed.into_iter().collect();
    let mut found: BTreeMap<Uuid, Stream> = found.into_iter().map(|stream| (stream.id, stream)).collect();
    for (life, ended) in lives.iter().zip(ended) {
        let sealed = sealed.get(&life.id).copied().unwrap_or(0);
        count_unsealed(life.version - sealed, report);
        match found.remove(&life.id) {
            Some(stream) => check_stream(&stream, (life, ended.as_ref(), sealed), report),
            None => report.add(fault("stream", life.id, life.version, What::Missing)),
        }
    }
    for stream in found.into_values() {
        report.add(fault("stream", stream.id, stream.version, What::Extra));
    }
    Ok(())
}

fn count_unsealed(events: i64, report: &mut Report) {
    if let Ok(events @ 1..) = u64::try_from(events) {
        report.unsealed.streams += 1;
        report.unsealed.events += events;
    }
}

fn check_stream(stream: &Stream, (life, ended, sealed): (&Life, Option<&Ended>, i64), report: &mut Report) {
    let differs = [
        ("kind", stream.kind != life.kind),
        ("body", stream.body != life.body || ended.is_some_and(|ended| ended.body != stream.body)),
        ("version", stream.version != life.version),
        ("head", stream.head != life.head),
        ("sealed_version", stream.sealed_version != sealed),
    ];
    for (column, _) in differs.into_iter().filter(|(_, differs)| *differs) {
        report.add(fault("stream", stream.id, life.version, What::Column(column)));
    }
}

async fn check_words(
    tx: &mut Tx,
    (low, high, lives): Window<'_>,
    ended: &[Option<Ended>],
    report: &mut Report,
) -> Result<()> {
    let sql = "select * from words where record >= $1 and record <= $2 order by record, field, version";
    let found: Vec<Kept> = on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    let mut expected: BTreeMap<(Uuid, Field, u32), Digest> = BTreeMap::new();
    for life in lives {
        expected.extend(
            life.texts.iter().map(|((field, version), digest)| ((life.id, *field, *version), *digest)),
        );
    }
    let masks: BTreeMap<Uuid, &[Mask]> = lives
        .iter()
        .zip(ended)
        .filter_map(|(life, ended)| Some((life.id, ended.as_ref()?.masks.as_slice())))
        .collect();
    for kept in &found {
        report.counts.words += 1;
        let key = key_of(kept);
        let Some((key, digest)) = key.and_then(|key| Some((key, expected.remove(&key)?))) else {
            report.add(fault("words", kept.record, kept.version, What::Extra));
            continue;
        };
        check_text(kept, digest, report);
        let masks = masks.get(&kept.record).copied().unwrap_or_default();
        let mask = masks.iter().rfind(|mask| (mask.field, mask.version) == (key.1, key.2));
        if kept.erased_at.is_none() && kept.masked.as_ref() != mask.map(|mask| &mask.spans) {
            report.add(fault("words", kept.record, kept.version, What::Column("masked")));
        }
    }
    for (record, _, version) in expected.into_keys() {
        report.add(fault("words", record, i64::from(version), What::Missing));
    }
    Ok(())
}

fn key_of(kept: &Kept) -> Option<(Uuid, Field, u32)> {
    let field = serde_json::from_value(serde_json::Value::String(kept.field.clone())).ok()?;
    Some((kept.record, field, u32::try_from(kept.version).ok()?))
}

fn check_text(kept: &Kept, digest: Digest, report: &mut Report) {
    let is_sound = if kept.erased_at.is_some() {
        report.counts.erased += 1;
        kept.salt.is_none() && kept.body.is_none() && kept.masked.is_none()
    } else {
        kept.text().is_some_and(|text| text.digest() == digest)
    };
    if !is_sound {
        report.add(fault("words", kept.record, kept.version, What::Text));
    }
}

async fn check_rows(
    tx: &mut Tx,
    table: &Table,
    ((low, high, _), expected, unread): (Window<'_>, Vec<&Row>, &[Uuid]),
    report: &mut Report,
) -> Result<()> {
    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    let record = table.record;
    let (columns, key) = (names.join(", "), names[..table.key].join(", "));
    let sql = format!(
        "select {columns} from {} where {record} >= $1 and {record} <= $2 order by {key}",
        table.name
    );
    let range = [Cell::Id(low), Cell::Id(high)];
    let found: Vec<Vec<Cell>> = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &range)
        .try_map(|row| {
            let columns = table.columns.iter().enumerate();
            columns.map(|(index, column)| cell_at(&row, index, column.kind)).collect()
        })
        .fetch_all(c)
        .await)?;
    let mut expected: BTreeMap<Vec<Cell>, &Row> =
        expected.into_iter().map(|row| (row.key_values(), row)).collect();
    for row in found {
        report.counts.rows += 1;
        let record = record_of(table, row.iter());
        match expected.remove(&row[..table.key]) {
            Some(wanted) => check_cells(table, (&row, wanted), record, report),
            None if record.is_some_and(|record| unread.contains(&record)) => {}
            None => report.add(Fault { table: table.name, record, version: None, what: What::Extra }),
        }
    }
    for row in expected.into_values() {
        let record = record_of(table, row.values());
        report.add(Fault { table: table.name, record, version: None, what: What::Missing });
    }
    Ok(())
}

fn check_cells(table: &Table, (found, wanted): (&[Cell], &Row), record: Option<Uuid>, report: &mut Report) {
    let pairs = table.columns.iter().zip(found.iter().zip(wanted.values()));
    for (column, _) in pairs.filter(|(_, (found, wanted))| found != wanted) {
        report.add(Fault { table: table.name, record, version: None, what: What::Column(column.name) });
    }
}

/// The record that a row belongs to.
fn record_of<'a>(table: &Table, cells: impl Iterator<Item = &'a Cell>) -> Option<Uuid> {
    let mut pairs = table.columns.iter().zip(cells);
    pairs.find_map(|(column, cell)| match cell {
        Cell::Id(id) if column.name == table.record => Some(*id),
        _ => None,
    })
}

pub(super) fn fault(table: &'static str, record: Uuid, version: impl Into<Option<i64>>, what: What) -> Fault {
    Fault { table, record: Some(record), version: version.into(), what }
}
