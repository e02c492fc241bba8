//! Masking words in a problem that ideas can be told to: by a finder whose role reaches where it was listed, in what it says
//! now and in what it said before.

use super::{
    Found, NOT_HERE, Preview, Wish, kept, may_mask, point_out, remade, rewrite, roles_at, shown, somewhere,
};
use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use waymark_domain::find::masking::mask_problem;
use waymark_domain::find::problem::Problem;
use waymark_domain::ids::ProblemId;
use waymark_store::find::problems;

/// A problem, for whoever may mask words in it. Asked before what they typed is looked at.
///
/// # Errors
/// [`Error::NotFound`] where they may not know of it, [`Error::Forbidden`].
pub async fn check<K>(ctx: &mut Ctx<'_, K>, id: ProblemId) -> Result<Problem> {
    let account = ctx.account()?.0;
    if !problems::is_seen(&mut ctx.tx, Some(account), id.0).await? {
        return Err(Error::NotFound);
    }
    let problem: Problem = ctx.load(id.0).await?;
    if may_mask(ctx, problem.listed.node).await? { Ok(problem) } else { Err(Error::Forbidden) }
}

/// What in a problem could tell who somebody is.
///
/// # Errors
/// What [`check`] says, [`Error::Unavailable`].
pub async fn pointed_out<K>(ctx: &mut Ctx<'_, K>, id: ProblemId) -> Result<Vec<Found>> {
    let problem = check(ctx, id).await?;
    let texts = kept(ctx, id.0).await?;
    point_out(ctx, problem.listed.node, &texts).await
}

/// How a problem would stand with words masked.
///
/// # Errors
/// [`Error::Invalid`] on `words` where none of them stands in it, [`Error::Unavailable`].
pub async fn preview<K>(ctx: &mut Ctx<'_, K>, id: ProblemId, wish: &Wish) -> Result<Preview> {
    let texts = shown(somewhere(remade(kept(ctx, id.0).await?, wish), NOT_HERE)?);
    // Nobody reports a problem.
    Ok(Preview { texts, is_in_answers: false, reports: Some(0) })
}

/// Masks words in all texts of a problem, as it was seen in a version. Search reads those texts, so nothing else keeps them.
///
/// # Errors
/// What [`check`] and [`preview`] say, [`Error::Conflict`] where somebody was quicker.
pub async fn mask(
    ctx: &mut Ctx<'_, Write>,
    (id, version): (ProblemId, Option<u32>),
    wish: &Wish,
) -> Result<Problem> {
    let before = check(ctx, id).await?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Error::Conflict);
    }
    let texts = somewhere(remade(kept(ctx, id.0).await?, wish), NOT_HERE)?;
    let roles = roles_at(ctx, before.listed.node).await?;
    rewrite(ctx, (&before, &texts), |texts| Ok(mask_problem(texts, wish.because, &roles)?)).await
}
