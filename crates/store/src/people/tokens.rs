//! Tokens by which programs act as a person: by the hash of what they send.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A token as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TokenRow {
    /// Its id, by which its owner ends it.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// May it change things?
    pub may_write: bool,
    /// When it was made, microseconds since 1970.
    pub made_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// The day on which it was last used.
    pub used_on: Option<String>,
}

/// Whose a token is.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BearerRow {
    /// The token.
    #[sqlx(flatten)]
    pub token: TokenRow,
    /// Who.
    pub account: Uuid,
    /// The person's name.
    pub person: String,
    /// The person's language.
    pub language: String,
    /// Was it made by somebody who had shown a second factor?
    pub is_strong: bool,
}

/// A token that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken<'a> {
    /// SHA-256 of the token.
    pub token_hash: &'a [u8],
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub account: Uuid,
    /// What its owner calls it.
    pub name: &'a str,
    /// May it change things?
    pub may_write: bool,
    /// Had whoever makes it shown a second factor?
    pub is_strong: bool,
    /// Now, microseconds since 1970.
    pub at: i64,
    /// When it ends.
    pub ends_at: i64,
}

/// Keeps a token.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, new: &NewToken<'_>) -> Result<()> {
    let sql = "insert into api_token (token_hash, id, account, name, may_write, made_at, ends_at, is_strong) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    on!(tx, c => sqlx::query(sql)
        .bind(new.token_hash)
        .bind(new.id)
        .bind(new.account)
        .bind(new.name)
        .bind(new.may_write)
        .bind(new.at)
        .bind(new.ends_at)
        .bind(new.is_strong)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(())
}

/// Whose the token of a hash is, while it lasts and the account is open.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, token_hash: &[u8], now: i64) -> Result<Option<BearerRow>> {
    let sql = "select t.id, t.name, t.may_write, t.made_at, t.ends_at, t.used_on, t.account, a.name as person, \
               a.language, t.is_strong from api_token t join account a on a.id = t.account \
               where t.token_hash = $1 and t.ends_at > $2 and a.closed_at is null";
    on!(tx, c => sqlx::query_as(sql).bind(token_hash).bind(now).fetch_optional(c).await)
}

/// The tokens of an account, the latest made first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<TokenRow>> {
    let sql = "select id, name, may_write, made_at, ends_at, used_on from api_token where account = $1 \
               order by made_at desc, id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(account).bind(limit).fetch_all(c).await)
}

/// Notes the day on which a token was used.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn used(tx: &mut Tx, id: Uuid, day: &str) -> Result<()> {
    run!(tx, sqlx::query("update api_token set used_on = $2 where id = $1").bind(id).bind(day))?;
    Ok(())
}

/// Ends a token of an account. Gives whether there was one.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end_one(tx: &mut Tx, account: Uuid, id: Uuid) -> Result<bool> {
    let sql = "delete from api_token where account = $1 and id = $2";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(id))? > 0)
}

/// Ends every token of an account.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn end_all(tx: &mut Tx, account: Uuid) -> Result<()> {
    run!(tx, sqlx::query("delete from api_token where account = $1").bind(account))?;
    Ok(())
}
