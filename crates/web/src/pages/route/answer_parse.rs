//! An answer as it was sent: from the fields of its form to what the use case takes.

use super::typed;
use crate::form::Form;
use waymark_app::find::view::{RecordView, view};
use waymark_app::people::found::{self, Found};
use waymark_app::route::answer::{self, Minutes, Receiver, Reply, Words};
use waymark_app::route::change::Seen;
use waymark_app::route::offer;
use waymark_app::{Checks, Ctx, Result, Write};
use waymark_domain::find::stage::{AnswerKind, Reason};
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::reference::Reference;
use waymark_domain::text::{Line, Prose};

/// Answers as it was sent.
///
/// # Errors
/// What the use case says.
pub async fn perform(
    ctx: &mut Ctx<'_, Write>,
    (seen, reference): (Seen, &Reference),
    (kind, in_meeting): (AnswerKind, bool),
    form: &Form,
) -> Result<()> {
    let view = view(ctx, reference).await?;
    let me = ctx.account()?;
    let reply = reply(ctx, &view, (kind, form, me)).await?;
    let minutes = in_meeting.then(|| minutes(form)).transpose()?;
    let is_name_unknown = form.value("unknown") == "yes";
    answer::answer_unknown(ctx, seen, (&reply, minutes.as_ref()), is_name_unknown).await?;
    Ok(())
}

/// What was sent, with everything that cannot be taken told at once.
///
/// # Errors
/// [`waymark_app::Error::Invalid`].
pub async fn reply<K>(
    ctx: &mut Ctx<'_, K>,
    view: &RecordView,
    (kind, form, me): (AnswerKind, &Form, AccountId),
) -> Result<Reply> {
    match kind {
        AnswerKind::Go => {
            let who = trier(ctx, view, (form, me)).await?;
            go(form, who)
        }
        AnswerKind::NotNow => not_now(form),
        AnswerKind::Stop => stop(form),
        AnswerKind::SendOn => {
            let to = receiver(ctx, view.record.at_body, form).await?;
            send_on(form, to)
        }
    }
}

/// What the value of somebody who was found begins with.
pub const PERSON: &str = "person-";

/// Who tries it, or the key of what is wrong.
type Sought<T> = std::result::Result<T, &'static str>;

async fn trier<K>(
    ctx: &mut Ctx<'_, K>,
    view: &RecordView,
    (form, me): (&Form, AccountId),
) -> Result<Sought<AccountId>> {
    let contributors = &view.record.told.contributors;
    Ok(match form.value("who") {
        "me" => Ok(me),
        "other" => match found::people(ctx, &[view.record.at_body], form.value("other")).await? {
            Found::One(person) => Ok(person.account),
            Found::Nobody => Err("answer-problem-nobody"),
            Found::Some(_) => Err("people-some"),
        },
        chosen if chosen.starts_with(PERSON) => {
            let person = found::chosen(ctx, &[view.record.at_body], &chosen[PERSON.len()..]).await?;
            person.map(|person| person.account).ok_or("answer-problem-who")
        }
        chosen => {
            let place = chosen.strip_prefix("contributor-").and_then(|place| place.parse::<usize>().ok());
            let party = place.and_then(|place| contributors.get(place)).map(|one| one.party);
            party.and_then(|party| view.account(party)).ok_or("answer-problem-who")
        }
    })
}

fn go(form: &Form, who: Sought<AccountId>) -> Result<Reply> {
    let mut checks = Checks::default();
    let field = if form.value("who") == "other" { "other" } else { "who" };
    let who = who.map_err(|key| checks.holds(field, false, key)).ok();
    let until = checks.some("until", typed::date(form, "until"), "act-problem-date");
    let hours = checks.some("hours", typed::whole(form.value("hours")), "act-problem-hours");
    let pence = checks.some("pounds", typed::pence(form.value("pounds")), "answer-problem-pounds");
    let words = checks.optional("words", Prose::parse(form.value("words")));
    let hours_from = checks.optional("hours-from", Line::parse(form.value("hours-from")));
    let is_said = hours.is_none_or(|hours| hours == 0) || hours_from.is_some();
    checks.holds("hours-from", is_said, "answer-problem-hours-from");
    let built = who.zip(until).zip(hours.zip(pence)).map(|((who, until), (hours, pence))| Reply::Go {
        who,
        words,
        until: Some(until),
        hours,
        hours_from,
        pence,
    });
    checks.finish(built)
}

fn not_now(form: &Form) -> Result<Reply> {
    let mut checks = Checks::default();
    let because = because(form, (AnswerKind::NotNow, "awaited"), &mut checks);
    let until = checks.some("until", typed::date(form, "until"), "act-problem-date");
    checks.finish(because.zip(until).map(|(because, until)| Reply::NotNow { because, until }))
}

fn stop(form: &Form) -> Result<Reply> {
    let mut checks = Checks::default();
    let because = because(form, (AnswerKind::Stop, "would-change"), &mut checks);
    checks.finish(because.map(Reply::Stop))
}

fn because(form: &Form, (kind, change): (AnswerKind, &'static str), checks: &mut Checks) -> Option<Words> {
    let reason = Reason::parse(form.value("reason")).filter(|reason| offer::reasons(kind).contains(reason));
    let reason = checks.some("reason", reason, "answer-problem-reason");
    let words = checks.text("words", Prose::parse(form.value("words")));
    let would_change = checks.text(change, Prose::parse(form.value(change)));
    let ((reason, words), would_change) = reason.zip(words).zip(would_change)?;
    Some(Words { reason, words, would_change })
}

async fn receiver<K>(ctx: &mut Ctx<'_, K>, body: NodeId, form: &Form) -> Result<Sought<Receiver>> {
    Ok(match form.value("to") {
        "finder" => Ok(Receiver::Finder),
        "place" => match offer::places(ctx, body, form.value("place")).await?.as_slice() {
            [one] => Ok(Receiver::Lead(one.node)),
            [] => Err("answer-problem-no-place"),
            _ => Err("answer-problem-places"),
        },
        chosen => NodeId::parse(chosen).map(Receiver::Lead).ok_or("answer-problem-to"),
    })
}

fn send_on(form: &Form, to: Sought<Receiver>) -> Result<Reply> {
    let mut checks = Checks::default();
    let field = if to == Err("answer-problem-no-place") { "place" } else { "to" };
    let to = to.map_err(|key| checks.holds(field, false, key)).ok();
    let why = checks.text("words", Prose::parse(form.value("words")));
    checks.finish(to.zip(why).map(|(to, why)| Reply::SendOn { why, to }))
}

fn minutes(form: &Form) -> Result<Minutes> {
    let mut checks = Checks::default();
    let on = checks.some("on", typed::date(form, "on"), "act-problem-date");
    let reference = checks.text("minutes", Line::parse(form.value("minutes")));
    checks.finish(on.zip(reference).map(|(on, reference)| Minutes { on, reference }))
}
