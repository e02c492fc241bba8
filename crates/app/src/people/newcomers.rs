//! Who becomes a member (`docs/decisions/0007-who-becomes-a-member.md`): whoever confirms an address of a host that the
//! place lists, at once; anybody else when an administrator or finder lets them in with one press. What they typed waits
//! with them as their draft, and is sent then.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::audit::{self, Act};
use crate::people::letters::{NotIn, PEOPLE_MAIL, PeopleMail};
use crate::people::place::{Place, place};
use crate::people::roles;
use crate::people::ticket::Newcomer;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::limits::{NEWCOMER_DAYS, WAITING_WORKING_DAYS};
use waymark_domain::people::grant::GrantRefusal;
use waymark_domain::people::role::Role;
use waymark_domain::route::limits::Limit;
use waymark_domain::text::{Language, Line};
use waymark_store::find::drafts;
use waymark_store::people::newcomers::{self, AboveRow, NewcomerRow};
use waymark_store::people::{accounts, holders};

/// The kind of job that goes on with somebody who waits. Its payload is a [`GoOn`].
pub const NEWCOMER: &str = "newcomer";
/// The most people who wait that one page shows.
const SHOWN: i64 = 50;

/// What is done with a newcomer after a while, or after they were let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "then")]
pub enum GoOn {
    /// The day by which somebody was to let them in is over: the top is told, too.
    Late {
        /// Who waits.
        newcomer: Uuid,
    },
    /// Nobody let them in: they are told.
    End {
        /// Who waits.
        newcomer: Uuid,
    },
    /// They are a member now: what they typed is sent.
    Send {
        /// Their account.
        account: Uuid,
        /// What they typed.
        draft: Uuid,
    },
}

/// What somebody who has to wait is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// The name of the place.
    pub place: String,
    /// The address that was confirmed.
    pub mail: String,
    /// Who can let them in.
    pub names: Vec<String>,
    /// By which day.
    pub until: NaiveDate,
}

/// Does a newcomer become a member by their address alone?
///
/// # Errors
/// [`Error::NotFound`] where the place is gone.
pub(crate) async fn is_known<K>(ctx: &mut Ctx<'_, K>, newcomer: &Newcomer) -> Result<bool> {
    Ok(place(ctx, NodeId(newcomer.node)).await?.settings.knows_mail(&newcomer.mail))
}

/// Lets a newcomer wait whose address the place does not know: whoever can let them in is mailed.
///
/// # Errors
/// [`Error::NotFound`] where the place or what they typed is gone.
pub(crate) async fn wait(ctx: &mut Ctx<'_, Write>, newcomer: &Newcomer) -> Result<Waits> {
    drafts::find(&mut ctx.tx, newcomer.draft).await?.ok_or(Error::NotFound)?;
    let here = place(ctx, NodeId(newcomer.node)).await?;
    let today = here.time().day_of(ctx.now);
    let until = here.time().due_after(today, Limit::WorkingDays(WAITING_WORKING_DAYS));
    let row = NewcomerRow {
        id: ctx.env.id(),
        name: newcomer.name.clone(),
        mail: newcomer.mail.clone(),
        language: newcomer.language.code().to_owned(),
        node: newcomer.node,
        draft: newcomer.draft,
        asked_at: ctx.now.timestamp_micros(),
        until_on: until.date.to_string(),
    };
    let doors = who_lets_in(ctx, row.node).await?;
    if newcomers::add(&mut ctx.tx, &row).await? {
        for door in &doors {
            ctx.enqueue(PEOPLE_MAIL, &PeopleMail::Newcomer { to: door.account, newcomer: row.id }).await?;
        }
        plan(ctx, (row.id, until.ends_at(here.zone))).await?;
        audit::note(ctx, Act::Waits, row.id).await?;
    }
    let names = doors.into_iter().map(|door| door.name).collect();
    Ok(Waits { place: here.name().to_owned(), mail: row.mail, names, until: until.date })
}

/// Nobody waits without a date: what happens when nothing happens.
async fn plan(ctx: &mut Ctx<'_, Write>, (newcomer, late_at): (Uuid, DateTime<Utc>)) -> Result<()> {
    ctx.enqueue_at((NEWCOMER, &GoOn::Late { newcomer }), late_at, None).await?;
    let end_at = ctx.now + TimeDelta::days(NEWCOMER_DAYS.into());
    ctx.enqueue_at((NEWCOMER, &GoOn::End { newcomer }), end_at, None).await?;
    Ok(())
}

/// The nearest administrators and the nearest finders, each person once.
async fn who_lets_in<K>(ctx: &mut Ctx<'_, K>, node: Uuid) -> Result<Vec<AboveRow>> {
    let above = newcomers::above(&mut ctx.tx, node).await?;
    let mut doors: Vec<AboveRow> = Vec::new();
    for role in [Role::Administrator, Role::Finder] {
        let mut held = above.iter().filter(|row| row.role == role.name()).peekable();
        let nearest = held.peek().map(|row| row.height);
        doors.extend(held.take_while(|row| Some(row.height) == nearest).cloned());
    }
    each_once(&mut doors);
    Ok(doors)
}

