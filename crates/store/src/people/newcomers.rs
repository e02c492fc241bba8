//! Newcomers: people who confirmed a mail address that the place does not know, and wait to be let in.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NewcomerRow {
    /// The id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The mail address that was confirmed.
    pub mail: String,
    /// The language of pages and mails.
    pub language: String,
    /// Where they want to tell something.
    pub node: Uuid,
    /// The draft that waits with them.
    pub draft: Uuid,
    /// When they confirmed, microseconds since 1970.
    pub asked_at: i64,
    /// By which day somebody is to let them in, `YYYY-MM-DD`.
    pub until_on: String,
}

/// Notes somebody who waits; once for each draft. False where they wait already.
///
/// # Errors
/// Where the database cannot be reached, or the draft is gone.
pub async fn add(tx: &mut Tx, new: &NewcomerRow) -> Result<bool> {
    let sql = "insert into newcomer (id, name, mail, mail_folded, language, node, draft, asked_at, until_on) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (draft) do nothing";
    let added = run!(
        tx,
        sqlx::query(sql)
            .bind(new.id)
            .bind(&new.name)
            .bind(&new.mail)
            .bind(new.mail.to_lowercase())
            .bind(&new.language)
            .bind(new.node)
            .bind(new.draft)
            .bind(new.asked_at)
            .bind(&new.until_on)
    )?;
    Ok(added == 1)
}

/// Somebody who waits.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<NewcomerRow>> {
    let sql = "select id, name, mail, language, node, draft, asked_at, until_on from newcomer where id = $1";
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// Everybody who waits with a mail address, whichever draft waits with them.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of_mail(tx: &mut Tx, mail_folded: &str) -> Result<Vec<NewcomerRow>> {
    let sql = "select id, name, mail, language, node, draft, asked_at, until_on from newcomer \
               where mail_folded = $1 order by asked_at, id";
    on!(tx, c => sqlx::query_as(sql).bind(mail_folded).fetch_all(c).await)
}

/// Those whom a person can let in as administrator or finder, who waits longest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn reached(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<NewcomerRow>> {
    let sql = "select id, name, mail, language, node, draft, asked_at, until_on from newcomer w \
               where exists (select 1 from role_held g \
                    join node_above a on a.ancestor = g.node and a.node = w.node \
                    where g.account = $1 and g.role in ('administrator', 'finder')) \
               order by asked_at, id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(limit).fetch_all(c).await)
}

/// Ends somebody's waiting. False where it had ended.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn remove(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(run!(tx, sqlx::query("delete from newcomer where id = $1").bind(id))? == 1)
}

/// Somebody with a role on the line from a node to the root.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AboveRow {
    /// Who.
    pub account: Uuid,
    /// The name.
    pub name: String,
    /// Which role.
    pub role: String,
    /// How many levels above.
    pub height: i64,
}

/// Holders of administrator, finder, head and auditor on the line from a node to the root, the nearest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn above(tx: &mut Tx, node: Uuid) -> Result<Vec<AboveRow>> {
    let sql = "select p.account, c.name, g.role, a.height from node_above a \
               join role_grant g on g.node = a.ancestor and g.ended is null \
                    and g.role in ('administrator', 'finder', 'head', 'auditor') \
               join party p on p.id = g.holder \
               join account c on c.id = p.account and c.closed_at is null \
               where a.node = $1 order by a.height, c.name, p.account, g.role";
    on!(tx, c => sqlx::query_as(sql).bind(node).fetch_all(c).await)
}
