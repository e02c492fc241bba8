//! Parties: the only way between a person in one record and an account.

use crate::db::Tx;
use crate::error::Result;
use crate::row::{Cell, Kind, Table, column};
use crate::{on, rows, run};
use sqlx::FromRow;
use uuid::Uuid;
use waymark_domain::people::party::Party;

/// A party of a record with the name of its account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PartyRow {
    /// The party.
    pub id: Uuid,
    /// Its account.
    pub account: Uuid,
    /// The account's name.
    pub name: String,
}

/// All parties of a record.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_record(tx: &mut Tx, record: Uuid) -> Result<Vec<PartyRow>> {
    let sql =
        "select p.id, p.account, a.name from party p join account a on a.id = p.account where p.record = $1";
    on!(tx, c => sqlx::query_as(sql).bind(record).fetch_all(c).await)
}

/// The party that an account is in a record, where it is one.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_account(tx: &mut Tx, record: Uuid, account: Uuid) -> Result<Option<Uuid>> {
    let sql = "select id from party where record = $1 and account = $2";
    on!(tx, c => sqlx::query_scalar(sql).bind(record).bind(account).fetch_optional(c).await)
}

/// The account of a party; nothing once that was erased.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn account_of(tx: &mut Tx, party: Uuid) -> Result<Option<Uuid>> {
    let sql = "select account from party where id = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(party).fetch_optional(c).await)
}

/// The name of a party's account; nothing once that was erased.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn name_of(tx: &mut Tx, party: Uuid) -> Result<Option<String>> {
    let sql = "select a.name from party p join account a on a.id = p.account where p.id = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(party).fetch_optional(c).await)
}

/// Makes an account a party of a record, before the transaction's next query; that one tells of a unique violation where it
/// is one already.
pub fn add(tx: &mut Tx, party: &Party) {
    let sql = "insert into party (id, record, account, salt) values ($1, $2, $3, $4)";
    rows::hold(tx, sql, cells(party));
}

/// The table of parties, for loading many at once.
pub const TABLE: Table = Table {
    name: "party",
    columns: &[
        column("id", Kind::Id),
        column("record", Kind::Id),
        column("account", Kind::Id),
        column("salt", Kind::Bytes),
    ],
    key: 1,
    record: "record",
};

/// The cells of a party's row, in the order of [`TABLE`].
pub fn cells(party: &Party) -> Vec<Cell> {
    vec![party.id().into(), party.record.into(), party.account.0.into(), party.salt.to_vec().into()]
}

/// Erases who somebody is in every record: what is left of each row is that the party was there. Gives how many rows went.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn erase(tx: &mut Tx, account: Uuid) -> Result<u64> {
    let leave = "insert into party_erased (record, party) select record, id from party where account = $1";
    run!(tx, sqlx::query(leave).bind(account))?;
    run!(tx, sqlx::query("delete from party where account = $1").bind(account))
}
