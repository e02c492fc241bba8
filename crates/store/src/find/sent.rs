//! What is read of records that were sent, by whoever told them: the record of a reference, the last origin.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use uuid::Uuid;

/// The record of a reference.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_reference(tx: &mut Tx, reference: &str) -> Result<Option<Uuid>> {
    let sql = "select id from innovation where reference = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(reference).fetch_optional(c).await)
}

/// The reference of a record.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reference_of(tx: &mut Tx, id: Uuid) -> Result<Option<String>> {
    let sql = "select reference from innovation where id = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(id).fetch_optional(c).await)
}

/// Where a person said they come from when they last told something.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn last_origin(tx: &mut Tx, account: Uuid) -> Result<Option<String>> {
    let sql = "select i.origin from party p join contributor c on c.party = p.id \
               join innovation i on i.id = c.innovation where p.account = $1 \
               order by i.sent_at desc, i.id limit 1";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).fetch_optional(c).await)
}
