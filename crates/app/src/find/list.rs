//! Lists of ideas and problems, and the board of what is late.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::search::{self, Sought};
use crate::people::place::{Place, place};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::calendar::CalendarName;
use waymark_domain::route::due::{start_of_day, working_days_between};
use waymark_domain::text::Language;
use waymark_store::find::lists::{self, LateRow, ListRow, Today};
use waymark_store::find::newest::{self, Wanted};
use waymark_store::find::search::{Asked, rows_of};
use waymark_store::find::sight::{self, Sight};
use waymark_store::people::holders;
use waymark_store::people::tree::{self, NodeRow};

/// Records on one page of a list.
pub const PAGE: usize = 20;
/// The most records on one page where a program asks for more.
pub const PAGE_MOST: u32 = 100;
/// The most records of a list that are taken away at once.
pub const TAKEN: usize = 5_000;
/// Counted up to here; beyond, a list says *more than*.
pub const COUNTED: i64 = 1_000;
/// The most records on the board of what is late; all of them can be taken away.
pub const BOARD: usize = 100;

/// What is wanted of a list, as it stands in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// With which words.
    pub sought: Option<Sought>,
    /// At or below which node; all of them where nothing is said.
    pub node: Option<NodeId>,
    /// At which stage.
    pub stage: Option<Stage>,
    /// Only what is late.
    pub is_late: bool,
    /// Only of my own body.
    pub is_of_mine: bool,
    /// Sent on this day or later, where the body is whose node is looked at.
    pub from: Option<NaiveDate>,
    /// Sent on this day or earlier, there.
    pub to: Option<NaiveDate>,
    /// In which order.
    pub order: Order,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// In which order records are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The best match first, among the newest [`RANKED`](search::RANKED); where no words are sought, the newest first.
    Best,
}

impl Order {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Newest, Self::Best];

    /// As an address has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Best => "best",
        }
    }

    /// Reads it; nothing for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == text)
    }
}

/// A day as an address has it, `YYYY-MM-DD`; nothing for any other text.
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit());
    day(Some(text).filter(|_| is_plain))
}

/// Where a page of a list begins: after this record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    sent_at: i64,
    id: Uuid,
}

impl Cursor {
    /// After a record of a list.
    pub fn of(item: &Item) -> Self {
        Self { sent_at: item.sent_at.timestamp_micros(), id: item.id }
    }

    /// Reads a cursor as an address has it; nothing for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (sent_at, id) = text.split_at_checked(16)?;
        let sent_at = u64::from_str_radix(sent_at, 16).ok()?.cast_signed();
        Some(Self { sent_at, id: Uuid::try_parse(id).ok()? })
    }

    /// After an entry of another list, by its time (microseconds since 1970) and its id.
    pub(crate) const fn new(sent_at: i64, id: Uuid) -> Self {
        Self { sent_at, id }
    }

    /// That time and that id.
    pub(crate) const fn place(self) -> (i64, Uuid) {
        (self.sent_at, self.id)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}{}", self.sent_at.cast_unsigned(), self.id.simple())
    }
}

/// A record on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: Uuid,
    /// What people call it by.
    pub reference: String,
    /// Its title; nothing once erased.
    pub title: Option<String>,
    /// The title's language.
    pub language: Language,
    /// Where it stands.
    pub stage: Stage,
    /// Is it a problem without a solution?
    pub is_problem: bool,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The day of that, where it is handled.
    pub sent_on: NaiveDate,
    /// The day of today there.
    pub today: NaiveDate,
    /// The day of the next thing.
    pub next_on: Option<NaiveDate>,
    /// Since which day it is late.
    pub late_since: Option<NaiveDate>,
    /// How far it has gone up.
    pub overdue_step: u8,
    /// Until when the finder may take it over.
    pub finder_until: Option<NaiveDate>,
    /// Who has it.
    pub owner: Option<String>,
    /// Where it is handled.
    pub node: NodeId,
    /// The name of that place.
    pub place: String,
    /// Do only those see it who handle it? Then it is in no feed.
    pub is_with_care: bool,
}

impl Item {
    /// Who has it, as lists of what others have say it: of what is late they name nobody, since sorted by name that would be
    /// a list of somebody's misses (specification, What it never does). The record's own page names them.
    pub fn named(&self) -> Option<&str> {
        self.owner.as_deref().filter(|_| self.late_since.is_none())
    }
}

/// How many records there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(i64),
    /// So many were counted, and there are more.
    MoreThan(i64),
}

impl Count {
    /// Of a number that was counted up to one more than [`COUNTED`].
    const fn up_to(count: i64) -> Self {
        if count > COUNTED { Self::MoreThan(COUNTED) } else { Self::Exactly(count) }
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::Exactly(0)
    }
}

