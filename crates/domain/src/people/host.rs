//! Mail hosts: the part of an address after the @, by which a body knows its own staff
//! (`docs/decisions/0007-who-becomes-a-member.md`).

use crate::limits::{HOST_CHARS, HOSTS};
use serde::{Deserialize, Serialize};

/// A mail host as it is compared: small letters, no `@`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Host(String);

/// Hosts where anybody gets an address: such a one says nothing about where somebody works.
const FREE: [&str; 42] = [
    "163.com",
    "aol.co.uk",
    "aol.com",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "duck.com",
    "fastmail.com",
    "fastmail.fm",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rocketmail.com",
    "sky.com",
    "talktalk.net",
    "tiscali.co.uk",
    "tuta.com",
    "tutanota.com",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
    "yandex.com",
    "ymail.com",
    "zoho.com",
];

impl Host {
    /// The host of what was typed, with or without an `@` before it; nothing where it is none.
    pub fn parse(typed: &str) -> Option<Self> {
        let host = typed.trim().trim_start_matches('@').to_lowercase();
        let is_label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let is_host =
            host.contains('.') && host.chars().count() <= HOST_CHARS && host.split('.').all(is_label);
        is_host.then_some(Self(host))
    }

    /// The host of a mail address.
    pub fn of_mail(mail: &str) -> Option<Self> {
        mail.rsplit_once('@').and_then(|(_, host)| Self::parse(host))
    }

    /// The host as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does anybody get an address there, wherever they work?
    pub fn is_free(&self) -> bool {
        FREE.binary_search(&self.0.as_str()).is_ok()
    }
}

/// What is wrong with a list of hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostsProblem {
    /// One of them is no host.
    Malformed,
    /// Anybody gets an address at one of them.
    Free,
    /// More than [`HOSTS`].
    TooMany,
}

/// The hosts of what was typed, with commas or spaces between; none where nothing was typed.
///
/// # Errors
/// [`HostsProblem`].
pub fn hosts(typed: &str) -> Result<Vec<Host>, HostsProblem> {
    let words = typed.split([',', ';', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
    let hosts: Option<Vec<Host>> = words.map(Host::parse).collect();
    let mut hosts = hosts.ok_or(HostsProblem::Malformed)?;
    hosts.sort_unstable();
    hosts.dedup();
    match () {
        () if hosts.iter().any(Host::is_free) => Err(HostsProblem::Free),
        () if hosts.len() > HOSTS => Err(HostsProblem::TooMany),
        () => Ok(hosts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_however_it_is_typed() {
        for typed in ["riverside.example", " @Riverside.Example ", "@riverside.example"] {
            assert_eq!(Host::parse(typed).unwrap().as_str(), "riverside.example", "{typed}");
        }
        assert_eq!(Host::of_mail("Ada@Riverside.example"), Host::parse("riverside.example"));
        for bad in ["", "@", "riverside", "a..b", ".b.c", "a b.c", "a.b-", "a@b.c", "<a.b>", "a.b\0"] {
            assert_eq!(Host::parse(bad), None, "{bad:?}");
        }
        let long = format!("{}.example", "x".repeat(HOST_CHARS - 8));
        assert!(Host::parse(&long).is_some() && Host::parse(&format!("x{long}")).is_none());
    }

    #[test]
    fn a_list_is_in_order_and_each_host_once() {
        let read = hosts("hillside.example, @riverside.example\nhillside.example").unwrap();
        assert_eq!(
            read.iter().map(Host::as_str).collect::<Vec<_>>(),
            ["hillside.example", "riverside.example"]
        );
        assert_eq!(hosts(" , "), Ok(Vec::new()));
        assert_eq!(hosts("riverside"), Err(HostsProblem::Malformed));
        assert_eq!(hosts("riverside.example, gmail.com"), Err(HostsProblem::Free));
        let many = |count: usize| {
            let all: Vec<String> = (0..count).map(|number| format!("h{number}.example")).collect();
            all.join(" ")
        };
        assert_eq!(hosts(&many(HOSTS)).map(|all| all.len()), Ok(HOSTS));
        assert_eq!(hosts(&many(HOSTS + 1)), Err(HostsProblem::TooMany));
    }

    #[test]
    fn hosts_for_anybody_are_in_the_order_in_which_they_are_searched() {
        assert!(FREE.is_sorted());
        assert!(FREE.iter().all(|free| Host::parse(free).is_some_and(|host| host.is_free())));
        assert!(!Host::parse("riverside.example").unwrap().is_free());
    }
}
