//! Lists of records: newest first, only those that whoever asks may see, by the same rule as the policy.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A record on a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ListRow {
    /// The record.
    pub id: Uuid,
    /// What people call it by.
    pub reference: String,
    /// Where it stands.
    pub stage: String,
    /// Is it a problem without a solution?
    pub is_problem: bool,
    /// Its title; nothing once erased.
    pub title: Option<String>,
    /// The title's language.
    pub language: String,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// The day of the next thing, `YYYY-MM-DD`.
    pub next_on: Option<String>,
    /// The day that was missed first.
    pub missed_on: Option<String>,
    /// Does it wait for the contributor?
    pub is_paused: bool,
    /// Did the contributor ask why?
    pub why_asked: bool,
    /// How far it has gone up.
    pub overdue_step: i64,
    /// Until when the finder may take it over.
    pub finder_until: Option<String>,
    /// The name of whoever has it.
    pub owner: Option<String>,
    /// Where it is handled.
    pub at_node: Uuid,
    /// The name of that node.
    pub place: String,
    /// The time zone where it is handled.
    pub zone: String,
}

/// The columns of [`ListRow`] from an innovation `i`.
pub(crate) const COLUMNS: &str = "i.id, i.reference, i.stage, i.is_problem, w.body as title, i.language, i.sent_at, \
    i.next_on, i.missed_on, i.is_paused, i.why_asked, i.overdue_step, i.finder_until, oc.name as owner, i.at_node, \
    n.name as place, i.zone";

/// What [`COLUMNS`] reads besides `i`.
pub(crate) const JOINS: &str = "left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version \
    left join party op on op.id = i.owner left join account oc on oc.id = op.account \
    join node n on n.id = i.at_node";

/// The roles of the account `$1`, for [`VISIBLE`].
pub(crate) const MINE: &str = "with mine as (select g.role, g.node, n.body from party p \
    join role_grant g on g.holder = p.id and g.ended is null join node n on n.id = g.node where p.account = $1)";

/// May the account `$1`, which is somebody where `$2`, see the innovation `i`? The policy's *see* as SQL; a test compares
/// the two for everybody.
pub(crate) const VISIBLE: &str = "(i.seen_by = 'everyone' or ($2 and i.seen_by = 'bodies') \
    or (i.seen_by = 'body' and exists (select 1 from mine m where m.body in (i.body, i.at_body))) \
    or exists (select 1 from mine m join node_above a on a.ancestor = m.node \
        where a.node in (i.node, i.at_node) and m.role in ('team-lead', 'finder', 'head', 'auditor')) \
    or exists (select 1 from party me where me.record = i.id and me.account = $1 \
        and (me.id in (i.owner, i.decider, i.trier, i.assisted_by) \
            or exists (select 1 from contributor c where c.innovation = i.id and c.party = me.id) \
            or exists (select 1 from also_told t where t.innovation = i.id and t.party = me.id) \
            or exists (select 1 from answer a where a.innovation = i.id and a.answered_by = me.id))))";

/// Is its date past on the day `$3`? What waits for its day in *not now* is not late.
const LATE: &str = "(i.ended_at is null and i.stage <> 'not-now' \
    and (i.missed_on is not null or (not i.is_paused and i.next_on < $3)))";

/// Who asks and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Who; nobody where they have not signed in.
    pub account: Option<Uuid>,
    /// Today, `YYYY-MM-DD`.
    pub today: &'a str,
    /// At or below which node it was told.
    pub node: Uuid,
    /// At which stage.
    pub stage: Option<&'a str>,
    /// Only what is late.
    pub is_late: bool,
    /// Only of the bodies in which who asks holds a role.
    pub is_of_mine: bool,
    /// After which record: when that was sent and its id.
    pub after: Option<(i64, Uuid)>,
}

/// The records that are wanted, newest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn list(tx: &mut Tx, wanted: &Wanted<'_>, limit: i64) -> Result<Vec<ListRow>> {
    let sql = format!(
        "{MINE} select {COLUMNS} from listing l join innovation i on i.id = l.innovation {JOINS} where {} \
         order by l.sent_at desc, l.innovation desc limit $10",
        conditions()
    );
    let (sent_at, id) = wanted.after.unwrap_or((i64::MAX, Uuid::max()));
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(wanted.account.unwrap_or(Uuid::nil()))
        .bind(wanted.account.is_some())
        .bind(wanted.today)
        .bind(wanted.node)
        .bind(wanted.stage)
        .bind(wanted.is_late)
        .bind(wanted.is_of_mine)
        .bind(sent_at)
        .bind(id)
        .bind(limit)
        .fetch_all(c)
        .await)
}

/// How many records are wanted, counted up to `limit`; where the list goes on does not matter.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count(tx: &mut Tx, wanted: &Wanted<'_>, limit: i64) -> Result<i64> {
    let sql = format!(
        "{MINE} select count(*) from (select 1 from listing l join innovation i on i.id = l.innovation \
         where {} limit $10) found",
        conditions()
    );
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(wanted.account.unwrap_or(Uuid::nil()))
        .bind(wanted.account.is_some())
        .bind(wanted.today)
        .bind(wanted.node)
        .bind(wanted.stage)
        .bind(wanted.is_late)
        .bind(wanted.is_of_mine)
        .bind(i64::MAX)
        .bind(Uuid::max())
        .bind(limit)
        .fetch_one(c)
        .await)
}

fn conditions() -> String {
    format!(
        "l.node = $4 and (l.sent_at, l.innovation) < ($8, $9) and {VISIBLE} and ($5 is null or i.stage = $5) \
         and (not $6 or {LATE}) \
         and (not $7 or exists (select 1 from mine m where m.body in (i.body, i.at_body)))"
    )
}

/// What is late where it is handled, at or below a node, the longest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn late(tx: &mut Tx, wanted: &Wanted<'_>, limit: i64) -> Result<Vec<ListRow>> {
    let sql = format!(
        "{MINE} select {COLUMNS} from node_above up join innovation i on i.at_node = up.node and i.ended_at is null \
         {JOINS} where up.ancestor = $4 and {LATE} and {VISIBLE} \
         order by coalesce(i.missed_on, i.next_on), i.id limit $5"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(wanted.account.unwrap_or(Uuid::nil()))
        .bind(wanted.account.is_some())
        .bind(wanted.today)
        .bind(wanted.node)
        .bind(limit)
        .fetch_all(c)
        .await)
}
