//! Lists of records: newest first, only those that whoever asks may see, by the same rule as the policy.

use crate::db::Tx;
use crate::error::Result;
use crate::find::due;
use crate::row::Cell;
use crate::{on, rows};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
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
    /// Who sees it.
    pub seen_by: String,
}

/// The columns of [`ListRow`] from an innovation `i`.
pub(crate) const COLUMNS: &str = "i.id, i.reference, i.stage, i.is_problem, w.body as title, i.language, i.sent_at, \
    i.next_on, i.missed_on, i.is_paused, i.why_asked, i.overdue_step, i.finder_until, oc.name as owner, i.at_node, \
    n.name as place, i.zone, i.seen_by";

/// What [`COLUMNS`] reads besides `i`.
pub(crate) const JOINS: &str = "left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version \
    left join party op on op.id = i.owner left join account oc on oc.id = op.account \
    join node n on n.id = i.at_node";

/// The roles of the account `$1`, for [`VISIBLE`].
pub(crate) const MINE: &str = "with mine as (select g.role, g.node, n.body from role_held g \
    join node n on n.id = g.node where g.account = $1)";

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

/// A record that an account sees, with who decides it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SeenRow {
    /// The record.
    #[sqlx(flatten)]
    pub list: ListRow,
    /// The account of whoever decides it.
    pub decider: Option<Uuid>,
}

/// Those of some records that an account sees, or anybody where there is none, in no order.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn seen(tx: &mut Tx, account: Option<Uuid>, records: &[Uuid]) -> Result<Vec<SeenRow>> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (3..records.len() + 3).map(|place| format!("${place}")).collect();
    let sql = format!(
        "{MINE} select {COLUMNS}, dp.account as decider from innovation i {JOINS} \
         left join party dp on dp.id = i.decider where i.id in ({}) and {VISIBLE}",
        places.join(", ")
    );
    // Nobody has the nil id.
    let who: [Cell; 2] = [account.unwrap_or_default().into(), account.is_some().into()];
    let cells: Vec<Cell> = who.into_iter().chain(records.iter().copied().map(Cell::from)).collect();
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)
}

/// Which day it is now, by the time zone of the body that owes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    utc: NaiveDate,
    /// The zones in which it is another day than in UTC.
    elsewhere: Vec<(Tz, NaiveDate)>,
}

impl Today {
    /// The day at an instant in the zones of all bodies.
    ///
    /// # Errors
    /// Where the database cannot be reached.
    pub async fn at(tx: &mut Tx, now: DateTime<Utc>) -> Result<Self> {
        let zones: Vec<Tz> = due::zones(tx).await?.iter().filter_map(|zone| zone.parse().ok()).collect();
        let days = zones.into_iter().map(|zone| (zone, now.with_timezone(&zone).date_naive()));
        let utc = now.date_naive();
        Ok(Self { utc, elsewhere: days.filter(|(_, day)| *day != utc).collect() })
    }

    /// The day of the innovation `i`, as SQL. The names of zones are those of the tz database, so they need no binding.
    fn sql(&self) -> String {
        let when = |(zone, day): &(Tz, NaiveDate)| format!("when '{}' then '{day}' ", zone.name());
        match self.elsewhere.as_slice() {
            [] => format!("'{}'", self.utc),
            some => {
                format!("case i.zone {}else '{}' end", some.iter().map(when).collect::<String>(), self.utc)
            }
        }
    }

    /// Is the date of the innovation `i` past? What waits for its day in *not now* is not late.
    pub fn is_late(&self) -> String {
        format!(
            "(i.ended_at is null and i.stage <> 'not-now' \
             and (i.missed_on is not null or (not i.is_paused and i.next_on < {})))",
            self.sql()
        )
    }
}

/// A record that is late, with the working days of the body that owes it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LateRow {
    /// The record.
    #[sqlx(flatten)]
    pub list: ListRow,
    /// Whose bank holidays count.
    pub calendar: String,
    /// By which role somebody decides it.
    pub decider_role: Option<String>,
    /// The name of the place where they hold that role.
    pub decider_place: Option<String>,
    /// Is it with them, and not with whoever tries it?
    pub is_with_decider: bool,
}

/// What is late where it is handled, at or below a node, for an account, the longest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn late(
    tx: &mut Tx,
    today: &Today,
    (account, node): (Uuid, Uuid),
    limit: i64,
) -> Result<Vec<LateRow>> {
    let sql = format!(
        "{MINE} select {COLUMNS}, body.calendar, i.decider_role, dn.name as decider_place, \
             coalesce(i.owner = i.decider, false) as is_with_decider \
         from node_above up join innovation i on i.at_node = up.node and i.ended_at is null \
         join node body on body.id = i.at_body {JOINS} left join node dn on dn.id = i.decider_node \
         where up.ancestor = $3 and {} and {VISIBLE} \
         order by coalesce(i.missed_on, i.next_on), i.id limit $4",
        today.is_late()
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(account)
        .bind(true)
        .bind(node)
        .bind(limit)
        .fetch_all(c)
        .await)
}
