//! What the page of a record needs, in one question: each further one costs a way to the server and back, and on SQLite a
//! turn of its thread.

use crate::db::Tx;
use crate::error::{Result, StoreError};
use crate::journal::{self, Noted};
use crate::on;
use crate::people::holders::StandingRow;
use crate::people::parties::PartyRow;
use sqlx::FromRow;
use uuid::Uuid;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::record::Happened;

/// A record with what stands beside it; only the events are in an order.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The record.
    pub id: Uuid,
    /// Everything that happened to it, oldest first.
    pub events: Vec<Happened<InnovationEvent>>,
    /// What was written.
    pub texts: Vec<TextRow>,
    /// Who is who in it.
    pub parties: Vec<PartyRow>,
    /// The nodes where it was told, is handled and is decided, and the body that handles it.
    pub nodes: Vec<SpotRow>,
    /// The roles of whoever asks.
    pub held: Vec<StandingRow>,
}

/// A text by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// Which field.
    pub field: String,
    /// The record's version at which it was written.
    pub version: i64,
    /// The code of its language.
    pub language: String,
    /// Nothing once erased.
    pub body: Option<String>,
}

/// A node by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Whose bank holidays it keeps.
    pub calendar: String,
}

/// A row of any part of the page; what each column holds depends on the part.
#[derive(Debug, FromRow)]
struct Part {
    kind: String,
    id: Uuid,
    other: Option<Uuid>,
    number: i64,
    happened_at: i64,
    recorded_at: i64,
    name: String,
    code: String,
    body: Option<String>,
}

/// The parts, each with a row of every column: `$1` is the reference, `$2` the account of whoever asks.
const PARTS: &str = "\
    with i as (select id, node, at_node, at_body, decider_node from innovation where reference = $1) \
    select 'event' as kind, j.stream as id, j.actor as other, j.version as number, j.happened_at, j.recorded_at, \
        '' as name, '' as code, j.payload as body \
    from i join journal j on j.stream = i.id \
    union all \
    select 'text', w.record, w.author, w.version, 0, 0, w.field, w.language, w.body \
    from i join words w on w.record = i.id \
    union all \
    select 'party', p.id, p.account, 0, 0, 0, a.name, '', '' \
    from i join party p on p.record = i.id join account a on a.id = p.account \
    union all \
    select 'node', n.id, n.parent, 0, 0, 0, n.name, n.calendar, '' \
    from (select i.node as id from i union select i.at_node from i union select i.at_body from i \
        union select i.decider_node from i) spot join node n on n.id = spot.id \
    union all \
    select 'role', g.node, n.body, \
        (select count(*) from node_above a where a.ancestor = g.node and a.node in (i.node, i.at_node)), 0, 0, \
        g.role, n.level, '' \
    from i join role_held g on g.account = $2 join node n on n.id = g.node";

/// The page of a reference for an account, or for nobody; nothing where there is no such record.
///
/// # Errors
/// Where the database cannot be reached, or an event cannot be read.
pub async fn page(tx: &mut Tx, reference: &str, account: Option<Uuid>) -> Result<Option<Page>> {
    // Nobody has the nil id.
    let account = account.unwrap_or(Uuid::nil());
    let parts: Vec<Part> =
        on!(tx, c => sqlx::query_as(PARTS).bind(reference).bind(account).fetch_all(c).await)?;
    let mut page = Page::default();
    for row in parts {
        page.put(row)?;
    }
    page.events.sort_by_key(|happened| happened.meta.version);
    Ok(Some(page).filter(|page| !page.events.is_empty()))
}

impl Page {
    fn put(&mut self, row: Part) -> Result<()> {
        let id = row.id;
        let other = || row.other.ok_or_else(|| StoreError::broken("a row without the other id"));
        match row.kind.as_str() {
            "event" => {
                self.id = id;
                self.events.push(event(&row)?);
            }
            "text" => self.texts.push(TextRow {
                field: row.name,
                version: row.number,
                language: row.code,
                body: row.body,
            }),
            "party" => self.parties.push(PartyRow { id, account: other()?, name: row.name }),
            "node" => self.nodes.push(SpotRow { id, name: row.name, calendar: row.code }),
            _ => {
                let reaches = row.number > 0;
                self.held.push(StandingRow {
                    node: id,
                    body: other()?,
                    role: row.name,
                    level: row.code,
                    reaches,
                });
            }
        }
        Ok(())
    }
}

fn event(row: &Part) -> Result<Happened<InnovationEvent>> {
    let noted = Noted {
        version: row.number,
        actor: row.other,
        happened_at: row.happened_at,
        recorded_at: row.recorded_at,
    };
    journal::read::<Innovation>(noted, row.body.as_deref().unwrap_or_default())
}
