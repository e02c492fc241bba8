//! *Add to that one*: a draft's words go to a record that says the same, and no record of its own is made. Whoever told
//! them hears every answer of that record (`docs/decisions/0009-also-told.md`).

use crate::ctx::{Ctx, Write, Writing};
use crate::error::Result;
use crate::find::draft::{Draft, value};
use crate::find::group::{Whose, brought};
use crate::find::index;
use crate::find::{capture, delivery};
use crate::route::change::{Seen, change};
use waymark_domain::find::event::Added;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Origin;
use waymark_domain::find::tell;
use waymark_domain::ids::{AccountId, InnovationId, PartyId};
use waymark_domain::route::policy::Action;
use waymark_domain::text::{Field, Language, Prose, Title};
use waymark_store::find::drafts;

/// Words that are added to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// What they would have called it.
    pub title: Title,
    /// What the problem is for them.
    pub problem: Prose,
    /// What they would do.
    pub solution: Option<Prose>,
    /// Who told it.
    pub tellers: Vec<AccountId>,
    /// Was it typed on their behalf by whoever acts?
    pub is_assisted: bool,
    /// Where it came from.
    pub origin: Origin,
}

/// Adds a draft's words to a record like it, and the draft goes. Anybody may who may see that record and has signed in,
/// while it is open, but for who decides it and who sees it only to check it.
///
/// # Errors
/// [`crate::Error::NotFound`] where they may not know of it, [`crate::Error::Forbidden`], [`crate::Error::Invalid`] where
/// an answer of the draft cannot be taken any more.
pub async fn add_draft(ctx: &mut Ctx<'_, Write>, draft: &Draft, to: InnovationId) -> Result<Innovation> {
    let sender = ctx.account()?;
    // Read first: nobody is invited for words that cannot be added.
    let (_, viewer) = crate::route::change::visible(ctx, to).await?;
    if viewer.only_checks {
        return Err(crate::Error::Forbidden);
    }
    let said = capture::said(draft.kind, &draft.fields)?;
    delivery::must_be_asked(draft)?;
    if delivery::doubted(draft).is_some() {
        // Held back once it is sent: its words are not to be on anybody's record before they were read.
        return Err(crate::Error::field("similar", "tell-similar-doubted"));
    }
    if Whose::of(&draft.fields) == Whose::Hidden {
        // Who adds words stands on the record with their name.
        return Err(crate::Error::field("similar", "tell-similar-hidden"));
    }
    let brought = brought(ctx, &draft.fields, sender).await?;
    // A draft is in the language of the page on which it was typed, whichever page sends it.
    ctx.language = Language::parse(value(&draft.fields, "lang")).unwrap_or(ctx.language);
    let telling = Telling {
        title: said.title,
        problem: said.problem,
        solution: said.solution,
        tellers: brought.contributors.into_iter().map(|(account, _)| account).collect(),
        is_assisted: brought.is_assisted,
        origin: said.origin,
    };
    let record = add(ctx, to, &telling).await?;
    drafts::remove(&mut ctx.tx, draft.id).await?;
    Ok(record)
}

/// Adds words to a record.
///
/// # Errors
/// What [`change`] and [`tell::add_to`] say.
pub async fn add(ctx: &mut Ctx<'_, Write>, to: InnovationId, telling: &Telling) -> Result<Innovation> {
    let (tellers, assisted_by) = parties(ctx, to, telling).await?;
    let seen = Seen { id: to, version: None };
    let record = change(ctx, seen, Action::AddTo, |record, facts, writing| {
        let added = words(telling, writing, (tellers, assisted_by));
        Ok(vec![tell::add_to(record, added, facts)?])
    })
    .await?;
    index::renew(ctx, &record).await?;
    Ok(record)
}

fn words(
    telling: &Telling,
    writing: &mut Writing<'_>,
    (tellers, assisted_by): (Vec<PartyId>, Option<PartyId>),
) -> Added {
    Added {
        tellers,
        assisted_by,
        origin: telling.origin,
        title: writing.note(Field::Title, telling.title.as_str()),
        problem: writing.note(Field::Problem, telling.problem.as_str()),
        solution: writing.note_some(Field::Solution, telling.solution.as_ref()),
    }
}

/// Who told it and who typed it for them, as parties of the record.
async fn parties(
    ctx: &mut Ctx<'_, Write>,
    to: InnovationId,
    telling: &Telling,
) -> Result<(Vec<PartyId>, Option<PartyId>)> {
    let mut tellers = Vec::with_capacity(telling.tellers.len());
    for account in &telling.tellers {
        tellers.push(ctx.party(to.0, *account).await?);
    }
    let assisted_by = match ctx.actor.account().filter(|_| telling.is_assisted) {
        Some(account) => Some(ctx.party(to.0, account).await?),
        None => None,
    };
    Ok((tellers, assisted_by))
}