/// One page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The place, where the list is of one.
    pub place: Option<(NodeId, String)>,
    /// The records.
    pub items: Vec<Item>,
    /// How many there are.
    pub count: Count,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// One page of the records that are wanted and that whoever asks may see.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>, filter: &Filter) -> Result<Listed> {
    listed(ctx, filter, PAGE).await
}

/// The same in pages of another size, at most [`PAGE_MOST`].
///
/// # Errors
/// As [`list`].
pub async fn page<K>(ctx: &mut Ctx<'_, K>, filter: &Filter, size: u32) -> Result<Listed> {
    let size = usize::try_from(size.clamp(1, PAGE_MOST)).unwrap_or(PAGE);
    listed(ctx, filter, size).await
}

/// The same to be taken away: at most [`TAKEN`] records, the newest first, since that order alone leaves none out.
///
/// # Errors
/// As [`list`].
pub async fn take<K>(ctx: &mut Ctx<'_, K>, filter: &Filter) -> Result<Listed> {
    listed(ctx, &Filter { order: Order::Newest, ..filter.clone() }, TAKEN).await
}

async fn listed<K>(ctx: &mut Ctx<'_, K>, filter: &Filter, size: usize) -> Result<Listed> {
    let node = match filter.node {
        Some(node) => tree::node(&mut ctx.tx, node.0).await?,
        None => tree::root(&mut ctx.tx).await?,
    };
    let node = node.ok_or(Error::NotFound)?;
    let today = if filter.is_late { Some(Today::at(&mut ctx.tx, ctx.now).await?) } else { None };
    let account = ctx.actor.account().map(|account| account.0);
    let sight = sight::sight(&mut ctx.tx, account, node.id).await?;
    let (from, until) = times(ctx, filter, &node).await?;
    let wanted = Wanted {
        stage: filter.stage.map(Stage::name),
        late: today.as_ref().map(Today::is_late),
        is_of_mine: filter.is_of_mine,
        from,
        until,
        after: filter.after.map(|cursor| (cursor.sent_at, cursor.id)),
    };
    let (mut rows, count) = match &filter.sought {
        Some(sought) => {
            let asked = Asked {
                is_anywhere: node.parent.is_none(),
                after: wanted.after,
                limit: size + 1,
                counted: COUNTED,
            };
            searched(ctx, (sought, filter.order), (&sight, &wanted), asked).await?
        }
        None => newest_of(ctx, (&sight, &wanted), size + 1).await?,
    };
    let goes_on = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| goes_on).map(|row| Cursor { sent_at: row.sent_at, id: row.id });
    let place = filter.node.map(|id| (id, node.name));
    let items = rows.into_iter().map(|row| item(row, ctx.now)).collect::<Result<_>>()?;
    Ok(Listed { place, items, count, next })
}

/// When the first of the wanted days begins and when the last one has ended (microseconds since 1970), where the body of a
/// node is.
async fn times<K>(
    ctx: &mut Ctx<'_, K>,
    filter: &Filter,
    node: &NodeRow,
) -> Result<(Option<i64>, Option<i64>)> {
    if filter.from.is_none() && filter.to.is_none() {
        return Ok((None, None));
    }
    let body = if node.body == node.id { None } else { tree::node(&mut ctx.tx, node.body).await? };
    let zone = crate::route::duty::known_zone(body.as_ref().map_or(&node.zone, |body| &body.zone))?;
    let begins = |day: NaiveDate| start_of_day(day, zone).timestamp_micros();
    let ends = |day: NaiveDate| begins(day.succ_opt().unwrap_or(day));
    Ok((filter.from.map(begins), filter.to.map(ends)))
}

/// The newest, at most so many, and how many there are.
async fn newest_of<K>(
    ctx: &mut Ctx<'_, K>,
    (sight, wanted): (&Sight, &Wanted<'_>),
    limit: usize,
) -> Result<(Vec<ListRow>, Count)> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = newest::list(&mut ctx.tx, sight, wanted, limit).await?;
    let count = newest::count(&mut ctx.tx, sight, wanted, COUNTED + 1).await?;
    Ok((rows, Count::up_to(count)))
}

/// Those that have some words; or the one record whose reference these are.
async fn searched<K>(
    ctx: &mut Ctx<'_, K>,
    (sought, order): (&Sought, Order),
    (sight, wanted): (&Sight, &Wanted<'_>),
    asked: Asked,
) -> Result<(Vec<ListRow>, Count)> {
    if let Some(id) = search::named(ctx, sought).await? {
        return Ok((rows_of(&mut ctx.tx, &[id]).await?, Count::Exactly(1)));
    }
    let found = match order {
        Order::Newest => search::found(ctx, sought, (sight, wanted), asked).await?,
        Order::Best => search::best(ctx, sought, (sight, wanted), asked).await?,
    };
    let count = if found.is_more { Count::MoreThan(found.count) } else { Count::Exactly(found.count) };
    let ids: Vec<Uuid> = found.records.iter().map(|hit| hit.innovation).collect();
    Ok((rows_of(&mut ctx.tx, &ids).await?, count))
}

/// A record that is late, with the working days since the day that was missed. Its item has no owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// The record.
    pub item: Item,
    /// Working days since.
    pub days: u32,
    /// With whom it is.
    pub with: With,
}

