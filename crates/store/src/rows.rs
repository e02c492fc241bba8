//! Writing rows as values: many in one statement, and only what differs between two states of a record.

use crate::db::{Engine, Tx};
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::row::{Cell, Row, Table};
use crate::run;
use sqlx::query::Query;
use sqlx::{Arguments, AssertSqlSafe, Database, Encode, Type};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

/// How many rows one statement takes: few sizes, so that few statements are prepared.
const SIZES: [usize; 7] = [128, 32, 8, 4, 3, 2, 1];

/// The statements of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Verb {
    Insert(usize),
    Update,
    Delete,
}

/// Every statement is composed once for each table; the parts are constants of the program, never a person's text.
static STATEMENTS: LazyLock<RwLock<Statements>> = LazyLock::new(RwLock::default);

/// By engine, table and verb.
type Statements = HashMap<(Engine, &'static str, Verb), Arc<str>>;

/// Cuts a list into the sizes that statements are prepared for.
pub(crate) fn batches<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = SIZES.into_iter().find(|size| *size <= rest.len())?;
        let (batch, others) = rest.split_at(size);
        rest = others;
        Some(batch)
    })
}

/// Inserts rows given as values in the table's order.
pub(crate) async fn insert(tx: &mut Tx, table: &Table, rows: &[Vec<Cell>]) -> Result<()> {
    if let Some(odd) = rows.iter().find(|row| row.len() != table.columns.len()) {
        let (cells, columns) = (odd.len(), table.columns.len());
        return Err(StoreError::broken(format!("{}: {cells} cells for {columns} columns", table.name)));
    }
    for batch in batches(rows) {
        write(tx, table, Verb::Insert(batch.len()), &batch.concat()).await?;
    }
    Ok(())
}

/// Updates one row, given as values in the table's order, by its key.
pub(crate) async fn update(tx: &mut Tx, table: &Table, cells: &[Cell]) -> Result<()> {
    write(tx, table, Verb::Update, cells).await
}

/// Brings the tables from the rows of one state to those of the next.
pub(crate) async fn change(tx: &mut Tx, tables: &[Table], before: &[Row], after: &[Row]) -> Result<()> {
    let old: HashMap<_, _> = before.iter().map(|row| ((row.table, row.key_values()), row)).collect();
    let new: HashMap<_, _> = after.iter().map(|row| ((row.table, row.key_values()), row)).collect();
    check(tables, after)?;
    if new.len() != after.len() {
        return Err(StoreError::broken("a record gives two rows with one key"));
    }
    // Children go before their parents and come after them.
    for table in tables.iter().rev() {
        for row in before.iter().filter(|row| row.table == table.name) {
            let key = row.key_values();
            if !new.contains_key(&(row.table, key.clone())) {
                write(tx, table, Verb::Delete, &key).await?;
            }
        }
    }
    for table in tables {
        let (changed, added): (Vec<_>, Vec<_>) = after
            .iter()
            .filter(|row| row.table == table.name)
            .partition(|row| old.contains_key(&(row.table, row.key_values())));
        for row in changed.into_iter().filter(|row| old[&(row.table, row.key_values())] != *row) {
            update(tx, table, &row.values().cloned().collect::<Vec<_>>()).await?;
        }
        let added: Vec<Vec<Cell>> = added.into_iter().map(|row| row.values().cloned().collect()).collect();
        insert(tx, table, &added).await?;
    }
    Ok(())
}

/// Refuses rows that fit none of the tables: they would be left out in silence.
pub(crate) fn check(tables: &[Table], rows: &[Row]) -> Result<()> {
    let fits = |row: &Row| {
        let table = tables.iter().find(|table| table.name == row.table);
        table.is_some_and(|table| row.cells.len() == table.columns.len() && row.key == table.key)
    };
    match rows.iter().find(|row| !fits(row)) {
        Some(row) => {
            Err(StoreError::broken(format!("a row of {} fits none of the record's tables", row.table)))
        }
        None => Ok(()),
    }
}

/// Binds cells in order.
pub(crate) fn bind<'q, D>(query: Query<'q, D, D::Arguments>, cells: &'q [Cell]) -> Query<'q, D, D::Arguments>
where
    D: Database,
    D::Arguments: Arguments<Database = D>,
    Cell: Encode<'q, D> + Type<D>,
{
    cells.iter().fold(query, Query::bind)
}

async fn write(tx: &mut Tx, table: &Table, verb: Verb, cells: &[Cell]) -> Result<()> {
    let sql = statement(tx.engine(), table, verb);
    run!(tx, bind(sqlx::query(AssertSqlSafe(sql)), cells))?;
    Ok(())
}

fn statement(engine: Engine, table: &Table, verb: Verb) -> Arc<str> {
    // A poisoned lock only means that another thread died while writing one finished text.
    let known = STATEMENTS.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(sql) = known.get(&(engine, table.name, verb)) {
        return Arc::clone(sql);
    }
    drop(known);
    let sql: Arc<str> = compose(engine, table, verb).into();
    let mut known = STATEMENTS.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    known.insert((engine, table.name, verb), Arc::clone(&sql));
    sql
}

fn compose(engine: Engine, table: &Table, verb: Verb) -> String {
    let name = table.name;
    let equals = |range: std::ops::Range<usize>, between: &str| {
        let pairs: Vec<_> = range.map(|i| format!("{} = ${}", table.columns[i].name, i + 1)).collect();
        pairs.join(between)
    };
    let key = equals(0..table.key, " and ");
    match verb {
        Verb::Insert(rows) => {
            let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            let places = places(engine, rows, table.columns.len());
            format!("insert into {name} ({}) values {places}", names.join(", "))
        }
        Verb::Update => {
            format!("update {name} set {} where {key}", equals(table.key..table.columns.len(), ", "))
        }
        Verb::Delete => format!("delete from {name} where {key}"),
    }
}

/// `($1, $2), ($3, $4)`, or as the engine has them.
fn places(engine: Engine, rows: usize, columns: usize) -> String {
    let mut text = String::new();
    for place in 0..rows * columns {
        let before = match (place, place % columns) {
            (0, _) => "(",
            (_, 0) => "), (",
            _ => ", ",
        };
        text += before;
        dialect::place(engine, place + 1, &mut text);
    }
    text + ")"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_through_all_rows() {
        assert_eq!(places(Engine::Postgres, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(places(Engine::Sqlite, 2, 1), "(?), (?)");
    }

    #[test]
    fn batches_leave_nothing_out() {
        let all: Vec<u32> = (0..300).collect();
        assert_eq!(batches(&all).collect::<Vec<_>>().concat(), all);
        assert_eq!(batches(&all).map(<[u32]>::len).collect::<Vec<_>>(), [128, 128, 32, 8, 4]);
    }
}
