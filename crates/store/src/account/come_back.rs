//! Who told again after a first answer: one row for each contributor of a first idea, once 180 days are over.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, rows, run};
use sqlx::FromRow;
use uuid::Uuid;

/// Notes, of those who were first decided on in a stretch of time (microseconds since 1970), whether they told again
/// within so many microseconds. Those noted before stay as they are. Gives how many were noted.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn note(tx: &mut Tx, (from, until): (i64, i64), within: i64) -> Result<u64> {
    let sql = "insert into come_back (innovation, party, node, kind, answered_at, is_back, is_with_care) \
        select a.innovation, c.party, i.node, a.kind, a.answered_at, \
            exists (select 1 from party own join contributor k on k.party = own.id \
                join innovation j on j.id = k.innovation where own.account = p.account \
                and j.sent_at > a.answered_at and j.sent_at <= a.answered_at + $3), \
            i.seen_by = 'handlers' \
        from answer a join innovation i on i.id = a.innovation \
        join contributor c on c.innovation = a.innovation join party p on p.id = c.party \
        where a.answered_at >= $1 and a.answered_at < $2 and a.kind <> 'send-on' and not a.is_objected \
        and not exists (select 1 from answer b where b.innovation = a.innovation and b.number < a.number \
            and b.kind <> 'send-on' and not b.is_objected) \
        and not exists (select 1 from party own join contributor k on k.party = own.id \
            join innovation j on j.id = k.innovation where own.account = p.account and j.sent_at < i.sent_at) \
        on conflict (innovation, party) do nothing";
    run!(tx, sqlx::query(sql).bind(from).bind(until).bind(within))
}

/// Notes, before the transaction's next query, whether an idea is handled with care from now on.
pub fn set_care(tx: &mut Tx, innovation: Uuid, is_with_care: bool) {
    let sql = "update come_back set is_with_care = $1 where innovation = $2";
    rows::hold(tx, sql, vec![is_with_care.into(), innovation.into()]);
}

/// When the first decision was, microseconds since 1970; nothing where there was none.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn first_decided(tx: &mut Tx) -> Result<Option<i64>> {
    on!(tx, c => sqlx::query_scalar("select min(answered_at) from answer").fetch_one(c).await)
}

/// Contributors of a first idea told at or below a node.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Returned {
    /// The quarter in which their days were over.
    pub quarter: i64,
    /// How they were answered.
    pub kind: String,
    /// Did they tell again?
    pub is_back: bool,
    /// Is the idea handled with care?
    pub is_with_care: bool,
    /// How many.
    pub count: i64,
}

/// Those who were answered in four quarters, which begin at `bounds` and end before its last (microseconds since 1970).
///
/// # Errors
/// Where the database cannot be reached.
pub async fn returned(tx: &mut Tx, node: Uuid, bounds: [i64; 5]) -> Result<Vec<Returned>> {
    let sql = "select cast(case when b.answered_at < $3 then 0 when b.answered_at < $4 then 1 \
            when b.answered_at < $5 then 2 else 3 end as bigint) as quarter, b.kind, b.is_back, b.is_with_care, \
            count(*) as count \
        from node_above up join come_back b on b.node = up.node \
        where up.ancestor = $1 and b.answered_at >= $2 and b.answered_at < $6 \
        group by 1, b.kind, b.is_back, b.is_with_care";
    let [first, second, third, fourth, end] = bounds;
    on!(tx, c => sqlx::query_as(sql)
        .bind(node)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(end)
        .fetch_all(c)
        .await)
}
