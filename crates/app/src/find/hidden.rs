//! *Hide my name*: no row says whose it is; two openers together can decrypt it, and a code is the way back
//! (specification, Hide my name; `docs/decisions/0019-hidden-names.md`).

use crate::ctx::{Actor, Ctx, Write};
use crate::error::{Error, Result};
use crate::find::view::RecordView;
use crate::people::attempts::{self, Allowance, Key};
use crate::people::opener::{self, PHRASE};
use crate::people::place::place;
use crate::route::change::{Seen, apply, change};
use crate::route::duty::{Subject, situation};
use crate::sealing::{open, seal};
use crate::words::text;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_domain::find::event::{InnovationEvent, Sealed};
use waymark_domain::find::hidden::{self as rule, FEW};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, NodeId, PartyId};
use waymark_domain::people::party::sealed_id;
use waymark_domain::reference::Reference;
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::policy::Action;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Digest, Field, Prose};
use waymark_store::find::door_messages;
use waymark_store::people::accounts;
use waymark_store::people::openers::{self, KeyRow, SealedRow};

/// The characters of a come-back code: 100 bits.
pub const CODE: usize = 20;
/// Codes tried from one address of the net, which may be a hospital: at a hundred bits nobody guesses one.
const TRIES: Allowance = Allowance { free: 100, first_wait_seconds: 10 };

/// A new code to be written down.
pub fn new_code<K>(ctx: &Ctx<'_, K>) -> Spelt {
    Spelt::of(&ctx.env.bytes::<CODE>())
}

/// What is kept of a code.
pub(super) fn hash(code: &Spelt) -> [u8; 32] {
    Digest::of(&[b"waymark come back", code.plain().as_bytes()]).0
}

/// Where a name that is hidden at a node is shown: the node, or the first above it with enough people, or its legal body:
/// further up nobody could answer it.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there.
pub async fn shown_at<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<NodeId> {
    let body = place(ctx, node).await?.body.id;
    let above = openers::people_above(&mut ctx.tx, node.0, FEW).await?;
    let enough = above.iter().find(|(above, people)| *people >= FEW || *above == body);
    Ok(enough.map_or(node, |(node, _)| NodeId(*node)))
}

/// Whose name is hidden, with what is written of it.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) party: PartyId,
    pub(super) keys: Sealed,
    row: SealedRow,
    code: [u8; 32],
}

/// Encrypts whose a new record is; whoever acts is nobody from then on, but the party of that record.
pub(super) async fn hide(
    ctx: &mut Ctx<'_, Write>,
    (record, node): (Uuid, NodeId),
    (account, code): (AccountId, &Spelt),
) -> Result<Hidden> {
    let keys =
        opener::two(ctx, node).await?.ok_or_else(|| Error::field("whose", "tell-hidden-no-openers"))?;
    let [first, second] = &keys;
    let inner = seal(&second.public_key, (record, account.0.as_bytes()), ctx.env.bytes())?;
    let sealed = seal(&first.public_key, (record, &inner), ctx.env.bytes())?;
    let party = sealed_id(record, &sealed);
    ctx.actor = Actor::Bearer { record, party };
    ctx.coarsen();
    let row = SealedRow { id: party.0, record, sealed };
    Ok(Hidden { party, keys: Sealed { keys: [first.id, second.id] }, row, code: hash(code) })
}

/// Writes it beside the record.
pub(super) fn keep(ctx: &mut Ctx<'_, Write>, hidden: &Hidden) {
    openers::add(&mut ctx.tx, &hidden.row, &hidden.code);
}

/// What a code is the way back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Back {
    /// The record of an idea that was told with a hidden name.
    Record(Reference),
    /// A message to a door.
    Message(Uuid),
}

