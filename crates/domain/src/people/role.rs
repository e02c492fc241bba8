//! Roles: what a person may do at a node and below it (specification, Roles).

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

    /// Must the root always have one? Removing the last is refused (specification, Roles).
    pub const fn is_needed_at_root(self) -> bool {
        matches!(self, Self::Finder | Self::Head | Self::Administrator)
    }

    /// Does giving it need a second administrator or the auditor? Of the roles that later stages bring, fund holder,
    /// payer, signatory and opener join these two (specification, Roles).
    pub const fn is_powerful(self) -> bool {
        matches!(self, Self::Administrator | Self::Auditor)
    }

    /// May the holder say the second yes to a powerful role?
    pub const fn confirms(self) -> bool {
        matches!(self, Self::Administrator | Self::Auditor)
    }

    /// Where the role stands under a rule that separates roles; nothing where the rule is not about it.
    pub const fn side(self, rule: Apart) -> Option<Side> {
        match (rule, self) {
            (_, Self::Member) => None,
            (Apart::Audit, Self::Auditor) => Some(Side::One),
            (Apart::Audit, _) => Some(Side::Other),
        }
    }

    /// May one person not hold both, wherever that is?
    pub fn excludes(self, other: Self) -> bool {
        let apart =
            |rule: Apart| matches!((self.side(rule), other.side(rule)), (Some(own), Some(its)) if own != its);
        Apart::ALL.into_iter().any(apart)
    }
}

/// A rule that separates roles: nobody holds roles of both its sides. The database keeps it, too (`role_side`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// An auditor changes nothing, so holds nothing that does. Fund holder and payer, opener and administrator are the
    /// next rules, with those roles.
    Audit,
}

impl Apart {
    /// Every rule.
    pub const ALL: [Self; 1] = [Self::Audit];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Audit => "audit",
        }
    }
}

/// One of the two sides of a rule that separates roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first.
    One,
    /// What it excludes.
    Other,
}

impl Side {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Other => "other",
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
