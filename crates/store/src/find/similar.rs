//! The index of *similar ones*: folded words of each record, and who may see it as words of the index itself, so that
//! what a person may not see changes nothing that they can see.

use crate::db::Tx;
use crate::dialect::full_text;
use crate::error::Result;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

/// A record that has a word.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Hit {
    /// The record.
    pub innovation: Uuid,
    /// Its words, one space between them.
    pub folded: String,
}

/// Puts a record into the index. `seen` is one word that says who may see it; `folded` its words, not empty.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn add(tx: &mut Tx, innovation: Uuid, (seen, folded): (&str, &str)) -> Result<()> {
    let sql = full_text(tx).add;
    run!(tx, sqlx::query(sql).bind(innovation).bind(seen).bind(folded))?;
    Ok(())
}

/// How many records that may be seen by one of `seen` have the word, counted up to `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count(tx: &mut Tx, (seen, word): (&[String], &str), limit: i64) -> Result<i64> {
    let text = full_text(tx);
    let wanted = (text.query)(seen, word);
    on!(tx, c => sqlx::query_scalar(text.count).bind(&wanted).bind(limit).fetch_one(c).await)
}

/// The records that may be seen by one of `seen` and have the word, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, (seen, word): (&[String], &str), limit: i64) -> Result<Vec<Hit>> {
    let text = full_text(tx);
    let wanted = (text.query)(seen, word);
    on!(tx, c => sqlx::query_as(text.find).bind(&wanted).bind(limit).fetch_all(c).await)
}
