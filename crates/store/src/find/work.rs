//! What waits for one person, by the parties that they are: each query begins at the person's own parties or roles.

use crate::db::Tx;
use crate::error::Result;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::on;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A record that a person has to do with.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WorkRow {
    /// The record.
    #[sqlx(flatten)]
    pub list: ListRow,
    /// Must they do the next thing?
    pub is_owner: bool,
    /// Do they decide next?
    pub is_decider: bool,
    /// What they are asked, where they brought it: to `reply`, or whether it `was-answer`.
    pub asked: Option<String>,
    /// How many told the same later.
    pub also_told: i64,
    /// Did whoever brought it ask for a second look, which is not answered?
    pub is_review: bool,
}

/// How many told the same as the innovation `i` later, and whether it is to be looked at again.
const BESIDES: &str = "(select count(*) from also_told t where t.innovation = i.id) as also_told, \
    coalesce(i.promise = 'review_answer', false) as is_review";

/// Open records whose next thing or decision is a person's, the earliest date first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn duties(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<WorkRow>> {
    let sql = format!(
        "select {COLUMNS}, coalesce(i.owner = d.me, false) as is_owner, \
         coalesce(i.decider = d.me, false) as is_decider, cast(null as text) as asked, \
         {BESIDES} \
         from (select i.id, p.id as me from party p join innovation i on i.owner = p.id \
                   where p.account = $1 and i.ended_at is null \
               union select i.id, p.id as me from party p join innovation i on i.decider = p.id \
                   where p.account = $1 and i.ended_at is null) d \
         join innovation i on i.id = d.id {JOINS} order by i.next_on, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// What a person brought, and what others brought before them and they told too: open ones first, newest first, at most
/// `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn brought(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<WorkRow>> {
    let sql = format!(
        "select {COLUMNS}, coalesce(i.owner = b.party, false) as is_owner, \
         coalesce(i.decider = b.party, false) as is_decider, {BESIDES}, \
         case when not b.is_own then null when i.is_paused then 'reply' \
             when (select a.was_answer is null and a.kind <> 'send-on' and i.stage not in ('withdrawn', 'told') from answer a \
                 where a.innovation = i.id and not a.is_objected order by a.number desc limit 1) then 'was-answer' \
             end as asked \
         from (select k.innovation, k.party, true as is_own \
                   from party p join contributor k on k.party = p.id where p.account = $1 \
               union all select t.innovation, t.party, false as is_own \
                   from party p join also_told t on t.party = p.id where p.account = $1) b \
         join innovation i on i.id = b.innovation {JOINS} \
         order by (i.ended_at is not null), i.sent_at desc, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// A record whose contributors have not heard of it for a while.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct QuietRow {
    /// The record.
    #[sqlx(flatten)]
    pub list: ListRow,
    /// When they last had news, microseconds since 1970.
    pub news_at: i64,
    /// Whose bank holidays the body keeps that handles it.
    pub calendar: String,
}

/// Open records that a person has or decides and whose contributors had no news since a time (microseconds since 1970), the
/// longest silence first, at most `limit`: not what waits for a day that they know, and not what the person brought, whose
/// own words are no news to them.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn quiet(tx: &mut Tx, account: Uuid, (before, limit): (i64, i64)) -> Result<Vec<QuietRow>> {
    let sql = format!(
        "select {COLUMNS}, i.news_at, b.calendar \
         from (select i.id from party p join innovation i on i.owner = p.id \
                   where p.account = $1 and i.ended_at is null \
               union select i.id from party p join innovation i on i.decider = p.id \
                   where p.account = $1 and i.ended_at is null) d \
         join innovation i on i.id = d.id {JOINS} join node b on b.id = i.at_body \
         where i.news_at < $2 and i.stage <> 'not-now' and not exists (select 1 from party m \
             where m.record = i.id and m.account = $1 and (m.id = i.assisted_by or exists \
                 (select 1 from contributor k where k.innovation = i.id and k.party = m.id))) \
         order by i.news_at, i.id limit $3"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(before).bind(limit).fetch_all(c).await)
}

/// Tries that have ended whose hours a person has not confirmed, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn unconfirmed(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<ListRow>> {
    let sql = format!(
        "select {COLUMNS} from party p \
         join innovation i on i.trier = p.id and i.hours > 0 and i.hours_had is null {JOINS} \
         where p.account = $1 and i.stage <> 'trying' order by i.sent_at, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// Answers that stand in a person's name from a meeting, to which they may object on a day, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn typed_for(tx: &mut Tx, account: Uuid, (today, limit): (&str, i64)) -> Result<Vec<ListRow>> {
    let sql = format!(
        "select {COLUMNS} from party p join answer a on a.answered_by = p.id \
         and a.object_until >= $2 and not a.is_objected \
         join innovation i on i.id = a.innovation {JOINS} where p.account = $1 order by a.object_until, i.id limit $3"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(today).bind(limit).fetch_all(c).await)
}

/// What a finder may still take over on a day, the nearest end first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn to_take_over(tx: &mut Tx, account: Uuid, (today, limit): (&str, i64)) -> Result<Vec<ListRow>> {
    let sql = format!(
        "select distinct {COLUMNS} from role_held g \
         join node_above a on a.ancestor = g.node \
         join innovation i on i.at_node = a.node and i.ended_at is null and i.stage = 'told' \
             and i.finder_until >= $2 {JOINS} \
         where g.account = $1 and g.role = 'finder' \
         and not exists (select 1 from party own where own.record = i.id and own.account = $1 \
             and (own.id = i.decider or exists (select 1 from contributor k where k.innovation = i.id and k.party = own.id))) \
         order by i.finder_until, i.id limit $3"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(today).bind(limit).fetch_all(c).await)
}
