//! What a page of people is to be told, read with a query for each kind of thing and not for each person.

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::error::Result;
use crate::jobs::digest::{PAGE, Wanted};
use crate::people::account::Mail;
use crate::words::Lang;
use chrono::{DateTime, NaiveDate, TimeDelta};
use std::collections::HashMap;
use uuid::Uuid;
use waymark_store::people::digests::{
    self, DutyRow, LastRow, ModeratedRow, OfferRow, OwnRow, Page, ReaderRow, RoleRow,
};

/// Lines of one kind in one mail; the rest is a number.
pub(super) const LINES: i64 = 10;
/// Records of their own, and things of each other kind, that are looked at for one person.
const OWN: i64 = 200;
/// Which mail somebody had is kept for a year at least (`retention.rs`): who had none in it was told all that is older.
const TOLD_DAYS: i64 = 366;

/// Somebody whose mail is due.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub id: Uuid,
    pub name: String,
    pub mail: Mail,
    pub lang: Lang,
    /// Since when there may be news: their last mail, or their account's beginning.
    pub since: i64,
    /// The day of their last mail, where they had one.
    pub last_day: Option<NaiveDate>,
}

/// Everything about a page of people.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub people: Vec<Person>,
    pub duties: HashMap<Uuid, Vec<DutyRow>>,
    pub own: HashMap<Uuid, Vec<OwnRow>>,
    /// How much waits for each as moderator.
    pub moderation: HashMap<Uuid, i64>,
    /// Where more people may see a record, if they say so, too.
    pub offers: HashMap<Uuid, Vec<OfferRow>>,
    /// What moderators did.
    pub moderated: HashMap<Uuid, Vec<ModeratedRow>>,
    /// Roles that take a second yes.
    pub roles: HashMap<Uuid, Vec<RoleRow>>,
    /// When all of it was read, microseconds since 1970: what happens from then on is for the next mail.
    pub at: i64,
    /// The last id of the page, where another may follow.
    pub next: Option<Uuid>,
}

/// Reads a page.
pub(super) async fn gather(env: &Env, wanted: &Wanted) -> Result<Gathered> {
    let mut ctx = Ctx::read(env, Actor::Time).await?;
    let hour = i64::from(wanted.hour);
    let readers = digests::readers(&mut ctx.tx, (hour, wanted.after), PAGE).await?;
    let Some(last) = readers.last().map(|reader| reader.id) else { return Ok(Gathered::default()) };
    let page = Page { hour, after: wanted.after, last };
    let next = (readers.len() == PAGE as usize).then_some(last);
    let people = people(&mut ctx, (wanted, page), readers).await?;
    let since = people.iter().map(|person| person.since).min().unwrap_or(i64::MAX);
    let duties = by(digests::duties(&mut ctx.tx, page, LINES).await?, |row| row.account);
    let (new, today) = ((since, OWN), wanted.day.to_string());
    Ok(Gathered {
        people,
        duties,
        own: by(digests::own(&mut ctx.tx, page, new).await?, |row| row.account),
        moderation: digests::moderation(&mut ctx.tx, page).await?.into_iter().collect(),
        offers: by(digests::offers(&mut ctx.tx, (page, &today), new).await?, |row| row.account),
        moderated: by(digests::moderated(&mut ctx.tx, page, new).await?, |row| row.account),
        roles: by(digests::roles(&mut ctx.tx, page, new).await?, |row| row.account),
        at: ctx.now.timestamp_micros(),
        next,
    })
}

/// Those of the page who live in the zone and had no mail on the day.
async fn people<K>(
    ctx: &mut Ctx<'_, K>,
    (wanted, page): (&Wanted, Page),
    readers: Vec<ReaderRow>,
) -> Result<Vec<Person>> {
    let zones = digests::zones(&mut ctx.tx, page).await?;
    let mut home: HashMap<Uuid, String> = HashMap::new();
    for row in zones {
        home.entry(row.account).or_insert(row.zone);
    }
    let last: HashMap<Uuid, LastRow> =
        digests::last(&mut ctx.tx, page).await?.into_iter().map(|row| (row.account, row)).collect();
    let oldest = (ctx.now - TimeDelta::days(TOLD_DAYS)).timestamp_micros();
    let is_here = |reader: &ReaderRow| home.get(&reader.id).is_some_and(|zone| *zone == wanted.zone);
    let here = readers.into_iter().filter(is_here);
    Ok(here.filter_map(|reader| person(wanted, (&reader, oldest), last.get(&reader.id))).collect())
}

fn person(wanted: &Wanted, (reader, oldest): (&ReaderRow, i64), last: Option<&LastRow>) -> Option<Person> {
    let last_day: Option<NaiveDate> = last.and_then(|last| last.day.parse().ok());
    if last_day.is_some_and(|last| last >= wanted.day) {
        return None;
    }
    Some(Person {
        id: reader.id,
        name: reader.name.clone(),
        mail: Mail::parse(&reader.mail).ok()?,
        lang: Lang::parse(&reader.language).unwrap_or_default(),
        since: last.map_or(reader.created_at.max(oldest), |last| last.sent_at),
        last_day,
    })
}

fn by<R>(rows: Vec<R>, account: impl Fn(&R) -> Uuid) -> HashMap<Uuid, Vec<R>> {
    let mut all: HashMap<Uuid, Vec<R>> = HashMap::new();
    for row in rows {
        all.entry(account(&row)).or_default().push(row);
    }
    all
}

/// The day of a time (microseconds since 1970) in a zone.
pub(super) fn day_of(micros: i64, zone: chrono_tz::Tz) -> NaiveDate {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().with_timezone(&zone).date_naive()
}
