//! A powerful role that was asked for: given only when somebody else says yes, too (specification, Roles).
//!
//! Where there is nobody else who could, the control cannot be staffed: it is explained, not blocking (promise 10).

use crate::ids::{AskId, GrantId, NodeId, PartyId};
use crate::people::grant::{GrantRefusal, grant};
use crate::people::role::Role;
use crate::record::{Event, Happened, Record};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What can happen to a role that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum AskEvent {
    /// It was asked for.
    Asked {
        /// Which role.
        role: Role,
        /// Where; it reaches below.
        node: NodeId,
        /// The legal body of the node then.
        body: NodeId,
        /// Who is to hold it.
        holder: PartyId,
        /// The last day on which it can be confirmed.
        until: NaiveDate,
    },
    /// Somebody else said yes, and it was given.
    Confirmed {
        /// The role as it is held.
        grant: GrantId,
    },
    /// It was given by one person alone, since there was nobody else who could say yes.
    Explained {
        /// The role as it is held.
        grant: GrantId,
    },
    /// Somebody said no, or who asked took it back, or was erased.
    Refused,
    /// Its last day passed.
    Lapsed,
}

impl Event for AskEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::Confirmed { .. } => "confirmed",
            Self::Explained { .. } => "explained",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Asked { holder, .. } => vec![*holder],
            Self::Confirmed { .. } | Self::Explained { .. } | Self::Refused | Self::Lapsed => Vec::new(),
        }
    }
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskState {
    /// It waits for another person.
    Open,
    /// Another person said yes.
    Confirmed,
    /// One person gave it, *explained: one administrator*.
    Explained,
    /// It was refused or taken back.
    Refused,
    /// Nobody said anything in time.
    Lapsed,
}

impl AskState {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Explained => "explained",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
        }
    }
}

/// A role that was asked for, as its events left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Its id.
    pub id: AskId,
    /// How many events it has.
    pub version: u32,
    /// Which role.
    pub role: Role,
    /// Where.
    pub node: NodeId,
    /// The legal body of the node when it was asked for.
    pub body: NodeId,
    /// Who is to hold it.
    pub holder: PartyId,
    /// Who asked.
    pub asked_by: Option<PartyId>,
    /// The last day on which it can be confirmed.
    pub until: NaiveDate,
    /// How it stands.
    pub state: AskState,
    /// The role as it is held, once it was given.
    pub grant: Option<GrantId>,
}

impl Record for Ask {
    type Event = AskEvent;
    const KIND: &'static str = "ask";

    fn begin(id: Uuid, first: &Happened<AskEvent>) -> Option<Self> {
        let AskEvent::Asked { role, node, body, holder, until } = first.event else { return None };
        let (version, asked_by) = (first.meta.version, first.meta.actor);
        let (state, grant) = (AskState::Open, None);
        Some(Self { id: AskId(id), version, role, node, body, holder, asked_by, until, state, grant })
    }

    fn apply(&mut self, next: &Happened<AskEvent>) {
        self.version = next.meta.version;
        match next.event {
            AskEvent::Asked { .. } => {}
            AskEvent::Confirmed { grant } => (self.state, self.grant) = (AskState::Confirmed, Some(grant)),
            AskEvent::Explained { grant } => (self.state, self.grant) = (AskState::Explained, Some(grant)),
            AskEvent::Refused => self.state = AskState::Refused,
            AskEvent::Lapsed => self.state = AskState::Lapsed,
        }
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn body(&self) -> Uuid {
        self.body.0
    }
}

/// Asks for a powerful role.
///
/// # Errors
/// As [`grant`]: what could not be given cannot be asked for either.
pub fn ask(
    role: Role,
    (node, body): (NodeId, NodeId),
    (holder, held): (PartyId, &[(Role, NodeId)]),
    until: NaiveDate,
) -> Result<AskEvent, GrantRefusal> {
    grant(role, node, body, (holder, held))?;
    Ok(AskEvent::Asked { role, node, body, holder, until })
}

/// Somebody says yes: neither who asked nor who is to hold the role.
///
/// # Errors
/// [`GrantRefusal::AskClosed`], [`GrantRefusal::OwnAsk`].
pub fn confirm(ask: &Ask, by: PartyId, today: NaiveDate) -> Result<(), GrantRefusal> {
    if ask.state != AskState::Open || today > ask.until {
        return Err(GrantRefusal::AskClosed);
    }
    if ask.asked_by == Some(by) || ask.holder == by {
        return Err(GrantRefusal::OwnAsk);
    }
    Ok(())
}

/// Somebody says no, or who asked takes it back, or is erased.
///
/// # Errors
/// [`GrantRefusal::AskClosed`].
pub fn refuse(ask: &Ask) -> Result<AskEvent, GrantRefusal> {
    if ask.state == AskState::Open { Ok(AskEvent::Refused) } else { Err(GrantRefusal::AskClosed) }
}

/// Its last day has passed; nothing where it was settled before.
pub fn lapse(ask: &Ask, today: NaiveDate) -> Option<AskEvent> {
    (ask.state == AskState::Open && today > ask.until).then_some(AskEvent::Lapsed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Meta;
    use chrono::{DateTime, Days};

    const ANN: PartyId = PartyId(Uuid::from_u128(1));
    const BEA: PartyId = PartyId(Uuid::from_u128(2));
    const OTTO: PartyId = PartyId(Uuid::from_u128(3));
    const NODE: NodeId = NodeId(Uuid::from_u128(9));

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 14).unwrap()
    }

    fn happened(event: AskEvent, version: u32) -> Happened<AskEvent> {
        let at = DateTime::UNIX_EPOCH;
        Happened { event, meta: Meta { version, actor: Some(ANN), happened_at: at, recorded_at: at } }
    }

    fn asked() -> Ask {
        let event = ask(Role::Administrator, (NODE, NODE), (BEA, &[]), day()).unwrap();
        Ask::begin(Uuid::from_u128(5), &happened(event, 1)).unwrap()
    }

    #[test]
    fn neither_who_asked_nor_who_is_to_hold_it_says_yes() {
        let open = asked();
        assert_eq!(confirm(&open, OTTO, day()), Ok(()));
        assert_eq!(confirm(&open, ANN, day()), Err(GrantRefusal::OwnAsk));
        assert_eq!(confirm(&open, BEA, day()), Err(GrantRefusal::OwnAsk));
    }

    #[test]
    fn what_is_settled_or_late_cannot_be_confirmed_and_lapses_once() {
        let late = day() + Days::new(1);
        let mut one = asked();
        assert_eq!(confirm(&one, OTTO, late), Err(GrantRefusal::AskClosed));
        assert_eq!((lapse(&one, day()), lapse(&one, late)), (None, Some(AskEvent::Lapsed)));
        one.apply(&happened(refuse(&one).unwrap(), 2));
        assert_eq!(one.state, AskState::Refused);
        assert_eq!(confirm(&one, OTTO, day()), Err(GrantRefusal::AskClosed));
        assert_eq!((refuse(&one), lapse(&one, late)), (Err(GrantRefusal::AskClosed), None));
    }

    #[test]
    fn what_could_not_be_given_cannot_be_asked_for() {
        let held = [(Role::Administrator, NODE)];
        assert_eq!(
            ask(Role::Administrator, (NODE, NODE), (BEA, &held), day()),
            Err(GrantRefusal::HeldAlready)
        );
        assert_eq!(
            ask(Role::Auditor, (NODE, NODE), (BEA, &held), day()),
            Err(GrantRefusal::Excluded(Role::Administrator))
        );
    }
}
