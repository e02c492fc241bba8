//! How long the steps of records take where they live.

use crate::db::Tx;
use crate::error::Result;
use crate::find::listing::REACHING;
use crate::on;
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

/// How long a step took in the latest records told at or below a node, in microseconds, in no order.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn lasted(tx: &mut Tx, node: Uuid, step: Step) -> Result<Vec<i64>> {
    let sql = match step {
        Step::Answer => {
            "select a.answered_at - l.sent_at from \
             (select innovation, sent_at from listing where node = $1 and audience = $3 order by sent_at desc, innovation desc limit $2) l \
             join answer a on a.innovation = l.innovation and a.number = 1 order by a.innovation"
        }
        Step::Try => {
            "select i.ended_at - max(a.answered_at) from \
             (select innovation, sent_at from listing where node = $1 and audience = $3 order by sent_at desc, innovation desc limit $2) l \
             join innovation i on i.id = l.innovation and i.ended_at is not null and i.outcome is not null \
             join answer a on a.innovation = i.id and a.kind = 'go' \
             group by i.id, i.ended_at order by i.id"
        }
    };
    on!(tx, c => sqlx::query_scalar(sql).bind(node).bind(LATEST).bind(REACHING).fetch_all(c).await)
}
