//! What belongs to somebody else than this service: read before it is sent, asked about, and delivered to the door that
//! its writer chooses. It is never listed, and its words go once they have been handed over.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::capture::place_of;
use crate::find::door_answer::{self, Answered, local, zone};
use crate::find::doors;
use crate::find::draft::{self, Draft};
use crate::find::hidden;
use crate::once;
use crate::people::account::Mail;
use crate::people::attempts::{self, Allowance, Key};
use crate::words::{Lang, text};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::Door;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Digest, Line};
use waymark_methods::doors::Reading;
use waymark_store::find::door_messages::{self, DoorMessageRow};
use waymark_store::find::drafts;

/// The field of what its writer chose; empty until they were asked, and again once the words change.
pub const CHOSEN: &str = "door";
/// The field of what somebody else has read and given back; empty again once the words change.
pub const RELEASED: &str = "released";
/// The choice that it is for this service.
pub const ORDINARY: &str = "none";
/// The kind of job that delivers. Its payload is a [`DoorMail`].
pub const DOOR_MAIL: &str = "door-mail";
/// From one address of the net: a hospital is one, and nobody in danger is to wait long.
pub(crate) const SENT: Allowance = Allowance { free: 100, first_wait_seconds: 10 };

/// What a job of the kind [`DOOR_MAIL`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorMail {
    /// The message.
    pub message: Uuid,
}

/// What whoever types is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The door that the words speak for, with the words; nothing where they read like an ordinary idea.
    pub suspected: Option<(Door, Vec<String>)>,
    /// The doors that take mail, with its address, the likeliest first.
    pub open: Vec<(Door, Mail)>,
    /// All doors of the place with their numbers and addresses.
    pub here: doors::Doors,
}

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The door; nothing for a complaint about this service.
    pub door: Option<Door>,
    /// The address of its mail.
    pub address: String,
    /// When it was sent, in the zone of the body.
    pub sent: NaiveDateTime,
    /// When its mail was handed over, in the zone of the body; nothing while it waits.
    pub delivered: Option<NaiveDateTime>,
    /// What its channel has answered.
    pub answers: Vec<Answered>,
    /// All doors of the place.
    pub here: doors::Doors,
}

/// By what whoever asks shows that they sent it, besides being signed in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shows<'s> {
    /// The secret of their browser.
    pub key: Option<&'s str>,
    /// The code that they wrote down.
    pub code: Option<&'s str>,
}

/// What a draft reads like.
fn reading(draft: &Draft) -> Reading {
    let said = |fields: [&str; 2]| fields.map(|field| draft.value(field)).join("\n");
    Reading::of(said(["problem", "changed"]).trim(), said(["solution", "did"]).trim())
}

/// Must its writer be asked before it goes on?
pub fn is_unasked(draft: &Draft) -> bool {
    draft.value(CHOSEN).is_empty() && reading(draft).is_asked()
}

/// Does it read so much like something for a door that somebody else reads it first, though its writer says that it is
/// none? Which door, then. Whoever released it once is believed until the words change.
pub(super) fn doubted(draft: &Draft) -> Option<Door> {
    let read = reading(draft);
    let is_free = draft.value(RELEASED) == RELEASED;
    (read.is_doubted() && !is_free).then(|| Door::ALL[read.likeliest()[0]])
}

/// The same before anything of it goes to others, whatever page it comes from.
///
/// # Errors
/// [`Error::Invalid`] where its writer was not asked yet.
pub(super) fn must_be_asked(draft: &Draft) -> Result<()> {
    if is_unasked(draft) { Err(Error::field("problem", "tell-door-unasked")) } else { Ok(()) }
}

/// What is asked about a draft.
///
/// # Errors
/// [`Error::NotFound`] where it has no place yet, [`Error::Unavailable`].
pub async fn asked<K>(ctx: &mut Ctx<'_, K>, draft: &Draft) -> Result<Asked> {
    let node = place_of(&draft.fields).ok_or(Error::NotFound)?;
    let here = doors::doors(ctx, Some(node)).await?;
    let read = reading(draft);
    let likeliest = read.likeliest();
    let suspected = read.is_asked().then(|| (Door::ALL[likeliest[0]], read.words(likeliest[0]).to_vec()));
    let doors = likeliest.map(|place| Door::ALL[place]);
    let open = doors.into_iter().filter_map(|door| Some((door, mail_of(&here, door)?))).collect();
    Ok(Asked { suspected, open, here })
}

