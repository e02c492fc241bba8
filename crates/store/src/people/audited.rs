//! What an auditor reads: what was done that is no record's history, and who looked at what with a reason. Only what lies at or
//! below where they are auditor; what belongs to no place is for the auditor of the root.

use crate::db::Tx;
use crate::error::Result;
use crate::row::Cell;
use crate::{on, rows};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Which entries are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Whose they are to read.
    pub auditor: Uuid,
    /// Are they auditor of the root, to whom all of it belongs?
    pub is_whole: bool,
    /// Of these kinds.
    pub kinds: &'a [&'static str],
    /// From this time, and before that one, microseconds since 1970.
    pub between: (i64, i64),
    /// Only what is older than this entry.
    pub before: (i64, Uuid),
    /// At most so many.
    pub limit: i64,
}

/// The nodes at or below where the account `$1` is auditor.
const MINE: &str = "with mine as (select a.node from role_held g join node_above a on a.ancestor = g.node \
    where g.account = $1 and g.role = 'auditor')";

/// Does the account `o` hold a role at one of those nodes? What it held counts once it is closed: it holds none any more. That
/// is asked from the nodes on, once for all entries: somebody is a party of every record that they ever had a part in.
const OF_ACCOUNT: &str = "(exists (select 1 from role_held h join mine m on m.node = h.node where h.account = o.id) \
    or (o.closed_at is not null and o.id in (select p.account from mine m \
        join role_grant g on g.node = m.node and g.ended is not null join party p on p.id = g.holder)))";

/// The places of the kinds in [`cells`], for a condition on a column.
fn kinds(wanted: &Wanted<'_>, column: &str) -> String {
    let places: Vec<String> = (8..8 + wanted.kinds.len()).map(|place| format!("${place}")).collect();
    format!("{column} in ({})", places.join(", "))
}

/// What is bound, in the order of the places.
fn cells(wanted: &Wanted<'_>) -> Vec<Cell> {
    let (from, until) = wanted.between;
    let (at, id) = wanted.before;
    let first: [Cell; 7] = [
        wanted.auditor.into(),
        at.into(),
        id.into(),
        from.into(),
        until.into(),
        wanted.is_whole.into(),
        wanted.limit.into(),
    ];
    first.into_iter().chain(wanted.kinds.iter().map(|kind| Cell::from(*kind))).collect()
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DoneRow {
    /// Its id.
    pub id: Uuid,
    /// When, microseconds since 1970.
    pub at: i64,
    /// What.
    pub action: String,
    /// To what, as it was written down.
    pub subject: String,
    /// Who did it; empty once they were erased, nothing where nobody had signed in.
    pub by_name: Option<String>,
    /// Whose account it was done to; empty once they were erased.
    pub about_name: Option<String>,
    /// Was that their own?
    pub is_own: bool,
    /// The name of the place that it was done to, or where what it was done to was sent.
    pub place: Option<String>,
}

/// What was done, the latest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn done(tx: &mut Tx, wanted: &Wanted<'_>) -> Result<Vec<DoneRow>> {
    // A token or a key is whose it is who made it. A newcomer and what is held back lie where they were sent, as long as
    // there is a row of them.
    let sql = format!(
        "{MINE} select u.id, u.at, u.action, u.subject, b.name as by_name, o.name as about_name, \
             coalesce(o.id = u.account, false) as is_own, coalesce(n.name, wn.name, hn.name) as place \
         from audit u left join account b on b.id = u.account \
         left join account o on o.id = case \
             when u.action in ('token-made', 'token-ended', 'opener-key-made') then u.account else u.about end \
         left join node n on n.id = u.about \
         left join newcomer w on w.id = u.about left join node wn on wn.id = w.node \
         left join held_back h on h.id = u.about left join node hn on hn.id = h.node \
         where (u.at, u.id) < ($2, $3) and u.at >= $4 and u.at < $5 and {} \
         and ($6 or exists (select 1 from mine m where m.node in (n.id, w.node, h.node)) or {OF_ACCOUNT}) \
         order by u.at desc, u.id desc limit $7",
        kinds(wanted, "u.action")
    );
    let cells = cells(wanted);
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)
}

/// A look that needed a reason.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LookedRow {
    /// Its id.
    pub id: Uuid,
    /// When, microseconds since 1970.
    pub at: i64,
    /// At what: a name of the code.
    pub what: String,
    /// Why, in words or as a name of the code.
    pub why: String,
    /// Who looked; empty once they were erased.
    pub by_name: Option<String>,
    /// The reference of the record, where it was one.
    pub reference: Option<String>,
    /// Who sees that record.
    pub seen_by: Option<String>,
    /// Whose account it was, where it was one.
    pub about_name: Option<String>,
}

/// Who looked, the latest first. A look at a record is told once, however many brought it, and never whose the record is:
/// where a name is hidden, nobody knows.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn looks(tx: &mut Tx, wanted: &Wanted<'_>) -> Result<Vec<LookedRow>> {
    let sql = format!(
        "{MINE} select l.id, l.at, l.what, l.why, b.name as by_name, i.reference, i.seen_by, o.name as about_name \
         from look l left join account b on b.id = l.looker left join innovation i on i.id = l.record \
         left join account o on o.id = l.account and l.what = 'account' \
         where (l.at, l.id) < ($2, $3) and l.at >= $4 and l.at < $5 and {} \
         and not exists (select 1 from look s where s.looker = l.looker and s.record = l.record and s.at = l.at \
             and s.id < l.id) \
         and ($6 or exists (select 1 from mine m where m.node in (i.node, i.at_node)) or {OF_ACCOUNT}) \
         order by l.at desc, l.id desc limit $7",
        kinds(wanted, "l.what")
    );
    let cells = cells(wanted);
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)
}