/// Keeps the first row of each person.
fn each_once(rows: &mut Vec<AboveRow>) {
    let mut seen = std::collections::HashSet::new();
    rows.retain(|row| seen.insert(row.account));
}

/// Whom the day that passed brings in: those who were asked, and at the top administrators, finders and heads.
pub(crate) async fn who_is_told_late<K>(ctx: &mut Ctx<'_, K>, node: Uuid) -> Result<Vec<Uuid>> {
    let above = newcomers::above(&mut ctx.tx, node).await?;
    let top = above.iter().map(|row| row.height).max();
    let mut told = who_lets_in(ctx, node).await?;
    let is_top = |row: &&AboveRow| Some(row.height) == top && row.role != Role::Auditor.name();
    told.extend(above.iter().filter(is_top).cloned());
    each_once(&mut told);
    Ok(told.into_iter().map(|row| row.account).collect())
}

/// Somebody who waits, as who can let them in sees them: who they are, never what they typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The address that was confirmed.
    pub mail: String,
    /// The name of the place, with its body's.
    pub place: String,
    /// By which day.
    pub until: NaiveDate,
}

/// Those whom whoever acts can let in, who waits longest first.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Waiting>> {
    let account = ctx.account()?;
    let mut all = Vec::new();
    for row in newcomers::reached(&mut ctx.tx, account.0, SHOWN).await? {
        let here = place(ctx, NodeId(row.node)).await?;
        let until = row.until_on.parse().map_err(Error::internal)?;
        all.push(Waiting { id: row.id, name: row.name, mail: row.mail, place: full_name(&here), until });
    }
    Ok(all)
}

/// How many of them there are, as far as a page shows them.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn count<K>(ctx: &mut Ctx<'_, K>) -> Result<usize> {
    let account = ctx.account()?;
    Ok(newcomers::reached(&mut ctx.tx, account.0, SHOWN).await?.len())
}

fn full_name(here: &Place) -> String {
    let own = here.name();
    if here.node().0 == here.body.id { own.to_owned() } else { format!("{own}, {}", here.body.name) }
}

/// Somebody who waits and whom whoever acts can let in.
async fn reached(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<NewcomerRow> {
    let account = ctx.account()?;
    let row = newcomers::find(&mut ctx.tx, id).await?.ok_or(Error::NotFound)?;
    let roles = holders::reaching(&mut ctx.tx, account.0, row.node).await?;
    let lets_in = |role: &String| [Role::Administrator, Role::Finder].iter().any(|own| own.name() == role);
    if roles.iter().any(lets_in) { Ok(row) } else { Err(Error::NotFound) }
}

/// Lets somebody in: they become a member of the place, and everything that they typed is sent.
///
/// # Errors
/// [`Error::NotFound`] where they do not wait any more or it is not for whoever acts to say.
pub async fn let_in(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let row = reached(ctx, id).await?;
    let folded = row.mail.to_lowercase();
    let account = match accounts::by_mail(&mut ctx.tx, &folded).await? {
        Some(known) if known.closed_at.is_some() => return Err(Error::NotFound),
        Some(known) => AccountId(known.id),
        None => account::create(ctx, &person(&row)?).await?,
    };
    match roles::grant(ctx, Role::Member, NodeId(row.node), account).await {
        Ok(_) | Err(Error::RoleRefused(GrantRefusal::HeldAlready)) => {}
        Err(error) => return Err(error),
    }
    for waiting in newcomers::of_mail(&mut ctx.tx, &folded).await? {
        accounts::take_draft(&mut ctx.tx, account.0, waiting.draft).await?;
        newcomers::remove(&mut ctx.tx, waiting.id).await?;
        ctx.enqueue(NEWCOMER, &GoOn::Send { account: account.0, draft: waiting.draft }).await?;
    }
    audit::note(ctx, Act::LetIn, account.0).await
}

fn person(row: &NewcomerRow) -> Result<NewPerson> {
    Ok(NewPerson {
        name: Line::parse(&row.name).map_err(|_| Error::NotFound)?,
        mail: Mail::parse(&row.mail).map_err(|_| Error::NotFound)?,
        language: Language::parse(&row.language).unwrap_or_default(),
        external_id: None,
    })
}

/// Says that somebody is not of the place: they are told, and keep what they typed.
///
/// # Errors
/// As [`let_in`].
pub async fn turn_away(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let row = reached(ctx, id).await?;
    end(ctx, &row, false).await?;
    audit::note(ctx, Act::TurnedAway, row.id).await
}

/// Ends somebody's waiting without letting them in.
pub(crate) async fn end(ctx: &mut Ctx<'_, Write>, row: &NewcomerRow, is_late: bool) -> Result<()> {
    newcomers::remove(&mut ctx.tx, row.id).await?;
    let language = Language::parse(&row.language).unwrap_or_default();
    let place = full_name(&place(ctx, NodeId(row.node)).await?);
    let not_in = NotIn { mail: row.mail.clone(), language, place, is_late };
    ctx.enqueue(PEOPLE_MAIL, &PeopleMail::NotIn(not_in)).await
}
