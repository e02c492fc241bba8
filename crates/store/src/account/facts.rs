//! The rows of a record's facts, and the records whose rows are still to be written.

use crate::db::Tx;
use crate::error::Result;
use crate::row::{Cell, Kind, Row, Stored, Table, column};
use crate::{journal, on, rows, run};
use uuid::Uuid;
use waymark_domain::account::fact::{Fact, facts, is_with_care};
use waymark_domain::find::innovation::Innovation;

pub(crate) const FIGURE_FACT: Table = Table {
    name: "figure_fact",
    columns: &[
        column("innovation", Kind::Id),
        column("number", Kind::Int),
        column("node", Kind::Id),
        column("fact", Kind::Text),
        column("day", Kind::Text),
        column("until", Kind::Text),
        column("part", Kind::Text),
        column("is_with_care", Kind::Bool),
    ],
    key: 2,
    record: "innovation",
};

/// The rows of a record's facts.
pub(crate) fn project(record: &Innovation) -> impl Iterator<Item = Row> {
    let is_with_care = is_with_care(record);
    let id = record.id.0;
    (0_u32..).zip(facts(record)).map(move |(number, fact)| row(id, number, (&fact, is_with_care)))
}

fn row(id: Uuid, number: u32, (fact, is_with_care): (&Fact, bool)) -> Row {
    let cells = vec![
        id.into(),
        number.into(),
        fact.node.0.into(),
        fact.says.kind().into(),
        fact.day.into(),
        Cell::or_null(fact.until, Kind::Text),
        fact.says.part().into(),
        is_with_care.into(),
    ];
    Row::new(&FIGURE_FACT, cells)
}

/// Writes the facts of at most `limit` records that are noted as missing. Gives how many; 0 where none is.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn complete(tx: &mut Tx, limit: i64) -> Result<usize> {
    let sql = "select innovation from figure_missing order by innovation limit $1";
    let ids: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(sql).bind(limit).fetch_all(c).await)?;
    for record in journal::load_many::<Innovation>(tx, &ids).await? {
        let id = record.id.0;
        run!(tx, sqlx::query("delete from figure_fact where innovation = $1").bind(id))?;
        let own = record.project().into_iter().filter(|row| row.table == FIGURE_FACT.name);
        let cells: Vec<Vec<Cell>> = own.map(|row| row.values().cloned().collect()).collect();
        rows::insert(tx, &FIGURE_FACT, &cells).await?;
    }
    for id in &ids {
        run!(tx, sqlx::query("delete from figure_missing where innovation = $1").bind(*id))?;
    }
    Ok(ids.len())
}
