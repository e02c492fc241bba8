//! What was done that is not a record's history: sign-ins, accounts, settings of the installation.

use crate::db::Tx;
use crate::error::Result;
use crate::run;
use uuid::Uuid;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit<'a> {
    /// Its id.
    pub id: Uuid,
    /// When, microseconds since 1970.
    pub at: i64,
    /// Who did it, where a person did.
    pub account: Option<Uuid>,
    /// What was done.
    pub action: &'a str,
    /// To what.
    pub subject: &'a str,
}

/// Writes an entry.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, new: &NewAudit<'_>) -> Result<()> {
    let sql = "insert into audit (id, at, account, action, subject, about) values ($1, $2, $3, $4, $5, $6)";
    run!(
        tx,
        sqlx::query(sql)
            .bind(new.id)
            .bind(new.at)
            .bind(new.account)
            .bind(new.action)
            .bind(new.subject)
            .bind(Uuid::try_parse(new.subject).ok())
    )?;
    Ok(())
}
