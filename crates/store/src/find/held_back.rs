//! What is held back until a finder has read it: sent, but in no record, list or index.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A text that is, or was, held back.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct HeldBackRow {
    /// Its id: the one that its draft had.
    pub id: Uuid,
    /// Who sent it.
    pub account: Uuid,
    /// Which form.
    pub form: String,
    /// The fields as JSON; nothing once it has ended.
    pub payload: Option<String>,
    /// Where it was told.
    pub node: Uuid,
    /// The name of the door that it reads like.
    pub door: String,
    /// When it was sent, microseconds since 1970.
    pub held_at: i64,
    /// By which day (`YYYY-MM-DD`) somebody reads it.
    pub due_on: String,
    /// When that was done.
    pub ended_at: Option<i64>,
    /// What became of it.
    pub outcome: Option<String>,
    /// The record that was made of it.
    pub record: Option<Uuid>,
    /// The message to a door that was made of it.
    pub message: Option<Uuid>,
    /// What its reader wrote to whoever sent it.
    pub line: Option<String>,
}

const COLUMNS: &str =
    "id, account, form, payload, node, door, held_at, due_on, ended_at, outcome, record, message, line";

/// Adds a text that waits.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, row: &HeldBackRow) -> Result<()> {
    let sql = "insert into held_back (id, account, form, payload, node, door, held_at, due_on) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(row.id)
            .bind(row.account)
            .bind(&row.form)
            .bind(row.payload.as_deref())
            .bind(row.node)
            .bind(&row.door)
            .bind(row.held_at)
            .bind(&row.due_on)
    )?;
    Ok(())
}

/// A text.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<HeldBackRow>> {
    let sql = format!("select {COLUMNS} from held_back where id = $1");
    on!(tx, c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)
}

/// What somebody sent and what still waits, the oldest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_account(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<HeldBackRow>> {
    let sql = format!(
        "select {COLUMNS} from held_back where account = $1 and ended_at is null order by held_at, id limit $2"
    );
    on!(tx, c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// What waits at or below a node where somebody, or whom they are cover for on a day (`YYYY-MM-DD`), is finder or head; the
/// oldest first, at most `limit`. Which of it is theirs to read is the rule's to say.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reached(tx: &mut Tx, (account, day): (Uuid, &str), limit: i64) -> Result<Vec<HeldBackRow>> {
    let sql = format!(
        "select {COLUMNS} from held_back where ended_at is null and node in ( \
             select a.node from role_held g join node_above a on a.ancestor = g.node \
             where g.role in ('finder', 'head') and (g.account = $1 or g.account in ( \
                 select c.account from cover c \
                 where c.covered_by = $1 and c.from_on <= $2 and c.to_on >= $2))) \
         order by held_at, id limit $3"
    );
    let sql = sqlx::AssertSqlSafe(sql);
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(day).bind(limit).fetch_all(c).await)
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending<'e> {
    /// When, microseconds since 1970.
    pub at: i64,
    /// What became of it.
    pub outcome: &'e str,
    /// The record that was made of it.
    pub record: Option<Uuid>,
    /// The message that was made of it.
    pub message: Option<Uuid>,
    /// What its reader wrote to whoever sent it.
    pub line: Option<&'e str>,
}

/// Ends the waiting of a text; its words go from here. Did it wait?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end(tx: &mut Tx, id: Uuid, ending: Ending<'_>) -> Result<bool> {
    let sql = "update held_back set payload = null, ended_at = $2, outcome = $3, record = $4, message = $5, \
               line = $6 where id = $1 and ended_at is null";
    let ended = run!(
        tx,
        sqlx::query(sql)
            .bind(id)
            .bind(ending.at)
            .bind(ending.outcome)
            .bind(ending.record)
            .bind(ending.message)
            .bind(ending.line)
    )?;
    Ok(ended == 1)
}

/// Was a message to a door made by a finder, of what was held back?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn is_source(tx: &mut Tx, message: Uuid) -> Result<bool> {
    let sql = "select exists (select 1 from held_back where message = $1)";
    on!(tx, c => sqlx::query_scalar(sql).bind(message).fetch_one(c).await)
}
