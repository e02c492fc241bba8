//! What somebody said is wrong with a record: it waits for a moderator.

use crate::db::Tx;
use crate::error::Result;
use crate::find::moderation::MODERATES;
use crate::{on, run};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ReportRow {
    /// Its id.
    pub id: Uuid,
    /// The record.
    pub innovation: Uuid,
    /// The version at which what is wrong was written; 0 for the record itself.
    pub version: i64,
    /// What is wrong.
    pub because: String,
    /// The same in words; may be empty.
    pub line: String,
    /// Who said so; nothing for a visitor.
    pub account: Option<Uuid>,
    /// When, microseconds since 1970.
    pub reported_at: i64,
    /// When a moderator had looked at it.
    pub ended_at: Option<i64>,
    /// What they did.
    pub outcome: Option<String>,
    /// What they wrote.
    pub words: Option<String>,
}

const COLUMNS: &str = "r.id, r.innovation, r.version, r.because, r.line, r.account, r.reported_at, r.ended_at, \
    r.outcome, r.words";

/// Adds a report.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, row: &ReportRow) -> Result<()> {
    let sql = "insert into report (id, innovation, version, because, line, account, reported_at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(row.id)
            .bind(row.innovation)
            .bind(row.version)
            .bind(&row.because)
            .bind(&row.line)
            .bind(row.account)
            .bind(row.reported_at)
    )?;
    Ok(())
}

/// A report.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<ReportRow>> {
    let sql = format!("select {COLUMNS} from report r where r.id = $1");
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)
}

/// What waits of a record, the oldest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open_of(tx: &mut Tx, innovation: Uuid) -> Result<Vec<ReportRow>> {
    let sql = format!(
        "select {COLUMNS} from report r where r.innovation = $1 and r.ended_at is null \
         order by r.reported_at, r.id"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(innovation).fetch_all(c).await)
}

/// What an account said, the latest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_account(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<ReportRow>> {
    let sql = format!(
        "select {COLUMNS} from report r where r.account = $1 order by r.reported_at desc, r.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// Records that wait for an account to look at what was reported, the first reported first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn waiting(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<Uuid>> {
    let sql = format!(
        "select i.id from innovation i join (select innovation, min(reported_at) as first_at from report \
             where ended_at is null group by innovation) r on r.innovation = i.id \
         where exists (select 1 from role_held g join node_above a on a.ancestor = g.node and a.node = i.node \
             where g.account = $1 and {MODERATES}) \
         order by r.first_at, i.id limit $2"
    );
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// Ends the waiting of all that was reported of a record.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end(tx: &mut Tx, innovation: Uuid, (at, outcome, words): (i64, &str, &str)) -> Result<u64> {
    let sql = "update report set ended_at = $2, outcome = $3, words = $4 where innovation = $1 and ended_at is null";
    run!(tx, sqlx::query(sql).bind(innovation).bind(at).bind(outcome).bind(words))
}
