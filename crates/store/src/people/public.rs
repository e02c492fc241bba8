//! Whoever told something without an account: a party that nobody's name is beside, and the code of their way back.

use crate::db::Tx;
use crate::row::{Cell, Kind, Table, column};
use crate::rows;
use sqlx::FromRow;
use uuid::Uuid;

/// The table of those who told something without an account.
pub const TABLE: Table = Table {
    name: "public_teller",
    columns: &[column("id", Kind::Id), column("record", Kind::Id), column("salt", Kind::Bytes)],
    key: 1,
    record: "record",
};

/// One of them, by the party.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TellerRow {
    /// The party.
    pub id: Uuid,
    /// The record.
    pub record: Uuid,
    /// What the party's id commits to.
    pub salt: Vec<u8>,
}

/// Writes one with the code by which they come back, before the transaction's next query; that one tells of a unique
/// violation where the code is known.
pub fn add(tx: &mut Tx, row: &TellerRow, code_hash: &[u8]) {
    let sql = "insert into public_teller (id, record, salt) values ($1, $2, $3)";
    rows::hold(tx, sql, vec![row.id.into(), row.record.into(), row.salt.clone().into()]);
    let sql = "insert into hidden_code (code_hash, record, party) values ($1, $2, $3)";
    let cells: Vec<Cell> = vec![code_hash.to_vec().into(), row.record.into(), row.id.into()];
    rows::hold(tx, sql, cells);
}
