//! The settings of a process: what is typed counts before the environment, that before the file, that before what holds
//! where nobody said anything.

use crate::oidc::Oidc;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Settings as they can be typed. None shows its value in the help: there are passwords in some.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Settings")]
pub struct Given {
    /// A TOML file with any of the settings below, such as `listen = "0.0.0.0:8080"`.
    #[arg(long, global = true, env = "WAYMARK_SETTINGS", hide_env_values = true, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://user@host/name` [default: sqlite:data/waymark.db]
    #[arg(long, global = true, env = "WAYMARK_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// SQLite's reading connections, or PostgreSQL's connections in all [default: 4 and 16]
    #[arg(long, global = true, env = "WAYMARK_CONNECTIONS", hide_env_values = true, value_name = "NUMBER")]
    connections: Option<u32>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "WAYMARK_LISTEN", hide_env_values = true, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Where people reach it, such as <https://ideas.example.org> [default: the listening address]
    #[arg(long, global = true, env = "WAYMARK_ORIGIN", hide_env_values = true, value_name = "URL")]
    origin: Option<String>,
    /// How mail is sent: `smtp://user:password@host:port?tls=required`, `smtps://…` or `file:FOLDER` [default: what the
    /// first run wrote down]
    #[arg(long, global = true, env = "WAYMARK_MAIL", hide_env_values = true, value_name = "URL")]
    mail: Option<String>,
    /// A PEM file with the authority that signed the mail server's certificate, beside those that browsers know
    #[arg(long, global = true, env = "WAYMARK_MAIL_CA", hide_env_values = true, value_name = "FILE")]
    mail_ca: Option<PathBuf>,
    /// The address that mails come from [default: `waymark@localhost`]
    #[arg(long, global = true, env = "WAYMARK_MAIL_FROM", hide_env_values = true, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Passwords from breaches that nobody may choose, such as the list of *Have I Been Pwned* by SHA-1 in order
    #[arg(long, global = true, env = "WAYMARK_BREACHED", hide_env_values = true, value_name = "FILE")]
    breached: Option<PathBuf>,
    #[command(flatten)]
    oidc: Oidc,
    /// How the log is written [default: text]
    #[arg(long, global = true, env = "WAYMARK_LOG", hide_env_values = true, value_enum)]
    log: Option<LogAs>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogAs {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Settings as they lie in a file: the same names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    database: Option<String>,
    connections: Option<u32>,
    listen: Option<SocketAddr>,
    origin: Option<String>,
    mail: Option<String>,
    mail_ca: Option<PathBuf>,
    mail_from: Option<String>,
    breached: Option<PathBuf>,
    log: Option<LogAs>,
    #[serde(default)]
    oidc: Oidc,
}

/// What counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the database is.
    pub database: String,
    /// SQLite's reading connections, or PostgreSQL's connections in all.
    pub connections: Option<u32>,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Where people reach it.
    pub origin: String,
    /// How mail is sent, where that is not left to the first run.
    pub mail: Option<String>,
    /// The authority that signed the mail server's certificate.
    pub mail_ca: Option<PathBuf>,
    /// The address that mails come from.
    pub mail_from: String,
    /// Passwords from breaches that nobody may choose.
    pub breached: Option<PathBuf>,
    /// Where people can sign in besides here.
    pub oidc: Oidc,
    /// How the log is written.
    pub log: LogAs,
    /// The file that they came from.
    pub file: Option<PathBuf>,
}

impl Given {
    /// The settings that count.
    ///
    /// # Errors
    /// A sentence where the file cannot be read or says what is no setting.
    pub fn resolve(self) -> Result<Settings, String> {
        let kept = match &self.settings {
            Some(file) => {
                let text =
                    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
                read(&text).map_err(|error| format!("{}: {error}", file.display()))?
            }
            None => Kept::default(),
        };
        let listen = self.listen.or(kept.listen).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let origin = self.origin.or(kept.origin).unwrap_or_else(|| format!("http://{listen}"));
        let or = |given: Option<String>, kept: Option<String>, other: &str| {
            given.or(kept).unwrap_or_else(|| other.to_owned())
        };
        Ok(Settings {
            database: or(self.database, kept.database, "sqlite:data/waymark.db"),
            connections: self.connections.or(kept.connections),
            listen,
            origin: origin.trim_end_matches('/').to_owned(),
            mail: self.mail.or(kept.mail),
            mail_ca: self.mail_ca.or(kept.mail_ca),
            mail_from: or(self.mail_from, kept.mail_from, "waymark@localhost"),
            breached: self.breached.or(kept.breached),
            oidc: self.oidc.over(kept.oidc),
            log: self.log.or(kept.log).unwrap_or_default(),
            file: self.settings,
        })
    }
}

/// Says what is wrong without repeating the line, which may hold a password.
fn read(text: &str) -> Result<Kept, String> {
    toml::from_str(text).map_err(|error| error.message().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_counts_before_the_file_and_the_file_before_nothing() {
        let folder = std::env::temp_dir().join(format!("waymark-settings-{}", std::process::id()));
        std::fs::write(&folder, "listen = \"127.0.0.1:9\"\nmail_from = \"a@b\"\nlog = \"json\"\n").unwrap();
        let given =
            Given { settings: Some(folder.clone()), mail_from: Some("c@d".to_owned()), ..Given::default() };
        let settings = given.resolve().unwrap();
        std::fs::remove_file(folder).unwrap();
        assert_eq!((settings.mail_from.as_str(), settings.log), ("c@d", LogAs::Json));
        assert_eq!((settings.origin.as_str(), settings.connections), ("http://127.0.0.1:9", None));
    }

    #[test]
    fn a_setting_that_is_none_is_named_and_its_value_is_not() {
        let error = read("mial = \"smtp://ada:secret@host\"").unwrap_err();
        assert!(error.contains("mial") && !error.contains("secret"), "{error}");
    }
}
