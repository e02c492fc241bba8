//! The facts of a decision: who could have it next, whose calendar counts, what the actor may.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::people::place::{Place, place};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use uuid::Uuid;
use waymark_domain::find::event::Duty;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::{AccountId, NodeId, PartyId};
use waymark_domain::people::ladder::{self, Away, Found, Holder, Seeking};
use waymark_domain::people::role::Role;
use waymark_domain::route::facts::Facts;
use waymark_domain::route::pass::{CURRENT_ROUTE, limits_of};
use waymark_store::people::holders::{self, HolderRow};
use waymark_store::people::parties;

/// What a rule is given, with all that it borrows from.
#[derive(Debug)]
pub struct Situation {
    /// Where it is handled.
    pub place: Place,
    actor: Option<PartyId>,
    roles: Vec<Role>,
    lead: Duty,
    finder: Duty,
    above: Duty,
    level: Duty,
    top: Duty,
    /// Who looks at an answer that was given here.
    pub(crate) reviewer: Duty,
    route: u16,
    now: DateTime<Utc>,
    people: People,
}

/// Who is who in a record: known parties.
type People = HashMap<AccountId, PartyId>;

impl Situation {
    /// The facts as the rules read them.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            actor: self.actor,
            roles: self.roles.clone(),
            lead: self.lead,
            finder: self.finder,
            above: self.above,
            top: self.top,
            body: self.place.time(),
            limits: limits_of(self.route),
            go_pence: self.place.settings.go_pence,
            now: self.now,
        }
    }

    /// Who should have a record by its stage and the role that had it. What has gone one level up stays at that level.
    pub(crate) fn expected(&self, record: &Innovation) -> Duty {
        let role = record.decider.map(|decider| decider.role);
        match (record.stage, record.overdue_step, role) {
            (_, 2, _) => self.level,
            (_, 3.., _) => self.top,
            (_, _, Some(Role::Head)) if record.under_review().is_some() => self.reviewer,
            (Stage::PassedOn, ..) | (_, _, Some(Role::Finder)) => self.finder,
            _ if record.shuns_lead() => self.finder,
            _ => self.lead,
        }
    }
}

/// Whose situation it is.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The record's id.
    pub id: Uuid,
    /// The record, where there is one already.
    pub record: Option<&'a Innovation>,
    /// Where it is or would be handled.
    pub node: NodeId,
    /// The contributors' accounts, where there is no record yet.
    pub contributors: &'a [AccountId],
    /// The version of the route.
    pub route: u16,
}

impl<'a> Subject<'a> {
    /// An existing record where it is handled.
    pub fn of(record: &'a Innovation) -> Self {
        let (id, node) = (record.id.0, record.at);
        Self { id, record: Some(record), node, contributors: &[], route: record.told.route }
    }

    fn is_interested(&self, party: Option<PartyId>, account: AccountId) -> bool {
        let by_record = self.record.zip(party).is_some_and(|(record, party)| record.is_interested(party));
        by_record || self.contributors.contains(&account)
    }
}

/// Reads the facts for a subject and whoever acts.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::Unavailable`]; [`Error::Internal`] where the root has no
/// head, which the rules of roles exclude.
pub async fn situation<K>(ctx: &mut Ctx<'_, K>, subject: Subject<'_>) -> Result<Situation> {
    let place = place(ctx, subject.node).await?;
    let now = ctx.now;
    let today = place.time().day_of(now).format("%Y-%m-%d").to_string();
    let account = ctx.actor.account();
    let asked = (subject.node.0, today.as_str());
    let (rows, own) = holders::facing(&mut ctx.tx, asked, account.map(|account| account.0)).await?;
    let people = match subject.record {
        Some(_) => known_people(ctx, subject.id).await?,
        None => ctx.first_parties(subject.id).collect(),
    };
    let holders: Vec<Holder> =
        rows.iter().map(|row| holder(row, &subject, &people)).collect::<Result<_>>()?;
    let height = decider_height(&subject, &holders);
    let mut duty = |seeking| {
        let found = ladder::find(seeking, &holders).ok_or_else(|| Error::internal("the root has no head"))?;
        Ok::<_, Error>(to_duty(found, party(ctx, &people, (subject.id, found.account))))
    };
    let (lead, finder) = (duty(Seeking::Lead)?, duty(Seeking::Finder)?);
    let (above, top) = (duty(Seeking::Above(height))?, duty(Seeking::Above(u16::MAX))?);
    let level = duty(Seeking::Above(height.saturating_sub(1)))?;
    let reviewer = duty(Seeking::Review(answered_height(&subject, &holders)))?;
    let actor = account.map(|account| party(ctx, &people, (subject.id, account)));
    let actor = actor.or(ctx.actor.bears(subject.id));
    let roles = own.iter().filter_map(|name| Role::parse(name)).collect();
    let route = subject.route;
    Ok(Situation { place, actor, roles, lead, finder, above, level, top, reviewer, route, now, people })
}

