//! A record as a page reads it: what it is, who is who in it, what was written, where it is, how long its step takes.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::route::change::{bearing, stands};
use crate::route::duty::known_zone;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::{AccountId, InnovationId, NodeId, PartyId};
use waymark_domain::record::{Happened, Record};
use waymark_domain::reference::Reference;
use waymark_domain::route::calendar::{Calendar, CalendarName};
use waymark_domain::route::policy::{Action, Viewer, may};
use waymark_domain::text::{Language, WordsRef};
use waymark_store::find::page::{self, Page, SpotRow, TextRow};
use waymark_store::find::records::{self, Step};
use waymark_store::find::sent;
use waymark_store::people::parties::PartyRow;

/// What a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The text; nothing once it was erased.
    pub body: Option<String>,
    /// Its language.
    pub language: Language,
}

/// How long the step that a record is at usually takes in its body, by the records that all its people may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// The median, in days begun.
    pub days: i64,
    /// Of how many records.
    pub of: usize,
}

/// Fewer than so many records tell nothing about the next one.
const ENOUGH: usize = 5;
const DAY_MICROS: i64 = 24 * 60 * 60 * 1_000_000;

/// A record with what its page needs.
#[derive(Debug, Clone)]
pub struct RecordView {
    /// The record.
    pub record: Innovation,
    /// What happened to it, oldest first.
    pub events: Vec<Happened<InnovationEvent>>,
    /// How whoever asks stands to it.
    pub viewer: Viewer,
    /// Now.
    pub now: DateTime<Utc>,
    /// The zone of the body that handles it.
    pub zone: Tz,
    /// How long its step usually takes there; nothing where there are too few to say.
    pub usual: Option<Usual>,
    people: HashMap<PartyId, (AccountId, String)>,
    said: HashMap<(String, i64), Said>,
    places: HashMap<NodeId, SpotRow>,
}

/// The id of the record with a reference.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Unavailable`].
pub async fn find<K>(ctx: &mut Ctx<'_, K>, reference: &Reference) -> Result<InnovationId> {
    let id = sent::of_reference(&mut ctx.tx, reference.as_str()).await?;
    id.map(InnovationId).ok_or(Error::NotFound)
}

/// The record with a reference, for whoever asks.
///
/// # Errors
/// [`Error::NotFound`] where there is none, and the same where they may not know of it.
pub async fn view<K>(ctx: &mut Ctx<'_, K>, reference: &Reference) -> Result<RecordView> {
    let account = ctx.actor.account();
    let page = page::page(&mut ctx.tx, reference.as_str(), account.map(|account| account.0)).await?;
    let Page { id, events, texts, parties, nodes, held } = page.ok_or(Error::NotFound)?;
    let record = Innovation::fold(id, &events).ok_or(Error::NotFound)?;
    let party = |account: AccountId| {
        let own = parties.iter().find(|party| party.account == account.0);
        own.map(|party| PartyId(party.id))
    };
    let viewer = match (ctx.actor.bears(id), account) {
        (Some(party), _) => bearing(party),
        (None, Some(account)) => stands(&record, &held, party(account)),
        (None, None) => Viewer::default(),
    };
    if !may(&viewer, Action::See, &record) {
        return Err(Error::NotFound);
    }
    Ok(RecordView {
        zone: known_zone(&record.at_zone)?,
        usual: usual(ctx, &record).await?,
        places: nodes.into_iter().map(|node| (NodeId(node.id), node)).collect(),
        said: texts.into_iter().map(said).collect(),
        people: parties.into_iter().map(named).collect(),
        now: ctx.now,
        record,
        events,
        viewer,
    })
}

/// Where a record stands, in what anybody may know who just changed it or was about to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What people call it by.
    pub reference: Reference,
    /// How often it was changed.
    pub version: u32,
    /// Its stage.
    pub stage: Stage,
    /// The day of the next thing.
    pub next_on: Option<NaiveDate>,
}

/// Where a record stands after an act of whoever acts, even where that act was their last look at it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Unavailable`].
pub async fn standing<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<Standing> {
    Ok(Standing::of(&ctx.load(id.0).await?))
}

impl Standing {
    /// Of a record.
    pub fn of(record: &Innovation) -> Self {
        Self {
            reference: record.told.reference.clone(),
            version: record.version,
            stage: record.stage,
            next_on: record.next_date(),
        }
    }
}

