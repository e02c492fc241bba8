//! A node of the tree: an organisation of any size, with its name, its place and its settings over time.

use crate::ids::{NodeId, PartyId};
use crate::people::{level::Level, setting::Setting};
use crate::record::{Event, Happened, Record};
use crate::route::calendar::CalendarName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What can happen to a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum NodeEvent {
    /// It was set up.
    Founded(Founded),
    /// It has a new name.
    Renamed {
        /// The new name.
        name: String,
    },
    /// It was put under another node.
    Moved {
        /// The node above.
        parent: NodeId,
        /// The nearest legal body, itself included.
        body: NodeId,
    },
    /// A node above it moved, and with it the legal body.
    BodyChanged {
        /// The nearest legal body, itself included.
        body: NodeId,
    },
    /// A setting was made or changed here.
    SettingMade {
        /// What holds from now on.
        setting: Setting,
    },
    /// It is no more; records in it have been taken over by the node above.
    Closed,
}

/// What is said of a node when it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founded {
    /// Its name, as on its door.
    pub name: String,
    /// What it is.
    pub level: Level,
    /// The node above; nothing for the root.
    pub parent: Option<NodeId>,
    /// Is it a legal body (calendar, time zone, doors, controller of data)?
    pub is_body: bool,
    /// The nearest legal body, itself included.
    pub body: NodeId,
    /// Whose bank holidays it keeps.
    pub calendar: CalendarName,
    /// The time zone, as in the tz database (`Europe/London`).
    pub zone: String,
    /// The id that another system knows it by: an import of the same id changes this node.
    pub external_id: Option<String>,
}

impl Event for NodeEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Founded(_) => "founded",
            Self::Renamed { .. } => "renamed",
            Self::Moved { .. } => "moved",
            Self::BodyChanged { .. } => "body-changed",
            Self::SettingMade { .. } => "setting-made",
            Self::Closed => "closed",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Founded(_)
            | Self::Renamed { .. }
            | Self::Moved { .. }
            | Self::BodyChanged { .. }
            | Self::SettingMade { .. }
            | Self::Closed => Vec::new(),
        }
    }
}

/// A node as its events left it.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its id.
    pub id: NodeId,
    /// How many events it has.
    pub version: u32,
    /// What was said at first, with name, parent and body as they are now.
    pub founded: Founded,
    /// Own settings by key; those above are not in it.
    pub settings: BTreeMap<String, Setting>,
    /// How many times a setting was made: with the node's id it names the version that a record was decided by.
    pub settings_version: u32,
    /// Is it no more?
    pub is_closed: bool,
}

impl Record for Node {
    type Event = NodeEvent;
    const KIND: &'static str = "node";

    fn begin(id: Uuid, first: &Happened<NodeEvent>) -> Option<Self> {
        let NodeEvent::Founded(founded) = &first.event else { return None };
        Some(Self {
            id: NodeId(id),
            version: first.meta.version,
            founded: founded.clone(),
            settings: BTreeMap::new(),
            settings_version: 0,
            is_closed: false,
        })
    }

    fn apply(&mut self, next: &Happened<NodeEvent>) {
        self.version = next.meta.version;
        match &next.event {
            NodeEvent::Founded(founded) => self.founded = founded.clone(),
            NodeEvent::Renamed { name } => self.founded.name.clone_from(name),
            NodeEvent::Moved { parent, body } => {
                self.founded.parent = Some(*parent);
                self.founded.body = *body;
            }
            NodeEvent::BodyChanged { body } => self.founded.body = *body,
            NodeEvent::SettingMade { setting } => {
                self.settings_version += 1;
                self.settings.insert(setting.key(), setting.clone());
            }
            NodeEvent::Closed => self.is_closed = true,
        }
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn body(&self) -> Uuid {
        self.founded.body.0
    }
}

/// May `node` be put under the node whose line to the root is `line` (itself first)? Not under itself.
pub fn may_move_under(node: NodeId, line: &[NodeId]) -> bool {
    !line.contains(&node)
}
