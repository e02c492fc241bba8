//! What was sent as an idea and reads like something for a door all the same: held back until a finder has read it, within
//! one working day. They pass it on, send it to a door, or give it back; it is in no record, list or index meanwhile, and
//! never deleted (`docs/decisions/0018-held-back.md`).

use crate::ctx::{Actor, Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::delivery::{self, Asked, CHOSEN, RELEASED, Wish};
use crate::find::draft::{self, Draft, Kind, set};
use crate::find::group::{self, Whose};
use crate::find::{doors, send};
use crate::people::audit::{self, Act};
use crate::people::place::{Place, place};
use crate::route::duty::line;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::find::held_back as rule;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::setting::Door;
use waymark_domain::reference::Reference;
use waymark_domain::route::pass::{CURRENT_ROUTE, limits_of};
use waymark_domain::text::Line;
use waymark_store::find::held_back::{self as rows, Ending, HeldBackRow};
use waymark_store::find::sent;
use waymark_store::people::accounts;

/// The kind of job that mails about one of them. Its payload is a [`HeldBackMail`].
pub const HELD_BACK_MAIL: &str = "held-back-mail";
/// The choice to give it back to who wrote it.
pub const BACK: &str = "back";
/// The most that one page lists.
const SHOWN: i64 = 50;

/// Whom a mail is for; the words are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "for")]
pub enum HeldBackMail {
    /// Who reads it first.
    Reader {
        /// The text.
        held: Uuid,
    },
    /// The day is over: who else may read it now.
    Late {
        /// The text.
        held: Uuid,
    },
    /// Who sent it: what became of it.
    Sender {
        /// The text.
        held: Uuid,
    },
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is a record.
    Released(Reference),
    /// It went to a door: which, by which message.
    Kept(Door, Uuid),
    /// It is among the drafts of who sent it.
    Back,
}

/// A text, for who sent it and for who may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldBack {
    /// Its id.
    pub id: Uuid,
    /// The place.
    pub place: String,
    /// The door that it reads like.
    pub door: Door,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// By which day somebody reads it.
    pub due: NaiveDate,
    /// Is that day over?
    pub is_late: bool,
    /// Who sent it.
    pub sender: String,
    /// What became of it, and what its reader wrote to who sent it.
    pub ended: Option<(Outcome, Option<String>)>,
    /// For who may read it: the words, the doors that they may go to.
    pub words: Option<(Draft, Asked)>,
}

/// Holds a draft back if it is in doubt and somebody else is there to read it. The draft's row has gone before.
pub(super) async fn hold(ctx: &mut Ctx<'_, Write>, (draft, node): (&Draft, NodeId)) -> Result<bool> {
    let Some(door) = delivery::doubted(draft) else { return Ok(false) };
    if Whose::of(&draft.fields) == Whose::Hidden {
        // A row with their account beside their words is what they do not want: see `send::make`.
        return Ok(false);
    }
    let here = place(ctx, node).await?;
    let sender = ctx.account()?;
    let brought = interested(ctx, draft, sender).await?;
    if rule::reader(&line(ctx, (&here, &brought)).await?).is_none() {
        return Ok(false);
    }
    let due = here.time().due_after(here.time().day_of(ctx.now), limits_of(CURRENT_ROUTE).held_back);
    let row = HeldBackRow {
        id: draft.id,
        account: sender.0,
        form: draft.kind.name().to_owned(),
        payload: Some(serde_json::to_string(&draft.fields).map_err(Error::internal)?),
        node: node.0,
        door: door.name().to_owned(),
        held_at: ctx.now.timestamp_micros(),
        due_on: due.date.to_string(),
        ended_at: None,
        outcome: None,
        record: None,
        message: None,
        line: None,
    };
    rows::add(&mut ctx.tx, &row).await?;
    ctx.enqueue(HELD_BACK_MAIL, &HeldBackMail::Reader { held: row.id }).await?;
    let late = HeldBackMail::Late { held: row.id };
    ctx.enqueue_at((HELD_BACK_MAIL, &late), due.ends_at(here.zone), None).await?;
    Ok(true)
}

/// Whoever brought it, as far as they have accounts: none of them reads it.
async fn interested<K>(ctx: &mut Ctx<'_, K>, draft: &Draft, sender: AccountId) -> Result<Vec<AccountId>> {
    let named = match Whose::of(&draft.fields) {
        Whose::Own | Whose::Hidden => Vec::new(),
        Whose::Group => group::group(&draft.fields)?.others,
        Whose::Behalf => vec![group::behalf(&draft.fields)?],
    };
    let mut all = vec![sender];
    for one in named {
        let known = accounts::by_mail(&mut ctx.tx, &one.mail.folded()).await?;
        all.extend(known.map(|row| AccountId(row.id)));
    }
    Ok(all)
}

