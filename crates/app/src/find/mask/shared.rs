//! Masking words in a shared answer: by a finder whose role reaches its body, in what it says now and in what it said before,
//! and in the answers that were given with it, since each record has the words beside it as well.

use super::{
    Found, NOT_HERE, Preview, Wish, count_reports, kept, mask_reports, may_mask, point_out, remade, rewrite,
    roles_at, shown,
};
use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::route::shared::usable;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::mask_shared;
use waymark_domain::ids::SharedId;
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::{Words, WordsRef};
use waymark_store::find::shared::given;

/// A record that got it, with its texts that change and what they become.
type Answered = (Innovation, Vec<(Words, String)>);

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
/// to what is handled with care.
///
/// # Errors
/// [`Error::Invalid`] on `words` where none of them stands in it, [`Error::Unavailable`].
pub async fn preview<K>(ctx: &mut Ctx<'_, K>, id: SharedId, wish: &Wish) -> Result<Preview> {
    let (own, answers) = found(ctx, id, wish).await?;
    let mut reports = 0;
    for (record, _) in &answers {
        reports += count_reports(ctx, record.id, wish).await?;
    }
    Ok(Preview { texts: shown(own), is_in_answers: !answers.is_empty(), reports })
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
    for (record, texts) in &answers {
        // What the finder reaches now does not matter: the words are those of the body's answer, wherever its record went.
        rewrite(ctx, (record, texts), |texts| Ok(InnovationEvent::Masked { texts, because })).await?;
        mask_reports(ctx, record, wish).await?;
    }
    Ok(after)
}

/// Its own texts that change, and those of the records that got it. Search and *similar ones* know no words of answers.
async fn found<K>(
    ctx: &mut Ctx<'_, K>,
    id: SharedId,
    wish: &Wish,
) -> Result<(Vec<(Words, String)>, Vec<Answered>)> {
    let own = remade(kept(ctx, id.0).await?, wish);
    let mut answers = Vec::new();
    for record in given(&mut ctx.tx, id.0).await? {
        let record: Innovation = ctx.load(record).await?;
        let mut texts = kept(ctx, record.id.0).await?;
        texts.retain(|text| is_given(&record, id, text));
        let texts = remade(texts, wish);
        if !texts.is_empty() {
            answers.push((record, texts));
        }
    }
    if own.is_empty() && answers.is_empty() {
        return Err(Error::field("words", NOT_HERE));
    }
    Ok((own, answers))
}

/// Did a text of a record come from the shared answer?
fn is_given(record: &Innovation, id: SharedId, text: &Words) -> bool {
    let given = record.answers.iter().map(|answer| &answer.given);
    let mut with_it = given.filter(|given| given.shared.is_some_and(|used| used.id == id));
    let is_it = |said: WordsRef| (said.field, said.version) == (text.field, text.version);
    with_it.any(|given| given.words.into_iter().chain(given.would_change).any(is_it))
}
