//! *Similar ones*: up to five records like a draft, each with why it is listed. Suggests, never decides, never blocks.
//!
//! The index finds candidates by the most telling words of the draft that another record has, and by pairs of its common
//! ones; `methods::alike` ranks them. Only records that the person may see take part at any step, in what is counted too,
//! since who may see a record is part of each term of the index. Records that only those who handle them see have terms
//! that nobody asks for here. How much of what belongs together is found, on both engines, is measured in `app/tests/it/similar.rs`.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::counted::counted;
use crate::find::draft::{Draft, value};
use crate::find::index::token;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::InnovationId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::text::Language;
use waymark_methods::alike::{Counts, Sought};
use waymark_methods::text::{shared, words};
use waymark_store::find::lists::{self, SeenRow};
use waymark_store::find::similar::{self, Together};
use waymark_store::people::holders;

/// How many are shown.
pub const SHOWN: usize = 5;
/// How many words of the draft are looked up.
const LOOKED_UP: usize = 40;
/// How many of these, the most telling, bring candidates.
const TELLING: usize = 12;
/// How many of those that are too common bring candidates two by two.
const COMMON: usize = 5;
/// The most records that one word, or one pair, may bring: what more have tells nothing by itself.
const EACH: u32 = 200;
/// The most candidates in all. The most telling words come first, so that what is left out has less in common.
const CANDIDATES: u32 = 3 * EACH;
/// Records are counted up to here; rarity is a logarithm, so beyond it changes little.
const TEXTS: u32 = 10_000;
/// Less alike than this is not shown.
const ALIKE: f64 = 0.12;
/// How many shared words are named as the reason.
const REASONS: usize = 4;
/// One word in common is chance.
const LEAST_SHARED: usize = 2;

/// A record like the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// Its id.
    pub id: InnovationId,
    /// What people call it by.
    pub reference: Reference,
    /// What it is called.
    pub title: String,
    /// The language of the title.
    pub language: Language,
    /// Where it stands.
    pub stage: Stage,
    /// Does whoever asks decide it? Then it is for them to answer, and nothing to add to.
    pub is_theirs: bool,
    /// The words that both have, as the draft writes them.
    pub shared: Vec<String>,
}

/// The text of a draft by which others are sought.
fn text_of(draft: &Draft) -> String {
    let fields = ["title", "problem", "solution", "did", "changed"];
    fields.map(|field| value(&draft.fields, field)).join("\n")
}

/// Records like a draft that whoever acts may see, the most alike first.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn like<K>(ctx: &mut Ctx<'_, K>, draft: &Draft) -> Result<Vec<Like>> {
    like_text(ctx, &text_of(draft)).await
}

/// Records like a text that whoever acts may see, the most alike first.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn like_text<K>(ctx: &mut Ctx<'_, K>, text: &str) -> Result<Vec<Like>> {
    let ranked = ranked(ctx, text, SHOWN).await?;
    let ids: Vec<Uuid> = ranked.iter().map(|(id, _)| *id).collect();
    let me = ctx.actor.account().map(|account| account.0);
    // What is seen has the last word on whether it may be shown.
    let rows = lists::seen(&mut ctx.tx, me, &ids).await?;
    let mut rows: HashMap<Uuid, SeenRow> = rows.into_iter().map(|row| (row.list.id, row)).collect();
    let shown = ranked.into_iter().filter_map(|(id, reason)| Some(shown_as(rows.remove(&id)?, me, reason)));
    shown.collect()
}

/// Records like a text that whoever acts may see, at most `most`, the most alike first, each with the words that both
/// have.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn ranked<K>(ctx: &mut Ctx<'_, K>, text: &str, most: usize) -> Result<Vec<(Uuid, Vec<String>)>> {
    let sought = Sought::new(text, LOOKED_UP);
    let seen = seen_by_me(ctx).await?;
    let counts = counts(ctx, &sought, &seen).await?;
    let wanted = wanted(ctx, (&sought, &counts), &seen).await?;
    let hits = similar::find(&mut ctx.tx, (&seen, &wanted), CANDIDATES).await?;
    let others: Vec<&str> = hits.iter().map(|hit| hit.folded.as_str()).collect();
    let ranked = sought.rank(&others, &counts).into_iter().filter(|one| one.alike >= ALIKE);
    let reason = |place: usize| shared(text, &words(others[place]), REASONS);
    let reasoned = ranked.map(|one| (hits[one.place].innovation, reason(one.place)));
    Ok(reasoned.filter(|(_, reason)| reason.len() >= LEAST_SHARED).take(most).collect())
}

