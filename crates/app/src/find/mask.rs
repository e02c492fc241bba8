//! Masking: a finder takes words out of a record that must not stand there, and out of the comments on it and what was
//! reported of it. They are erased, a mark stands in their place, and that it was done, by whom and why is in the journal.
//! Problems and shared answers are masked the same way.

pub mod problem;
pub mod shared;

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::index;
use crate::find::named::named_at;
use crate::find::reports;
use crate::find::view::RecordView;
use crate::people::looks;
use crate::route::change::{Seen, change};
use crate::words::{Lang, text};
use uuid::Uuid;
use waymark_domain::find::comment::{Comment, CommentEvent};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::{self as rule, MaskedFor};
use waymark_domain::ids::{InnovationId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::route::policy::{Action, Viewer, may};
use waymark_domain::text::{Field, Remade, Words};
use waymark_methods::masking::masked;
use waymark_store::Stored;
use waymark_store::find::comments;
use waymark_store::people::holders;
use waymark_store::words;

pub use waymark_methods::identifying::Found;

/// The most words or names masked at once.
pub const MOST: usize = 20;
/// Fewer letters than these stand by chance.
const SHORTEST: usize = 2;
/// What is said where no word stands in a record.
const NOWHERE: &str = "mask-words-nowhere";
/// The same for a problem or a shared answer.
const NOT_HERE: &str = "mask-words-not-here";

/// What is to be masked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Each stands on a line of its own where it is typed.
    pub words: Vec<String>,
    /// Why.
    pub because: MaskedFor,
}

impl Wish {
    fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }
}

/// How something would stand with words masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its texts that change, in the order in which they were written.
    pub texts: Vec<(Field, String)>,
    /// Do answers change that were given with it? Those of a shared answer.
    pub is_in_answers: bool,
    /// How many reports change. Whoever masks does not read them. Nothing for a shared answer, which may have been given to
    /// what they do not see.
    pub reports: Option<u32>,
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

/// May whoever acts mask words in a problem or a shared answer of a place? Nobody may who is not signed in.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn may_mask<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<bool> {
    Ok(ctx.actor.account().is_some() && rule::may_mask(&roles_at(ctx, node).await?))
}

/// The roles of whoever acts that reach a place.
async fn roles_at<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Vec<Role>> {
    let account = ctx.account()?;
    let held = holders::reaching(&mut ctx.tx, account.0, node.0).await?;
    Ok(held.iter().filter_map(|role| Role::parse(role)).collect())
}

/// May whoever looks at a record mask words in it? Asked before what they typed is looked at, and before they are shown what
/// stands in it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::ReasonFirst`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, (record, viewer): (&Innovation, &Viewer)) -> Result<()> {
    if !may(viewer, Action::Mask, record) {
        return Err(Error::Forbidden);
    }
    looks::must_say_why(ctx, (record, viewer)).await
}

/// What in a record could tell who somebody is: names and numbers that its finder may want to mask.
///
/// # Errors
/// What [`check`] says, [`Error::Unavailable`].
pub async fn pointed_out<K>(ctx: &mut Ctx<'_, K>, view: &RecordView) -> Result<Vec<Found>> {
    check(ctx, (&view.record, &view.viewer)).await?;
    let texts = texts(ctx, view.record.id).await?;
    point_out(ctx, view.record.told.node, &texts).await
}

/// What in texts could tell who somebody is; the names of the place where they were written tell that of nobody.
async fn point_out<K>(ctx: &mut Ctx<'_, K>, node: NodeId, texts: &[Words]) -> Result<Vec<Found>> {
    let said: Vec<&str> = texts.iter().map(|text| text.body.as_str()).collect();
    named_at(ctx, Some(node), &said.join("\n")).await
}

/// How a record would stand with words masked, with the comments on it.
///
/// # Errors
/// [`Error::Invalid`] on `words` where none of them stands in it, [`Error::Unavailable`].
pub async fn preview<K>(ctx: &mut Ctx<'_, K>, id: InnovationId, wish: &Wish) -> Result<Preview> {
    let texts = shown(somewhere(remade(texts(ctx, id).await?, wish), NOWHERE)?);
    Ok(Preview { texts, is_in_answers: false, reports: Some(count_reports(ctx, id, wish).await?) })
}

/// The texts that change, as a preview has them.
fn shown(remade: Vec<(Words, String)>) -> Vec<(Field, String)> {
    remade.into_iter().map(|(was, body)| (was.field, body)).collect()
}

