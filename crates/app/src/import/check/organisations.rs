//! Organisations against what is here: what they hang from, and whether they are here already.

use super::{Planned, Said, Sorted, Table};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::import::columns::Field;
use crate::import::faults::{Remark, Wrong};
use crate::import::judge::Judged;
use crate::import::places::Places;
use crate::import::rows::{Level as Named, OrganisationRow, Parent};
use std::collections::HashSet;
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::people::level::Level;
use waymark_domain::route::calendar::CalendarName;
use waymark_domain::text::Title;
use waymark_store::people::tree;

/// An organisation that can be written.
#[derive(Debug)]
pub(crate) struct Organisation {
    pub row: usize,
    pub external_id: String,
    pub name: String,
    pub above: Above,
    pub level: Level,
    pub is_body: bool,
    pub calendar: Option<CalendarName>,
    pub zone: Option<String>,
    /// The node of the same identifier.
    pub known: Option<Uuid>,
}

/// What an organisation hangs from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Above {
    /// A node that is here.
    Node(NodeId),
    /// Another row, by its identifier.
    Row(String),
}

impl Planned for Organisation {
    fn is_known(&self) -> bool {
        self.known.is_some()
    }
}

pub(super) async fn check<K>(
    ctx: &mut Ctx<'_, K>,
    table: Table<'_>,
    judged: Judged<OrganisationRow>,
) -> Result<Judged<Organisation>> {
    let places = Places::below(ctx, table.node).await?;
    let (rows, mut sorted) = Sorted::begin(table, judged);
    let mut good: HashSet<String> = HashSet::new();
    for row in rows {
        let (number, mut said) = (row.row, Said::default());
        let found = tree::node_by_external_id(&mut ctx.tx, &row.external_id).await?;
        let organisation = one(row, (table.node, &places, &good), &mut said);
        let organisation = organisation.map(|one| Organisation { known: found.map(|node| node.id), ..one });
        if said.faults.is_empty() {
            good.extend(organisation.as_ref().map(|one| one.external_id.clone()));
        }
        sorted.take(number, said, organisation);
    }
    Ok(sorted.finish())
}

fn one(
    row: OrganisationRow,
    (node, places, good): (NodeId, &Places, &HashSet<String>),
    said: &mut Said,
) -> Option<Organisation> {
    let above = match row.parent {
        None => Some(Above::Node(node)),
        // Rows come parents first, so a parent that is not among the good ones has a fault of its own.
        Some(Parent::InFile { external_id }) if good.contains(&external_id) => Some(Above::Row(external_id)),
        Some(Parent::InFile { external_id: words } | Parent::Elsewhere { words }) => {
            match places.find(&words) {
                Ok(node) => Some(Above::Node(node)),
                Err(wrong) => {
                    said.wrong(Field::Parent, wrong);
                    None
                }
            }
        }
    };
    if !row.service_areas.is_empty() {
        said.remark(Field::ServiceAreas, Remark::AreasLeftOut { value: row.service_areas.join(", ") });
    }
    let name = said.text(Field::Name, Title::parse(&row.name));
    let level = level(row.level).or_else(|| {
        said.wrong(Field::Level, unknown_level());
        None
    });
    Some(Organisation {
        row: row.row,
        external_id: row.external_id,
        name: name?.as_str().to_owned(),
        above: above?,
        level: level?,
        is_body: row.is_body,
        calendar: row.calendar.as_deref().and_then(|code| code.parse().ok()),
        zone: row.time_zone,
        known: None,
    })
}

/// Service areas cut across the tree and are no nodes of it.
const fn level(named: Named) -> Option<Level> {
    match named {
        Named::Team => Some(Level::Team),
        Named::Organisation => Some(Level::Organisation),
        Named::Department => Some(Level::Department),
        Named::Government => Some(Level::Government),
        Named::Area => None,
    }
}

fn unknown_level() -> Wrong {
    let valid = Level::ALL.iter().map(|level| level.name().to_owned()).collect();
    Wrong::UnknownWord { value: "area".to_owned(), valid, nearest: None }
}
