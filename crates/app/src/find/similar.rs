//! *Similar ones*: up to five records like a draft, each with why it is listed. Suggests, never decides, never blocks.
//!
//! The index finds candidates by the rarest words of the draft; the letter runs of `methods::text` judge them. Only
//! records that the person may see take part at any step, since who may see a record is a word of the index. Records
//! that only those who handle them see are not in it at all.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::find::draft::{Draft, value};
use crate::route::change::{apply, visible};
use crate::route::duty::{Subject, situation};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::InnovationId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::text::{Field, Language, Prose, Words};
use waymark_methods::text::{alikeness, shared, words};
use waymark_store::find::similar;
use waymark_store::people::holders;
use waymark_store::words as texts;

/// How many are shown.
const SHOWN: usize = 5;
/// How many words of the draft are looked up.
const LOOKED_UP: usize = 40;
/// How many of these, the rarest that another record has, bring candidates.
const WORDS: usize = 8;
/// The most records that one word, and all together, may bring: a word that more have tells nothing.
const CANDIDATES: i64 = 200;
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
    let text = text_of(draft);
    let own = words(&text);
    let seen = seen_by_me(ctx).await?;
    let candidates = candidates(ctx, &own, &seen).await?;
    let (ids, theirs): (Vec<Uuid>, Vec<Vec<String>>) = candidates.into_iter().unzip();
    let scores = alikeness(&own, &theirs);
    let mut ranked: Vec<(f64, Uuid, Vec<String>)> = scores
        .into_iter()
        .zip(ids.into_iter().zip(theirs))
        .map(|(score, (id, words))| (score, id, words))
        .filter(|(score, ..)| *score >= ALIKE)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut shown = Vec::new();
    let reasons = ranked.into_iter().map(|(_, id, theirs)| (id, shared(&text, &theirs, REASONS)));
    for (id, reason) in reasons.filter(|(_, reason)| reason.len() >= LEAST_SHARED).take(SHOWN) {
        shown.extend(shown_as(ctx, id, reason).await?);
    }
    Ok(shown)
}

/// The words of the index for what whoever acts may see: published, of all bodies, of their own bodies.
async fn seen_by_me<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<String>> {
    let mut seen = vec![token(SeenBy::Everyone, Uuid::nil()).unwrap_or_default()];
    if let Some(account) = ctx.actor.account() {
        seen.extend(token(SeenBy::Bodies, Uuid::nil()));
        let held = holders::held_by(&mut ctx.tx, account.0).await?;
        let bodies: BTreeSet<Uuid> = held.iter().map(|role| role.body).collect();
        seen.extend(bodies.into_iter().filter_map(|body| token(SeenBy::Body, body)));
    }
    Ok(seen)
}

/// The word of the index for who may see a record; nothing for those that are not indexed.
fn token(seen_by: SeenBy, body: Uuid) -> Option<String> {
    match seen_by {
        SeenBy::Handlers => None,
        SeenBy::Body => Some(format!("body{}", body.simple())),
        SeenBy::Bodies | SeenBy::Everyone => Some(seen_by.name().to_owned()),
    }
}

/// The records that have the rarest words of the draft, with their words.
async fn candidates<K>(
    ctx: &mut Ctx<'_, K>,
    own: &[String],
    seen: &[String],
) -> Result<BTreeMap<Uuid, Vec<String>>> {
    let mut found = BTreeMap::new();
    for (_, word) in rarest(ctx, own, seen).await? {
        for hit in similar::find(&mut ctx.tx, (seen, &word), CANDIDATES).await? {
            found.entry(hit.innovation).or_insert_with(|| hit.folded.split(' ').map(str::to_owned).collect());
        }
        if found.len() >= usize::try_from(CANDIDATES).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(found)
}

/// The words that some other record has, but not too many, the rarest first.
async fn rarest<K>(ctx: &mut Ctx<'_, K>, own: &[String], seen: &[String]) -> Result<Vec<(i64, String)>> {
    let mut known = BTreeSet::new();
    let distinct = own.iter().filter(|word| known.insert(word.as_str())).take(LOOKED_UP);
    let mut counted = Vec::new();
    for word in distinct {
        let count = similar::count(&mut ctx.tx, (seen, word), CANDIDATES + 1).await?;
        if (1..=CANDIDATES).contains(&count) {
            counted.push((count, word.clone()));
        }
    }
    counted.sort();
    counted.truncate(WORDS);
    Ok(counted)
}

/// A candidate as it is shown. The policy has the last word on whether it may be.
async fn shown_as<K>(ctx: &mut Ctx<'_, K>, id: Uuid, shared: Vec<String>) -> Result<Option<Like>> {
    let record = match visible(ctx, InnovationId(id)).await {
        Ok((record, _)) => record,
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let title = texts::find(&mut ctx.tx, id, Field::Title, record.told.title.version).await?;
    Ok(Some(Like {
        id: record.id,
        reference: record.told.reference.clone(),
        title: title.and_then(|title| title.body).unwrap_or_default(),
        language: record.told.language,
        stage: record.stage,
        shared,
    }))
}

/// Puts a new record into the index, in its own transaction.
pub(crate) async fn index(ctx: &mut Ctx<'_, Write>, record: &Innovation, said: &str) -> Result<()> {
    let Some(seen) = token(record.told.seen_by, record.told.body.0) else { return Ok(()) };
    let folded = words(said).join(" ");
    if folded.is_empty() {
        return Ok(());
    }
    Ok(similar::add(&mut ctx.tx, record.id.0, (&seen, &folded)).await?)
}

/// The words of a record that others are compared with.
pub(crate) fn said(words: &[Words]) -> String {
    let fields = [Field::Title, Field::Problem, Field::Solution, Field::Did, Field::Changed];
    let told = words.iter().filter(|text| fields.contains(&text.field)).map(|text| text.body.as_str());
    told.collect::<Vec<_>>().join("\n")
}

/// Writes a draft's words as news on a record like it and keeps no record of its own. Anybody may who may see that
/// record and has signed in, while it is open.
///
/// # Errors
/// [`Error::NotFound`] where they may not know of it, [`Error::Refused`] once it has ended.
pub async fn add_to(ctx: &mut Ctx<'_, Write>, draft: &Draft, to: InnovationId) -> Result<Innovation> {
    ctx.account()?;
    let (mut record, _) = visible(ctx, to).await?;
    if !record.stage.is_open() {
        return Err(Error::Refused(waymark_domain::route::facts::Refusal::NotAtThisStep));
    }
    ctx.language = Language::parse(draft.value("lang")).unwrap_or(ctx.language);
    let parts: Vec<Prose> =
        ["problem", "solution"].iter().filter_map(|field| Prose::parse(draft.value(field)).ok()).collect();
    let both = parts.iter().map(Prose::as_str).collect::<Vec<_>>().join("\n\n");
    // Two full texts are too long for one: then they are two pieces of news, and nothing is lost.
    let pieces = Prose::parse(&both).map_or(parts, |whole| vec![whole]);
    for piece in pieces {
        let here = situation(ctx, Subject::of(&record)).await?;
        record = apply(ctx, &record, &here, |_, _, writing| {
            let words = writing.note(Field::News, piece.as_str());
            Ok(vec![InnovationEvent::News { words }])
        })
        .await?;
    }
    waymark_store::find::drafts::remove(&mut ctx.tx, draft.id).await?;
    Ok(record)
}
