//! The settings of the provider at which people can sign in.

use clap::Args;
use serde::Deserialize;
use std::sync::Arc;
use waymark_app::people::installation::Secret;
use waymark_app::people::oidc::{Provider, Told};

/// They go together: without an issuer there is no provider. In the settings file they are a table `[oidc]`, without the
/// first part of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Oidc {
    /// The issuer of an OpenID Connect provider at which people can sign in, such as <https://id.example.org>
    #[arg(
        long = "oidc-issuer",
        global = true,
        env = "WAYMARK_OIDC_ISSUER",
        hide_env_values = true,
        value_name = "URL"
    )]
    issuer: Option<String>,
    /// The name by which the provider knows this installation
    #[arg(
        long = "oidc-client-id",
        global = true,
        env = "WAYMARK_OIDC_CLIENT_ID",
        hide_env_values = true,
        value_name = "NAME"
    )]
    client_id: Option<String>,
    /// The secret that goes with it
    #[arg(
        long = "oidc-client-secret",
        global = true,
        env = "WAYMARK_OIDC_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    client_secret: Option<String>,
    /// What is asked for [default: openid email profile]
    #[arg(
        long = "oidc-scopes",
        global = true,
        env = "WAYMARK_OIDC_SCOPES",
        hide_env_values = true,
        value_name = "WORDS"
    )]
    scopes: Option<String>,
    /// The claim that is the work mail [default: email]
    #[arg(
        long = "oidc-mail-claim",
        global = true,
        env = "WAYMARK_OIDC_MAIL_CLAIM",
        hide_env_values = true,
        value_name = "NAME"
    )]
    mail_claim: Option<String>,
    /// The provider vouches for that mail though it does not say `email_verified`: `true` or `false` [default: false]
    #[arg(
        long = "oidc-mail-vouched-for",
        global = true,
        env = "WAYMARK_OIDC_MAIL_VOUCHED_FOR",
        hide_env_values = true,
        value_name = "BOOL"
    )]
    mail_vouched_for: Option<bool>,
    /// The claim that has the external id of a newcomer's team or organisation [default: none, the mail host decides]
    #[arg(
        long = "oidc-node-claim",
        global = true,
        env = "WAYMARK_OIDC_NODE_CLAIM",
        hide_env_values = true,
        value_name = "NAME"
    )]
    node_claim: Option<String>,
    /// What stands on the button after “Sign in with” [default: the issuer's host]
    #[arg(
        long = "oidc-label",
        global = true,
        env = "WAYMARK_OIDC_LABEL",
        hide_env_values = true,
        value_name = "WORDS"
    )]
    label: Option<String>,
    /// Values of `acr` or `amr`, with commas between, that say that a second factor was shown there [default: none]
    #[arg(
        long = "oidc-second-factor",
        global = true,
        env = "WAYMARK_OIDC_SECOND_FACTOR",
        hide_env_values = true,
        value_name = "WORDS"
    )]
    second_factor: Option<String>,
}

impl Oidc {
    /// What is typed over what lies in the file.
    pub fn over(self, kept: Self) -> Self {
        Self {
            issuer: self.issuer.or(kept.issuer),
            client_id: self.client_id.or(kept.client_id),
            client_secret: self.client_secret.or(kept.client_secret),
            scopes: self.scopes.or(kept.scopes),
            mail_claim: self.mail_claim.or(kept.mail_claim),
            mail_vouched_for: self.mail_vouched_for.or(kept.mail_vouched_for),
            node_claim: self.node_claim.or(kept.node_claim),
            label: self.label.or(kept.label),
            second_factor: self.second_factor.or(kept.second_factor),
        }
    }

    /// The provider; nothing where there is no issuer.
    ///
    /// # Errors
    /// A sentence where the issuer cannot be asked, or goes without client and secret.
    pub fn provider(&self) -> Result<Option<Arc<Provider>>, String> {
        let Some(issuer) = self.issuer.clone() else { return Ok(None) };
        let needs = |value: &Option<String>, name: &str| {
            value.clone().ok_or_else(|| format!("--oidc-issuer goes with --oidc-{name}"))
        };
        let host = issuer.split('/').nth(2).unwrap_or_default().to_owned();
        let or = |value: &Option<String>, other: &str| value.clone().unwrap_or_else(|| other.to_owned());
        let accepted = or(&self.second_factor, "");
        let told = Told {
            client_id: needs(&self.client_id, "client-id")?,
            client_secret: Secret(needs(&self.client_secret, "client-secret")?),
            scopes: or(&self.scopes, "openid email profile"),
            mail_claim: or(&self.mail_claim, "email"),
            is_mail_vouched_for: self.mail_vouched_for.unwrap_or(false),
            node_claim: self.node_claim.clone(),
            label: or(&self.label, &host),
            second_factor: accepted
                .split(',')
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect(),
            issuer,
        };
        Provider::new(told).map(|provider| Some(Arc::new(provider)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_issuer_there_is_none_and_half_of_one_is_refused() {
        assert!(Oidc::default().provider().unwrap().is_none());
        let issuer = |issuer: &str| Oidc { issuer: Some(issuer.to_owned()), ..Oidc::default() };
        assert!(issuer("https://id.example.org").provider().unwrap_err().contains("--oidc-client-id"));
        let whole = |at: &str| Oidc {
            client_id: Some("waymark".to_owned()),
            client_secret: Some("a secret".to_owned()),
            second_factor: Some("mfa, hwk".to_owned()),
            ..issuer(at)
        };
        let provider = whole("https://id.example.org/tenant").provider().unwrap().unwrap();
        assert_eq!(provider.told.label, "id.example.org");
        assert_eq!(provider.told.second_factor, ["mfa", "hwk"]);
        assert!(whole("http://id.example.org").provider().is_err());
        assert!(!format!("{provider:?}").contains("a secret"));
    }
}
