//! Accounts: people who sign in, by a mail address that is folded for comparing.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AccountRow {
    /// Its id.
    pub id: Uuid,
    /// The person's name.
    pub name: String,
    /// The mail address as the person writes it.
    pub mail: String,
    /// The person's language.
    pub language: String,
    /// The hour of the one mail a day, 0 to 23 in the body's zone.
    pub digest_hour: i64,
    /// The argon2id hash in PHC form; nothing before the invitation was taken up.
    pub password_hash: Option<String>,
    /// The id that another system knows it by.
    pub external_id: Option<String>,
    /// When it was closed, microseconds since 1970.
    pub closed_at: Option<i64>,
}

/// An account that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount<'a> {
    /// Its id.
    pub id: Uuid,
    /// The person's name.
    pub name: &'a str,
    /// The mail address.
    pub mail: &'a str,
    /// The address as it is compared.
    pub mail_folded: &'a str,
    /// The person's language.
    pub language: &'a str,
    /// The hour of the one mail a day.
    pub digest_hour: i64,
    /// The id that another system knows it by.
    pub external_id: Option<&'a str>,
    /// Now, microseconds since 1970.
    pub at: i64,
}

/// Makes an account.
///
/// # Errors
/// Of a unique violation on `account (mail_folded)` or `account (external_id)`.
pub async fn add(tx: &mut Tx, new: &NewAccount<'_>) -> Result<()> {
    let sql = "insert into account (id, name, mail, mail_folded, language, digest_hour, external_id, created_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    on!(tx, c => sqlx::query(sql)
        .bind(new.id)
        .bind(new.name)
        .bind(new.mail)
        .bind(new.mail_folded)
        .bind(new.language)
        .bind(new.digest_hour)
        .bind(new.external_id)
        .bind(new.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(())
}

/// The account of a folded mail address.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn by_mail(tx: &mut Tx, mail_folded: &str) -> Result<Option<AccountRow>> {
    let sql = "select id, name, mail, language, digest_hour, password_hash, external_id, closed_at \
               from account where mail_folded = $1";
    on!(tx, c => sqlx::query_as(sql).bind(mail_folded).fetch_optional(c).await)
}

/// An account.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<AccountRow>> {
    let sql = "select id, name, mail, language, digest_hour, password_hash, external_id, closed_at \
               from account where id = $1";
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// Sets the hash of a new password.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set_password(tx: &mut Tx, id: Uuid, hash: &str) -> Result<()> {
    let sql = "update account set password_hash = $2 where id = $1";
    on!(tx, c => sqlx::query(sql).bind(id).bind(hash).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}

/// Changes what a person chose for themselves: name, language, hour of the one mail a day.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn set_profile(
    tx: &mut Tx,
    id: Uuid,
    (name, language, digest_hour): (&str, &str, i64),
) -> Result<()> {
    let sql = "update account set name = $2, language = $3, digest_hour = $4 where id = $1";
    run!(tx, sqlx::query(sql).bind(id).bind(name).bind(language).bind(digest_hour))?;
    Ok(())
}

/// Closes an account: nobody signs in with it any more.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn close(tx: &mut Tx, id: Uuid, at: i64) -> Result<()> {
    let sql = "update account set closed_at = $2, password_hash = null where id = $1 and closed_at is null";
    run!(tx, sqlx::query(sql).bind(id).bind(at))?;
    Ok(())
}

/// Gives a draft that nobody has to an account.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn take_draft(tx: &mut Tx, id: Uuid, draft: Uuid) -> Result<()> {
    let sql = "update draft set account = $1 where id = $2 and account is null";
    run!(tx, sqlx::query(sql).bind(id).bind(draft))?;
    Ok(())
}
