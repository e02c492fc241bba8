//! Writing rows as values: many in one statement, and only what differs between two states of a record.

use crate::db::{Engine, Tx};
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::on_settled;
use crate::row::{Cell, Column, Row, Table};
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
    let mut writes = Writes::on(tx);
    writes.insert(table, rows)?;
    writes.run(tx).await
}

/// A statement with what is bound in it.
pub(crate) type Held = (Arc<str>, Vec<Cell>);

/// Statements that follow one another and that nobody needs the answer of.
#[derive(Debug)]
pub(crate) struct Writes {
    engine: Engine,
    all: Vec<Held>,
}

impl Writes {
    /// None yet.
    pub(crate) fn on(tx: &Tx) -> Self {
        Self { engine: tx.engine(), all: Vec::new() }
    }

    /// Rows to be inserted, given as values in the table's order.
    pub(crate) fn insert(&mut self, table: &Table, rows: &[Vec<Cell>]) -> Result<()> {
        if let Some(odd) = rows.iter().find(|row| row.len() != table.columns.len()) {
            let (cells, columns) = (odd.len(), table.columns.len());
            return Err(StoreError::broken(format!("{}: {cells} cells for {columns} columns", table.name)));
        }
        for batch in batches(rows) {
            self.push(table, Verb::Insert(batch.len()), batch.concat());
        }
        Ok(())
    }

    /// One row to be updated by its key, given as values in the table's order.
    pub(crate) fn update(&mut self, table: &Table, mut cells: Vec<Cell>) {
        // The key comes last in the statement.
        cells.rotate_left(table.key);
        self.push(table, Verb::Update, cells);
    }

    fn push(&mut self, table: &Table, verb: Verb, cells: Vec<Cell>) {
        self.all.push((statement(self.engine, table, verb), cells));
    }

    /// Leaves them to the transaction, to go before the next query or with the end.
    pub(crate) fn hold(self, tx: &mut Tx) {
        tx.hold(self.all);
    }

    /// Runs them in order, at once.
    pub(crate) async fn run(self, tx: &mut Tx) -> Result<()> {
        self.hold(tx);
        tx.settle().await
    }
}

/// Leaves one statement to the transaction, to go before the next query or with the end. In its text `$1`, `$2` … stand
/// once each and in order, one for each cell.
pub(crate) fn hold(tx: &mut Tx, sql: &str, cells: Vec<Cell>) {
    let mut pieces = sql.split('$');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (place, piece) in pieces.enumerate() {
        let number = (place + 1).to_string();
        debug_assert!(piece.starts_with(&number) && place < cells.len(), "places out of order: {sql}");
        dialect::place(tx.engine(), place + 1, &mut text);
        text.push_str(piece.strip_prefix(&*number).unwrap_or(piece));
    }
    tx.hold(vec![(text.into(), cells)]);
}

/// The most values that are bound in statements that go together.
const CELLS_TOGETHER: usize = 256;

/// Runs statements in order.
pub(crate) async fn run(tx: &mut Tx, held: Vec<Held>) -> Result<()> {
    for (sql, cells) in together(tx.engine(), held) {
        on_settled!(tx, c => bind(sqlx::query(AssertSqlSafe(sql)), &cells).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Statements as they are handed over. SQLite takes a few small ones in one turn of its thread: handing each over takes
/// longer than doing it.
pub(crate) fn together(engine: Engine, mut held: Vec<Held>) -> impl Iterator<Item = (String, Vec<Cell>)> {
    std::iter::from_fn(move || {
        let rest = held.split_off(fitting(engine, &held)?);
        let (texts, cells): (Vec<Arc<str>>, Vec<Vec<Cell>>) =
            std::mem::replace(&mut held, rest).into_iter().unzip();
        Some((texts.join("; "), cells.concat()))
    })
}

/// How many of the first statements go together: at least one, where there are any.
fn fitting(engine: Engine, held: &[Held]) -> Option<usize> {
    let mut cells = 0;
    let fits = |(_, bound): &&Held| {
        cells += bound.len();
        engine == Engine::Sqlite && cells <= CELLS_TOGETHER
    };
    let most = held.len().min(1);
    Some(held.iter().take_while(fits).count().max(most)).filter(|count| *count > 0)
}

/// Notes what brings the tables from the rows of one state to those of the next.
pub(crate) fn change(writes: &mut Writes, tables: &[Table], (before, after): (&[Row], &[Row])) -> Result<()> {
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
                writes.push(table, Verb::Delete, key);
            }
        }
    }
    for table in tables {
        let (changed, added): (Vec<_>, Vec<_>) = after
            .iter()
            .filter(|row| row.table == table.name)
            .partition(|row| old.contains_key(&(row.table, row.key_values())));
        for row in changed.into_iter().filter(|row| old[&(row.table, row.key_values())] != *row) {
            writes.update(table, row.values().cloned().collect());
        }
        let added: Vec<Vec<Cell>> = added.into_iter().map(|row| row.values().cloned().collect()).collect();
        writes.insert(table, &added)?;
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
    let (keys, values) = table.columns.split_at(table.key);
    match verb {
        Verb::Insert(rows) => {
            let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            let places = places(engine, rows, table.columns.len());
            format!("insert into {name} ({}) values {places}", names.join(", "))
        }
        Verb::Update => {
            let (set, key) =
                (equals(engine, (values, 0), ", "), equals(engine, (keys, values.len()), " and "));
            format!("update {name} set {set} where {key}")
        }
        Verb::Delete => format!("delete from {name} where {}", equals(engine, (keys, 0), " and ")),
    }
}

/// `a = $1, b = $2`, counted on from a place; or as the engine has them.
fn equals(engine: Engine, (columns, before): (&[Column], usize), between: &str) -> String {
    let pairs = columns.iter().enumerate().map(|(place, column)| {
        let mut pair = format!("{} = ", column.name);
        dialect::place(engine, before + place + 1, &mut pair);
        pair
    });
    pairs.collect::<Vec<_>>().join(between)
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
        assert_eq!(batches(&all[..7]).map(<[u32]>::len).collect::<Vec<_>>(), [4, 3]);
    }
}
