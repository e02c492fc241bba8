//! Organisations that a file names, found by identifier or name at or below the node that it goes to.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::import::columns::nearest;
use crate::import::faults::Wrong;
use crate::import::synonyms::fold;
use std::collections::HashMap;
use waymark_domain::ids::NodeId;
use waymark_store::people::tree;

/// How many nodes are looked through at most.
const NODES: i64 = 200_000;

/// What is at or below a node.
#[derive(Debug)]
pub(super) struct Places {
    by_id: HashMap<String, NodeId>,
    by_name: HashMap<String, Vec<NodeId>>,
    names: Vec<String>,
    bodies: HashMap<NodeId, NodeId>,
}

impl Places {
    pub(super) async fn below<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Self> {
        let mut places = Self {
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            names: Vec::new(),
            bodies: HashMap::new(),
        };
        for one in tree::below(&mut ctx.tx, node.0, NODES).await? {
            let (id, one) = (NodeId(one.node.id), one.node);
            if one.is_closed {
                continue;
            }
            places.by_id.extend(one.external_id.map(|external| (external, id)));
            places.by_name.entry(fold(&one.name)).or_default().push(id);
            places.names.push(one.name);
            places.bodies.insert(id, NodeId(one.body));
        }
        Ok(places)
    }

    /// The node that some words name.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn find(&self, words: &str) -> Result<NodeId, Wrong> {
        let named = self.by_name.get(&fold(words)).map_or(&[][..], Vec::as_slice);
        match (self.by_id.get(words), named) {
            (Some(id), _) | (None, [id]) => Ok(*id),
            (None, []) => Err(Wrong::UnknownPlace {
                value: words.to_owned(),
                nearest: nearest(self.names.iter().map(String::as_str), words),
            }),
            (None, _) => Err(Wrong::SeveralPlaces { value: words.to_owned() }),
        }
    }

    /// The legal body of a node that was found.
    pub(super) fn body_of(&self, node: NodeId) -> NodeId {
        self.bodies.get(&node).copied().unwrap_or(node)
    }
}