/// With whom something late is: by a role and its place, never by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum With {
    /// With whoever decides it.
    Decider {
        /// By which role.
        role: Role,
        /// Where they hold it.
        place: String,
    },
    /// With whoever tries it.
    Trier,
}

/// The board of what is late at or below a node, at most so many, for the people of its body and whoever's role reaches it.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::Forbidden`] for others, [`Error::Unavailable`].
pub async fn late<K>(ctx: &mut Ctx<'_, K>, node: NodeId, most: usize) -> Result<(Place, Vec<Late>)> {
    let account = ctx.account()?;
    let place = place(ctx, node).await?;
    let held = holders::standing(&mut ctx.tx, account.0, [node.0, place.body.id]).await?;
    let decides = |role: &str| Role::parse(role).is_some_and(|role| role.decides() || role == Role::Auditor);
    if !held.iter().any(|one| one.body == place.body.id || (one.reaches && decides(&one.role))) {
        return Err(Error::Forbidden);
    }
    let today = Today::at(&mut ctx.tx, ctx.now).await?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = lists::late(&mut ctx.tx, &today, (account.0, node.0), most).await?;
    let late = rows.into_iter().map(|row| late_item(row, ctx.now)).collect::<Result<_>>()?;
    Ok((place, late))
}

/// Lateness is counted by the calendar and in the zone of the body that owes the act, wherever the board is.
fn late_item(row: LateRow, now: DateTime<Utc>) -> Result<Late> {
    let calendar: CalendarName = row.calendar.parse().map_err(Error::internal)?;
    let role = row.decider_role.as_deref().and_then(Role::parse).filter(|_| row.is_with_decider);
    let with = match role.zip(row.decider_place) {
        Some((role, place)) => With::Decider { role, place },
        None => With::Trier,
    };
    // Left out here, so that neither the page nor a file nor the API can say it.
    let item = Item { owner: None, ..item(row.list, now)? };
    let since = item.late_since.unwrap_or(item.today);
    let days = working_days_between(&calendar.calendar(), since, item.today).count;
    Ok(Late { item, days, with })
}

/// A row as pages read it.
pub(crate) fn item(row: ListRow, now: DateTime<Utc>) -> Result<Item> {
    let zone = crate::route::duty::known_zone(&row.zone)?;
    let sent = chrono::DateTime::from_timestamp_micros(row.sent_at).unwrap_or_default();
    let stage = Stage::parse(&row.stage).ok_or_else(|| Error::internal("a stage that is none"))?;
    let today = now.with_timezone(&zone).date_naive();
    let late_since = late_since(&row, stage, today);
    Ok(Item {
        id: row.id,
        reference: row.reference,
        title: row.title,
        language: Language::parse(&row.language).unwrap_or_default(),
        stage,
        is_problem: row.is_problem,
        sent_at: sent,
        sent_on: sent.with_timezone(&zone).date_naive(),
        today,
        next_on: day(row.next_on.as_deref()),
        late_since,
        overdue_step: u8::try_from(row.overdue_step).unwrap_or(u8::MAX),
        finder_until: day(row.finder_until.as_deref()),
        owner: row.owner,
        node: NodeId(row.at_node),
        place: row.place,
        is_with_care: SeenBy::parse(&row.seen_by).is_none_or(|seen_by| seen_by == SeenBy::Handlers),
    })
}

fn late_since(row: &ListRow, stage: Stage, today: NaiveDate) -> Option<NaiveDate> {
    if !stage.is_open() || stage == Stage::NotNow {
        return None;
    }
    let passed = day(row.next_on.as_deref()).filter(|next| !row.is_paused && *next < today);
    day(row.missed_on.as_deref()).or(passed)
}

fn day(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_an_address_has_it() {
        assert_eq!(day_of("2026-07-01"), NaiveDate::from_ymd_opt(2026, 7, 1));
        for none in
            ["", "2026-7-01", "2026-02-30", "+12026-07-01", "-262142-01", "1 July 2026", "2026-07-01 "]
        {
            assert_eq!(day_of(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_cursor_is_read_as_it_is_written() {
        for sent_at in [0, -1, i64::MAX, 1_783_000_000_000_000] {
            let cursor = Cursor { sent_at, id: Uuid::from_u128(7) };
            assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        }
        assert_eq!(Cursor::parse("ŵ"), None);
        assert_eq!(Cursor::parse("0123456789abcdefx"), None);
    }
}
