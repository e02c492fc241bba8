//! How long the steps of records take where they live.

use crate::db::Tx;
use crate::error::Result;
use crate::find::listing::{self, SEEN_BY_BODY};
use crate::row::Cell;
use crate::{on, rows};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A step whose length can be told from records that have it behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// From telling to the first answer.
    Answer,
    /// From *try it* to the three lines.
    Try,
}

/// How many of a node's latest records are looked at: enough for a median, few enough for every page.
const LATEST: i64 = 200;

/// How long a step took in the latest records told at or below a node, in microseconds, in no order: of those that all
/// people of its body may see, so that what is handled with care moves no number, and the number is everybody's.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn lasted(tx: &mut Tx, node: Uuid, step: Step) -> Result<Vec<i64>> {
    let newest = listing::newest(SEEN_BY_BODY.len(), "", "");
    let sql = match step {
        Step::Answer => format!(
            "select a.answered_at - l.sent_at from {newest} l \
             join answer a on a.innovation = l.innovation and a.number = 1 order by a.innovation"
        ),
        Step::Try => format!(
            "select i.ended_at - max(a.answered_at) from {newest} l \
             join innovation i on i.id = l.innovation and i.ended_at is not null and i.outcome is not null \
             join answer a on a.innovation = i.id and a.kind = 'go' \
             group by i.id, i.ended_at order by i.id"
        ),
    };
    let cells: Vec<Cell> =
        [node.into(), LATEST.into()].into_iter().chain(SEEN_BY_BODY.into_iter().map(Cell::from)).collect();
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| sqlx::Row::try_get(&row, 0))
        .fetch_all(c)
        .await)
}