/// The number of a door without its mail address: what to call. Nothing where it has none.
pub fn number_of(here: &doors::Doors, door: Door) -> Option<String> {
    let (_, address) = here.doors.iter().find(|(set, _)| *set == door)?;
    let words = address.split_whitespace().filter(|word| !word.contains('@'));
    let number = words.collect::<Vec<_>>().join(" ").trim_matches([',', ';', ' ']).to_owned();
    (!number.is_empty()).then_some(number)
}

/// The mail address of a door: what it is set to may name a number besides.
fn mail_of(here: &doors::Doors, door: Door) -> Option<Mail> {
    let (_, address) = here.doors.iter().find(|(set, _)| *set == door)?;
    mail_in(address)
}

/// The mail address in what somebody wrote, beside a number or in a sentence.
fn mail_in(address: &str) -> Option<Mail> {
    let parts = address.split(|c: char| c.is_whitespace() || ",;()<>".contains(c));
    parts.filter(|part| part.contains('@')).find_map(|part| Mail::parse(part.trim_end_matches('.')).ok())
}

/// What its writer wants.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'w> {
    /// The door.
    pub door: Door,
    /// How they can be reached; empty for without a name.
    pub reach: &'w str,
    /// The address of the net that it comes from.
    pub from: &'w str,
    /// The code by which its writer comes back.
    pub code: Option<&'w Spelt>,
}

/// Sends a draft to a door instead of telling it here. The draft goes. Gives the id by which its writer sees the delivery.
///
/// # Errors
/// [`Error::Invalid`] on `door` where that one takes no mail here, on `reach`; [`Error::TooMany`]; [`Error::NotFound`]
/// where the draft has no place.
pub async fn send(
    ctx: &mut Ctx<'_, Write>,
    draft: &Draft,
    key: Option<&str>,
    wish: Wish<'_>,
) -> Result<Uuid> {
    let node = place_of(&draft.fields).ok_or(Error::NotFound)?;
    let here = doors::doors(ctx, Some(node)).await?;
    let to = mail_of(&here, wish.door).ok_or_else(|| Error::field(CHOSEN, "tell-door-no-mail"))?;
    let mut checks = Checks::default();
    let reach = checks.optional("reach", Line::parse(wish.reach));
    checks.finish(Some(()))?;
    attempts::count(ctx, Key::of(&["door", wish.from]), SENT).await?;
    let (account, key_hash) = draft::owner(ctx, key);
    // Without a name no row says whose account it was; a browser's secret names nobody.
    let is_nameless = reach.is_none() && wish.code.is_some();
    if is_nameless && account.is_some() {
        ctx.coarsen();
    }
    let lang = Lang::parse(draft.value("lang")).unwrap_or_default();
    let row = DoorMessageRow {
        id: ctx.env.id(),
        door: wish.door.name().to_owned(),
        node: node.0,
        address: to.as_str().to_owned(),
        account: account.filter(|_| !is_nameless),
        key_hash,
        code_hash: wish.code.map(|code| hidden::hash(code).to_vec()),
        language: lang.code().to_owned(),
        words: Some(words(draft, (lang, reach.as_ref().map_or("", Line::as_str)))),
        answer_secret: Some(door_answer::new_secret(ctx)),
        sent_at: ctx.now.timestamp_micros(),
        delivered_at: None,
    };
    door_messages::add(&mut ctx.tx, &row).await?;
    drafts::remove(&mut ctx.tx, draft.id).await?;
    let code = wish.code.filter(|_| is_nameless && account.is_some()).map(Spelt::plain);
    let own = row.account.as_ref().map(|account| account.as_bytes().as_slice());
    let secret = own.or(code.map(str::as_bytes)).or(key.map(str::as_bytes)).unwrap_or_default();
    once::remember(ctx, &mark(draft.id, secret), &row.id.to_string()).await?;
    ctx.enqueue(DOOR_MAIL, &DoorMail { message: row.id }).await?;
    Ok(row.id)
}

/// The token under which it is noted for a while what became of a draft that went to a door. Only who sent it can make it:
/// by their account, their browser or, where no row may say whose it was, by a code that is kept nowhere.
fn mark(draft: Uuid, secret: &[u8]) -> String {
    Digest::of(&[b"door", draft.as_bytes(), secret]).to_string()
}

