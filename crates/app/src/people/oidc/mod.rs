//! Signing in by OpenID Connect: the authorisation code flow with PKCE, state and nonce. Who somebody is there, and which
//! account that is here, is in [`join`]; why it is made like this in `docs/decisions/0015-openid-connect.md`.

mod http;
mod join;
mod provider;
mod token;

pub use join::{Back, Finished, finish};
pub use provider::{Provider, Told};

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::error::Error;
use crate::people::pace::Whose;
use crate::routes::Route;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sha2::{Digest as _, Sha256};
use waymark_domain::text::Digest;
use waymark_store::people::oidc::{self, NewLogin};

/// How long one may take to sign in there.
const LOGIN_LASTS: TimeDelta = TimeDelta::minutes(15);

/// Why a sign-in elsewhere came to nothing. The log has it; the visitor reads that it did not work and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The provider cannot be asked, or answers what is no answer.
    #[error("the provider cannot be asked: {0}")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What came back is not believed.
    #[error("{0}")]
    Refused(&'static str),
    /// The token is not believed.
    #[error("the token is not believed: {0}")]
    Token(#[source] token::Fault),
    /// Something of ours.
    #[error(transparent)]
    Ours(#[from] Error),
}

impl Fault {
    fn away(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Away(cause.into())
    }
}

/// What somebody wishes who leaves to sign in elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Where to go then.
    pub back: &'a str,
    /// Is it a shared computer?
    pub is_shared: bool,
    /// The address of the machine.
    pub from: &'a str,
}

/// Somebody who leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// The provider's page.
    pub to: String,
    /// What the browser keeps meanwhile, so that only it can come back.
    pub secret: String,
}

/// How long the browser keeps it, in seconds.
pub const LEAVING_SECONDS: i64 = LOGIN_LASTS.num_seconds();

fn known(env: &Env) -> Result<&Provider, Fault> {
    env.oidc.as_deref().ok_or(Fault::Ours(Error::NotFound))
}

/// Where the provider sends back to.
fn callback(env: &Env) -> String {
    format!("{}{}", env.config.origin, Route::Elsewhere)
}

fn hashed(what: &str, secret: &str) -> [u8; 32] {
    Digest::of(&[what.as_bytes(), secret.as_bytes()]).0
}

/// Sends somebody to the provider.
///
/// # Errors
/// [`Fault::Away`] where it cannot be asked.
pub async fn leave(env: &Env, wish: Wish<'_>) -> Result<Leaving, Fault> {
    let provider = known(env)?;
    env.paces.take(Whose::SignIn(wish.from), env.now())?;
    let published = provider.published(env.now()).await?;
    let [state, nonce, verifier, secret] = [(); 4].map(|()| env.secret());
    let mut ctx = Ctx::write(env, Actor::Nobody).await?;
    let new = NewLogin {
        state_hash: &hashed("oidc-state", &state),
        browser_hash: &hashed("oidc-browser", &secret),
        nonce: &nonce,
        verifier: &verifier,
        back: wish.back,
        is_shared: wish.is_shared,
        ends_at: (ctx.now + LOGIN_LASTS).timestamp_micros(),
    };
    oidc::begin(&mut ctx.tx, &new).await.map_err(Error::from)?;
    ctx.commit().await?;
    let mut to = provider::address(&published.authorization_endpoint)?;
    to.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &provider.told.client_id)
        .append_pair("redirect_uri", &callback(env))
        .append_pair("scope", &provider.told.scopes)
        .append_pair("state", &state)
        .append_pair("nonce", &nonce)
        .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())))
        .append_pair("code_challenge_method", "S256");
    Ok(Leaving { to: to.into(), secret })
}

/// Where whoever has signed out here can sign out at the provider, too; nothing where it offers none or is away.
pub async fn sign_out_there(env: &Env) -> Option<String> {
    let provider = env.oidc.as_deref()?;
    let published = provider.published(env.now()).await.ok()?;
    let mut to = provider::address(published.end_session_endpoint.as_deref()?).ok()?;
    let home = format!("{}{}", env.config.origin, Route::Home);
    to.query_pairs_mut()
        .append_pair("client_id", &provider.told.client_id)
        .append_pair("post_logout_redirect_uri", &home);
    Some(to.into())
}
