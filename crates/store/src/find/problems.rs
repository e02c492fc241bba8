//! Problems as lists read them: only those that a person may see.

use crate::db::Tx;
use crate::error::Result;
use crate::row::Cell;
use crate::{on, rows};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A problem in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ProblemRow {
    /// Its id.
    pub id: Uuid,
    /// What it is called; nothing once erased.
    pub title: Option<String>,
    /// The language of the title.
    pub language: String,
    /// The name of the legal body whose it is.
    pub body_name: String,
    /// When it was listed, microseconds since 1970.
    pub listed_at: i64,
    /// From when answers are sought, microseconds since 1970.
    pub opens_at: Option<i64>,
    /// Until when.
    pub closes_at: Option<i64>,
    /// Are answers sought no longer, whatever its dates say?
    pub is_closed: bool,
    /// The time zone of its body.
    pub zone: String,
}

/// What an account may see of problems (`$1`, null for nobody): published; of all bodies; of their own bodies; and what
/// they decide on or audit.
const SEEN: &str = "(p.seen_by = 'everyone' \
    or ($1 is not null and p.seen_by = 'bodies') \
    or (p.seen_by = 'body' and exists (select 1 from role_held g \
        join node n on n.id = g.node where g.account = $1 and n.body = p.body)) \
    or exists (select 1 from role_held g join node_above a on a.ancestor = g.node and a.node = p.node \
        where g.account = $1 and g.role in ('team-lead', 'finder', 'head', 'auditor')))";

/// A [`ProblemRow`] of each problem `p`.
const ROWS: &str = "select p.id, w.body as title, p.language, b.name as body_name, p.listed_at, p.opens_at, p.closes_at, \
    p.is_closed, b.zone from problem p join node b on b.id = p.body \
    left join words w on w.record = p.id and w.field = 'title' and w.version = p.title_version";

/// The problems that an account may see, the newest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn list(
    tx: &mut Tx,
    account: Option<Uuid>,
    (limit, offset): (i64, i64),
) -> Result<Vec<ProblemRow>> {
    let sql = format!("{ROWS} where {SEEN} order by p.listed_at desc, p.id limit $2 offset $3");
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).bind(offset).fetch_all(c).await)
}

/// Some problems by their ids, in no order.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn some(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<ProblemRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let cells: Vec<Cell> = ids.iter().copied().map(Cell::from).collect();
    let places: Vec<String> = (1..=cells.len()).map(|place| format!("${place}")).collect();
    let sql = format!("{ROWS} where p.id in ({})", places.join(", "));
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)
}

/// The texts of the problems that an account may see, those of one together, the newest first; of at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn texts(tx: &mut Tx, account: Option<Uuid>, limit: i64) -> Result<Vec<(Uuid, String)>> {
    let sql = format!(
        "select p.id, w.body from (select * from problem p where {SEEN} order by p.listed_at desc, p.id limit $2) p \
         join words w on w.record = p.id and w.body is not null \
         and ((w.field = 'title' and w.version = p.title_version) \
             or (w.field = 'problem' and w.version = p.problem_version) \
             or (w.field = 'details' and w.version = p.details_version)) \
         order by p.listed_at desc, p.id, w.field desc"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// How many problems an account may see.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count(tx: &mut Tx, account: Option<Uuid>) -> Result<i64> {
    let sql = format!("select count(*) from problem p where {SEEN}");
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).fetch_one(c).await)
}

/// May an account see a problem?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn is_seen(tx: &mut Tx, account: Option<Uuid>, problem: Uuid) -> Result<bool> {
    let sql = format!("select count(*) from problem p where p.id = $2 and {SEEN}");
    let count: i64 =
        on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).bind(problem).fetch_one(c).await)?;
    Ok(count > 0)
}