/// How the terms begin of what whoever acts may see: published, of all bodies, of their own bodies.
async fn seen_by_me<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<String>> {
    let mut seen = vec![token(SeenBy::Everyone, Uuid::nil())];
    if let Some(account) = ctx.actor.account() {
        seen.push(token(SeenBy::Bodies, Uuid::nil()));
        let held = holders::held_by(&mut ctx.tx, account.0).await?;
        let bodies: BTreeSet<Uuid> = held.iter().map(|role| role.body).collect();
        seen.extend(bodies.into_iter().map(|body| token(SeenBy::Body, body)));
    }
    Ok(seen)
}

/// How many of the records that whoever acts may see have each word, and how many there are.
async fn counts<K>(ctx: &mut Ctx<'_, K>, sought: &Sought, seen: &[String]) -> Result<Counts> {
    let each: Vec<Together<'_>> = sought.words().map(|word| vec![word]).collect();
    let with_word = counted(ctx, (seen, &each), EACH + 1).await?;
    let texts = counted(ctx, (seen, &[Together::new()]), TEXTS).await?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Counts {
        with_word: with_word.into_iter().map(number).collect(),
        texts: texts.first().copied().map_or(0, number),
    })
}

/// What brings candidates: the most telling words, and pairs of the most telling ones among the common.
async fn wanted<'s, K>(
    ctx: &mut Ctx<'_, K>,
    (sought, counts): (&'s Sought, &Counts),
    seen: &[String],
) -> Result<Vec<Together<'s>>> {
    let words: Vec<&str> = sought.words().collect();
    let (telling, common): (Vec<usize>, Vec<usize>) =
        sought.telling(counts).into_iter().partition(|place| counts.with_word[*place] <= EACH);
    let common: Vec<&str> = common.into_iter().take(COMMON).map(|place| words[place]).collect();
    let pairs: Vec<Together<'_>> = (1..common.len())
        .flat_map(|second| (0..second).map(move |first| (first, second)))
        .map(|(first, second)| vec![common[first], common[second]])
        .collect();
    let with_pair = counted(ctx, (seen, &pairs), EACH + 1).await?;
    let few = pairs.into_iter().zip(with_pair).filter(|(_, count)| (1..=i64::from(EACH)).contains(count));
    let alone = telling.into_iter().take(TELLING);
    let alone = alone.map(|place| (vec![words[place]], i64::from(counts.with_word[place])));
    Ok(within(i64::from(CANDIDATES), alone.chain(few)))
}

/// The first of these as long as all that they bring is within a limit.
fn within<'s>(limit: i64, brought: impl Iterator<Item = (Together<'s>, i64)>) -> Vec<Together<'s>> {
    let mut all = 0;
    let fits = |(together, count): (Together<'s>, i64)| {
        all += count;
        (all <= limit).then_some(together)
    };
    brought.map_while(fits).collect()
}

/// A candidate as it is shown.
fn shown_as(row: SeenRow, me: Option<Uuid>, shared: Vec<String>) -> Result<Like> {
    let list = row.list;
    let none = |what: &str| Error::internal(format!("{what} that is none: {}", list.id));
    Ok(Like {
        id: InnovationId(list.id),
        reference: Reference::parse(&list.reference).ok_or_else(|| none("a reference"))?,
        title: list.title.clone().unwrap_or_default(),
        language: Language::parse(&list.language).unwrap_or_default(),
        stage: Stage::parse(&list.stage).ok_or_else(|| none("a stage"))?,
        is_theirs: me.is_some() && row.decider == me,
        shared,
    })
}
