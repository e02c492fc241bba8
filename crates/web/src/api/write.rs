//! The acts: each is done once for its key, by the use case that the page calls, and answers where the record stands.

use super::key::Once;
use super::operation::Does;
use super::problem::Fault;
use super::read::{json, standing};
use super::run::{Answer, Call};
use super::{held, mask, moderation, round, shared, talk};
use crate::pages::find as pages;
use crate::pages::route::send::{is_mendable, verdict};
use crate::pages::route::{act, answer_parse};
use crate::visitor::Visitor;
use axum::http::StatusCode;
use waymark_app::find::draft::{Draft, Kind, set};
use waymark_app::find::view::{self, Standing};
use waymark_app::find::{also, capture, send};
use waymark_app::people::looks;
use waymark_app::route::change::Seen;
use waymark_app::{Actor, Ctx, Error, Result, Write};
use waymark_domain::ids::InnovationId;
use waymark_domain::reference::Reference;

/// Does an act once.
///
/// # Errors
/// What the use case says, and that a key was used for something else.
pub async fn write(visitor: &Visitor, call: &Call<'_>, (actor, key): (Actor, &str)) -> Result<Answer, Fault> {
    let once = Once::of(actor.account().ok_or(Error::SignInFirst)?, key, call);
    let done = match attempt(visitor, call, (actor, &once)).await {
        // The other one was quicker: its answer is known by now, or the record has moved on.
        Err(Fault::Case(Error::Conflict)) => attempt(visitor, call, (actor, &once)).await,
        done => done,
    };
    match done {
        Err(Fault::Case(error)) if is_mendable(&error) => Err(judged(visitor, call, (actor, error)).await?),
        done => done,
    }
}

async fn attempt(visitor: &Visitor, call: &Call<'_>, (actor, once): (Actor, &Once)) -> Result<Answer, Fault> {
    let mut ctx = visitor.write_as(actor).await?;
    if let Some(before) = once.before(&mut ctx).await? {
        let status = StatusCode::from_u16(before.status).map_err(Error::internal)?;
        return Ok(Answer { status, body: before.body, lang: visitor.lang });
    }
    let body = perform(&mut ctx, (visitor, call)).await?;
    let status = call.op.done();
    once.keep(&mut ctx, (status, &body)).await?;
    ctx.commit().await?;
    Ok(Answer { status, body, lang: visitor.lang })
}

/// Does it, and gives what is answered: where the record stands, unless it is about none.
async fn perform(ctx: &mut Ctx<'_, Write>, (visitor, call): (&Visitor, &Call<'_>)) -> Result<String, Fault> {
    let stands = match call.op.does {
        Does::Tell => tell(ctx, (Kind::Tell, call)).await?,
        Does::Done => tell(ctx, (Kind::Done, call)).await?,
        Does::Add => add(ctx, call).await?,
        Does::ShareAnswer | Does::GiveShared | Does::RereadShared => {
            return shared::perform(ctx, (visitor, call)).await;
        }
        Does::MaskIn(what) => return mask::perform(ctx, (visitor, call), what).await,
        Does::EndHeld | Does::TakeBackHeld => return held::perform(ctx, call).await,
        Does::WriteRound => return round::perform(ctx, (visitor, call)).await,
        Does::Report => moderation::report(ctx, (visitor, call)).await?,
        _ => on_record(ctx, call).await?,
    };
    json(&standing(&visitor.env.config.origin, &stands))
}

/// An act on a record.
async fn on_record(ctx: &mut Ctx<'_, Write>, call: &Call<'_>) -> Result<Standing> {
    let seen = seen(ctx, call).await?;
    let form = &call.form;
    match call.op.does {
        Does::Look => looks::at_record(ctx, &reference(call)?, form.value("why")).await?,
        Does::Comment => talk::write(ctx, seen.id, call).await?,
        Does::TakeBackComment => talk::take_back(ctx, seen.id, call).await?,
        Does::ModerateComment => talk::moderate(ctx, seen.id, call).await?,
        Does::Act(act) => act::perform(ctx, seen, (act, form)).await?,
        Does::Answer(kind) | Does::Meeting(kind) => {
            let (reference, in_meeting) = (reference(call)?, matches!(call.op.does, Does::Meeting(_)));
            answer_parse::perform(ctx, (seen, &reference), (kind, in_meeting), form).await?;
        }
        Does::Moderate => pages::moderation::perform(ctx, seen, form).await?,
        Does::Mask => pages::mask::perform(ctx, seen, form).await?,
        _ => return Err(Error::internal("what only reads is no act")),
    }
    view::standing(ctx, seen.id).await
}

async fn tell(ctx: &mut Ctx<'_, Write>, (kind, call): (Kind, &Call<'_>)) -> Result<Standing> {
    let mut fields = call.form.fields().clone();
    if capture::place_of(&fields).is_none() {
        fields.remove("at");
    }
    if call.form.value("lang").is_empty() {
        set(&mut fields, "lang", ctx.language.code());
    }
    let record = send::send_at_once(ctx, (kind, fields)).await?;
    Ok(Standing::of(&record))
}

async fn add(ctx: &mut Ctx<'_, Write>, call: &Call<'_>) -> Result<Standing> {
    let id = found(ctx, call).await?;
    let mut fields = call.form.fields().clone();
    // Who could say yes is asked of what is told; here somebody has it already.
    set(&mut fields, "who", capture::Who::Unknown.name());
    let draft = Draft::unkept(Kind::Tell, fields, ctx.now);
    let record = also::add_draft(ctx, &draft, id).await?;
    Ok(Standing::of(&record))
}

/// The record that is meant.
pub fn reference(call: &Call<'_>) -> Result<Reference> {
    Reference::parse(call.part("reference")).ok_or(Error::NotFound)
}

async fn found(ctx: &mut Ctx<'_, Write>, call: &Call<'_>) -> Result<InnovationId> {
    view::find(ctx, &reference(call)?).await
}

async fn seen(ctx: &mut Ctx<'_, Write>, call: &Call<'_>) -> Result<Seen> {
    Ok(Seen { id: found(ctx, call).await?, version: call.form.value("version").parse().ok() })
}

/// What is said of an act that was not done: as on its page, with where the record stands now.
async fn judged(visitor: &Visitor, call: &Call<'_>, (actor, error): (Actor, Error)) -> Result<Fault> {
    if matches!(call.op.does, Does::ShareAnswer | Does::GiveShared | Does::RereadShared) {
        return Ok(Fault::Case(shared::judged(call.op.does, visitor.lang, error)));
    }
    let Some(reference) = Reference::parse(call.part("reference")) else { return Ok(Fault::Case(error)) };
    let mut ctx = Ctx::read(&visitor.env, actor).await?;
    let view = view::view(&mut ctx, &reference).await?;
    let error = match call.op.act() {
        Some(act) => verdict(&view, act, error),
        None => error,
    };
    if matches!(error, Error::Conflict) {
        let current = standing(&visitor.env.config.origin, &Standing::of(&view.record));
        return Ok(Fault::Conflict(Some(current)));
    }
    Ok(Fault::Case(error))
}
