//! Finding people by how a word of their name or mail address begins.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PersonRow {
    /// The account.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// Has the invitation been taken up?
    pub has_password: bool,
    /// Has the person a second factor?
    pub has_factor: bool,
    /// When the account was closed, microseconds since 1970.
    pub closed_at: Option<i64>,
}

/// Which people are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sought<'a> {
    /// Those with a role at this node or below it.
    pub node: Uuid,
    /// And those without any role, too.
    pub is_root: bool,
    /// Two beginnings of folded words, each of which a word must have; empty for any.
    pub words: [&'a str; 2],
}

/// A person whom a form can mean.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct FoundRow {
    /// The account.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// The name of a node where they work; the first by name where there are several.
    pub unit: String,
}

/// After every word that begins with something: no text holds this character.
const END: char = '\u{10FFFF}';

/// Sets the words by which a person is found.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set_words(tx: &mut Tx, account: Uuid, words: &[String]) -> Result<()> {
    run!(tx, sqlx::query("delete from account_word where account = $1").bind(account))?;
    for word in words {
        let sql = "insert into account_word (word, account) values ($1, $2) on conflict do nothing";
        run!(tx, sqlx::query(sql).bind(word).bind(account))?;
    }
    Ok(())
}

/// The condition that both statements below share; $1 node, $2 root, $3 to $6 the words.
macro_rules! sought {
    ($start:literal, $end:literal) => {
        concat!(
            $start,
            " from account a where a.name <> '' and ($2 or exists (select 1 from node_above n \
             join role_grant g on g.node = n.node and g.ended is null \
             join party p on p.id = g.holder where n.ancestor = $1 and p.account = a.id)) \
             and ($3 = '' or exists (select 1 from account_word w \
                  where w.account = a.id and w.word >= $3 and w.word < $4)) \
             and ($5 = '' or exists (select 1 from account_word w \
                  where w.account = a.id and w.word >= $5 and w.word < $6)) ",
            $end
        )
    };
}

/// A page of the people who are sought, by name.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn people(tx: &mut Tx, sought: &Sought<'_>, (limit, offset): (i64, i64)) -> Result<Vec<PersonRow>> {
    let sql = sought!(
        "select a.id, a.name, a.mail, a.password_hash is not null as has_password, \
         exists (select 1 from second_factor f where f.account = a.id and f.confirmed_at is not null) \
         as has_factor, a.closed_at",
        "order by a.name, a.id limit $7 offset $8"
    );
    let [first, second] = sought.words;
    let (first_end, second_end) = (format!("{first}{END}"), format!("{second}{END}"));
    on!(tx, c => sqlx::query_as(sql)
        .bind(sought.node)
        .bind(sought.is_root)
        .bind(first)
        .bind(first_end)
        .bind(second)
        .bind(second_end)
        .bind(limit)
        .bind(offset)
        .fetch_all(c)
        .await)
}

/// How many people are sought.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count(tx: &mut Tx, sought: &Sought<'_>) -> Result<i64> {
    let sql = sought!("select count(*)", "");
    let [first, second] = sought.words;
    let (first_end, second_end) = (format!("{first}{END}"), format!("{second}{END}"));
    on!(tx, c => sqlx::query_scalar(sql)
        .bind(sought.node)
        .bind(sought.is_root)
        .bind(first)
        .bind(first_end)
        .bind(second)
        .bind(second_end)
        .fetch_one(c)
        .await)
}

/// People with a role at a node or below it whose account is open and who have words that begin with both beginnings, by
/// name, at most `limit`. Where the two are empty there is nobody: this lists no body's staff.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn found(tx: &mut Tx, (node, words): (Uuid, [&str; 2]), limit: i64) -> Result<Vec<FoundRow>> {
    if words[0].is_empty() {
        return Ok(Vec::new());
    }
    let sql = "select a.id, a.name, a.mail, min(u.name) as unit from account a \
               join role_held g on g.account = a.id \
               join node_above n on n.node = g.node and n.ancestor = $1 \
               join node u on u.id = g.node \
               where a.closed_at is null \
               and exists (select 1 from account_word w \
                    where w.account = a.id and w.word >= $2 and w.word < $3) \
               and ($4 = '' or exists (select 1 from account_word w \
                    where w.account = a.id and w.word >= $4 and w.word < $5)) \
               group by a.id, a.name, a.mail order by a.name, a.id limit $6";
    let [first, second] = words;
    let (first_end, second_end) = (format!("{first}{END}"), format!("{second}{END}"));
    on!(tx, c => sqlx::query_as(sql)
        .bind(node)
        .bind(first)
        .bind(first_end)
        .bind(second)
        .bind(second_end)
        .bind(limit)
        .fetch_all(c)
        .await)
}

/// A person with a role at a node or below it whose account is open.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn one(tx: &mut Tx, node: Uuid, account: Uuid) -> Result<Option<FoundRow>> {
    let sql = "select a.id, a.name, a.mail, min(u.name) as unit from account a \
               join role_held g on g.account = a.id \
               join node_above n on n.node = g.node and n.ancestor = $1 \
               join node u on u.id = g.node \
               where a.id = $2 and a.closed_at is null group by a.id, a.name, a.mail";
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(account).fetch_optional(c).await)
}
