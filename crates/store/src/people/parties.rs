//! Parties: the only way between a person in one record and an account.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::FromRow;
use uuid::Uuid;

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

/// Makes an account a party of a record.
///
/// # Errors
/// [`crate::error::StoreError`] of a unique violation where it is one already.
pub async fn add(tx: &mut Tx, id: Uuid, record: Uuid, account: Uuid) -> Result<()> {
    let sql = "insert into party (id, record, account) values ($1, $2, $3)";
    on!(tx, c => sqlx::query(sql).bind(id).bind(record).bind(account).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}
