//! What follows from the roles and from who is who. It opens doors, so nobody may add to it, or take from it, by hand.

use super::{Fault, Report, What};
use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use waymark_domain::people::role::{Apart, Role};

/// A table, its columns, that of the record first, and what gives its rows.
type Derived = (&'static str, &'static str, &'static str);

/// What each of the tables follows from: the roles that are held, and the sides that they are on.
const DERIVED: [Derived; 3] = [
    ("role_held", "role_grant, account, role, node", "select role_grant, account, role, node from held"),
    (
        "role_grant_side",
        "role_grant, account, rule, side",
        "select role_grant, account, rule, side from held join sided on sided.role = held.role",
    ),
    (
        "role_side",
        "account, rule, side",
        "select distinct account, rule, side from held join sided on sided.role = held.role",
    ),
];

/// The roles that are held, by the roles and the parties themselves.
const HELD: &str = "select g.id, p.account, g.role, g.node from role_grant g \
    join party p on p.id = g.holder where g.ended is null";

pub(super) async fn check(tx: &mut Tx, report: &mut Report) -> Result<()> {
    for (table, columns, follows) in DERIVED {
        let is = format!("select {columns} from {table}");
        for (some, others, what) in [(&*is, follows, What::Extra), (follows, &*is, What::Missing)] {
            for record in only(tx, columns, (some, others)).await? {
                report.add(Fault { table, record: Some(record), version: None, what: what.clone() });
            }
        }
    }
    Ok(())
}

/// The records of the rows that one statement gives and the other does not.
async fn only(tx: &mut Tx, columns: &str, (some, others): (&str, &str)) -> Result<Vec<Uuid>> {
    let record = columns.split(',').next().unwrap_or(columns);
    let sql = format!(
        "with held (role_grant, account, role, node) as ({HELD}), sided (role, rule, side) as (values {}), \
         odd ({columns}) as ({some} except {others}) select {record} from odd order by {columns}",
        sided()
    );
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await)
}

/// The sides that roles are on, by the rules, as rows.
fn sided() -> String {
    let of_rule = |rule: Apart| {
        let side = move |role: &Role| Some((role.name(), rule.name(), role.side(rule)?.name()));
        Role::ALL.iter().filter_map(side).collect::<Vec<_>>()
    };
    let row = |(role, rule, side): (&str, &str, &str)| format!("('{role}', '{rule}', '{side}')");
    Apart::ALL.into_iter().flat_map(of_rule).map(row).collect::<Vec<_>>().join(", ")
}