/// Masks words in all texts of a record and of the comments on it, in what was reported of them, and in what it is found by.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Conflict`], and what [`preview`] says.
pub async fn mask(ctx: &mut Ctx<'_, Write>, seen: Seen, wish: &Wish) -> Result<Innovation> {
    let remade = somewhere(remade(texts(ctx, seen.id).await?, wish), NOWHERE)?;
    let (own, beside): (Vec<_>, Vec<_>) = remade.into_iter().partition(|(was, _)| was.record == seen.id.0);
    let record = change(ctx, seen, Action::Mask, |_, facts, writing| {
        let texts = own.into_iter().map(|(was, body)| writing.anew(&was, body)).collect();
        Ok(vec![rule::mask((texts, !beside.is_empty()), wish.because, facts)?])
    })
    .await?;
    for texts in by_record(&beside) {
        comment(ctx, texts, wish).await?;
    }
    mask_reports(ctx, &record, wish).await?;
    index::renew(ctx, &record).await?;
    ctx.enqueue(index::FORGET, &()).await?;
    Ok(record)
}

/// Texts that change, those of each record or comment together; they lie in such an order.
fn by_record(texts: &[(Words, String)]) -> impl Iterator<Item = &[(Words, String)]> {
    texts.chunk_by(|(one, _), (next, _)| one.record == next.record)
}

/// Writes the texts of one comment anew, as whoever masks. They are read again once the comment is: one that was taken back
/// since the first reading has none.
async fn comment(ctx: &mut Ctx<'_, Write>, texts: &[(Words, String)], wish: &Wish) -> Result<()> {
    let Some((first, _)) = texts.first() else { return Ok(()) };
    let comment: Comment = ctx.load(first.record).await?;
    let (texts, because) = (remade(kept(ctx, first.record).await?, wish), wish.because);
    if !texts.is_empty() {
        rewrite(ctx, (&comment, &texts), |texts| Ok(CommentEvent::Masked { texts, because })).await?;
    }
    Ok(())
}

/// Writes texts anew in the place of what lay there, as whoever masks; `decide` gives the event that says so.
async fn rewrite<R: Stored>(
    ctx: &mut Ctx<'_, Write>,
    (before, texts): (&R, &[(Words, String)]),
    decide: impl FnOnce(Vec<Remade>) -> Result<R::Event>,
) -> Result<R> {
    let (id, account) = (before.id(), ctx.account()?);
    let by = ctx.party(id, account).await?;
    let mut writing = Writing::new(ctx.env, (id, before.version() + 1), ctx.language);
    let event = decide(texts.iter().map(|(was, body)| writing.anew(was, body.clone())).collect())?;
    ctx.save(Some(before), (id, vec![event]), (Some(by), writing.finish())).await
}

/// Takes words out of what was reported of a record.
async fn mask_reports(ctx: &mut Ctx<'_, Write>, record: &Innovation, wish: &Wish) -> Result<()> {
    let (words, mark) = (wish.words(), text(record.told.language, "mask-mark"));
    reports::mask(ctx, record.id, |said| masked(said, &words, &mark)).await
}

/// In how many reports of a record that would change something.
async fn count_reports<K>(ctx: &mut Ctx<'_, K>, id: InnovationId, wish: &Wish) -> Result<u32> {
    let words = wish.words();
    reports::count_masked(ctx, id, |said| masked(said, &words, "")).await
}

/// The texts that change, with what they become.
fn remade(texts: Vec<Words>, wish: &Wish) -> Vec<(Words, String)> {
    let words = wish.words();
    let mark = |lang: Lang| text(lang, "mask-mark");
    let anew = |was: Words| {
        let body = masked(&was.body, &words, &mark(was.language))?;
        Some((was, body))
    };
    texts.into_iter().filter_map(anew).collect()
}

/// The same where there are any; else the key of what is said of that.
fn somewhere(remade: Vec<(Words, String)>, key: &'static str) -> Result<Vec<(Words, String)>> {
    if remade.is_empty() { Err(Error::field("words", key)) } else { Ok(remade) }
}

/// All texts of a record that are not erased, and those of the comments on it.
async fn texts<K>(ctx: &mut Ctx<'_, K>, id: InnovationId) -> Result<Vec<Words>> {
    let mut all = kept(ctx, id.0).await?;
    let beside = comments::texts(&mut ctx.tx, id.0).await?;
    all.extend(beside.iter().filter_map(words::Kept::text));
    Ok(all)
}

/// All texts of one thing that are not erased.
async fn kept<K>(ctx: &mut Ctx<'_, K>, id: Uuid) -> Result<Vec<Words>> {
    let own = words::of(&mut ctx.tx, id).await?;
    Ok(own.iter().filter_map(words::Kept::text).collect())
}
