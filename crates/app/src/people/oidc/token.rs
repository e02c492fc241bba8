//! Tokens that a provider has signed (RFC 7519, OpenID Connect Core 3.1.3.7). The signatures are `ring`'s to check; what is
//! taken at all is a short list, so that a token cannot choose how it is believed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// How far the clocks of provider and service may lie apart, in seconds.
pub const SKEW_SECONDS: i64 = 60;

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no token.
    #[error("it is no signed token")]
    Malformed,
    /// It is signed in a way that is not taken.
    #[error("it is signed in a way that is not taken")]
    Algorithm,
    /// No key has its name.
    #[error("no key has its name")]
    UnknownKey,
    /// The signature is not that of the key.
    #[error("its signature is wrong")]
    Signature,
    /// Somebody else issued it.
    #[error("another issuer")]
    Issuer,
    /// It is for somebody else.
    #[error("it is for another client")]
    Audience,
    /// It is over, or not valid yet.
    #[error("its time is over or has not come")]
    Time,
    /// It does not repeat what was asked with.
    #[error("another nonce")]
    Nonce,
    /// It does not say who it is about.
    #[error("no subject")]
    Subject,
}

/// The keys of a provider, as it publishes them (RFC 7517).
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Keys {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    is_for: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
}

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    /// Now, in seconds since 1970.
    pub now: i64,
}

/// What a token claims, once it is believed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// One text, or several.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    pub fn is_true(&self, name: &str) -> bool {
        // Some providers write it as a text.
        matches!(self.0.get(name), Some(Value::Bool(true))) || self.text(name) == Some("true")
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Seconds since 1970; nothing where it is no number.
    fn time(&self, name: &str) -> Option<i64> {
        let Value::Number(value) = self.0.get(name)? else { return None };
        // A fraction is cut.
        value.to_string().split('.').next()?.parse().ok()
    }

    pub fn subject(&self) -> Result<&str, Fault> {
        self.text("sub").filter(|subject| !subject.is_empty() && subject.len() <= 255).ok_or(Fault::Subject)
    }
}

/// Believes a token where signature, issuer, audience and time are right.
pub(super) fn believe(token: &str, keys: &Keys, expected: Expected<'_>) -> Result<Claims, Fault> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Fault::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(Fault::Malformed)?;
    let header: Header = json(header)?;
    let signature = decoded(signature)?;
    keys.check(&header, (signed.as_bytes(), &signature))?;
    let claims = Claims(json(payload)?);
    hold(&claims, expected)?;
    Ok(claims)
}

/// The same for a token of identity, which repeats what was asked with.
pub(super) fn identity(
    token: &str,
    keys: &Keys,
    (expected, nonce): (Expected<'_>, &str),
) -> Result<Claims, Fault> {
    let claims = believe(token, keys, expected)?;
    if claims.text("nonce") != Some(nonce) {
        return Err(Fault::Nonce);
    }
    claims.subject()?;
    Ok(claims)
}

fn hold(claims: &Claims, expected: Expected<'_>) -> Result<(), Fault> {
    if claims.text("iss") != Some(expected.issuer) {
        return Err(Fault::Issuer);
    }
    let audience = claims.texts("aud");
    let is_ours = audience.contains(&expected.client);
    let party = claims.text("azp");
    let is_for_us = if audience.len() > 1 || party.is_some() { party == Some(expected.client) } else { true };
    if !is_ours || !is_for_us {
        return Err(Fault::Audience);
    }
    let (late, early) = (expected.now - SKEW_SECONDS, expected.now + SKEW_SECONDS);
    let expires = claims.time("exp").ok_or(Fault::Time)?;
    let issued = claims.time("iat").ok_or(Fault::Time)?;
    let begins = if claims.has("nbf") { claims.time("nbf").ok_or(Fault::Time)? } else { issued };
    if expires < late || issued > early || begins > early { Err(Fault::Time) } else { Ok(()) }
}

fn decoded(part: &str) -> Result<Vec<u8>, Fault> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Fault::Malformed)
}

fn json<T: for<'d> Deserialize<'d>>(part: &str) -> Result<T, Fault> {
    serde_json::from_slice(&decoded(part)?).map_err(|_| Fault::Malformed)
}

impl Keys {
    fn check(&self, header: &Header, signed: (&[u8], &[u8])) -> Result<(), Fault> {
        let kind = match header.alg.as_str() {
            "RS256" | "PS256" => "RSA",
            "ES256" => "EC",
            _ => return Err(Fault::Algorithm),
        };
        let fits = |key: &&Key| key.kty == kind && key.is_for.as_deref().is_none_or(|used| used == "sig");
        let mut fitting = self.keys.iter().filter(fits);
        let key = match &header.kid {
            Some(name) => fitting.find(|key| key.kid.as_ref() == Some(name)),
            // Without a name only one can be meant.
            None => fitting.next().filter(|_| fitting.next().is_none()),
        };
        let key = key.ok_or(Fault::UnknownKey)?;
        match header.alg.as_str() {
            "RS256" => key.rsa(&RSA_PKCS1_2048_8192_SHA256, signed),
            "PS256" => key.rsa(&RSA_PSS_2048_8192_SHA256, signed),
            _ => key.ec(signed),
        }
    }
}

