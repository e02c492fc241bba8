//! The six figures of a node, for whoever may see them.

use super::shown::{self, Shown, Sight};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::people::place::{Place, place};
use chrono::{Days, NaiveDate};
use waymark_domain::account::fact::Says;
use waymark_domain::account::figure::Figure;
use waymark_domain::account::period::{Period, QUARTERS};
use waymark_domain::account::sum;
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::route::due::{Due, working_days_between};
use waymark_store::account::come_back;
use waymark_store::account::figures::{self as store, Reach};
use waymark_store::people::tree::{self, NodeRow};
use waymark_store::people::{holders, installation};

/// Days within which somebody tells again to have come back.
pub const BACK_DAYS: u64 = 180;
/// The name under which the key of published counts is kept.
const KEY: &str = "figures-key";

/// The figures of a node.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The node.
    pub place: Place,
    /// Of which time.
    pub period: Period,
    /// How exactly.
    pub sight: Sight,
    /// Each, in order.
    pub all: Vec<Shown>,
    /// The nodes above with their names, the nearest first.
    pub above: Vec<(NodeId, String)>,
    /// Those right below that whoever asks may look at, too, by name.
    pub below: Vec<(NodeId, String)>,
}

/// The figures of a node.
///
/// # Errors
/// [`Error::SignInFirst`]; [`Error::NotFound`] for a node that is not there, or inside another body.
pub async fn figures<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Figures> {
    let account = ctx.account()?;
    let place = place(ctx, node).await?;
    let sight = sight(ctx, account, &place).await?;
    let period = Period::until(place.time().day_of(ctx.now));
    let exact = added_up(ctx, &place, period).await?;
    let all = match sight {
        Sight::WithCare => exact.iter().map(shown::with_care).collect(),
        Sight::Whole => exact.iter().map(shown::whole).collect(),
        Sight::Published => {
            let key = installation::value(&mut ctx.tx, KEY).await?;
            let key = key.ok_or_else(|| Error::internal("no key for published figures"))?;
            exact.iter().map(|figure| shown::published(figure, &key, (node, period))).collect()
        }
    };
    let above = place.line.iter().skip(1).map(|node| (NodeId(node.id), node.name.clone())).collect();
    let below = below(ctx, node, sight).await?;
    Ok(Figures { place, period, sight, all, above, below })
}

/// By name, never by a figure: this is no table of who is best.
async fn below<K>(ctx: &mut Ctx<'_, K>, node: NodeId, sight: Sight) -> Result<Vec<(NodeId, String)>> {
    let children = tree::children(&mut ctx.tx, node.0).await?;
    let is_open = |child: &&NodeRow| !child.is_closed && (sight.is_exact() || child.is_body);
    Ok(children.iter().filter(is_open).map(|child| (NodeId(child.id), child.name.clone())).collect())
}

/// The people of a body see its own nodes, and whoever decides or audits there or above sees what they reach with what is
/// handled with care. Others see of a body, and of what lies above bodies, what may be published; what lies inside a body
/// is its own.
async fn sight<K>(ctx: &mut Ctx<'_, K>, account: AccountId, place: &Place) -> Result<Sight> {
    let (node, body) = (place.node().0, place.body.id);
    let held = holders::standing(&mut ctx.tx, account.0, [node, node]).await?;
    let decides = |role: &str| Role::parse(role).is_some_and(|role| role.decides() || role == Role::Auditor);
    let sees_all = held.iter().any(|one| one.reaches && decides(&one.role));
    let is_own = held.iter().any(|one| one.body == body);
    match Level::parse(&place.line[0].level) {
        _ if sees_all => Ok(Sight::WithCare),
        _ if is_own => Ok(Sight::Whole),
        Some(Level::Team | Level::Organisation) if node != body => Err(Error::NotFound),
        _ => Ok(Sight::Published),
    }
}

async fn added_up<K>(ctx: &mut Ctx<'_, K>, place: &Place, period: Period) -> Result<Vec<Figure>> {
    let open = open(ctx, place).await?;
    let waited = waited(ctx, place, period).await?;
    let counted = counted(ctx, place, period).await?;
    let returned = returned(ctx, place, period).await?;
    Ok(vec![
        sum::in_control(&open),
        sum::first_answer(&waited),
        sum::on_time(&counted),
        sum::reasoned(&counted),
        sum::tried(&counted),
        sum::come_back(&returned),
    ])
}

