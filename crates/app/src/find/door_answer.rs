//! What a door's channel answers to what came to it, through the page: whoever gave no name reads it with a code, and the
//! channel writes by a link in its mail, which tells it nothing about them.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::find::doors;
use crate::people::attempts::{self, Allowance, Key};
use crate::people::place::place;
use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::Door;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Digest, Prose};
use waymark_store::find::door_messages::{self, DoorAnswerRow, DoorMessageRow};

/// The kind of job that tells whoever is signed in that they have an answer. Its payload is a [`DoorAnswerMail`].
pub const DOOR_ANSWER_MAIL: &str = "door-answer-mail";
/// The characters of the secret in a channel's link: 130 bits.
const SECRET: usize = 26;
/// The most answers to one message.
const MOST: usize = 10;
/// Links tried from one address of the net: at 130 bits nobody guesses one.
const TRIES: Allowance = Allowance { free: 100, first_wait_seconds: 10 };

/// What a job of the kind [`DOOR_ANSWER_MAIL`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorAnswerMail {
    /// The message.
    pub message: Uuid,
    /// Which answer to it.
    pub number: usize,
}

/// An answer of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it says.
    pub words: String,
    /// When it was written, in the zone of the body.
    pub at: NaiveDateTime,
}

/// What a channel sees of what it answers: the words are in its mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToAnswer {
    /// The door.
    pub door: Door,
    /// Where it was told.
    pub node: NodeId,
    /// The name of that, with its body's.
    pub place: String,
    /// When, in the zone of the body.
    pub sent: NaiveDateTime,
    /// What was answered, oldest first.
    pub answers: Vec<Answered>,
}

/// A secret by which a channel answers, as it lies beside the words.
pub(super) fn new_secret<K>(ctx: &Ctx<'_, K>) -> Vec<u8> {
    Spelt::of(&ctx.env.bytes::<SECRET>()).plain().as_bytes().to_vec()
}

/// The same as it stands in a link.
pub(crate) fn shown(secret: &[u8]) -> String {
    String::from_utf8_lossy(secret).into_owned()
}

/// What stays of it once the link was mailed.
pub(crate) fn hash(secret: &[u8]) -> [u8; 32] {
    Digest::of(&[b"waymark door answer", secret]).0
}

async fn of_secret<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<DoorMessageRow> {
    let secret = Spelt::parse(secret, SECRET).ok_or(Error::NotFound)?;
    let row = door_messages::of_answer(&mut ctx.tx, &hash(secret.plain().as_bytes())).await?;
    row.ok_or(Error::NotFound)
}

/// What a channel answers with the secret of its link.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is kept no more.
pub async fn open<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<ToAnswer> {
    let row = of_secret(ctx, secret).await?;
    let door = Door::parse(&row.door).ok_or_else(|| Error::internal("a door that is none"))?;
    let node = NodeId(row.node);
    let place = doors::spot_of(ctx, node).await?.full_name();
    let zone = zone(ctx, &row).await?;
    let answers = answers(ctx, &row, zone).await?;
    Ok(ToAnswer { door, node, place, sent: local(row.sent_at, zone), answers })
}

/// Answers with the secret of a channel's link. Whoever sent it signed in gets a mail that there is an answer, without it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::TooMany`], and [`Error::Invalid`] on `answer` where there are many already.
pub async fn answer(ctx: &mut Ctx<'_, Write>, secret: &str, (words, from): (&Prose, &str)) -> Result<()> {
    attempts::count(ctx, Key::of(&["door-answer", from]), TRIES).await?;
    let row = of_secret(ctx, secret).await?;
    let number = door_messages::answers(&mut ctx.tx, row.id).await?.len() + 1;
    if number > MOST {
        return Err(Error::field("answer", "door-answer-many"));
    }
    let answer = DoorAnswerRow { words: words.as_str().to_owned(), answered_at: ctx.now.timestamp_micros() };
    door_messages::answer(&mut ctx.tx, row.id, &answer).await?;
    if row.account.is_some() {
        ctx.enqueue(DOOR_ANSWER_MAIL, &DoorAnswerMail { message: row.id, number }).await?;
    }
    Ok(())
}

/// What was answered to a message, oldest first.
pub(super) async fn answers<K>(
    ctx: &mut Ctx<'_, K>,
    row: &DoorMessageRow,
    zone: Tz,
) -> Result<Vec<Answered>> {
    let rows = door_messages::answers(&mut ctx.tx, row.id).await?;
    let shown = |answer: DoorAnswerRow| Answered { words: answer.words, at: local(answer.answered_at, zone) };
    Ok(rows.into_iter().map(shown).collect())
}

/// The zone of the body of a message.
pub(super) async fn zone<K>(ctx: &mut Ctx<'_, K>, row: &DoorMessageRow) -> Result<Tz> {
    Ok(place(ctx, NodeId(row.node)).await?.time().zone)
}

/// A time, in microseconds since 1970, on the clocks of a zone.
pub(super) fn local(micros: i64, zone: Tz) -> NaiveDateTime {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().with_timezone(&zone).naive_local()
}