/// A zone by its name in a record.
pub(crate) fn known_zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| Error::internal("a time zone that is none"))
}

async fn known_people<K>(ctx: &mut Ctx<'_, K>, record: Uuid) -> Result<People> {
    let rows = parties::of_record(&mut ctx.tx, record).await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.account), PartyId(row.id))).collect())
}

/// Who decides on the line of a node where whoever brought something is known, before it is a record.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Error::Unavailable`].
pub(crate) async fn line<K>(
    ctx: &mut Ctx<'_, K>,
    (here, contributors): (&Place, &[AccountId]),
) -> Result<Vec<Holder>> {
    let node = here.node();
    let subject = Subject { id: Uuid::nil(), record: None, node, contributors, route: CURRENT_ROUTE };
    let today = here.time().day_of(ctx.now).format("%Y-%m-%d").to_string();
    let rows = holders::on_line(&mut ctx.tx, node.0, &today).await?;
    rows.iter().map(|row| holder(row, &subject, &People::new())).collect()
}

fn holder(row: &HolderRow, subject: &Subject<'_>, people: &People) -> Result<Holder> {
    let account = AccountId(row.account);
    let is_interested = |account| subject.is_interested(people.get(&account).copied(), account);
    let cover = row.covered_by.map(AccountId).filter(|cover| !is_interested(*cover));
    Ok(Holder {
        account,
        role: Role::parse(&row.role).ok_or_else(|| Error::internal("a role that is none"))?,
        node: NodeId(row.node),
        height: u16::try_from(row.height).unwrap_or(u16::MAX),
        away: row.is_away.then_some(Away { cover }),
        is_interested: is_interested(account),
    })
}

/// How high the present decider's role is held; one level up is above that.
fn decider_height(subject: &Subject<'_>, holders: &[Holder]) -> u16 {
    height_of(subject.record.and_then(|record| record.decider), holders)
}

/// How high the role is held by which an answer was given that is looked at.
fn answered_height(subject: &Subject<'_>, holders: &[Holder]) -> u16 {
    height_of(subject.record.and_then(Innovation::under_review).map(|answer| answer.given.by), holders)
}

fn height_of(duty: Option<Duty>, holders: &[Holder]) -> u16 {
    let node = duty.map(|duty| duty.node);
    holders.iter().find(|holder| Some(holder.node) == node).map_or(0, |holder| holder.height)
}

/// The party of an account: the known one, or the one that it would be.
fn party<K>(ctx: &mut Ctx<'_, K>, people: &People, (record, account): (Uuid, AccountId)) -> PartyId {
    people.get(&account).copied().unwrap_or_else(|| ctx.minted(record, account))
}

const fn to_duty(found: Found, party: PartyId) -> Duty {
    Duty { party, role: found.role, node: found.node, explained: found.explained }
}

/// The duty of one person by the first deciding role that they hold on the line of a node; nothing where they hold none
/// or have an interest.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn duty_of<K>(
    ctx: &mut Ctx<'_, K>,
    situation: &Situation,
    (subject, account): (Subject<'_>, AccountId),
) -> Result<Option<Duty>> {
    let today = situation.place.time().day_of(ctx.now).format("%Y-%m-%d").to_string();
    let rows = holders::on_line(&mut ctx.tx, subject.node.0, &today).await?;
    let Some(row) = rows.iter().find(|row| row.account == account.0) else { return Ok(None) };
    let holder = holder(row, &subject, &situation.people)?;
    if holder.is_interested || holder.away.is_some() {
        return Ok(None);
    }
    let found = Found { account, role: holder.role, node: holder.node, explained: None };
    let party = party(ctx, &situation.people, (subject.id, account));
    Ok(Some(to_duty(found, party)))
}
