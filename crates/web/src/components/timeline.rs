//! Timeline: what happened, newest first, each with who and when.

use askama::Template;

use super::{Content, Text};
use crate::filters;

/// What happened to a record.
#[derive(Clone, Debug, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    entries: Vec<Entry>,
    heading_level: u8,
}
is_html!(Timeline);

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What, in a few words.
    pub what: Text,
    /// Who, by name or post; may be empty.
    pub who: Text,
    /// When, in words.
    pub when: Text,
    /// When, for machines: `2026-07-14T09:41:00Z`.
    pub datetime: Text,
    /// What was said.
    pub words: Option<Content>,
}

impl Timeline {
    /// Entries, the newest first, under headings of the third level.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self { entries: entries.into_iter().collect(), heading_level: 3 }
    }

    /// Sets the level of the entries' headings, 2 to 6.
    pub fn heading_level(self, level: u8) -> Self {
        Self { heading_level: level.clamp(2, 6), ..self }
    }
}

impl Entry {
    /// An entry without words.
    pub fn new(what: impl Into<Text>, when: impl Into<Text>, datetime: impl Into<Text>) -> Self {
        Self {
            what: what.into(),
            when: when.into(),
            datetime: datetime.into(),
            who: Text::default(),
            words: None,
        }
    }

    /// Adds who did it.
    pub fn by(self, who: impl Into<Text>) -> Self {
        Self { who: who.into(), ..self }
    }

    /// Adds what was said.
    pub fn words(self, words: impl Into<Content>) -> Self {
        Self { words: Some(words.into()), ..self }
    }
}
