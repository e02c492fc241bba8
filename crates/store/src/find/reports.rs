//! What somebody said is wrong with a record, or with a comment on it: it waits for a moderator.

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
    /// The version at which what is wrong was written; 0 for the record itself, and for a comment.
    pub version: i64,
    /// The comment that it is about; nothing where it is about the record.
    pub comment: Option<Uuid>,
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

const COLUMNS: &str = "r.id, r.innovation, r.version, r.comment, r.because, r.line, r.account, r.reported_at, r.ended_at, \
    r.outcome, r.words";

/// Adds a report.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, row: &ReportRow) -> Result<()> {
    let sql = "insert into report (id, innovation, version, comment, because, line, account, reported_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(row.id)
            .bind(row.innovation)
            .bind(row.version)
            .bind(row.comment)
            .bind(&row.because)
            .bind(&row.line)
            .bind(row.account)
            .bind(row.reported_at)
    )?;
    Ok(())
}

/// What waits of a record and of the comments on it, the oldest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open_in(tx: &mut Tx, innovation: Uuid) -> Result<Vec<ReportRow>> {
    let sql = format!(
        "select {COLUMNS} from report r where r.innovation = $1 and r.ended_at is null \
         order by r.reported_at, r.id"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(innovation).fetch_all(c).await)
}

/// What waits of one thing of a record: of a comment, or of the record itself, by its id; the oldest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open_of(tx: &mut Tx, (innovation, about): (Uuid, Uuid)) -> Result<Vec<ReportRow>> {
    let sql = format!(
        "select {COLUMNS} from report r where r.innovation = $1 and coalesce(r.comment, r.innovation) = $2 \
         and r.ended_at is null order by r.reported_at, r.id"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(innovation).bind(about).fetch_all(c).await)
}

/// What a report says: its id, its record, the line, and what a moderator wrote.
pub type Said = (Uuid, Uuid, String, Option<String>);

/// What was said of a record in reports, ended ones too.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn texts(tx: &mut Tx, innovation: Uuid) -> Result<Vec<Said>> {
    let sql = "select id, innovation, line, words from report where innovation = $1 order by id";
    on!(tx, c => sqlx::query_as(sql).bind(innovation).fetch_all(c).await)
}

/// The same of all records that got a shared answer.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn texts_of_given(tx: &mut Tx, shared: Uuid) -> Result<Vec<Said>> {
    let sql = "select id, innovation, line, words from report \
               where innovation in (select innovation from answer where shared = $1) order by id";
    on!(tx, c => sqlx::query_as(sql).bind(shared).fetch_all(c).await)
}

/// Puts other words in the place of what a report says.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn rewrite(tx: &mut Tx, id: Uuid, (line, words): (&str, Option<&str>)) -> Result<()> {
    let sql = "update report set line = $2, words = $3 where id = $1";
    run!(tx, sqlx::query(sql).bind(id).bind(line).bind(words))?;
    Ok(())
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

/// What waits for an account to look at what was reported of it, the first reported first, at most `limit`: a record, and the
/// comment on it where it is one.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn waiting(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    let sql = format!(
        "select i.id, r.comment from innovation i join (select innovation, comment, min(reported_at) as first_at \
             from report where ended_at is null group by innovation, comment) r on r.innovation = i.id \
         where exists (select 1 from role_held g join node_above a on a.ancestor = g.node and a.node = i.node \
             where g.account = $1 and {MODERATES}) \
         order by r.first_at, i.id, coalesce(r.comment, i.id) limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// Ends the waiting of all that was reported of one thing of a record: of a comment, or of the record itself, by its id.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end(
    tx: &mut Tx,
    (innovation, about): (Uuid, Uuid),
    (at, outcome, words): (i64, &str, &str),
) -> Result<u64> {
    let sql = "update report set ended_at = $3, outcome = $4, words = $5 \
               where innovation = $1 and coalesce(comment, innovation) = $2 and ended_at is null";
    run!(tx, sqlx::query(sql).bind(innovation).bind(about).bind(at).bind(outcome).bind(words))
}
