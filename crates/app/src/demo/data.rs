//! The files of the demonstration as values; what each field means is in `demo/README.md`.

use crate::error::{Error, Result};
use serde::Deserialize;

/// A node of the made-up government.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Organisation {
    pub id: String,
    pub name: String,
    pub parent: Option<String>,
    pub level: String,
    pub is_body: bool,
    pub calendar: String,
}

/// A made-up person.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Person {
    pub id: String,
    pub name: String,
    pub mail: String,
    pub unit: String,
    pub job: String,
    pub roles: Vec<Held>,
    pub language: String,
}

/// A role at a node.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Held {
    pub role: String,
    pub node: String,
}

/// An idea with everything that happened to it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Idea {
    pub id: String,
    pub title: String,
    pub problem: String,
    pub solution: Option<String>,
    pub language: String,
    pub unit: String,
    pub contributors: Vec<Share>,
    pub origin: String,
    pub way_in: String,
    pub seen_by: String,
    pub told_days_ago: u64,
    pub told_wd_ago: Option<u32>,
    pub told_to: String,
    pub told_person: Option<String>,
    pub state: String,
    pub steps: Vec<Step>,
}

/// A contributor with a share in percent.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Share {
    pub person: String,
    pub share: u8,
}

/// One thing that somebody did, and when, counted from the step before.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Step {
    pub person: Option<String>,
    pub after_wd: Option<u16>,
    pub days_after: Option<u64>,
    #[serde(flatten)]
    pub act: Act,
}

/// What was done.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum Act {
    AnswerGo {
        who: String,
        hours: u32,
        pounds: u32,
        try_days: u64,
        words: String,
    },
    AnswerNotNow {
        until: String,
        days: u64,
        reason: String,
        words: String,
        would_change: String,
    },
    AnswerNo {
        reason: String,
        words: String,
        would_change: String,
    },
    SendOn {
        to: String,
        words: String,
        would_change: String,
    },
    Ask {
        words: String,
    },
    Reply {
        words: String,
    },
    TakeOver {
        words: String,
    },
    AskWhy {
        words: String,
    },
    Withdraw {
        words: String,
    },
    ThreeLines {
        did: String,
        changed: String,
        outcome: String,
    },
    WasThisAnAnswer {
        yes: bool,
        words: Option<String>,
    },
    MoveDate {
        new_after_wd: u16,
        why: String,
    },
    ConfirmHours {
        got: bool,
        words: String,
    },
    /// Somebody told the same later.
    AddTo {
        problem: String,
        solution: Option<String>,
    },
    /// No act: it is late on the as-at day.
    Late {},
}

/// The three files.
#[derive(Debug)]
pub(super) struct Files {
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub ideas: Vec<Idea>,
}

/// Reads the files that the program carries.
pub(super) fn files() -> Result<Files> {
    Ok(Files { organisations: organisations()?, people: people()?, ideas: ideas()? })
}

fn organisations() -> Result<Vec<Organisation>> {
    read(include_str!("../../demo/organisations.json"))
}

/// The people alone: the sign-in page of a demonstration offers them.
pub(super) fn people() -> Result<Vec<Person>> {
    read(include_str!("../../demo/people.json"))
}

fn ideas() -> Result<Vec<Idea>> {
    read(include_str!("../../demo/ideas.json"))
}

fn read<T: for<'d> Deserialize<'d>>(text: &str) -> Result<Vec<T>> {
    serde_json::from_str(text).map_err(Error::internal)
}
