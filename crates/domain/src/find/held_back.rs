//! Who reads what is held back: a finder of the place; the heads where it has none, or once the day is over
//! (specification, Doors). Nobody reads what they are in themselves.

use crate::ids::AccountId;
use crate::people::ladder::{self, Explained, Found, Holder, Seeking};
use crate::people::role::Role;

/// Who reads it first; nobody where only somebody with an interest is left, and then nothing is held back.
pub fn reader(holders: &[Holder]) -> Option<Found> {
    ladder::find(Seeking::Finder, holders).filter(|found| found.explained != Some(Explained::LastResort))
}

/// May somebody read it?
pub fn may_read(holders: &[Holder], account: AccountId, is_late: bool) -> bool {
    let reads = |holder: &&Holder| {
        let is_away_for = holder.away.is_some_and(|away| away.cover == Some(account));
        !holder.is_interested && (holder.account == account || is_away_for)
    };
    let has_finder = holders.iter().any(|holder| holder.role == Role::Finder && !holder.is_interested);
    let role = |holder: &&Holder| match holder.role {
        Role::Finder => true,
        Role::Head => is_late || !has_finder,
        _ => false,
    };
    let is_in_it = holders.iter().any(|holder| holder.account == account && holder.is_interested);
    !is_in_it && holders.iter().filter(role).any(|holder| reads(&holder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::NodeId;
    use crate::people::ladder::Away;
    use uuid::Uuid;

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn holder(number: u128, role: Role, height: u16) -> Holder {
        let node = NodeId(Uuid::from_u128(u128::from(height)));
        Holder { account: account(number), role, node, height, away: None, is_interested: false }
    }

    fn readers(holders: &[Holder], is_late: bool) -> Vec<u128> {
        (1..=9).filter(|number| may_read(holders, account(*number), is_late)).collect()
    }

    #[test]
    fn finders_read_it_and_heads_once_it_is_late() {
        let all = [
            holder(1, Role::TeamLead, 0),
            holder(2, Role::Head, 1),
            holder(3, Role::Finder, 1),
            holder(4, Role::Head, 2),
        ];
        assert_eq!(readers(&all, false), [3]);
        assert_eq!(readers(&all, true), [2, 3, 4]);
        assert_eq!(reader(&all).map(|found| found.account), Some(account(3)));
    }

    #[test]
    fn without_a_finder_heads_read_it_and_never_who_is_in_it() {
        let mut all = [holder(2, Role::Head, 1), holder(3, Role::Finder, 1), holder(4, Role::Head, 2)];
        all[1].is_interested = true;
        assert_eq!(readers(&all, false), [2, 4]);
        all[0].is_interested = true;
        assert_eq!(readers(&all, true), [4]);
        all[2].is_interested = true;
        assert_eq!((readers(&all, true), reader(&all)), (Vec::new(), None));
    }

    #[test]
    fn cover_reads_for_who_is_away() {
        let mut all = [holder(3, Role::Finder, 1), holder(4, Role::Head, 2)];
        all[0].away = Some(Away { cover: Some(account(7)) });
        assert_eq!(readers(&all, false), [3, 7]);
        assert_eq!(reader(&all).map(|found| found.account), Some(account(7)));
    }
}