/// What waits for whoever acts to read it, the oldest first.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn list<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<HeldBack>> {
    let account = ctx.account()?;
    // By the place where it is latest on earth: what begins there today is looked at by its own zone below.
    let day = (ctx.now + TimeDelta::hours(12)).date_naive().to_string();
    let mut all = Vec::new();
    for row in rows::reached(&mut ctx.tx, (account.0, &day), SHOWN).await? {
        let here = place(ctx, NodeId(row.node)).await?;
        if may_read(ctx, (&row, &here)).await? {
            all.push(shown(ctx, (&row, &here), None).await?);
        }
    }
    Ok(all)
}

/// What whoever acts sent and what waits to be read.
///
/// # Errors
/// As [`list`].
pub async fn own<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<HeldBack>> {
    let account = ctx.account()?;
    let mut all = Vec::new();
    for row in rows::of_account(&mut ctx.tx, account.0, SHOWN).await? {
        let here = place(ctx, NodeId(row.node)).await?;
        all.push(shown(ctx, (&row, &here), None).await?);
    }
    Ok(all)
}

/// One text, for who sent it or may read it.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub async fn find<K>(ctx: &mut Ctx<'_, K>, id: Uuid) -> Result<HeldBack> {
    let account = ctx.account()?;
    let row = rows::find(&mut ctx.tx, id).await?.ok_or(Error::NotFound)?;
    let here = place(ctx, NodeId(row.node)).await?;
    if row.account == account.0 {
        return shown(ctx, (&row, &here), None).await;
    }
    if row.ended_at.is_some() || !may_read(ctx, (&row, &here)).await? {
        return Err(Error::NotFound);
    }
    let draft = parsed(&row)?;
    let asked = delivery::asked(ctx, &draft).await?;
    shown(ctx, (&row, &here), Some((draft, asked))).await
}

async fn shown<K>(
    ctx: &mut Ctx<'_, K>,
    (row, here): (&HeldBackRow, &Place),
    words: Option<(Draft, Asked)>,
) -> Result<HeldBack> {
    let sender = accounts::by_id(&mut ctx.tx, row.account).await?;
    Ok(HeldBack {
        id: row.id,
        place: doors::spot_of(ctx, here.node()).await?.full_name(),
        door: Door::parse(&row.door).ok_or_else(|| Error::internal("a door that is none"))?,
        sent_at: DateTime::from_timestamp_micros(row.held_at).unwrap_or_default(),
        due: row.due_on.parse().map_err(Error::internal)?,
        is_late: is_late(ctx, (row, here))?,
        sender: sender.map(|row| row.name).unwrap_or_default(),
        ended: ended(ctx, row).await?,
        words,
    })
}

async fn ended<K>(ctx: &mut Ctx<'_, K>, row: &HeldBackRow) -> Result<Option<(Outcome, Option<String>)>> {
    if row.ended_at.is_none() {
        return Ok(None);
    }
    let outcome = match (row.record, row.message) {
        (Some(record), _) => {
            let reference = sent::reference_of(&mut ctx.tx, record).await?.ok_or(Error::NotFound)?;
            Outcome::Released(
                Reference::parse(&reference).ok_or_else(|| Error::internal("a reference that is none"))?,
            )
        }
        (None, Some(message)) => {
            let door = row.outcome.as_deref().and_then(Door::parse);
            Outcome::Kept(door.ok_or_else(|| Error::internal("a door that is none"))?, message)
        }
        (None, None) => Outcome::Back,
    };
    Ok(Some((outcome, row.line.clone())))
}

fn is_late<K>(ctx: &Ctx<'_, K>, (row, here): (&HeldBackRow, &Place)) -> Result<bool> {
    let due: NaiveDate = row.due_on.parse().map_err(Error::internal)?;
    Ok(row.ended_at.is_none() && here.time().day_of(ctx.now) > due)
}

async fn may_read<K>(ctx: &mut Ctx<'_, K>, (row, here): (&HeldBackRow, &Place)) -> Result<bool> {
    let account = ctx.account()?;
    let brought = interested(ctx, &parsed(row)?, AccountId(row.account)).await?;
    let holders = line(ctx, (here, &brought)).await?;
    let is_late = is_late(ctx, (row, here))?;
    Ok(!brought.contains(&account) && rule::may_read(&holders, account, is_late))
}

fn parsed(row: &HeldBackRow) -> Result<Draft> {
    let payload = row.payload.as_deref().ok_or(Error::NotFound)?;
    Ok(Draft {
        id: row.id,
        kind: Kind::parse(&row.form).ok_or_else(|| Error::internal("a draft of no form"))?,
        fields: serde_json::from_str(payload).map_err(Error::internal)?,
        updated_at: DateTime::from_timestamp_micros(row.held_at).unwrap_or_default(),
    })
}

