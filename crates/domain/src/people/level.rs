//! Levels of the tree: a property of a node, since the tree may have any depth.

use serde::{Deserialize, Serialize};

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A ward, a wing, a class, a shift.
    Team,
    /// A hospital, a prison, a school, an office.
    Organisation,
    /// A department or a large council's directorate.
    Department,
    /// The whole.
    Government,
}

impl Level {
    /// Every level, smallest first.
    pub const ALL: [Self; 4] = [Self::Team, Self::Organisation, Self::Department, Self::Government];

    /// The name in URLs, imports and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Organisation => "organisation",
            Self::Department => "department",
            Self::Government => "government",
        }
    }

    /// The level of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}
