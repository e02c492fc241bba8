//! Files that are to come in, staged row by row without events, and what is known already of what they hold.

use crate::db::Tx;
use crate::error::Result;
use crate::row::{Cell, Kind, Table, column};
use crate::{on, rows, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BatchRow {
    /// Its id.
    pub id: Uuid,
    /// What its rows are.
    pub kind: String,
    /// Where they go.
    pub node: Uuid,
    /// Who uploaded it; nobody where it was whoever has the machine.
    pub account: Option<Uuid>,
    /// The file's name.
    pub file_name: String,
    /// What kind of file it was.
    pub format: String,
    /// How its characters were stored.
    pub stored: String,
    /// The headings, as a JSON list.
    pub headings: String,
    /// Which column holds which field, as a JSON list of pairs.
    pub mapping: String,
    /// `staged`, `applying`, `applied`, `thrown-away`.
    pub state: String,
    /// Do rows with faults stay out, instead of keeping out all?
    pub is_good_only: bool,
    /// How many rows it has.
    pub row_count: i64,
    /// What became of it, as JSON, once it was applied.
    pub result: Option<String>,
    /// When it was uploaded, microseconds since 1970.
    pub created_at: i64,
    /// When its state last changed, microseconds since 1970.
    pub changed_at: i64,
}

const ROW: Table = Table {
    name: "import_row",
    columns: &[column("batch", Kind::Id), column("number", Kind::Int), column("cells", Kind::Text)],
    key: 2,
    record: "batch",
};

/// Stages a file: the batch and its rows as number and JSON list of cells.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, batch: &BatchRow, cells: &[(i64, String)]) -> Result<()> {
    let sql = "insert into import_batch (id, kind, node, account, file_name, format, stored, headings, mapping, state, \
               is_good_only, row_count, created_at, changed_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'staged', $10, $11, $12, $12)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(batch.id)
            .bind(&batch.kind)
            .bind(batch.node)
            .bind(batch.account)
            .bind(&batch.file_name)
            .bind(&batch.format)
            .bind(&batch.stored)
            .bind(&batch.headings)
            .bind(&batch.mapping)
            .bind(batch.is_good_only)
            .bind(batch.row_count)
            .bind(batch.created_at)
    )?;
    let row =
        |(number, cells): &(i64, String)| vec![batch.id.into(), (*number).into(), Cell::Text(cells.clone())];
    rows::insert(tx, &ROW, &cells.iter().map(row).collect::<Vec<_>>()).await
}

/// A batch.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn batch(tx: &mut Tx, id: Uuid) -> Result<Option<BatchRow>> {
    let sql = "select * from import_batch where id = $1";
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// The newest batches for a node, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn batches_at(tx: &mut Tx, node: Uuid, limit: i64) -> Result<Vec<BatchRow>> {
    let sql = "select * from import_batch where node = $1 order by created_at desc, id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(limit).fetch_all(c).await)
}

/// The rows of a batch in order: number and JSON list of cells.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn cells(tx: &mut Tx, batch: Uuid) -> Result<Vec<(i64, String)>> {
    let sql = "select number, cells from import_row where batch = $1 order by number";
    on!(tx, c => sqlx::query_as(sql).bind(batch).fetch_all(c).await)
}

/// Says anew which column holds which field.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set_mapping(tx: &mut Tx, id: Uuid, mapping: &str) -> Result<()> {
    run!(tx, sqlx::query("update import_batch set mapping = $2 where id = $1").bind(id).bind(mapping))?;
    Ok(())
}

/// Says whether rows with faults stay out.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set_good_only(tx: &mut Tx, id: Uuid, is_good_only: bool) -> Result<()> {
    run!(
        tx,
        sqlx::query("update import_batch set is_good_only = $2 where id = $1").bind(id).bind(is_good_only)
    )?;
    Ok(())
}

/// Brings a batch from one state to another; false where it was not in the first, so that two never do the same.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn change_state(tx: &mut Tx, id: Uuid, (from, to): (&str, &str), at: i64) -> Result<bool> {
    let sql = "update import_batch set state = $3, changed_at = $4 where id = $1 and state = $2";
    Ok(run!(tx, sqlx::query(sql).bind(id).bind(from).bind(to).bind(at))? == 1)
}

/// Notes what became of a batch and forgets its rows.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn finish(tx: &mut Tx, id: Uuid, result: Option<&str>) -> Result<()> {
    run!(tx, sqlx::query("update import_batch set result = $2 where id = $1").bind(id).bind(result))?;
    run!(tx, sqlx::query("delete from import_row where batch = $1").bind(id))?;
    Ok(())
}

/// Ideas of a body that another system knows by an id.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn known_ideas(tx: &mut Tx, body: Uuid) -> Result<Vec<(String, Uuid)>> {
    let sql =
        "select external_id, id from innovation where body = $1 and external_id is not null order by id";
    on!(tx, c => sqlx::query_as(sql).bind(body).fetch_all(c).await)
}

/// Problems of a body that another system knows by an id.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn known_problems(tx: &mut Tx, body: Uuid) -> Result<Vec<(String, Uuid)>> {
    let sql = "select external_id, id from problem where body = $1 and external_id is not null order by id";
    on!(tx, c => sqlx::query_as(sql).bind(body).fetch_all(c).await)
}

/// The account that another system knows by an id.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn known_account(tx: &mut Tx, external_id: &str) -> Result<Option<Uuid>> {
    let sql = "select id from account where external_id = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(external_id).fetch_optional(c).await)
}

/// Closes an account that nobody will sign in with: it only names who told something elsewhere.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn close_account(tx: &mut Tx, id: Uuid, at: i64) -> Result<()> {
    run!(tx, sqlx::query("update account set closed_at = $2 where id = $1").bind(id).bind(at))?;
    Ok(())
}
