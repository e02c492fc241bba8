//! Who has to do it: from the person asked up the tree to somebody who is there and has no interest in it.
//!
//! Every decider has a fallback (specification, Roles), so that no open record is ever without one: the role asked
//! for at the nearest node, then the levels above, then the head of the root, who decides even with an interest, and then
//! the record says so ([`Explained::LastResort`]).

use crate::ids::{AccountId, NodeId};
use crate::people::role::Role;
use serde::{Deserialize, Serialize};

/// Somebody who holds a role on the line from a record's node to the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub account: AccountId,
    /// Which role.
    pub role: Role,
    /// Where it is held.
    pub node: NodeId,
    /// How many levels above the record's node that is; 0 is the node itself.
    pub height: u16,
    /// Is the person away today, and who answers for them?
    pub away: Option<Away>,
    /// Has the person an interest in the record (a contributor, or declared)?
    pub is_interested: bool,
}

/// An absence that holds today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// Who answers meanwhile, where somebody without an interest was named who is there.
    pub cover: Option<AccountId>,
}

/// Why the duty is not with whom one would expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Explained {
    /// Nobody nearer holds the role, is there and has no interest.
    HigherUp,
    /// Somebody answers for a person who is away.
    Cover,
    /// Nobody without an interest is left: the head of the root decides all the same.
    LastResort,
}

/// Whom the ladder found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Who has to do it.
    pub account: AccountId,
    /// By which role.
    pub role: Role,
    /// Held where.
    pub node: NodeId,
    /// What the page explains.
    pub explained: Option<Explained>,
}

/// Which duty is to be given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeking {
    /// The team lead, head or finder of the node, else of the nearest above, in that order at each.
    Lead,
    /// A finder, the nearest first; then the heads from the node upwards.
    Finder,
    /// A head strictly above this height: one level up.
    Above(u16),
    /// Who looks at an answer that was given at this height: one level up, else anybody else who decides.
    Review(u16),
}

/// Finds who has to do it. Nothing only where the tree has no head of the root, which the rules of roles exclude.
pub fn find(seeking: Seeking, holders: &[Holder]) -> Option<Found> {
    let mut rungs: Vec<&Holder> = holders.iter().filter(|holder| rank(seeking, holder).is_some()).collect();
    rungs.sort_by_key(|holder| (rank(seeking, holder), holder.account));
    let expected = rungs.first().map(|holder| (holder.role, holder.height));
    // A review is with somebody else by design: that needs no explaining.
    let is_review = matches!(seeking, Seeking::Review(_));
    rungs
        .iter()
        .find_map(|holder| stand_in(holder, is_review || expected == Some((holder.role, holder.height))))
        .or_else(|| last_resort(holders))
}

/// The order in which holders are asked: smaller first; nothing where the role does not do this.
fn rank(seeking: Seeking, holder: &Holder) -> Option<(u8, u16, u8)> {
    match (seeking, holder.role) {
        (Seeking::Lead, Role::TeamLead) | (Seeking::Finder, Role::Finder) => Some((0, holder.height, 0)),
        (Seeking::Lead, Role::Head) => Some((0, holder.height, 1)),
        // The nearest finder comes before whoever heads the whole: a department is not asked about a ward.
        (Seeking::Lead, Role::Finder) => Some((0, holder.height, 2)),
        (Seeking::Finder, Role::Head) => Some((1, holder.height, 0)),
        (Seeking::Above(height) | Seeking::Review(height), Role::Head) if holder.height > height => {
            Some((0, holder.height, 0))
        }
        (Seeking::Review(_), _) => rank(Seeking::Lead, holder).map(|(_, height, order)| (1, height, order)),
        _ => None,
    }
}

/// The holder, or whoever answers for them; nobody where they have an interest or are away without cover.
fn stand_in(holder: &Holder, is_expected: bool) -> Option<Found> {
    let found = |account, explained| Found { account, role: holder.role, node: holder.node, explained };
    match holder.away {
        _ if holder.is_interested => None,
        None => Some(found(holder.account, (!is_expected).then_some(Explained::HigherUp))),
        Some(away) => away.cover.map(|cover| found(cover, Some(Explained::Cover))),
    }
}

