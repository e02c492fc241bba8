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
    /// Opens a hidden name together with another one.
    Opener,
    /// Reads what the public tells before it is listed, and what was reported.
    Moderator,
}

impl Role {
    /// Every role of this stretch of the route.
    pub const ALL: [Self; 8] = [
        Self::Member,
        Self::TeamLead,
        Self::Finder,
        Self::Head,
        Self::Administrator,
        Self::Auditor,
        Self::Opener,
        Self::Moderator,
    ];

    /// The name in URLs, imports and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::TeamLead => "team-lead",
            Self::Finder => "finder",
            Self::Head => "head",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
            Self::Opener => "opener",
            Self::Moderator => "moderator",
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
    /// payer and signatory join these (specification, Roles).
    pub const fn is_powerful(self) -> bool {
        matches!(self, Self::Administrator | Self::Auditor | Self::Opener)
    }

    /// May the holder say the second yes to a powerful role?
    pub const fn confirms(self) -> bool {
        matches!(self, Self::Administrator | Self::Auditor)
    }

    /// Where the role stands under a rule that separates roles; nothing where the rule is not about it.
    pub const fn side(self, rule: Apart) -> Option<Side> {
        match (rule, self) {
            (_, Self::Member) => None,
            (Apart::Audit, Self::Auditor) | (Apart::Opening, Self::Opener) => Some(Side::One),
            (Apart::Opening, Self::Administrator) | (Apart::Audit, _) => Some(Side::Other),
            (Apart::Opening, _) => None,
        }
    }

    /// May one person not hold both, wherever that is?
    pub fn excludes(self, other: Self) -> bool {
        let apart =
            |rule: Apart| matches!((self.side(rule), other.side(rule)), (Some(own), Some(its)) if own != its);
        Apart::ALL.into_iter().any(apart)
    }
}

/// A rule that separates roles: nobody holds roles of both its sides. The database keeps it, too: by the keys of
/// `role_side`, and by triggers that refuse the row of a role by itself (migration 0191, a test compares every two roles).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// An auditor changes nothing, so holds nothing that does. Fund holder and payer are the next rule, with those roles.
    Audit,
    /// Who can set a password anew does not open names.
    Opening,
}

impl Apart {
    /// Every rule.
    pub const ALL: [Self; 2] = [Self::Audit, Self::Opening];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Opening => "opening",
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
    fn who_sets_passwords_anew_opens_no_names() {
        for role in Role::ALL {
            let is_apart = matches!(role, Role::Administrator | Role::Auditor);
            assert_eq!(Role::Opener.excludes(role), is_apart, "{role:?}");
        }
    }

    #[test]
    fn a_role_is_read_as_it_is_written() {
        assert!(Role::ALL.into_iter().all(|role| Role::parse(role.name()) == Some(role)));
    }
}
