//! A provider of sign-ins as this installation is told of it, and what the provider publishes of itself: its addresses and
//! keys, kept for a while, asked for again where a token names a key that is not among them.

use super::Fault;
use super::http::{Client, is_safe};
use super::token::{self, Claims, Expected, Keys};
use crate::people::installation::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

/// How long what a provider publishes is believed without asking again.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// Keys are asked for again at most so often: whoever sends tokens with names of keys must not make us ask each time.
const KEYS_AGAIN: TimeDelta = TimeDelta::seconds(60);

/// What this installation is told of its provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The issuer, letter by letter.
    pub issuer: String,
    /// By which name it knows us.
    pub client_id: String,
    /// The secret that goes with it.
    pub client_secret: Secret,
    /// What is asked for; `openid` must be among it.
    pub scopes: String,
    /// The claim that is the work mail.
    pub mail_claim: String,
    /// Does the provider vouch for that mail without saying so in `email_verified`?
    pub is_mail_vouched_for: bool,
    /// The claim whose value is the id by which another system knows the node of a newcomer.
    pub node_claim: Option<String>,
    /// What stands on the button after *Sign in with*.
    pub label: String,
    /// Values of `acr` or `amr` that say that a second factor was shown.
    pub second_factor: Vec<String>,
}

/// What a provider says of itself (OpenID Connect Discovery 1.0).
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Published {
    issuer: String,
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    pub end_session_endpoint: Option<String>,
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

#[derive(Debug, Default)]
struct Kept {
    published: Option<(Arc<Published>, DateTime<Utc>)>,
    keys: Option<(Arc<Keys>, DateTime<Utc>)>,
}

/// A provider.
#[derive(Debug)]
pub struct Provider {
    /// What we are told of it.
    pub told: Told,
    client: Client,
    kept: Mutex<Kept>,
}

#[derive(Debug, Deserialize)]
struct Given {
    id_token: String,
}

/// An address that a provider publishes.
pub(super) fn address(published: &str) -> Result<Url, Fault> {
    Url::parse(published).map_err(Fault::away)
}

impl Provider {
    /// A provider that nobody has asked yet.
    ///
    /// # Errors
    /// A sentence where the issuer is no address that may be asked.
    pub fn new(told: Told) -> Result<Self, String> {
        let url = Url::parse(&told.issuer).map_err(|error| format!("the issuer {}: {error}", told.issuer))?;
        if !is_safe(&url) || url.query().is_some() || url.fragment().is_some() {
            return Err(format!("the issuer {} is no https address", told.issuer));
        }
        Ok(Self { told, client: Client::default(), kept: Mutex::default() })
    }

    /// What it says of itself.
    pub(super) async fn published(&self, now: DateTime<Utc>) -> Result<Arc<Published>, Fault> {
        let kept = self.with_kept(|kept| kept.published.clone());
        if let Some((published, _)) = kept.filter(|(_, at)| now - *at < KEPT && now >= *at) {
            return Ok(published);
        }
        let issuer = self.told.issuer.trim_end_matches('/');
        let url = Url::parse(&format!("{issuer}/.well-known/openid-configuration")).map_err(Fault::away)?;
        let answer = self.client.get(&url).await.map_err(Fault::away)?;
        let published: Published = serde_json::from_slice(&answer).map_err(Fault::away)?;
        if published.issuer != self.told.issuer {
            return Err(Fault::Refused("the provider says that it is another issuer"));
        }
        let published = Arc::new(published);
        self.with_kept(|kept| kept.published = Some((Arc::clone(&published), now)));
        Ok(published)
    }

    fn with_kept<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        act(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Its keys; asked for again where those that we have are older than `at_most`.
    async fn keys(&self, now: DateTime<Utc>, at_most: TimeDelta) -> Result<Arc<Keys>, Fault> {
        let kept = self.with_kept(|kept| kept.keys.clone());
        if let Some((keys, _)) = kept.filter(|(_, at)| now - *at < at_most && now >= *at) {
            return Ok(keys);
        }
        let published = self.published(now).await?;
        let answer = self.client.get(&address(&published.jwks_uri)?).await.map_err(Fault::away)?;
        let keys: Arc<Keys> = Arc::new(serde_json::from_slice(&answer).map_err(Fault::away)?);
        self.with_kept(|kept| kept.keys = Some((Arc::clone(&keys), now)));
        Ok(keys)
    }

    /// The token of identity that it gives for a code.
    pub(super) async fn redeem(
        &self,
        (code, verifier, back): (&str, &str, &str),
        now: DateTime<Utc>,
    ) -> Result<String, Fault> {
        let published = self.published(now).await?;
        let form = Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", back)
            .append_pair("code_verifier", verifier)
            .finish();
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(&self.told.client_id), encoded(&self.told.client_secret.0));
        let authorization = format!("Basic {}", STANDARD.encode(pair));
        let answer = self.client.post(&address(&published.token_endpoint)?, (form, &authorization)).await;
        let given: Given = serde_json::from_slice(&answer.map_err(Fault::away)?).map_err(Fault::away)?;
        Ok(given.id_token)
    }

    /// What a token of identity claims. Where no key has its name the provider may have new ones: they are asked for once.
    pub(super) async fn identity(&self, token: (&str, &str), now: DateTime<Utc>) -> Result<Claims, Fault> {
        let (issuer, client) = (&self.told.issuer, &self.told.client_id);
        let (token, nonce) = token;
        let expected = (Expected { issuer, client, now: now.timestamp() }, nonce);
        let keys = self.keys(now, KEPT).await?;
        match token::identity(token, &keys, expected) {
            Err(token::Fault::UnknownKey) => {
                let keys = self.keys(now, KEYS_AGAIN).await?;
                token::identity(token, &keys, expected).map_err(Fault::Token)
            }
            other => other.map_err(Fault::Token),
        }
    }
}