/// The head of the root, whoever that is; a last resort only where the head has an interest.
fn last_resort(holders: &[Holder]) -> Option<Found> {
    let top = holders.iter().map(|holder| holder.height).max()?;
    let heads = holders.iter().filter(|holder| holder.role == Role::Head && holder.height == top);
    let head = heads.min_by_key(|holder| (holder.is_interested, holder.away.is_some(), holder.account))?;
    let explained = if head.is_interested { Explained::LastResort } else { Explained::HigherUp };
    let found = Found { account: head.account, role: head.role, node: head.node, explained: Some(explained) };
    Some(stand_in(head, false).unwrap_or(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn holder(number: u128, role: Role, height: u16) -> Holder {
        let account = AccountId(Uuid::from_u128(number));
        let node = NodeId(Uuid::from_u128(u128::from(height)));
        Holder { account, role, node, height, away: None, is_interested: false }
    }

    fn number(found: Option<Found>) -> Option<(u128, Option<Explained>)> {
        found.map(|found| (found.account.0.as_u128(), found.explained))
    }

    #[test]
    fn the_own_team_lead_comes_first() {
        let all = [holder(3, Role::Head, 2), holder(1, Role::TeamLead, 0), holder(2, Role::TeamLead, 1)];
        assert_eq!(number(find(Seeking::Lead, &all)), Some((1, None)));
    }

    #[test]
    fn an_interest_passes_it_up_and_says_so() {
        let mut all = [holder(1, Role::TeamLead, 0), holder(2, Role::TeamLead, 1), holder(3, Role::Head, 2)];
        all[0].is_interested = true;
        assert_eq!(number(find(Seeking::Lead, &all)), Some((2, Some(Explained::HigherUp))));
    }

    #[test]
    fn cover_answers_for_who_is_away_else_the_level_above() {
        let mut all = [holder(1, Role::TeamLead, 0), holder(3, Role::Head, 2)];
        all[0].away = Some(Away { cover: Some(AccountId(Uuid::from_u128(9))) });
        assert_eq!(number(find(Seeking::Lead, &all)), Some((9, Some(Explained::Cover))));
        all[0].away = Some(Away { cover: None });
        assert_eq!(number(find(Seeking::Lead, &all)), Some((3, Some(Explained::HigherUp))));
    }

    #[test]
    fn the_head_of_the_root_decides_where_everybody_has_an_interest() {
        let mut all = [holder(1, Role::TeamLead, 0), holder(3, Role::Head, 2)];
        for holder in &mut all {
            holder.is_interested = true;
        }
        assert_eq!(number(find(Seeking::Lead, &all)), Some((3, Some(Explained::LastResort))));
    }

    #[test]
    fn above_the_root_its_head_has_it_without_an_interest_and_cover_answers_for_them() {
        let mut all = [holder(1, Role::Finder, 2), holder(3, Role::Head, 2)];
        assert_eq!(number(find(Seeking::Above(2), &all)), Some((3, Some(Explained::HigherUp))));
        all[1].away = Some(Away { cover: Some(AccountId(Uuid::from_u128(9))) });
        assert_eq!(number(find(Seeking::Above(2), &all)), Some((9, Some(Explained::Cover))));
        all[1].is_interested = true;
        assert_eq!(number(find(Seeking::Above(2), &all)), Some((3, Some(Explained::LastResort))));
    }

    #[test]
    fn a_review_goes_one_level_up_else_to_anybody_else_who_decides() {
        let mut all = [holder(1, Role::TeamLead, 0), holder(2, Role::Finder, 1), holder(3, Role::Head, 1)];
        all[0].is_interested = true;
        assert_eq!(number(find(Seeking::Review(0), &all)), Some((3, None)));
        all[2].is_interested = true;
        assert_eq!(number(find(Seeking::Review(0), &all)), Some((2, None)));
        all[1].is_interested = true;
        assert_eq!(number(find(Seeking::Review(0), &all)), Some((3, Some(Explained::LastResort))));
    }

    #[test]
    fn one_level_up_is_a_head_above() {
        let all = [holder(1, Role::Head, 0), holder(2, Role::Head, 1), holder(3, Role::Head, 2)];
        assert_eq!(number(find(Seeking::Above(0), &all)), Some((2, None)));
        assert_eq!(number(find(Seeking::Above(2), &all)), Some((3, Some(Explained::HigherUp))));
    }
}
