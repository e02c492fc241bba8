//! My work: what waits for one person, and where what they brought stands.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::find::list::{Item, item};
use crate::people::cover;
use crate::route::acts::Act;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_store::find::offers;
use waymark_store::find::work::{self, WorkRow};
use waymark_store::people::holders::{self, HeldRow};

/// The most records of one kind on the page; more can be taken away.
pub const SHOWN: usize = 100;
/// Of answers of meetings so many times fewer are looked at: each is read whole, and open for five days.
const TYPED_FEWER: usize = 10;

/// Something that waits for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The record.
    pub item: Item,
    /// What is to be done.
    pub act: Act,
    /// By when, where there is a day.
    pub due: Option<NaiveDate>,
    /// Did the contributor ask why it is late?
    pub why_asked: bool,
    /// How many told the same later and hear the answer too.
    pub also_told: i64,
    /// Is it a second look that whoever brought it asked for?
    pub is_review: bool,
}

/// A person's work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// What waits for them, the earliest day first.
    pub waiting: Vec<Waiting>,
    /// What a finder may still take over.
    pub to_take_over: Vec<Item>,
    /// What they have that waits for a day or for somebody else.
    pub later: Vec<Item>,
    /// What they brought, and what they told too.
    pub brought: Vec<Item>,
    /// Where they answer, with the board of what is late there.
    pub places: Vec<(NodeId, String)>,
    /// Where they are anything, with the figures of the place.
    pub own: Vec<(NodeId, String)>,
    /// Is there more of any kind than was asked for?
    pub is_more: bool,
}

/// So many rows of each kind at most, and whether any kind has more.
struct Cut {
    most: usize,
    is_more: bool,
}

impl Cut {
    /// One more than is wanted is asked for, so that it is known whether there are more.
    fn limit(&self) -> i64 {
        i64::try_from(self.most).unwrap_or(i64::MAX).saturating_add(1)
    }

    fn of<T>(&mut self, mut rows: Vec<T>) -> Vec<T> {
        self.is_more |= rows.len() > self.most;
        rows.truncate(self.most);
        rows
    }
}

/// The work of whoever acts, at most so many records of each kind.
///
/// # Errors
/// [`crate::Error::SignInFirst`], [`crate::Error::Unavailable`].
pub async fn work<K>(ctx: &mut Ctx<'_, K>, most: usize) -> Result<Work> {
    let account = ctx.account()?.0;
    let now = ctx.now;
    let earliest = earliest_day(now);
    let [places, own] = places(ctx).await?;
    let mut work = Work { places, own, ..Work::default() };
    let mut cut = Cut { most, is_more: false };
    let limit = cut.limit();
    for row in cut.of(work::duties(&mut ctx.tx, account, limit).await?) {
        let item = item(row.list.clone(), now)?;
        let act = duty_of(&row, &item);
        work.put(item, (act, &row));
    }
    for row in cut.of(work::brought(&mut ctx.tx, account, limit).await?) {
        let item = item(row.list.clone(), now)?;
        work.brought.push(item.clone());
        if let Some(act) = row.asked.as_deref().and_then(Act::parse) {
            work.put(item, (Some(act), &row));
        }
    }
    for row in cut.of(work::unconfirmed(&mut ctx.tx, account, limit).await?) {
        let item = item(row, now)?;
        work.waiting.push(Waiting::plain(item, Act::Hours, None));
    }
    let today = cover::today(ctx, AccountId(account)).await?.to_string();
    for row in cut.of(offers::asked(&mut ctx.tx, (account, &today), limit).await?) {
        let item = item(row, now)?;
        work.waiting.push(Waiting::plain(item, Act::WhoSees, None));
    }
    for row in cut.of(work::to_take_over(&mut ctx.tx, account, (&earliest, limit)).await?) {
        let item = item(row, now)?;
        work.to_take_over.extend(Some(item).filter(|item| item.finder_until >= Some(item.today)));
    }
    cut.most = most.div_ceil(TYPED_FEWER);
    work.waiting.extend(objectable(ctx, &earliest, &mut cut).await?);
    work.is_more = cut.is_more;
    work.waiting.sort_by_key(|one| (one.due.is_none(), one.item.late_since.or(one.due)));
    Ok(work)
}

impl Waiting {
    const fn plain(item: Item, act: Act, due: Option<NaiveDate>) -> Self {
        Self { item, act, due, why_asked: false, also_told: 0, is_review: false }
    }
}

impl Work {
    /// Puts a record under what waits, or under what has time.
    fn put(&mut self, item: Item, (act, row): (Option<Act>, &WorkRow)) {
        let (why_asked, also_told, is_review) = (row.list.why_asked, row.also_told, row.is_review);
        match act {
            Some(act) => {
                let due = item.next_on.filter(|_| act != Act::WasAnswer);
                let is_review = is_review && act == Act::Answer;
                self.waiting.push(Waiting { item, act, due, why_asked, also_told, is_review });
            }
            None => self.later.push(item),
        }
    }
}

/// The day where it is earliest on earth: what is open on a day is sought from then on, and looked at by its own zone.
fn earliest_day(now: DateTime<Utc>) -> String {
    (now - TimeDelta::hours(12)).date_naive().to_string()
}

/// What whoever has it must do now; nothing where it waits for a day or for a reply.
fn duty_of(row: &WorkRow, item: &Item) -> Option<Act> {
    let is_due = item.next_on.is_some_and(|next| next <= item.today) || row.list.missed_on.is_some();
    match item.stage {
        Stage::Told | Stage::PassedOn if row.is_decider && !row.list.is_paused => Some(Act::Answer),
        Stage::Trying if is_due => Some(Act::Lines),
        _ => None,
    }
}

/// Answers that were typed for the person by somebody else and to which they may still object.
async fn objectable<K>(ctx: &mut Ctx<'_, K>, earliest: &str, cut: &mut Cut) -> Result<Vec<Waiting>> {
    let account = ctx.account()?.0;
    let mut waiting = Vec::new();
    let limit = cut.limit();
    for row in cut.of(work::typed_for(&mut ctx.tx, account, (earliest, limit)).await?) {
        let record: Innovation = ctx.load(row.id).await?;
        let viewer = crate::route::change::viewer(ctx, &record).await?;
        let elsewhere = record.answers.last().and_then(|answer| answer.given.elsewhere.as_ref());
        let due = elsewhere.map(|elsewhere| elsewhere.object_until);
        let item = item(row, ctx.now)?;
        let is_open = due.is_some_and(|until| item.today <= until);
        if is_open && waymark_domain::route::policy::may(&viewer, Act::Object.action(), &record) {
            waiting.push(Waiting::plain(item, Act::Object, due));
        }
    }
    Ok(waiting)
}

/// The nodes at which the person holds a deciding role, and all at which they hold any.
async fn places<K>(ctx: &mut Ctx<'_, K>) -> Result<[Vec<(NodeId, String)>; 2]> {
    let account = ctx.account()?.0;
    let held = holders::held_by(&mut ctx.tx, account).await?;
    let decides = |role: &str| Role::parse(role).is_some_and(Role::decides);
    let place = |row: &HeldRow| (NodeId(row.node), row.node_name.clone());
    let mut places: Vec<_> = held.iter().filter(|row| decides(&row.role)).map(place).collect();
    let mut own: Vec<_> = held.iter().map(place).collect();
    places.dedup();
    own.dedup();
    Ok([places, own])
}
