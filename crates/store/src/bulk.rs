//! Many new records at once, through the same code as a single save but with many rows in a statement.

use crate::db::Tx;
use crate::error::Result;
use crate::journal::{self, BEGINNING, Entry, Stamp};
use crate::row::{Cell, Row, Stored, Table};
use crate::rows::Writes;
use crate::{rows, words};
use uuid::Uuid;
use waymark_domain::text::Words;

/// How many records are held in memory as rows at a time.
const RECORDS_AT_ONCE: usize = 128;

/// A new record with its whole life so far.
#[derive(Debug, Clone)]
pub struct Life<R: Stored> {
    /// The record.
    pub id: Uuid,
    /// What happened, in order, each with who and when.
    pub events: Vec<(R::Event, Stamp)>,
    /// The texts that these events refer to.
    pub words: Vec<Words>,
}

/// Writes new records with their lives. Nothing of it is kept unless all of it is: a caller with a million records
/// commits every few thousand and remembers how far it came.
///
/// # Errors
/// As [`journal::save`]; [`StoreError::Conflict`](crate::StoreError::Conflict) where a record is there already.
pub async fn load<R: Stored>(tx: &mut Tx, lives: Vec<Life<R>>) -> Result<()> {
    let mut rest = lives.into_iter();
    loop {
        let batch: Vec<_> = rest.by_ref().take(RECORDS_AT_ONCE).collect();
        if batch.is_empty() {
            return Ok(());
        }
        load_batch(tx, batch).await?;
    }
}

async fn load_batch<R: Stored>(tx: &mut Tx, batch: Vec<Life<R>>) -> Result<()> {
    let (mut records, mut streams, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for life in batch {
        let (record, entries) = journal::chain::<R>(None, life.id, (BEGINNING, life.events))?;
        words::check(&life.words, &entries)?;
        records.push(record);
        streams.push(entries);
        texts.extend(life.words);
    }
    let streams: Vec<&[Entry]> = streams.iter().map(Vec::as_slice).collect();
    let mut writes = Writes::on(tx);
    journal::append(&mut writes, false, &streams)?;
    words::write(&mut writes, &texts, 0)?;
    insert_rows(&mut writes, &records)?;
    writes.run(tx).await?;
    for record in &records {
        words::mask(tx, record.id(), (Vec::new(), record.masks())).await?;
    }
    Ok(())
}

fn insert_rows<R: Stored>(writes: &mut Writes, records: &[R]) -> Result<()> {
    let projected: Vec<Row> = records.iter().flat_map(Stored::project).collect();
    rows::check(R::TABLES, &projected)?;
    for table in R::TABLES {
        let own = projected.iter().filter(|row| row.table == table.name);
        let cells: Vec<Vec<Cell>> = own.map(|row| row.values().cloned().collect()).collect();
        writes.insert(table, &cells)?;
    }
    Ok(())
}

/// Inserts rows of a plain table, many at a time: for loading, where nothing follows from them.
///
/// # Errors
/// Of a unique violation, or where a row has not one cell for each column.
pub async fn rows(tx: &mut Tx, table: &Table, all: &[Vec<Cell>]) -> Result<()> {
    rows::insert(tx, table, all).await
}
