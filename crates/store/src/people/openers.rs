//! Openers' keys, hidden names, and the codes by which whoever hid theirs comes back.

use crate::db::Tx;
use crate::error::Result;
use crate::row::{Cell, Kind, Table, column};
use crate::{on, rows, run};
use sqlx::FromRow;
use uuid::Uuid;

/// An opener's key: its public half.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct KeyRow {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub account: Uuid,
    /// The opener's name.
    pub name: String,
    /// The public half.
    pub public_key: Vec<u8>,
    /// When it was made, microseconds since 1970.
    pub made_at: i64,
}

/// Makes a key the one of an account; the one before ends.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn make(tx: &mut Tx, (id, account): (Uuid, Uuid), public_key: &[u8], at: i64) -> Result<()> {
    let end = "update opener_key set ended_at = $2 where account = $1 and ended_at is null";
    run!(tx, sqlx::query(end).bind(account).bind(at))?;
    let sql = "insert into opener_key (id, account, public_key, made_at) values ($1, $2, $3, $4)";
    run!(tx, sqlx::query(sql).bind(id).bind(account).bind(public_key).bind(at))?;
    Ok(())
}

/// The key of an account, where it has one.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_account(tx: &mut Tx, account: Uuid) -> Result<Option<KeyRow>> {
    let sql = "select k.id, k.account, a.name, k.public_key, k.made_at from opener_key k \
               join account a on a.id = k.account where k.account = $1 and k.ended_at is null";
    on!(tx, c => sqlx::query_as(sql).bind(account).fetch_optional(c).await)
}

/// A key, ended or not.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<KeyRow>> {
    let sql = "select k.id, k.account, a.name, k.public_key, k.made_at from opener_key k \
               join account a on a.id = k.account where k.id = $1";
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// The keys of those who are openers for a node, the nearest first, the older before the newer, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reaching(tx: &mut Tx, node: Uuid, limit: i64) -> Result<Vec<KeyRow>> {
    let sql = "select k.id, k.account, a.name, k.public_key, k.made_at from node_above n \
               join role_held g on g.node = n.ancestor and g.role = 'opener' \
               join opener_key k on k.account = g.account and k.ended_at is null \
               join account a on a.id = k.account and a.closed_at is null \
               where n.node = $1 order by n.height, k.made_at, k.id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(limit).fetch_all(c).await)
}

/// The nodes from one upwards, itself first, each with how many people hold a role at or below it, counted up to `most`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn people_above(tx: &mut Tx, node: Uuid, most: i64) -> Result<Vec<(Uuid, i64)>> {
    let sql = "select n.ancestor, (select count(*) from ( \
                   select distinct g.account from node_above low join role_held g on g.node = low.node \
                   where low.ancestor = n.ancestor limit $2) found) as people \
               from node_above n where n.node = $1 order by n.height";
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(most).fetch_all(c).await)
}

/// The table of hidden names.
pub const TABLE: Table = Table {
    name: "sealed_name",
    columns: &[column("id", Kind::Id), column("record", Kind::Id), column("sealed", Kind::Bytes)],
    key: 1,
    record: "record",
};

/// A hidden name, by its party.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SealedRow {
    /// The party.
    pub id: Uuid,
    /// The record.
    pub record: Uuid,
    /// What two openers can decrypt.
    pub sealed: Vec<u8>,
}

/// Writes a hidden name with the code by which its owner comes back, before the transaction's next query; that one tells of
/// a unique violation where the code is known.
pub fn add(tx: &mut Tx, row: &SealedRow, code_hash: &[u8]) {
    let sql = "insert into sealed_name (id, record, sealed) values ($1, $2, $3)";
    rows::hold(tx, sql, vec![row.id.into(), row.record.into(), row.sealed.clone().into()]);
    let sql = "insert into hidden_code (code_hash, record, party) values ($1, $2, $3)";
    let cells: Vec<Cell> = vec![code_hash.to_vec().into(), row.record.into(), row.id.into()];
    rows::hold(tx, sql, cells);
}

/// The record and the party of a code.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_code(tx: &mut Tx, code_hash: &[u8]) -> Result<Option<(Uuid, Uuid, String)>> {
    let sql = "select c.record, c.party, i.reference from hidden_code c join innovation i on i.id = c.record \
               where c.code_hash = $1";
    on!(tx, c => sqlx::query_as(sql).bind(code_hash).fetch_optional(c).await)
}

/// The code of a record works no more.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn forget_code(tx: &mut Tx, record: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from hidden_code where record = $1").bind(record))?;
    Ok(())
}

/// The hidden name of a record.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn sealed_of(tx: &mut Tx, record: Uuid) -> Result<Option<SealedRow>> {
    let sql = "select id, record, sealed from sealed_name where record = $1";
    on!(tx, c => sqlx::query_as(sql).bind(record).fetch_optional(c).await)
}

/// Keeps what the first opener has opened, for the second.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn begin_opening(tx: &mut Tx, record: Uuid, layer: &[u8]) -> Result<()> {
    let sql = "insert into opening (record, layer) values ($1, $2) \
               on conflict (record) do update set layer = excluded.layer";
    run!(tx, sqlx::query(sql).bind(record).bind(layer))?;
    Ok(())
}

/// What the first opener has opened.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn opening_of(tx: &mut Tx, record: Uuid) -> Result<Option<Vec<u8>>> {
    let sql = "select layer from opening where record = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(record).fetch_optional(c).await)
}

/// The records of which an opener has opened half of a name, after one, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn begun(tx: &mut Tx, after: Uuid, limit: u32) -> Result<Vec<Uuid>> {
    let sql = "select record from opening where record > $1 order by record limit $2";
    on!(tx, c => sqlx::query_scalar(sql).bind(after).bind(i64::from(limit)).fetch_all(c).await)
}

/// Takes that away again.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end_opening(tx: &mut Tx, record: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from opening where record = $1").bind(record))?;
    Ok(())
}
