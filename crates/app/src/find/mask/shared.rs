//! Masking words in a shared answer: by a finder whose role reaches its body, in what it says now and in what it said before,
//! and in the answers that were given with it, since each record has the words beside it as well.

use super::{
    Found, NOT_HERE, Preview, Wish, by_record, kept, may_mask, point_out, remade, rewrite, roles_at, shown,
};
use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::reports;
use crate::route::shared::{hold, usable};
use crate::words::{Lang, text};
use std::collections::HashMap;
use uuid::Uuid;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::mask_shared;
use waymark_domain::ids::{InnovationId, SharedId};
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::Words;
use waymark_methods::masking::masked;
use waymark_store::find::shared::{given, given_texts};
use waymark_store::words::Kept;

/// The most records whose answers are written anew at once. On SQLite nobody else writes meanwhile, and a job that did it
/// in turns would have to keep the words.
const MOST_RECORDS: usize = 1_000;
/// What is said where the words stand in more of them.
const TOO_WIDE: &str = "mask-words-wide";
/// The texts of so many records are read at once.
const READ_AT_ONCE: i64 = 1_000;

/// Texts that change, with what they become.
type Anew = Vec<(Words, String)>;

/// A shared answer, for whoever may mask words in it. Asked before what they typed is looked at.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not use it, [`Error::Forbidden`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, id: SharedId) -> Result<SharedAnswer> {
    let answer = usable(ctx, id).await?;
    if may_mask(ctx, answer.body).await? { Ok(answer) } else { Err(Error::Forbidden) }
}

/// What in a shared answer could tell who somebody is.
///
/// # Errors
/// What [`check`] says, [`Error::Unavailable`].
pub async fn pointed_out<K>(ctx: &mut Ctx<'_, K>, id: SharedId) -> Result<Vec<Found>> {
    let answer = check(ctx, id).await?;
    let texts = kept(ctx, id.0).await?;
    point_out(ctx, answer.node, &texts).await
}

/// How a shared answer would stand with words masked. How many answers change with it is not told: some of them may be given
/// to what is handled with care. Nor is it told of how many reports.
///
/// # Errors
/// [`Error::Invalid`] on `words` where none of them stands in it or they stand in too many answers, [`Error::Unavailable`].
pub async fn preview<K>(ctx: &mut Ctx<'_, K>, id: SharedId, wish: &Wish) -> Result<Preview> {
    let (own, answers) = found(ctx, id, wish).await?;
    Ok(Preview { texts: shown(own), is_in_answers: !answers.is_empty(), reports: None })
}

/// Masks words in all texts of a shared answer, as it was seen in a version, and in what was answered with it.
///
/// # Errors
/// What [`check`] and [`preview`] say, [`Error::Conflict`] where somebody was quicker.
pub async fn mask(
    ctx: &mut Ctx<'_, Write>,
    (id, version): (SharedId, Option<u32>),
    wish: &Wish,
) -> Result<SharedAnswer> {
    hold(ctx, id).await?;
    let before = check(ctx, id).await?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Error::Conflict);
    }
    let (own, answers) = found(ctx, id, wish).await?;
    let roles = roles_at(ctx, before.body).await?;
    let (is_in_answers, because) = (!answers.is_empty(), wish.because);
    let after =
        rewrite(ctx, (&before, &own), |texts| Ok(mask_shared((texts, is_in_answers), because, &roles)?))
            .await?;
    let records = rewrite_answers(ctx, (id, &answers), wish).await?;
    mask_reports(ctx, (id, &records), wish).await?;
    Ok(after)
}

/// Its own texts that change, and those of the records that got it, record by record.
async fn found<K>(ctx: &mut Ctx<'_, K>, id: SharedId, wish: &Wish) -> Result<(Anew, Anew)> {
    let own = remade(kept(ctx, id.0).await?, wish);
    let answers = in_answers(ctx, id, wish).await?;
    if own.is_empty() && answers.is_empty() {
        return Err(Error::field("words", NOT_HERE));
    }
    Ok((own, answers))
}

/// The texts that change of the records that got it. Search and *similar ones* know no words of answers.
async fn in_answers<K>(ctx: &mut Ctx<'_, K>, id: SharedId, wish: &Wish) -> Result<Anew> {
    let (mut all, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let records = given(&mut ctx.tx, id.0, (after, READ_AT_ONCE)).await?;
        let Some(last) = records.last().copied() else { return Ok(all) };
        let texts = given_texts(&mut ctx.tx, id.0, (after, last)).await?;
        all.extend(remade(texts.iter().filter_map(Kept::text).collect(), wish));
        if by_record(&all).count() > MOST_RECORDS {
            return Err(Error::field("words", TOO_WIDE));
        }
        after = last;
    }
}

/// Writes the answers anew, wherever their records went: the words are those of the body's answer. It is nobody's act on
/// them. Who did it stands on the shared answer; a party of each record would read in what is held about them that it got
/// this answer, though it be handled with care or not theirs to see. Gives the records as they were.
async fn rewrite_answers(
    ctx: &mut Ctx<'_, Write>,
    (id, answers): (SharedId, &[(Words, String)]),
    wish: &Wish,
) -> Result<Vec<Innovation>> {
    let ids: Vec<Uuid> =
        by_record(answers).filter_map(|texts| texts.first()).map(|(was, _)| was.record).collect();
    let records: Vec<Innovation> = ctx.load_many(&ids).await?;
    // Read again now that the records are: whatever changes from here on fails at their heads, and nothing that was masked or
    // erased since the first reading is written back.
    let now = in_answers(ctx, id, wish).await?;
    let now: HashMap<Uuid, &[(Words, String)]> =
        by_record(&now).filter_map(|texts| Some((texts.first()?.0.record, texts))).collect();
    let because = wish.because;
    let mut changes = Vec::with_capacity(records.len());
    for record in &records {
        let Some(texts) = now.get(&record.id.0) else { continue };
        let mut writing = Writing::new(ctx.env, (record.id.0, record.version + 1), ctx.language);
        let texts = texts.iter().map(|(was, body)| writing.anew(was, body.clone())).collect();
        changes.push((record, InnovationEvent::Masked { texts, because }, writing.finish()));
    }
    ctx.save_many(changes).await?;
    Ok(records)
}

/// Takes the words out of what was reported of the records whose answers changed.
async fn mask_reports(
    ctx: &mut Ctx<'_, Write>,
    (id, records): (SharedId, &[Innovation]),
    wish: &Wish,
) -> Result<()> {
    let languages: HashMap<InnovationId, Lang> =
        records.iter().map(|record| (record.id, record.told.language)).collect();
    let words = wish.words();
    reports::mask_given(ctx, id, |record, said| {
        let language = languages.get(&record)?;
        masked(said, &words, &text(*language, "mask-mark"))
    })
    .await
}
