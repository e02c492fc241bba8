//! Which open records time may bring something to, and what doctor asks of all of them.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use uuid::Uuid;

/// The time zones of the bodies that are open.
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the database is gone.
pub async fn zones(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "select distinct zone from node where is_body and not is_closed order by zone";
    on!(tx, c => sqlx::query_scalar(sql).fetch_all(c).await)
}

/// Open records of a zone whose next date is a day (`YYYY-MM-DD`) or earlier, after a place in that order.
///
/// # Errors
/// As [`zones`].
pub async fn reached(
    tx: &mut Tx,
    (zone, day): (&str, &str),
    (after_day, after): (&str, Uuid),
    limit: u32,
) -> Result<Vec<(Uuid, String)>> {
    let sql = "select id, next_on from innovation
        where ended_at is null and zone = $1 and next_on <= $2 and (next_on, id) > ($3, $4)
        order by next_on, id limit $5";
    on!(tx, c => sqlx::query_as(sql)
        .bind(zone)
        .bind(day)
        .bind(after_day)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)
}

/// Open records of a zone that missed their date and were given one after a day: they go up all the same.
///
/// # Errors
/// As [`zones`].
pub async fn missed(tx: &mut Tx, (zone, day): (&str, &str), after: Uuid, limit: u32) -> Result<Vec<Uuid>> {
    let sql = "select id from innovation
        where ended_at is null and missed_on is not null and zone = $1 and next_on > $2 and overdue_step < 3
            and id > $3
        order by id limit $4";
    on!(tx, c => sqlx::query_scalar(sql).bind(zone).bind(day).bind(after).bind(i64::from(limit)).fetch_all(c).await)
}

/// Open records of a zone whose decider is away on a day, or had them for somebody who is back.
///
/// # Errors
/// As [`zones`].
pub async fn of_away(tx: &mut Tx, (zone, day): (&str, &str), after: Uuid, limit: u32) -> Result<Vec<Uuid>> {
    let sql = "select id from (
            select i.id from cover c
            join party p on p.account = c.account
            join innovation i on i.decider = p.id and i.ended_at is null
            where c.from_on <= $2 and c.to_on >= $2 and i.zone = $1
        union
            select i.id from innovation i join party p on p.id = i.decider
            where i.ended_at is null and i.zone = $1 and not exists (
                select 1 from role_grant g
                join party h on h.id = g.holder
                left join cover c on c.account = h.account and c.covered_by = p.account
                    and c.from_on <= $2 and c.to_on >= $2
                where g.node = i.decider_node and g.role = i.decider_role and g.ended is null
                    and (h.account = p.account or c.id is not null))
        ) found where id > $3 order by id limit $4";
    on!(tx, c => sqlx::query_scalar(sql).bind(zone).bind(day).bind(after).bind(i64::from(limit)).fetch_all(c).await)
}

/// How the open records stand to promise 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct PromiseOne {
    /// Open records.
    pub open: i64,
    /// Those without an owner, a next date, or a decider whose account is there and open.
    pub broken: i64,
}

/// Counts the open records and those that wait without a date, an owner or a decider who exists.
///
/// # Errors
/// As [`zones`].
pub async fn promise_one(tx: &mut Tx) -> Result<PromiseOne> {
    let sql = "select count(*) as open,
            count(*) filter (where i.owner is null or i.next_on is null or a.id is null) as broken
        from innovation i
        left join party p on p.id = i.decider
        left join account a on a.id = p.account and a.closed_at is null
        where i.ended_at is null";
    on!(tx, c => sqlx::query_as(sql).fetch_one(c).await)
}
