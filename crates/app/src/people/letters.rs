//! Mails about people that go at once: somebody waits to be let in, or was not; a second factor is to be taken away, or was;
//! one was signed out. What they say is read while they are sent, so a job carries ids; only a newcomer who was not let in has
//! none any more.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::text::Language;

/// The kind of job that mails one of them.
pub const PEOPLE_MAIL: &str = "people-mail";

/// What a job of the kind [`PEOPLE_MAIL`] carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "about")]
pub enum PeopleMail {
    /// Somebody waits to be let in: to who can do it.
    Newcomer {
        /// To whom.
        to: Uuid,
        /// Who waits.
        newcomer: Uuid,
    },
    /// Nobody let them in: to who waited.
    NotIn(NotIn),
    /// A role waited for a second yes, or was settled: jobs of an earlier version. The mail of the day says it now.
    #[serde(rename = "role-asked", alias = "role-settled")]
    Retired,
    /// Somebody's second factor is to be taken away: to who can say yes.
    FactorReset {
        /// To whom.
        to: Uuid,
        /// What was asked.
        reset: Uuid,
    },
    /// One's second factor was taken away: to whose it was.
    FactorGone {
        /// To whom.
        to: Uuid,
    },
    /// One was signed out everywhere by an administrator: to whoever was.
    SessionsEnded {
        /// To whom.
        to: Uuid,
    },
}

/// Somebody who was not let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotIn {
    /// Their address.
    pub mail: String,
    /// Their language.
    pub language: Language,
    /// The name of the place.
    pub place: String,
    /// Did nobody say anything for a month? Else somebody said no.
    pub is_late: bool,
}
