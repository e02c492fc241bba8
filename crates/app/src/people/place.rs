//! A node with all that applies there: the line above it, the body's calendar and zone, the settings.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use chrono_tz::Tz;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::{Setting, Settings};
use waymark_domain::route::calendar::{Calendar, CalendarName};
use waymark_domain::route::due::BodyTime;
use waymark_store::people::tree::{self, NodeRow};

/// A node and what applies there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The node and those above it, itself first; never empty.
    pub line: Vec<NodeRow>,
    /// The node that is its legal body, or the root where none is marked.
    pub body: NodeRow,
    /// The body's working days.
    pub calendar: Calendar,
    /// The body's time zone.
    pub zone: Tz,
    /// What applies at the node.
    pub settings: Settings,
    /// How many settings were read: with the journal it names the version that applied.
    pub settings_version: u32,
}

impl Place {
    /// The node itself.
    pub fn node(&self) -> NodeId {
        NodeId(self.line[0].id)
    }

    /// The calendar and zone that count there.
    pub fn time(&self) -> BodyTime<'_> {
        BodyTime { calendar: &self.calendar, zone: self.zone }
    }

    /// The name of the nearest node of more than one unit's size, for people who do not know the unit.
    pub fn name(&self) -> &str {
        &self.line[0].name
    }
}

/// Reads a node and what applies there.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::Unavailable`].
pub async fn place<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Place> {
    let (line, values) = tree::line_and_settings(&mut ctx.tx, node.0).await?;
    let first = line.first().ok_or(Error::NotFound)?;
    let body =
        line.iter().find(|above| above.id == first.body).or(line.last()).ok_or(Error::NotFound)?.clone();
    let settings = parse_settings(&values)?;
    let calendar: CalendarName = body.calendar.parse().map_err(Error::internal)?;
    let zone: Tz = body.zone.parse().map_err(|_| Error::internal("a time zone that is none"))?;
    Ok(Place {
        body,
        calendar: calendar.calendar(),
        zone,
        settings: Settings::layered(&settings),
        settings_version: u32::try_from(settings.len()).unwrap_or(u32::MAX),
        line,
    })
}

/// Reads settings as they are kept.
///
/// # Errors
/// [`Error::Internal`] for what is none.
pub(crate) fn parse_settings(values: &[String]) -> Result<Vec<Setting>> {
    values.iter().map(|value| serde_json::from_str(value).map_err(Error::internal)).collect()
}