impl Key {
    fn part(value: Option<&String>) -> Result<Vec<u8>, Fault> {
        decoded(value.ok_or(Fault::UnknownKey)?)
    }

    fn rsa(&self, way: &'static RsaParameters, (signed, signature): (&[u8], &[u8])) -> Result<(), Fault> {
        let key = RsaPublicKeyComponents { n: Self::part(self.n.as_ref())?, e: Self::part(self.e.as_ref())? };
        key.verify(way, signed, signature).map_err(|_| Fault::Signature)
    }

    fn ec(&self, (signed, signature): (&[u8], &[u8])) -> Result<(), Fault> {
        if self.crv.as_deref() != Some("P-256") {
            return Err(Fault::Algorithm);
        }
        let point = [vec![4], Self::part(self.x.as_ref())?, Self::part(self.y.as_ref())?].concat();
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        key.verify(signed, signature).map_err(|_| Fault::Signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;
    const EXPECTED: Expected<'_> = Expected { issuer: "https://id.example.org", client: "waymark", now: NOW };

    struct Provider(EcdsaKeyPair);

    impl Provider {
        fn new() -> Self {
            let random = SystemRandom::new();
            let way = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(way, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(way, pkcs8.as_ref(), &random).unwrap())
        }

        fn keys(&self) -> Keys {
            let point = self.0.public_key().as_ref();
            let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
            let key = json!({ "kty": "EC", "crv": "P-256", "kid": "a", "use": "sig",
                "x": part(&point[1..33]), "y": part(&point[33..]) });
            serde_json::from_value(json!({ "keys": [key] })).unwrap()
        }

        fn sign(&self, header: &Value, claims: &Value) -> String {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let signed = format!("{}.{}", part(header), part(claims));
            let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
        }
    }

    fn header() -> Value {
        json!({ "alg": "ES256", "kid": "a" })
    }

    fn claims() -> Value {
        json!({ "iss": EXPECTED.issuer, "aud": "waymark", "sub": "7", "nonce": "n", "iat": NOW, "exp": NOW + 300 })
    }

    /// What is said of a token with one claim put in place of another, or taken out.
    fn with(name: &str, value: Value) -> Result<Claims, Fault> {
        let provider = Provider::new();
        let mut claims = claims();
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
        };
        identity(&provider.sign(&header(), &claims), &provider.keys(), (EXPECTED, "n"))
    }

    #[test]
    fn a_token_is_believed_where_all_of_it_is_right() {
        assert_eq!(with("name", json!("Ada")).unwrap().text("name"), Some("Ada"));
        assert!(with("aud", json!(["waymark"])).is_ok());
    }

    #[test]
    fn whatever_is_wrong_with_its_claims_is_named() {
        for (name, value, fault) in [
            ("iss", json!("https://evil.example.org"), Fault::Issuer),
            ("iss", json!("https://id.example.org/"), Fault::Issuer),
            ("iss", Value::Null, Fault::Issuer),
            ("aud", json!("another"), Fault::Audience),
            ("aud", json!(["waymark", "another"]), Fault::Audience),
            ("azp", json!("another"), Fault::Audience),
            ("nonce", json!("m"), Fault::Nonce),
            ("nonce", Value::Null, Fault::Nonce),
            ("sub", json!(""), Fault::Subject),
            ("exp", Value::Null, Fault::Time),
            ("exp", json!("never"), Fault::Time),
            ("iat", Value::Null, Fault::Time),
            ("nbf", json!("now"), Fault::Time),
            ("nbf", json!(NOW + 61), Fault::Time),
        ] {
            assert_eq!(with(name, value.clone()), Err(fault), "{name}: {value}");
        }
    }

    #[test]
    fn clocks_may_lie_a_minute_apart_and_no_more() {
        let said = |name, at: i64| with(name, json!(at)).is_ok();
        assert!(said("exp", NOW - SKEW_SECONDS) && !said("exp", NOW - SKEW_SECONDS - 1));
        assert!(said("iat", NOW + SKEW_SECONDS) && !said("iat", NOW + SKEW_SECONDS + 1));
    }

    #[test]
    fn no_token_chooses_how_it_is_believed() {
        let (provider, other) = (Provider::new(), Provider::new());
        let keys = provider.keys();
        let said = |token: &str| identity(token, &keys, (EXPECTED, "n")).unwrap_err();
        for alg in ["none", "HS256", "es256", "ES384"] {
            let token = provider.sign(&json!({ "alg": alg, "kid": "a" }), &claims());
            assert_eq!(said(&token), Fault::Algorithm, "{alg}");
        }
        assert_eq!(
            said(&provider.sign(&json!({ "alg": "RS256", "kid": "a" }), &claims())),
            Fault::UnknownKey
        );
        assert_eq!(
            said(&provider.sign(&json!({ "alg": "ES256", "kid": "b" }), &claims())),
            Fault::UnknownKey
        );
        assert_eq!(said(&other.sign(&header(), &claims())), Fault::Signature);
        let token = provider.sign(&header(), &claims());
        let (signed, _) = token.rsplit_once('.').unwrap();
        assert_eq!(said(&format!("{signed}.")), Fault::Signature);
        for bad in ["", "a", "a.b", "a.b.c", signed] {
            assert_eq!(said(bad), Fault::Malformed, "{bad}");
        }
    }
}
