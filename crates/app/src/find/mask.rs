//! Masking: a finder takes words out of a record that must not stand there. They are erased, a mark stands in their place,
//! and that it was done, by whom and why is in the journal.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::find::doors::spot_of;
use crate::find::index;
use crate::find::view::RecordView;
use crate::route::change::{Seen, change};
use crate::words::{Lang, text};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::{self as rule, MaskedFor};
use waymark_domain::ids::InnovationId;
use waymark_domain::route::policy::{Action, Viewer, may};
use waymark_domain::text::{Field, Words};
use waymark_methods::identifying::identifying;
use waymark_methods::masking::masked;
use waymark_store::words;

pub use waymark_methods::identifying::Found;

/// The most words or names masked at once.
pub const MOST: usize = 20;
/// Fewer letters than these stand by chance.
const SHORTEST: usize = 2;

/// What is to be masked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Each stands on a line of its own where it is typed.
    pub words: Vec<String>,
    /// Why.
    pub because: MaskedFor,
}

/// Words as they are typed, one or more on each line.
///
/// # Errors
/// The key of what is wrong: none, too many, or one that is too short.
pub fn parse(typed: &str) -> std::result::Result<Vec<String>, &'static str> {
    let words: Vec<String> =
        typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let letters = |words: &String| words.chars().filter(|c| c.is_alphanumeric()).count();
    match words.len() {
        0 => Err("mask-words-empty"),
        n if n > MOST => Err("mask-words-many"),
        _ if words.iter().any(|words| letters(words) < SHORTEST) => Err("mask-words-short"),
        _ => Ok(words),
    }
}

/// May whoever looks at a record mask words in it? Asked before what they typed is looked at.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn check(viewer: &Viewer, record: &Innovation) -> Result<()> {
    if may(viewer, Action::Mask, record) { Ok(()) } else { Err(Error::Forbidden) }
}

/// What in a record could tell who somebody is: names and numbers that its finder may want to mask.
///
/// # Errors
/// [`Error::Forbidden`] for who may not mask, [`Error::Unavailable`].
pub async fn pointed_out<K>(ctx: &mut Ctx<'_, K>, view: &RecordView) -> Result<Vec<Found>> {
    check(&view.viewer, &view.record)?;
    let texts = texts(ctx, view.record.id).await?;
    let said: Vec<&str> = texts.iter().map(|text| text.body.as_str()).collect();
    let spot = match spot_of(ctx, view.record.told.node).await {
        Err(Error::NotFound) => None,
        found => Some(found?),
    };
    let own = spot.as_ref().map(|spot| [spot.name.as_str(), spot.body.as_str()]);
    Ok(identifying(&said.join("\n"), own.as_ref().map_or(&[], |own| own.as_slice())))
}

/// How the texts of a record would stand with words masked: those that change, in the order in which they were written.
///
/// # Errors
/// [`Error::Invalid`] on `words` where none of them stands in it, [`Error::Unavailable`].
pub async fn preview<K>(ctx: &mut Ctx<'_, K>, id: InnovationId, wish: &Wish) -> Result<Vec<(Field, String)>> {
    let remade = remade(ctx, id, wish).await?;
    Ok(remade.into_iter().map(|(was, body)| (was.field, body)).collect())
}

/// Masks words in all texts of a record, and in what it is found by.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Conflict`], and what [`preview`] says.
pub async fn mask(ctx: &mut Ctx<'_, Write>, seen: Seen, wish: &Wish) -> Result<Innovation> {
    let remade = remade(ctx, seen.id, wish).await?;
    let record = change(ctx, seen, Action::Mask, |_, facts, writing| {
        let texts = remade.into_iter().map(|(was, body)| writing.anew(&was, body)).collect();
        Ok(vec![rule::mask(texts, wish.because, facts)?])
    })
    .await?;
    index::renew(ctx, &record).await?;
    ctx.enqueue(index::FORGET, &()).await?;
    Ok(record)
}

/// The texts that change, with what they become.
async fn remade<K>(ctx: &mut Ctx<'_, K>, id: InnovationId, wish: &Wish) -> Result<Vec<(Words, String)>> {
    let words: Vec<&str> = wish.words.iter().map(String::as_str).collect();
    let mark = |lang: Lang| text(lang, "mask-mark");
    let anew = |was: Words| {
        let body = masked(&was.body, &words, &mark(was.language))?;
        Some((was, body))
    };
    let remade: Vec<(Words, String)> = texts(ctx, id).await?.into_iter().filter_map(anew).collect();
    if remade.is_empty() { Err(Error::field("words", "mask-words-nowhere")) } else { Ok(remade) }
}

/// All texts of a record that are not erased.
async fn texts<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<Vec<Words>> {
    Ok(words::of(&mut ctx.tx, id.0).await?.iter().filter_map(words::Kept::text).collect())
}
