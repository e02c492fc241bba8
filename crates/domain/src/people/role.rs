//! Roles: what a person may do at a node and below it (`spec/mission.md`, Roles).

use serde::{Deserialize, Serialize};

/// A role held at a node, reaching below it. Later stages of the route bring the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Works there.
    Member,
    /// Decides small things here and now.
    TeamLead,
    /// Takes in what nobody else has, and keeps every promise of an answer.
    Finder,
    /// Answers for the node; the last fallback of every decider.
    Head,
    /// Accounts and structure; reads no record by this role.
    Administrator,
    /// Reads every sent record below the node; changes nothing.
    Auditor,
}

impl Role {
    /// Every role of this stretch of the route.
    pub const ALL: [Self; 6] =
        [Self::Member, Self::TeamLead, Self::Finder, Self::Head, Self::Administrator, Self::Auditor];

    /// The name in URLs, imports and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::TeamLead => "team-lead",
            Self::Finder => "finder",
            Self::Head => "head",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// May a holder be asked to answer an idea?
    pub const fn decides(self) -> bool {
        matches!(self, Self::TeamLead | Self::Finder | Self::Head)
    }

    /// Must the root always have one? Removing the last is refused (`spec/mission.md`, Roles).
    pub const fn is_needed_at_root(self) -> bool {
        matches!(self, Self::Finder | Self::Head | Self::Administrator)
    }

    /// May one person hold both within reach of each other? An auditor changes nothing, so holds nothing that does.
    pub const fn excludes(self, other: Self) -> bool {
        match (self, other) {
            (Self::Auditor, Self::Auditor | Self::Member) | (Self::Member, Self::Auditor) => false,
            (Self::Auditor, _) | (_, Self::Auditor) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_holds_nothing_that_changes_things() {
        for role in Role::ALL {
            let harmless = matches!(role, Role::Auditor | Role::Member);
            assert_eq!(Role::Auditor.excludes(role), !harmless, "{role:?}");
            assert_eq!(role.excludes(Role::Auditor), Role::Auditor.excludes(role), "{role:?}");
        }
    }

    #[test]
    fn a_role_is_read_as_it_is_written() {
        assert!(Role::ALL.into_iter().all(|role| Role::parse(role.name()) == Some(role)));
    }
}
