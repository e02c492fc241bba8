//! The key of an act: sent again with the same key, it is answered again and not done again
//! (the header that the IETF's draft *Idempotency-Key* describes). It is kept with the tokens of forms.

use super::operation::Operation;
use super::problem::{Fault, Wrong};
use super::run::Call;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use waymark_app::words::{Lang, text};
use waymark_app::{Ctx, Error, Result, Write, once};
use waymark_domain::ids::AccountId;
use waymark_domain::text::Digest;

/// The header.
pub const HEADER: &str = "idempotency-key";
/// The longest key.
pub const KEY_CHARS: usize = 200;

/// The key that came with an act; empty for what changes nothing.
///
/// # Errors
/// That it is missing, or none.
pub fn of(op: &Operation, headers: &HeaderMap, lang: Lang) -> Result<String, Fault> {
    if !op.is_act() {
        return Ok(String::new());
    }
    let sent = headers.get(HEADER).ok_or(Fault::Bare(StatusCode::BAD_REQUEST, "key-missing"))?;
    let key = sent.to_str().ok().map(str::trim).filter(|key| (1..=KEY_CHARS).contains(&key.len()));
    let wrong = || Fault::Values(vec![Wrong::of("Idempotency-Key", text(lang, "api-wrong-key"))]);
    key.map(str::to_owned).ok_or_else(wrong)
}

/// What was answered to a key: a status, and the body as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Of what was sent with the key.
    print: String,
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// A person's key. Two people may choose the same one.
#[derive(Debug)]
pub struct Once {
    token: String,
    print: String,
}

impl Once {
    /// Of a call.
    pub fn of(account: AccountId, key: &str, call: &Call<'_>) -> Self {
        let (sent, path) = (call.sent.to_string(), format!("{:?}", call.path));
        let print = Digest::of(&[call.op.id.as_bytes(), path.as_bytes(), sent.as_bytes()]);
        Self {
            token: Digest::of(&[b"api", account.0.as_bytes(), key.as_bytes()]).to_string(),
            print: print.to_string(),
        }
    }

    /// What was answered before, where it was.
    ///
    /// # Errors
    /// That the key was used for something else.
    pub async fn before(&self, ctx: &mut Ctx<'_, Write>) -> Result<Option<Answered>, Fault> {
        let Some(known) = once::answered(ctx, &self.token).await? else { return Ok(None) };
        let answered: Answered = serde_json::from_str(&known).map_err(Error::internal)?;
        if answered.print != self.print {
            return Err(Fault::Bare(StatusCode::UNPROCESSABLE_ENTITY, "key-reused"));
        }
        Ok(Some(answered))
    }

    /// Keeps what is answered now, in the transaction of what was done.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the same is being done at this moment.
    pub async fn keep(&self, ctx: &mut Ctx<'_, Write>, (status, body): (StatusCode, &str)) -> Result<()> {
        let answered = Answered { print: self.print.clone(), status: status.as_u16(), body: body.to_owned() };
        let answered = serde_json::to_string(&answered).map_err(Error::internal)?;
        once::remember(ctx, &self.token, &answered).await
    }
}