fn said(row: TextRow) -> ((String, i64), Said) {
    let language = Language::parse(&row.language).unwrap_or_default();
    ((row.field, row.version), Said { body: row.body, language })
}

fn named(row: PartyRow) -> (PartyId, (AccountId, String)) {
    (PartyId(row.id), (AccountId(row.account), row.name))
}

async fn usual<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<Option<Usual>> {
    let step = match record.stage {
        Stage::Told | Stage::PassedOn => Step::Answer,
        Stage::Trying => Step::Try,
        _ => return Ok(None),
    };
    let (body, now) = (record.at_body, ctx.now);
    if let Some(figure) = ctx.env.usual.get((body, step), now) {
        return Ok(figure.usual);
    }
    let lasted = records::lasted(&mut ctx.tx, body.0, step).await?;
    let usual = median(lasted);
    ctx.env.usual.keep((body, step), Figure { at: now, usual });
    Ok(usual)
}

/// How long a figure is shown before it is looked up again: the same for everybody, and no page waits for it twice.
const USUAL_SECONDS: i64 = 60;

/// A figure and when it was looked up; there may be none to show.
#[derive(Debug, Clone, Copy)]
struct Figure {
    at: DateTime<Utc>,
    usual: Option<Usual>,
}

/// The figures of the last minute by body and step.
#[derive(Debug, Default)]
pub(crate) struct UsualLately(Mutex<HashMap<(NodeId, Step), Figure>>);

impl UsualLately {
    fn get(&self, of: (NodeId, Step), now: DateTime<Utc>) -> Option<Figure> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock set back makes nothing fresh for longer.
        let is_fresh = |figure: &&Figure| (now - figure.at).num_seconds().abs() < USUAL_SECONDS;
        kept.get(&of).filter(is_fresh).copied()
    }

    fn keep(&self, of: (NodeId, Step), figure: Figure) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(of, figure);
    }
}

fn median(mut lasted_micros: Vec<i64>) -> Option<Usual> {
    if lasted_micros.len() < ENOUGH {
        return None;
    }
    lasted_micros.sort_unstable();
    let middle = lasted_micros.get((lasted_micros.len() - 1) / 2)?;
    let days = middle.div_euclid(DAY_MICROS) + i64::from(middle.rem_euclid(DAY_MICROS) > 0);
    Some(Usual { days: days.max(1), of: lasted_micros.len() })
}

impl RecordView {
    /// What was written, where the text is known.
    pub fn said(&self, reference: WordsRef) -> Option<&Said> {
        self.said.get(&(reference.field.name().to_owned(), i64::from(reference.version)))
    }

    /// The name of a party; nothing where its account is no longer known.
    pub fn name(&self, party: PartyId) -> Option<&str> {
        self.people.get(&party).map(|(_, name)| name.as_str())
    }

    /// The account of a party.
    pub fn account(&self, party: PartyId) -> Option<AccountId> {
        self.people.get(&party).map(|(account, _)| *account)
    }

    /// The name of a node that the record names.
    pub fn place(&self, node: NodeId) -> Option<&str> {
        self.places.get(&node).map(|place| place.name.as_str())
    }

    /// Today in the body that handles it.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The working days of the body that handles it.
    pub fn calendar(&self) -> Option<Calendar> {
        let body = self.places.get(&self.record.at_body)?;
        body.calendar.parse::<CalendarName>().ok().map(CalendarName::calendar)
    }

    /// Has the date of the next thing passed?
    pub fn is_late(&self) -> bool {
        let late = |clock: &waymark_domain::route::clock::Clock| clock.is_overdue(self.now, self.zone);
        self.record.stage != Stage::NotNow && self.record.clock.as_ref().is_some_and(late)
    }

    /// The working days since the promise's own missed day.
    pub fn days_late(&self) -> u32 {
        let calendar = self.calendar();
        let late = self.record.clock.as_ref().zip(calendar);
        late.map_or(0, |(clock, calendar)| clock.overdue(self.today(), &calendar).count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_told_from_five_records_on_and_in_days_begun() {
        assert_eq!(median(vec![DAY_MICROS; 4]), None);
        let days = [9, 1, 3, 2, 8].map(|days| days * DAY_MICROS).to_vec();
        assert_eq!(median(days), Some(Usual { days: 3, of: 5 }));
        assert_eq!(median(vec![1; 6]), Some(Usual { days: 1, of: 6 }));
    }
}