/// A text that waits and that whoever acts may read.
async fn waiting(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<(HeldBackRow, Draft)> {
    let row = rows::find(&mut ctx.tx, id).await?.ok_or(Error::NotFound)?;
    let here = place(ctx, NodeId(row.node)).await?;
    if row.ended_at.is_some() {
        return Err(if row.account == ctx.account()?.0 { Error::Conflict } else { Error::NotFound });
    }
    if !may_read(ctx, (&row, &here)).await? {
        return Err(Error::NotFound);
    }
    let draft = parsed(&row)?;
    Ok((row, draft))
}

/// Passes it on as an idea: it was sent when its writer sent it, and its dates count from then.
///
/// # Errors
/// [`Error::NotFound`] where it does not wait or is not for whoever acts to read; [`Error::Invalid`] where an answer of it
/// cannot be taken any more: then it can be given back.
pub async fn release(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let (row, draft) = waiting(ctx, id).await?;
    let (reader, now) = (ctx.actor, ctx.now);
    ctx.actor = Actor::Person(AccountId(row.account));
    ctx.now = draft.updated_at;
    let ready = send::ready(ctx, draft).await?;
    let made = send::make(ctx, ready).await?;
    (ctx.actor, ctx.now) = (reader, now);
    let ending = Ending { record: Some(made.id.0), ..ending(now, "released") };
    end(ctx, id, (ending, Act::HeldBackReleased)).await
}

/// Sends it to a door instead, without its writer's name, with a line to them why.
///
/// # Errors
/// As [`release`]; [`Error::Invalid`] on `door` where that one takes no mail here, on `line` where nothing was written.
pub async fn keep(ctx: &mut Ctx<'_, Write>, id: Uuid, (door, line): (Door, &str)) -> Result<()> {
    let (row, draft) = waiting(ctx, id).await?;
    let why = why(line)?;
    let reader = ctx.actor;
    ctx.actor = Actor::Person(AccountId(row.account));
    let wish = Wish { door, reach: "", from: &id.to_string(), code: None };
    let message = delivery::send(ctx, &draft, None, wish).await?;
    ctx.actor = reader;
    let ending = Ending { message: Some(message), line: Some(why.as_str()), ..ending(ctx.now, door.name()) };
    end(ctx, id, (ending, Act::HeldBackKept)).await
}

/// Gives it back to the drafts of who sent it, with a line why. Sent again as it is, it is not held back again.
///
/// # Errors
/// As [`keep`].
pub async fn give_back(ctx: &mut Ctx<'_, Write>, id: Uuid, line: &str) -> Result<()> {
    let (row, mut draft) = waiting(ctx, id).await?;
    let why = why(line)?;
    set(&mut draft.fields, RELEASED, RELEASED);
    draft::put(ctx, &draft, AccountId(row.account)).await?;
    let ending = Ending { line: Some(why.as_str()), ..ending(ctx.now, BACK) };
    end(ctx, id, (ending, Act::HeldBackGivenBack)).await
}

/// Takes it back to one's own drafts, while nobody has ended its waiting.
///
/// # Errors
/// [`Error::NotFound`] where it is somebody else's, [`Error::Conflict`] where it was read meanwhile.
pub async fn take_back(ctx: &mut Ctx<'_, Write>, id: Uuid) -> Result<()> {
    let account = ctx.account()?;
    let row = rows::find(&mut ctx.tx, id).await?.filter(|row| row.account == account.0);
    let row = row.ok_or(Error::NotFound)?;
    if row.ended_at.is_some() {
        return Err(Error::Conflict);
    }
    let mut draft = parsed(&row)?;
    draft.fields.remove(CHOSEN);
    draft::put(ctx, &draft, account).await?;
    let ending = ending(ctx.now, BACK);
    if rows::end(&mut ctx.tx, id, ending).await? { Ok(()) } else { Err(Error::Conflict) }
}

fn why(line: &str) -> Result<Line> {
    let mut checks = Checks::default();
    let line = checks.needed("line", Line::parse(line), "held-line-empty");
    checks.finish(line)
}

fn ending(now: DateTime<chrono::Utc>, outcome: &str) -> Ending<'_> {
    Ending { at: now.timestamp_micros(), outcome, record: None, message: None, line: None }
}

async fn end(ctx: &mut Ctx<'_, Write>, id: Uuid, (ending, act): (Ending<'_>, Act)) -> Result<()> {
    if !rows::end(&mut ctx.tx, id, ending).await? {
        return Err(Error::NotFound);
    }
    ctx.enqueue(HELD_BACK_MAIL, &HeldBackMail::Sender { held: id }).await?;
    audit::note(ctx, act, id).await
}

/// To whom a mail about a text goes: who reads it first, or those who may once its day is over.
pub(crate) async fn readers<K>(
    ctx: &mut Ctx<'_, K>,
    (row, is_late): (&HeldBackRow, bool),
) -> Result<Vec<AccountId>> {
    let here = place(ctx, NodeId(row.node)).await?;
    let brought = interested(ctx, &parsed(row)?, AccountId(row.account)).await?;
    let holders = line(ctx, (&here, &brought)).await?;
    if !is_late {
        return Ok(rule::reader(&holders).map(|found| found.account).into_iter().collect());
    }
    let mut all: Vec<AccountId> = holders.iter().map(|holder| holder.account).collect();
    all.sort_unstable();
    all.dedup();
    all.retain(|account| rule::may_read(&holders, *account, true));
    Ok(all)
}
