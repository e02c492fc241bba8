//! Judged rows: values that a use case can take as they are.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::money::Amount;

/// A local date, with what else was written beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The day.
    pub date: NaiveDate,
    /// The local time of day, if given.
    pub time: Option<NaiveTime>,
    /// The zone as written, if any; otherwise that of the body counts.
    pub zone: Option<String>,
}

/// A part of a long text under its own heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Name of the field it comes from, such as `rules`; the heading is its translation.
    pub label: &'static str,
    /// 1, or higher where a text too long for one section was cut at a paragraph.
    pub part: usize,
    /// Plain text.
    pub text: String,
}

/// A problem, or a challenge if it has dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemRow {
    /// Row in the file.
    pub row: usize,
    /// Identifier in the system it comes from, or made from title and text.
    pub external_id: String,
    /// At most 150 characters; a longer one is cut at a word and stands whole at the head of the text.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// When answers may be sent from.
    pub opens: Option<Moment>,
    /// When answers may be sent until.
    pub closes: Option<Moment>,
    /// Money as written.
    pub money_words: Option<String>,
    /// The amount, where the words hold clearly one.
    pub money: Option<Amount>,
    /// Address of the page it comes from.
    pub source_url: Option<String>,
    /// Name or identifier of the organisation, as written.
    pub organisation: Option<String>,
    /// Rules, judging, how to enter and the like, those that have words.
    pub sections: Vec<Section>,
}

/// What became of an imported idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdeaState {
    /// Waiting for an answer.
    Open,
    /// Answered, and nothing more is told.
    Answered,
    /// Done or being done.
    Kept,
    /// Not done.
    Dropped,
}

/// An idea that was told elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdeaRow {
    /// Row in the file.
    pub row: usize,
    /// Identifier in the system it comes from, or made from title and text.
    pub external_id: String,
    /// At most 150 characters.
    pub title: String,
    /// The problem, in plain text.
    pub problem: String,
    /// What the contributor would do, in plain text.
    pub solution: Option<String>,
    /// Who told it.
    pub told_by: Option<String>,
    /// Mail of who told it, in lower case.
    pub told_by_mail: Option<String>,
    /// Name or identifier of the organisation, as written.
    pub organisation: Option<String>,
    /// When it was told.
    pub told_on: Option<NaiveDate>,
    /// What became of it; `Open` where nothing is said and no answer stands.
    pub state: IdeaState,
    /// The answer, in plain text.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_on: Option<NaiveDate>,
    /// Who answered.
    pub answered_by: Option<String>,
}

/// Where a node of the tree stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A ward, a wing, a class.
    Team,
    /// A hospital, a prison, a school, an office.
    Organisation,
    /// A department.
    Department,
    /// A service area.
    Area,
    /// A government.
    Government,
}

/// What an organisation is part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parent {
    /// Another good row of the same file.
    InFile {
        /// Its external id.
        external_id: String,
    },
    /// Not in the file, so it must be there already: name or identifier as written.
    Elsewhere {
        /// As written.
        words: String,
    },
}

/// A node of the tree of organisations. Good rows stand parents first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationRow {
    /// Row in the file.
    pub row: usize,
    /// Identifier in the system it comes from, or made from its name and parent.
    pub external_id: String,
    /// At most 150 characters.
    pub name: String,
    /// What it is part of.
    pub parent: Option<Parent>,
    /// Its level.
    pub level: Level,
    /// Whether it is a legal body.
    pub is_body: bool,
    /// Code of its calendar; none takes that of the node above.
    pub calendar: Option<String>,
    /// Its IANA time zone; none takes that of the node above.
    pub time_zone: Option<String>,
    /// Service areas as written.
    pub service_areas: Vec<String>,
}

/// A person and what they may do where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Row in the file.
    pub row: usize,
    /// Identifier in the system it comes from, else the mail address.
    pub external_id: String,
    /// At most 150 characters.
    pub name: String,
    /// Mail address in lower case.
    pub mail: String,
    /// Name or identifier of the organisation, as written.
    pub organisation: Option<String>,
    /// Codes out of [`ROLES`].
    pub roles: Vec<&'static str>,
}

/// The first so many of [`ROLES`] can be given by a file: they are named where a role is not known.
pub const ROLES_GIVEN: usize = 4;

/// The codes of the roles that a person can hold at an organisation.
pub const ROLES: [&str; 20] = [
    "member",
    "team-lead",
    "finder",
    "head",
    "second-reader",
    "backer",
    "grower",
    "assessor",
    "sponsor",
    "service-owner",
    "fund-holder",
    "payer",
    "area-lead",
    "moderator",
    "editor",
    "return-author",
    "signatory",
    "opener",
    "auditor",
    "administrator",
];
