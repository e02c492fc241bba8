//! Organisations become nodes; one that is here already gets the name of the file.

use super::Account;
use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::import::check::{Above, Organisation};
use crate::people::node::{self, NewNode};
use std::collections::HashMap;
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::people::node::{Node, NodeEvent};

pub(super) async fn write(
    ctx: &mut Ctx<'_, Write>,
    rows: Vec<Organisation>,
    (running, outcome): Account<'_>,
) -> Result<()> {
    let mut made: HashMap<String, NodeId> = HashMap::new();
    for row in rows {
        let id = if let Some(known) = row.known {
            let is_new_name = rename(ctx, known, &row.name).await?;
            outcome.revised += usize::from(is_new_name);
            outcome.unchanged += usize::from(!is_new_name);
            NodeId(known)
        } else {
            outcome.made += 1;
            node::found(ctx, new_node(&row, &made)?).await?
        };
        made.insert(row.external_id, id);
        running.one_more();
    }
    Ok(())
}

fn new_node(row: &Organisation, made: &HashMap<String, NodeId>) -> Result<NewNode> {
    let parent = match &row.above {
        Above::Node(node) => *node,
        // Rows come parents first.
        Above::Row(id) => {
            *made.get(id).ok_or_else(|| Error::internal(format!("row {} has no parent", row.row)))?
        }
    };
    Ok(NewNode {
        name: row.name.clone(),
        level: row.level,
        parent: Some(parent),
        is_body: row.is_body,
        calendar: row.calendar,
        zone: row.zone.clone(),
        external_id: Some(row.external_id.clone()),
    })
}

/// Gives a node another name; false where it has it.
async fn rename(ctx: &mut Ctx<'_, Write>, id: Uuid, name: &str) -> Result<bool> {
    let before: Node = ctx.load(id).await?;
    if before.founded.name == name {
        return Ok(false);
    }
    let actor = match ctx.actor.account() {
        Some(account) => Some(ctx.party(id, account).await?),
        None => None,
    };
    let event = NodeEvent::Renamed { name: name.to_owned() };
    ctx.save(Some(&before), (id, vec![event]), (actor, Vec::new())).await?;
    Ok(true)
}
