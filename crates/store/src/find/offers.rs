//! That more people may see a record: whose yes that waits for.

use crate::db::Tx;
use crate::error::Result;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::on;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// The offers that wait, with each account whose yes it takes: of who brought the record, where a finder offered it, else of
/// the nearest finder who did not bring it. The time is from when on it can be told: where no account is beside who offered it,
/// only the hour was written down, and that is over at its end.
pub(crate) const ASKED: &str = "select p.account, o.innovation, o.seen_by, o.offered_at from sight_offer o \
        join contributor c on c.innovation = o.innovation join party p on p.id = c.party \
        where o.side = 'finder' \
    union all select g.account, o.innovation, o.seen_by, \
            case when exists (select 1 from party b where b.id = o.offered_by) then o.offered_at \
                else o.offered_at + 3599999999 end as offered_at from sight_offer o \
        join node_above up on up.node = o.node join role_held g on g.node = up.ancestor and g.role = 'finder' \
        where o.side = 'contributor' and not exists (select 1 from party m \
            join contributor c on c.innovation = o.innovation and c.party = m.id \
            where m.record = o.innovation and m.account = g.account) \
        and not exists (select 1 from node_above n join role_held x on x.node = n.ancestor and x.role = 'finder' \
            where n.node = o.node and n.height < up.height and not exists (select 1 from party m \
                join contributor c on c.innovation = o.innovation and c.party = m.id \
                where m.record = o.innovation and m.account = x.account))";

/// Records of which a person is asked whether more people may see them, the latest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn asked(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<ListRow>> {
    let sql = format!(
        "select {COLUMNS} from ({ASKED}) f join innovation i on i.id = f.innovation and i.stage <> 'withdrawn' {JOINS} \
         where f.account = $1 order by f.offered_at desc, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}
