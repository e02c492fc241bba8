//! A role held by one person at one node, from its granting to its end.

use crate::ids::{GrantId, NodeId, PartyId};
use crate::people::role::Role;
use crate::record::{Event, Happened, Record};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What can happen to a granted role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum GrantEvent {
    /// It was given.
    Granted {
        /// Which role.
        role: Role,
        /// Where; it reaches below.
        node: NodeId,
        /// The legal body of the node then.
        body: NodeId,
        /// Who holds it.
        holder: PartyId,
    },
    /// It was taken or given back.
    Ended {
        /// Why.
        cause: GrantEnd,
    },
}

/// Why a role ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantEnd {
    /// Given back, or taken by an administrator.
    Removed,
    /// The account was closed.
    AccountClosed,
    /// The node was closed.
    NodeClosed,
}

impl Event for GrantEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Granted { .. } => "granted",
            Self::Ended { .. } => "ended",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Granted { holder, .. } => vec![*holder],
            Self::Ended { .. } => Vec::new(),
        }
    }
}

/// A granted role as its events left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// How many events it has.
    pub version: u32,
    /// Which role.
    pub role: Role,
    /// Where.
    pub node: NodeId,
    /// The legal body of the node when it was granted.
    pub body: NodeId,
    /// Who holds it.
    pub holder: PartyId,
    /// Why it ended, once it has.
    pub ended: Option<GrantEnd>,
}

impl Record for Grant {
    type Event = GrantEvent;
    const KIND: &'static str = "grant";

    fn begin(id: Uuid, first: &Happened<GrantEvent>) -> Option<Self> {
        let GrantEvent::Granted { role, node, body, holder } = first.event else { return None };
        Some(Self { id: GrantId(id), version: first.meta.version, role, node, body, holder, ended: None })
    }

    fn apply(&mut self, next: &Happened<GrantEvent>) {
        self.version = next.meta.version;
        if let GrantEvent::Ended { cause } = next.event {
            self.ended = Some(cause);
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

/// Why a role cannot be granted or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantRefusal {
    /// The person holds it there already.
    HeldAlready,
    /// The person holds a role that excludes it.
    Excluded(Role),
    /// It is the last of a role that the root must have.
    LastAtRoot(Role),
    /// It ended before.
    EndedAlready,
    /// It was asked for already and waits for a second yes.
    AskedAlready,
    /// The second yes has to come from somebody else than who asked and who is to hold it.
    OwnAsk,
    /// It was settled already, or its last day has passed.
    AskClosed,
}

/// Grants a role.
///
/// # Errors
/// [`GrantRefusal::HeldAlready`] or [`GrantRefusal::Excluded`]; `held` is what the person holds anywhere.
pub fn grant(
    role: Role,
    node: NodeId,
    body: NodeId,
    (holder, held): (PartyId, &[(Role, NodeId)]),
) -> Result<GrantEvent, GrantRefusal> {
    if held.contains(&(role, node)) {
        return Err(GrantRefusal::HeldAlready);
    }
    if let Some((other, _)) = held.iter().find(|(other, _)| role.excludes(*other)) {
        return Err(GrantRefusal::Excluded(*other));
    }
    Ok(GrantEvent::Granted { role, node, body, holder })
}

/// Ends a granted role; `others_at_root` counts the other holders of the same role at the root, where this one is held
/// there too.
///
/// # Errors
/// [`GrantRefusal::LastAtRoot`] where the root would be left without it, [`GrantRefusal::EndedAlready`].
pub fn end(
    grant: &Grant,
    cause: GrantEnd,
    others_at_root: Option<usize>,
) -> Result<GrantEvent, GrantRefusal> {
    if grant.ended.is_some() {
        return Err(GrantRefusal::EndedAlready);
    }
    if grant.role.is_needed_at_root() && others_at_root == Some(0) {
        return Err(GrantRefusal::LastAtRoot(grant.role));
    }
    Ok(GrantEvent::Ended { cause })
}
