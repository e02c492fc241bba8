//! The index of roles: what each account holds now.

use crate::db::Tx;
use crate::rows;
use uuid::Uuid;

/// Notes who holds a granted role, before the transaction's next query.
pub fn add(tx: &mut Tx, grant: Uuid) {
    let sql = "insert into role_held (account, role_grant, role, node) \
               select p.account, g.id, g.role, g.node from role_grant g join party p on p.id = g.holder where g.id = $1";
    rows::hold(tx, sql, vec![grant.into()]);
}

/// Takes a role that ended from its holder, before the transaction's next query.
pub fn remove(tx: &mut Tx, grant: Uuid, account: Uuid) {
    let sql = "delete from role_held where account = $1 and role_grant = $2";
    rows::hold(tx, sql, vec![account.into(), grant.into()]);
}
