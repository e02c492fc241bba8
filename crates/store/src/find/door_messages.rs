//! What was sent to a door: who may look at its delivery, and the words until they have been handed over.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A message to a door. It has an account or a key, never neither.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DoorMessageRow {
    /// Its id.
    pub id: Uuid,
    /// The name of the door.
    pub door: String,
    /// Where it was told.
    pub node: Uuid,
    /// The address that it goes to.
    pub address: String,
    /// Whose it is.
    pub account: Option<Uuid>,
    /// SHA-256 of the browser's secret, where nobody had signed in.
    pub key_hash: Option<Vec<u8>>,
    /// The language of the mail.
    pub language: String,
    /// What was written; nothing once it has been handed over.
    pub words: Option<String>,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// When its mail was handed over.
    pub delivered_at: Option<i64>,
}

/// Adds a message.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, row: &DoorMessageRow) -> Result<()> {
    let sql = "insert into door_message (id, door, node, address, account, key_hash, language, words, sent_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(row.id)
            .bind(&row.door)
            .bind(row.node)
            .bind(&row.address)
            .bind(row.account)
            .bind(row.key_hash.as_deref())
            .bind(&row.language)
            .bind(row.words.as_deref())
            .bind(row.sent_at)
    )?;
    Ok(())
}

/// A message.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<DoorMessageRow>> {
    let sql = "select id, door, node, address, account, key_hash, language, words, sent_at, delivered_at \
               from door_message where id = $1";
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// Its mail was handed over at a time (microseconds since 1970): the words go.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn delivered(tx: &mut Tx, id: Uuid, at: i64) -> Result<()> {
    let sql =
        "update door_message set delivered_at = $2, words = null where id = $1 and delivered_at is null";
    run!(tx, sqlx::query(sql).bind(id).bind(at))?;
    Ok(())
}
