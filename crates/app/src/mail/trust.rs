//! Whom we believe that a mail server is who it says: the authorities that browsers know, and one of the body's own.

use lettre::transport::smtp::client::{Certificate, TlsParameters, TlsParametersBuilder};
use std::path::Path;

/// Authorities that sign for mail servers.
#[derive(Debug, Clone, Default)]
pub struct Trust(Option<Certificate>);

/// What the first line of a certificate says.
const FIRST_LINE: &str = "-----BEGIN CERTIFICATE-----";

impl Trust {
    /// Reads the certificates of further authorities from a PEM file.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn read(file: &Path) -> Result<Self, String> {
        let named = |why: &dyn std::fmt::Display| format!("the mail authority {}: {why}", file.display());
        let pem = std::fs::read(file).map_err(|error| named(&error))?;
        if !String::from_utf8_lossy(&pem).contains(FIRST_LINE) {
            return Err(named(&format!("there is no line {FIRST_LINE}")));
        }
        let trust = Self(Some(Certificate::from_pem(&pem).map_err(|error| named(&error))?));
        // A certificate that is damaged is noticed now, not with the first mail.
        trust.parameters("localhost").map_err(|error| named(&error))?;
        Ok(trust)
    }

    /// How to speak TLS with a server of this name.
    pub(super) fn parameters(&self, host: &str) -> Result<TlsParameters, lettre::transport::smtp::Error> {
        let builder = TlsParametersBuilder::new(host.to_owned());
        match &self.0 {
            Some(authority) => builder.add_root_certificate(authority.clone()),
            None => builder,
        }
        .build()
    }
}