async fn open<K>(ctx: &mut Ctx<'_, K>, place: &Place) -> Result<Vec<sum::Open>> {
    let node = place.node().0;
    let all = store::open(&mut ctx.tx, node).await?;
    let lost = store::uncontrolled(&mut ctx.tx, node).await?;
    let lost_of = |row: &store::Open| -> i64 {
        let alike =
            lost.iter().filter(|one| (&one.stage, one.is_with_care) == (&row.stage, row.is_with_care));
        alike.map(|one| one.count).sum()
    };
    let held = all.iter().map(|row| of_stage(row, (true, row.count - lost_of(row))));
    held.chain(lost.iter().map(|row| of_stage(row, (false, row.count)))).collect()
}

fn of_stage(row: &store::Open, (is_controlled, count): (bool, i64)) -> Result<sum::Open> {
    let stage = Stage::parse(&row.stage).ok_or_else(|| Error::internal("a stage that is none"))?;
    Ok(sum::Open { stage, is_controlled, weight: (row.is_with_care, size(count)) })
}

async fn waited<K>(ctx: &mut Ctx<'_, K>, place: &Place, period: Period) -> Result<Vec<sum::Waited>> {
    let (from, to) = (period.from().to_string(), period.to().to_string());
    let rows = store::waited(&mut ctx.tx, reach(place), (&from, &to)).await?;
    rows.iter().map(|row| of_wait(row, place, period)).collect()
}

/// Who still waits has waited until the end of the period.
fn of_wait(row: &store::Waited, place: &Place, period: Period) -> Result<sum::Waited> {
    let (Some(Says::First(first)), Some(day)) = (Says::parse("first", &row.part), day(&row.day)) else {
        return Err(Error::internal("a fact that is none"));
    };
    let until = row.until.as_deref().and_then(self::day).unwrap_or(period.to());
    Ok(sum::Waited {
        quarter: period.quarter_of(day).unwrap_or(0),
        first,
        days: working_days_between(&place.calendar, day, until).count,
        weight: (row.is_with_care, size(row.count)),
    })
}

async fn counted<K>(ctx: &mut Ctx<'_, K>, place: &Place, period: Period) -> Result<Vec<sum::Counted>> {
    let (from, to) = (period.from().to_string(), period.to().to_string());
    let rows = store::counted(&mut ctx.tx, reach(place), (&from, &to)).await?;
    let one = |row: &store::Counted| {
        let says = Says::parse(&row.fact, &row.part).ok_or_else(|| Error::internal("a fact that is none"))?;
        let quarter = day(&row.day).and_then(|day| period.quarter_of(day)).unwrap_or(0);
        Ok(sum::Counted { quarter, says, weight: (row.is_with_care, size(row.count)) })
    };
    rows.iter().map(one).collect()
}

/// The root has everything at or below it.
fn reach(place: &Place) -> Reach {
    match place.line[0].parent {
        None => Reach::Whole,
        Some(_) => Reach::Below(place.node().0),
    }
}

/// A quarter is that in which the days were over, not that of the answer: no one is judged before their time.
async fn returned<K>(ctx: &mut Ctx<'_, K>, place: &Place, period: Period) -> Result<Vec<sum::Returned>> {
    let starts = |day: NaiveDate| {
        let before = day.checked_sub_days(Days::new(BACK_DAYS + 1)).unwrap_or(day);
        Due { date: before, beyond_calendar: false }.ends_at(place.zone).timestamp_micros()
    };
    let tomorrow = period.to().succ_opt().unwrap_or(period.to());
    let bounds: [i64; QUARTERS + 1] = std::array::from_fn(|quarter| {
        if quarter < QUARTERS { starts(period.begins(quarter)) } else { starts(tomorrow) }
    });
    let rows = come_back::returned(&mut ctx.tx, place.node().0, bounds).await?;
    let one = |row: &come_back::Returned| {
        let kind = AnswerKind::parse(&row.kind).ok_or_else(|| Error::internal("an answer that is none"))?;
        let quarter = usize::try_from(row.quarter).unwrap_or(0);
        Ok(sum::Returned { quarter, kind, is_back: row.is_back, weight: (row.is_with_care, size(row.count)) })
    };
    rows.iter().map(one).collect()
}

fn size(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}