/// The message that a draft became, for whoever sent it to a door: its pages lead there from another tab, or by going back.
/// Nothing for anybody else, and where that is long ago.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn became<K>(ctx: &mut Ctx<'_, K>, shows: Shows<'_>, draft: Uuid) -> Result<Option<Uuid>> {
    let account = ctx.actor.account();
    let own = match &account {
        Some(account) => Some(account.0.as_bytes().as_slice()),
        None => shows.key.map(str::as_bytes),
    };
    let code = shows.code.and_then(|code| Spelt::parse(code, hidden::CODE));
    let code = code.as_ref().map(|code| code.plain().as_bytes());
    for secret in own.into_iter().chain(code) {
        if let Some(known) = once::answered(ctx, &mark(draft, secret)).await? {
            return Ok(Uuid::try_parse(&known).ok());
        }
    }
    Ok(None)
}

/// All that was typed, under the form's own questions, with how its writer can be reached.
fn words(draft: &Draft, (lang, reach): (Lang, &str)) -> String {
    let asked = [
        ("problem", "tell-problem"),
        ("solution", "tell-solution"),
        ("did", "tell-did"),
        ("changed", "tell-changed"),
        ("title", "tell-name"),
    ];
    let typed = asked.into_iter().map(|(field, key)| (key, draft.value(field).trim()));
    let typed = typed.chain([("tell-door-reach", reach)]).filter(|(_, words)| !words.is_empty());
    typed.map(|(key, words)| format!("{}\n{words}", text(lang, key))).collect::<Vec<_>>().join("\n\n")
}

/// How far a message is, for whoever sent it.
///
/// # Errors
/// [`Error::NotFound`] where there is none or it is somebody else's.
pub async fn find<K>(ctx: &mut Ctx<'_, K>, shows: Shows<'_>, id: Uuid) -> Result<Delivery> {
    let row = door_messages::find(&mut ctx.tx, id).await?.ok_or(Error::NotFound)?;
    if !is_senders(ctx, &row, shows) {
        return Err(Error::NotFound);
    }
    let door = Door::parse(&row.door);
    let zone = zone(ctx, &row).await?;
    let (sent, delivered) = (local(row.sent_at, zone), row.delivered_at.map(|at| local(at, zone)));
    let answers = door_answer::answers(ctx, &row, zone).await?;
    // Closed since: the numbers of the whole are better than none.
    let here = doors::doors_or_whole(ctx, Some(NodeId(row.node))).await?;
    Ok(Delivery { door, address: row.address, sent, delivered, answers, here })
}

/// Did whoever asks send it? Unlike a draft, somebody else may have signed in at this browser since: then its secret counts
/// no more, nor does a code that was typed before.
fn is_senders<K>(ctx: &Ctx<'_, K>, row: &DoorMessageRow, shows: Shows<'_>) -> bool {
    let code = shows.code.and_then(|code| Spelt::parse(code, hidden::CODE));
    let is_coded = code.is_some_and(|code| row.code_hash.as_deref() == Some(hidden::hash(&code).as_slice()));
    let is_another = row.key_hash.is_some() && ctx.actor.account().is_some();
    let is_owner = match draft::owner(ctx, shows.key) {
        (None, None) => false,
        owner => owner == (row.account, row.key_hash.clone()),
    };
    is_owner || (is_coded && !is_another)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_of_a_door_is_found_beside_its_number() {
        let here = |address: &str| doors::Doors {
            spot: None,
            doors: vec![(Door::Danger, address.to_owned())],
            of_bodies: Vec::new(),
            is_open: true,
            takes_public: false,
            ask: Vec::new(),
        };
        let mail = |address: &str| mail_of(&here(address), Door::Danger).map(|mail| mail.as_str().to_owned());
        assert_eq!(mail("2222, or safe@trust.example."), Some("safe@trust.example".to_owned()));
        assert_eq!(mail("safe@trust.example"), Some("safe@trust.example".to_owned()));
        let number = |address: &str| number_of(&here(address), Door::Danger);
        assert_eq!(number("2222, safe@trust.example."), Some("2222".to_owned()));
        assert_eq!(number("safe@trust.example"), None);
        assert_eq!(mail("Call 2222"), None);
        assert_eq!(mail("@ the desk"), None);
        assert_eq!(mail_of(&here("safe@trust.example"), Door::Press), None);
    }
}
