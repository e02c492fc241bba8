//! What a wall sheet reads: the records told at or below a node that its whole body may see.

use crate::db::Tx;
use crate::error::Result;
use crate::find::listing::{self, SEEN_BY_BODY};
use crate::row::Cell;
use crate::{on, rows};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A record on the wall.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WallRow {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// What it is called; nothing once erased.
    pub title: Option<String>,
    /// The language of the title.
    pub language: String,
    /// Where it stands.
    pub stage: String,
    /// What changed by it, as somebody wrote it; nothing before it was tried, and once erased.
    pub changed: Option<String>,
    /// The language of that.
    pub changed_language: Option<String>,
    /// Who must do the next thing.
    pub owner_name: Option<String>,
    /// Until when (`YYYY-MM-DD`).
    pub next_on: Option<String>,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// When it ended.
    pub ended_at: Option<i64>,
}

/// The records of a node for the wall of its body: those that are open, and those that ended after a time, the newest
/// first. Never those that only those who handle them see, nor those of another body that only it sees, nor those that
/// were taken back.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_node(tx: &mut Tx, node: Uuid, (ended_after, limit): (i64, i64)) -> Result<Vec<WallRow>> {
    let after = format!("${}", 3 + SEEN_BY_BODY.len());
    let newest = listing::newest(
        SEEN_BY_BODY.len(),
        "join innovation i on i.id = l.innovation",
        &format!("and i.stage <> 'withdrawn' and (i.ended_at is null or i.ended_at > {after})"),
    );
    let sql = format!(
        "select i.id, i.reference, w.body as title, i.language, i.stage, c.body as changed, \
         c.language as changed_language, a.name as owner_name, i.next_on, i.sent_at, i.ended_at \
         from {newest} l join innovation i on i.id = l.innovation \
         left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version \
         left join words c on c.record = i.id and c.field = 'changed' and c.version = \
         (select max(version) from words where record = i.id and field = 'changed') \
         left join party p on p.id = i.owner left join account a on a.id = p.account \
         order by l.sent_at desc, i.id desc"
    );
    let lists = SEEN_BY_BODY.into_iter().map(Cell::from);
    let cells: Vec<Cell> =
        [node.into(), limit.into()].into_iter().chain(lists).chain([ended_after.into()]).collect();
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)
}
