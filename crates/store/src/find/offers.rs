//! That more people may see a record: whose yes that waits for.

use crate::db::Tx;
use crate::error::Result;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::on;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Is an account away on a day? Both are names in a statement: a column, and a place of what is bound.
fn is_away(account: &str, day: &str) -> String {
    format!(
        "exists (select 1 from cover v where v.account = {account} and v.from_on <= {day} and v.to_on >= {day})"
    )
}

/// The offers that wait, with each of the accounts `a` under a condition whose yes it takes: of who brought the record, where a
/// finder offered it, else of the nearest finder who did not bring it. Who is away on the day (`YYYY-MM-DD`, as a place of what
/// is bound) comes after all who are there, so that somebody is asked even where nobody is. The time is from when on it can be
/// told: where no account is beside who offered it, only the hour was written down, and that is over at its end.
pub(crate) fn asks(of: &str, day: &str) -> String {
    let (away, nearer_away) = (is_away("a.id", day), is_away("x.account", day));
    format!(
        "select a.id as account, o.innovation, o.seen_by, o.offered_at from account a \
             join party p on p.account = a.id join contributor c on c.party = p.id \
             join sight_offer o on o.innovation = c.innovation and o.side = 'finder' where {of} \
         union all select a.id as account, o.innovation, o.seen_by, \
                 case when exists (select 1 from party b where b.id = o.offered_by) then o.offered_at \
                     else o.offered_at + 3599999999 end as offered_at from account a \
             join role_held g on g.account = a.id and g.role = 'finder' \
             join node_above up on up.ancestor = g.node \
             join sight_offer o on o.node = up.node and o.side = 'contributor' \
             where {of} and not exists (select 1 from party m \
                 join contributor c on c.innovation = o.innovation and c.party = m.id \
                 where m.record = o.innovation and m.account = a.id) \
             and not exists (select 1 from node_above n \
                 join role_held x on x.node = n.ancestor and x.role = 'finder' \
                 where n.node = o.node and ({nearer_away}, n.height) < ({away}, up.height) \
                 and not exists (select 1 from party m \
                     join contributor c on c.innovation = o.innovation and c.party = m.id \
                     where m.record = o.innovation and m.account = x.account))"
    )
}

/// Records of which a person is asked on a day (`YYYY-MM-DD`) whether more people may see them, the latest first, at most
/// `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn asked(tx: &mut Tx, (account, day): (Uuid, &str), limit: i64) -> Result<Vec<ListRow>> {
    let asks = asks("a.id = $1", "$3");
    let sql = format!(
        "select {COLUMNS} from ({asks}) f join innovation i on i.id = f.innovation and i.stage <> 'withdrawn' {JOINS} \
         order by f.offered_at desc, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).bind(day).fetch_all(c).await)
}
