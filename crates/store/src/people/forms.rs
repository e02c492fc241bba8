//! Tokens of forms that were used, with what was answered.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, rows};

/// What was answered to a token.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn answer(tx: &mut Tx, token: &[u8]) -> Result<Option<String>> {
    let sql = "select answer from form_token where token = $1";
    on!(tx, c => sqlx::query_scalar(sql).bind(token).fetch_optional(c).await)
}

/// Notes what is answered to a token, and when (microseconds since 1970), with all that the transaction holds.
///
/// # Errors
/// Of a unique violation where it was used before.
pub async fn remember(tx: &mut Tx, token: &[u8], (answer, at): (&str, i64)) -> Result<()> {
    let sql = "insert into form_token (token, answer, used_at) values ($1, $2, $3)";
    rows::hold(tx, sql, vec![token.to_vec().into(), answer.into(), at.into()]);
    tx.settle().await
}
