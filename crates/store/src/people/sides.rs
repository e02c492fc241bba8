//! Which side of a rule that separates roles a person is on. The key of `role_side` allows one side for each person and
//! rule, the foreign key of `role_grant_side` allows no role on another: so the database keeps what the rules say.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use uuid::Uuid;

/// A role that a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<'a> {
    /// The granted role.
    pub grant: Uuid,
    /// Who holds it.
    pub account: Uuid,
    /// The rule.
    pub rule: &'a str,
    /// The side of the rule that the role is on.
    pub side: &'a str,
}

/// Puts a role on its side. False where the person is on the other one: then nothing was written that counts.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn hold(tx: &mut Tx, held: Held<'_>) -> Result<bool> {
    let own = "insert into role_side (account, rule, side) values ($1, $2, $3) \
               on conflict (account, rule) do nothing";
    run!(tx, sqlx::query(own).bind(held.account).bind(held.rule).bind(held.side))?;
    let sql = "select side from role_side where account = $1 and rule = $2";
    let side: Option<String> =
        on!(tx, c => sqlx::query_scalar(sql).bind(held.account).bind(held.rule).fetch_optional(c).await)?;
    if side.as_deref() != Some(held.side) {
        return Ok(false);
    }
    let sql = "insert into role_grant_side (role_grant, rule, account, side) values ($1, $2, $3, $4)";
    run!(tx, sqlx::query(sql).bind(held.grant).bind(held.rule).bind(held.account).bind(held.side))?;
    Ok(true)
}

/// Takes an ended role from its sides; a person with no role left on one may have either again.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn release(tx: &mut Tx, grant: Uuid, account: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from role_grant_side where role_grant = $1").bind(grant))?;
    let sql = "delete from role_side where account = $1 and not exists \
               (select 1 from role_grant_side g where g.account = $1 and g.rule = role_side.rule)";
    run!(tx, sqlx::query(sql).bind(account))?;
    Ok(())
}
