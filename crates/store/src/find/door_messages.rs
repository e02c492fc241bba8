//! What was sent to a door: who may look at its delivery, and the words until they have been handed over.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A message to a door. It has an account, a key or a code by which its sender is known.
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
    /// The digest of a code by which its sender comes back.
    pub code_hash: Option<Vec<u8>>,
    /// The language of the mail.
    pub language: String,
    /// What was written; nothing once it has been handed over.
    pub words: Option<String>,
    /// The secret by which it is answered; nothing once it has been handed over.
    pub answer_secret: Option<Vec<u8>>,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// When its mail was handed over.
    pub delivered_at: Option<i64>,
}

const COLUMNS: &str = "id, door, node, address, account, key_hash, code_hash, language, words, answer_secret, \
     sent_at, delivered_at";

/// Adds a message.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, row: &DoorMessageRow) -> Result<()> {
    let sql = "insert into door_message (id, door, node, address, account, key_hash, code_hash, language, words, \
               answer_secret, sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(row.id)
            .bind(&row.door)
            .bind(row.node)
            .bind(&row.address)
            .bind(row.account)
            .bind(row.key_hash.as_deref())
            .bind(row.code_hash.as_deref())
            .bind(&row.language)
            .bind(row.words.as_deref())
            .bind(row.answer_secret.as_deref())
            .bind(row.sent_at)
    )?;
    Ok(())
}

/// A message.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<DoorMessageRow>> {
    let sql = format!("select {COLUMNS} from door_message where id = $1");
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)
}

/// The message of a code, by its digest.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_code(tx: &mut Tx, code_hash: &[u8]) -> Result<Option<Uuid>> {
    let sql = "select id from door_message where code_hash = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(code_hash).fetch_optional(c).await)
}

/// The message that is answered with a secret, by its digest.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_answer(tx: &mut Tx, answer_hash: &[u8]) -> Result<Option<DoorMessageRow>> {
    let sql = format!("select {COLUMNS} from door_message where answer_hash = $1");
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(answer_hash).fetch_optional(c).await)
}

/// Its mail was handed over at a time (microseconds since 1970): the words go, and of the secret by which it is answered
/// its digest stays.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn delivered(tx: &mut Tx, id: Uuid, (at, answer_hash): (i64, Option<&[u8]>)) -> Result<()> {
    let sql = "update door_message set delivered_at = $2, quiet_since = $2, words = null, answer_secret = null, \
               answer_hash = $3 where id = $1 and delivered_at is null";
    run!(tx, sqlx::query(sql).bind(id).bind(at).bind(answer_hash))?;
    Ok(())
}

/// An answer of a channel.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DoorAnswerRow {
    /// What it says.
    pub words: String,
    /// When it was written, microseconds since 1970.
    pub answered_at: i64,
}

/// The answers to a message, oldest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn answers(tx: &mut Tx, message: Uuid) -> Result<Vec<DoorAnswerRow>> {
    let sql = "select words, answered_at from door_answer where message = $1 order by number";
    on!(tx, c => sqlx::query_as(sql).bind(message).fetch_all(c).await)
}

/// Adds an answer to a message, which is kept from then on.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn answer(tx: &mut Tx, message: Uuid, row: &DoorAnswerRow) -> Result<()> {
    let sql = "insert into door_answer (message, number, words, answered_at) \
               select $1, count(*) + 1, $2, $3 from door_answer where message = $4";
    run!(tx, sqlx::query(sql).bind(message).bind(&row.words).bind(row.answered_at).bind(message))?;
    let sql = "update door_message set quiet_since = $2 where id = $1";
    run!(tx, sqlx::query(sql).bind(message).bind(row.answered_at))?;
    Ok(())
}
