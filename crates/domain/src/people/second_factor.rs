//! Who must show a second factor besides the password, and for which pages (specification, Security; decision 14).

use crate::ids::NodeId;
use crate::people::role::Role;
use serde::{Deserialize, Serialize};

/// What a node says of the second factor of who holds a powerful role there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// It is asked for. Whoever has none sets it up first, which takes a minute: nobody is locked out.
    #[default]
    Required,
    /// The body cannot do that and says so: a password is enough (promise 10). Who set one up is asked for it all the same.
    Explained,
}

impl Demand {
    /// Every value.
    pub const ALL: [Self; 2] = [Self::Required, Self::Explained];

    /// The name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Explained => "explained",
        }
    }

    /// The value of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|demand| demand.name() == name)
    }
}

/// A role as somebody holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which role.
    pub role: Role,
    /// Where.
    pub node: NodeId,
    /// Is there an open node below that one?
    pub has_below: bool,
    /// What the node says.
    pub demand: Demand,
}

/// For which pages a second factor is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Need {
    /// For those of accounts and structure.
    pub for_administration: bool,
    /// For those of records: reading them as auditor, answering for more than one unit.
    pub for_records: bool,
}

impl Need {
    /// Is there none?
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// What somebody needs it for who holds these roles. Whoever has set a
/// factor up (`has_factor`) is asked for it even where a password would be enough.
pub fn need(held: &[Held], has_factor: bool) -> Need {
    let asked: Vec<&Held> = held.iter().filter(|one| has_factor || one.demand == Demand::Required).collect();
    let audits = asked.iter().any(|one| matches!(one.role, Role::Auditor | Role::Opener));
    let administers = asked.iter().any(|one| one.role == Role::Administrator);
    let decides_across = asked.iter().any(|one| one.role.decides() && reaches_units(one, held));
    Need {
        for_administration: administers || audits || decides_across,
        for_records: audits || decides_across,
    }
}

/// Does a deciding role reach more than one unit: a node with another below it, or one of several nodes where the same
/// person decides?
fn reaches_units(one: &Held, held: &[Held]) -> bool {
    one.has_below || held.iter().any(|other| other.role.decides() && other.node != one.node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const WARD: NodeId = NodeId(Uuid::from_u128(4));
    const OTHER: NodeId = NodeId(Uuid::from_u128(5));

    fn held(role: Role, node: NodeId, has_below: bool) -> Held {
        Held { role, node, has_below, demand: Demand::Required }
    }

    fn for_what(held: &[Held]) -> (bool, bool) {
        let need = need(held, false);
        (need.for_administration, need.for_records)
    }

    #[test]
    fn each_role_needs_it_where_it_reaches_more_than_one_unit() {
        for (role, in_a_unit, above_units) in [
            (Role::Member, (false, false), (false, false)),
            (Role::TeamLead, (false, false), (true, true)),
            (Role::Finder, (false, false), (true, true)),
            (Role::Head, (false, false), (true, true)),
            (Role::Administrator, (true, false), (true, false)),
            (Role::Auditor, (true, true), (true, true)),
            (Role::Opener, (true, true), (true, true)),
        ] {
            assert_eq!(for_what(&[held(role, WARD, false)]), in_a_unit, "{role:?} of a unit");
            assert_eq!(for_what(&[held(role, WARD, true)]), above_units, "{role:?} above units");
        }
    }

    #[test]
    fn who_decides_for_two_units_needs_it_and_who_holds_two_posts_in_one_does_not() {
        let posts = |node| [held(Role::TeamLead, WARD, false), held(Role::Finder, node, false)];
        assert_eq!(for_what(&posts(OTHER)), (true, true));
        assert_eq!(for_what(&posts(WARD)), (false, false));
        let elsewhere = [held(Role::TeamLead, WARD, false), held(Role::Member, OTHER, false)];
        assert_eq!(for_what(&elsewhere), (false, false), "a member decides nothing there");
    }

    #[test]
    fn where_a_body_explains_it_only_who_set_it_up_is_asked() {
        let explained = Held { demand: Demand::Explained, ..held(Role::Administrator, WARD, true) };
        assert!(need(&[explained], false).is_none());
        assert!(need(&[explained], true).for_administration);
        let both = [explained, held(Role::Head, OTHER, true)];
        assert!(need(&both, false).for_records, "the other body asks for it");
        assert!(need(&[held(Role::Member, WARD, false)], true).is_none());
    }
}