/// What a code is the way back to, for who types it.
///
/// # Errors
/// [`Error::Invalid`] on `code` for what is none, [`Error::TooMany`].
pub async fn come_back(ctx: &mut Ctx<'_, Write>, typed: &str, from: &str) -> Result<(Spelt, Back)> {
    attempts::count(ctx, Key::of(&["come-back", from]), TRIES).await?;
    let wrong = || Error::field("code", "come-back-wrong");
    let code = Spelt::parse(typed, CODE).ok_or_else(wrong)?;
    if let Some((_, _, reference)) = openers::of_code(&mut ctx.tx, &hash(&code)).await? {
        let reference = Reference::parse(&reference);
        let reference = reference.ok_or_else(|| Error::internal("a reference that is none"))?;
        return Ok((code, Back::Record(reference)));
    }
    let message = door_messages::of_code(&mut ctx.tx, &hash(&code)).await?.ok_or_else(wrong)?;
    Ok((code, Back::Message(message)))
}

/// Whoever has a code acts on the record of a reference as whoever brought it; anybody else as before.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn bear<K>(ctx: &mut Ctx<'_, K>, code: &str, reference: &Reference) -> Result<bool> {
    let Some(code) = Spelt::parse(code, CODE) else { return Ok(false) };
    match openers::of_code(&mut ctx.tx, &hash(&code)).await? {
        Some((record, party, own)) if own == reference.as_str() => {
            ctx.actor = Actor::Bearer { record, party: PartyId(party) };
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Puts the name of an account on what whoever acts brought; the code works no more.
///
/// # Errors
/// [`Error::Forbidden`] for who has no code for it, and what [`rule::give_name`] says.
pub async fn give_name(ctx: &mut Ctx<'_, Write>, seen: Seen, account: AccountId) -> Result<Innovation> {
    let party = ctx.party(seen.id.0, account).await?;
    let record = change(ctx, seen, Action::GiveName, |record, facts, _| {
        Ok(vec![rule::give_name(record, party, facts)?])
    })
    .await?;
    openers::forget_code(&mut ctx.tx, seen.id.0).await?;
    openers::end_opening(&mut ctx.tx, seen.id.0).await?;
    Ok(record)
}

/// How far the opening of a name is, for one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// It is for whoever asks to begin it: why, and their pass-phrase.
    Begin,
    /// The other one begins it: their name.
    Other(String),
    /// The first has begun it: it is for whoever asks to open it with their pass-phrase.
    Finish,
    /// Whoever asks has begun it: the other one finishes it.
    Begun(String),
}

/// The two keys of a record whose name is hidden.
async fn keys<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<[KeyRow; 2]> {
    let sealed = record.told.sealed.filter(|_| record.sealed.is_some()).ok_or(Error::NotFound)?;
    Ok([opener::key(ctx, sealed.keys[0]).await?, opener::key(ctx, sealed.keys[1]).await?])
}

/// What whoever acts can do about opening the name of a record.
///
/// # Errors
/// [`Error::NotFound`] where no name is hidden, [`Error::Forbidden`] for who is none of the two.
pub async fn opening<K>(ctx: &mut Ctx<'_, K>, record: &Innovation) -> Result<Opening> {
    let account = ctx.account()?.0;
    let [first, second] = keys(ctx, record).await?;
    match record.opening.filter(|_| !rule::is_over(record, ctx.now)) {
        None if first.account == account => Ok(Opening::Begin),
        None if second.account == account => Ok(Opening::Other(first.name)),
        Some(_) if first.account == account => Ok(Opening::Begun(second.name)),
        Some(_) if second.account == account => Ok(Opening::Finish),
        _ => Err(Error::Forbidden),
    }
}

/// When an opening was over that nobody joined, where none was begun since and the name is hidden still.
pub fn over_since(view: &RecordView) -> Option<DateTime<Utc>> {
    let record = &view.record;
    record.sealed?;
    if record.opening.is_some() {
        return rule::over_at(record).filter(|over| *over <= view.now);
    }
    let last = view.events.iter().rev().find_map(|happened| match happened.event {
        InnovationEvent::OpeningLapsed => Some(Some(happened.meta.happened_at)),
        InnovationEvent::NameOpened { .. } => Some(None),
        _ => None,
    });
    last.flatten()
}

/// Ends the opening of a name that nobody joined in time: what the first opener has opened is gone. Gives whether there was
/// one.
///
/// # Errors
/// [`Error::Conflict`] where somebody changed the record meanwhile, [`Error::Unavailable`].
pub(crate) async fn lapse(ctx: &mut Ctx<'_, Write>, record: &Innovation) -> Result<bool> {
    if !rule::is_over(record, ctx.now) {
        return Ok(false);
    }
    // Nobody ended it, also where somebody begins anew before the night's work came to it.
    let actor = std::mem::replace(&mut ctx.actor, Actor::Time);
    let now = situation(ctx, Subject::of(record)).await?;
    apply(ctx, record, &now, |record, facts, _| Ok(rule::lapse(record, facts).into_iter().collect())).await?;
    openers::end_opening(&mut ctx.tx, record.id.0).await?;
    ctx.actor = actor;
    Ok(true)
}

/// The first opener says why, and opens the outer layer: what is left only the second can read.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`] on `open-password`, and what [`rule::ask_opening`] says.
pub async fn begin(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    (why, phrase): (&Prose, &str),
) -> Result<Innovation> {
    let record: Innovation = ctx.load(seen.id.0).await?;
    let [first, _] = keys(ctx, &record).await?;
    if first.account != ctx.account()?.0 {
        return Err(Error::Forbidden);
    }
    let row = openers::sealed_of(&mut ctx.tx, seen.id.0).await?.ok_or(Error::NotFound)?;
    let layer = opened((phrase, first.id), (seen.id.0, &row.sealed))?;
    // Where that ends one that is over, the record is a version further than the form that was filled in.
    let lapsed = u32::from(lapse(ctx, &record).await?);
    let seen = Seen { version: seen.version.map(|version| version + lapsed), ..seen };
    openers::begin_opening(&mut ctx.tx, seen.id.0, &layer).await?;
    // A party before the situation is read, which then knows them.
    let account = ctx.account()?;
    ctx.party(seen.id.0, account).await?;
    change(ctx, seen, Action::OpenName, |record, facts, writing| {
        let why = writing.note(Field::Why, why.as_str());
        Ok(vec![rule::ask_opening(record, why, facts)?])
    })
    .await
}

/// The second opener opens it: name and address of whose it is, shown once and written nowhere.
///
/// # Errors
/// As [`begin`]; [`Error::NotFound`] where the account was erased, [`Error::Refused`] where it was begun too long ago.
pub async fn finish(ctx: &mut Ctx<'_, Write>, seen: Seen, phrase: &str) -> Result<(String, String)> {
    let record: Innovation = ctx.load(seen.id.0).await?;
    let [_, second] = keys(ctx, &record).await?;
    if second.account != ctx.account()?.0 {
        return Err(Error::Forbidden);
    }
    // Asked before anything is opened, though the rule says it, too: the key of the second opens nothing any more.
    if rule::is_over(&record, ctx.now) {
        return Err(Refusal::OpeningOver.into());
    }
    let layer = openers::opening_of(&mut ctx.tx, seen.id.0).await?.ok_or(Error::NotFound)?;
    let plain = opened((phrase, second.id), (seen.id.0, &layer))?;
    let account = Uuid::from_slice(&plain).map_err(Error::internal)?;
    let own = ctx.account()?;
    ctx.party(seen.id.0, own).await?;
    change(ctx, seen, Action::OpenName, |record, facts, _| Ok(vec![rule::open(record, facts)?])).await?;
    openers::end_opening(&mut ctx.tx, seen.id.0).await?;
    let row = accounts::by_id(&mut ctx.tx, account).await?.ok_or(Error::NotFound)?;
    // Whoever was erased since is nobody any more; that it was opened stays said.
    let name = Some(row.name).filter(|name| !name.is_empty());
    let left = || text(ctx.language, "record-somebody");
    Ok((name.unwrap_or_else(left), row.mail))
}

fn opened((phrase, key): (&str, Uuid), sealed: (Uuid, &[u8])) -> Result<Vec<u8>> {
    let phrase = Spelt::parse(phrase, PHRASE);
    let plain = phrase.and_then(|phrase| open((&phrase, key), sealed));
    plain.ok_or_else(|| Error::field("open-password", "open-phrase-wrong"))
}
