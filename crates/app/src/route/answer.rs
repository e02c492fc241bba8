//! Answering, on the page or for a meeting, and objecting to what was typed for one.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::people::looks;
use crate::route::change::{Seen, apply, keep_parties, visible};
use crate::route::duty::{Situation, Subject, situation};
use crate::route::pass;
use chrono::NaiveDate;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::hidden;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Reason;
use waymark_domain::ids::{AccountId, NodeId, PartyId};
use waymark_domain::route::answer::{self, Because, Go, Meeting, Say, SendTo};
use waymark_domain::route::policy::{Action, may};
use waymark_domain::route::shared::{self, SharedAnswer};
use waymark_domain::text::{Field, Line, Prose};

/// What the decider typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Try it.
    Go {
        /// Who tries it.
        who: AccountId,
        /// The decider's own words.
        words: Option<Prose>,
        /// Until when; thirty days unless said.
        until: Option<NaiveDate>,
        /// Hours granted.
        hours: u32,
        /// Whose budget they come from.
        hours_from: Option<Line>,
        /// Pence.
        pence: u32,
    },
    /// Not now, until.
    NotNow {
        /// Why.
        because: Words,
        /// The day on which it is read again.
        until: NaiveDate,
    },
    /// No, because.
    Stop(Words),
    /// Not mine, send on.
    SendOn {
        /// Why, in a line.
        why: Prose,
        /// To whom.
        to: Receiver,
    },
}

/// A reason with its words, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Which reason.
    pub reason: Reason,
    /// The decider's own words.
    pub words: Prose,
    /// What would change this; for *not now* the event.
    pub would_change: Prose,
}

/// To whom it is sent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// The finder where it is handled.
    Finder,
    /// Whoever answers as team lead at a node.
    Lead(NodeId),
    /// The finder at a node.
    FinderAt(NodeId),
}

/// A decision that a meeting took, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// The day of the meeting.
    pub on: NaiveDate,
    /// Meeting and minute reference.
    pub reference: Line,
}

/// Answers a record.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the decider (or one who types for a meeting), and what the rules say.
pub async fn answer(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    typed: (&Reply, Option<&Minutes>),
) -> Result<Innovation> {
    answer_unknown(ctx, seen, typed, false).await
}

/// The same, with whether the decider says that they neither wrote it nor know who did: needed where a name is hidden.
///
/// # Errors
/// As [`answer`].
pub async fn answer_unknown(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    typed: (&Reply, Option<&Minutes>),
    is_name_unknown: bool,
) -> Result<Innovation> {
    answered(ctx, seen, typed, |record, event| Ok(hidden::answered(record, event, is_name_unknown)?)).await
}

/// The same with the words of a shared answer.
///
/// # Errors
/// As [`answer`], and what [`shared::check_use`] says.
pub(crate) async fn answer_with(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    reply: &Reply,
    with: &SharedAnswer,
) -> Result<Innovation> {
    let (record, _) = visible(ctx, seen.id).await?;
    let here = situation(ctx, Subject::of(&record)).await?;
    shared::check_use(with, &record, &here.facts())?;
    answered(ctx, seen, (reply, None), |record, event| {
        Ok(shared::mark(with, hidden::answered(record, event, false)?))
    })
    .await
}

/// Answers, with what is said of the answer besides its words.
async fn answered<M>(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    (reply, minutes): (&Reply, Option<&Minutes>),
    mark: M,
) -> Result<Innovation>
where
    M: FnOnce(&Innovation, InnovationEvent) -> Result<InnovationEvent>,
{
    let (record, viewer) = visible(ctx, seen.id).await?;
    if seen.version.is_some_and(|version| version != record.version) {
        return Err(Error::Conflict);
    }
    let may_type = minutes.is_some() && may(&viewer, Action::TypeFor, &record);
    if !may_type && !may(&viewer, Action::Answer, &record) {
        return Err(Error::Forbidden);
    }
    looks::must_say_why(ctx, (&record, &viewer)).await?;
    // Whoever acts is a party before the situations are read: both, here and there, then know the same one.
    let account = ctx.account()?;
    ctx.party(record.id.0, account).await?;
    let trier = match reply {
        Reply::Go { who, .. } => Some(ctx.party(record.id.0, *who).await?),
        _ => None,
    };
    let here = situation(ctx, Subject::of(&record)).await?;
    let there = receiving(ctx, &record, reply).await?;
    let receiver = there.as_ref().unwrap_or(&here);
    let after = apply(ctx, &record, &here, |record, facts, writing| {
        let meeting = minutes.map(|minutes| Meeting {
            on: minutes.on,
            reference: writing.note(Field::Meeting, minutes.reference.as_str()),
        });
        let say = say(reply, writing, (trier, receiver))?;
        let event = answer::answer(record, (say, meeting), facts, &receiver.facts())?;
        Ok(vec![mark(record, event)?])
    })
    .await?;
    // What `apply` has not kept is whoever has it where it was sent on to.
    if let Some(there) = &there {
        keep_parties(ctx, &after, there);
    }
    Ok(after)
}

/// The situation where it is sent on to, if that is another node.
async fn receiving<K>(ctx: &mut Ctx<'_, K>, record: &Innovation, reply: &Reply) -> Result<Option<Situation>> {
    let Reply::SendOn { to, .. } = reply else { return Ok(None) };
    let (Receiver::Lead(node) | Receiver::FinderAt(node)) = *to else { return Ok(None) };
    let subject = Subject { node, ..Subject::of(record) };
    Ok(Some(situation(ctx, subject).await?))
}

/// What the rules are asked, with the texts noted.
fn say(
    reply: &Reply,
    writing: &mut Writing<'_>,
    (trier, there): (Option<PartyId>, &Situation),
) -> Result<Say> {
    Ok(match reply {
        Reply::Go { words, until, hours, hours_from, pence, .. } => Say::Go(Go {
            who: trier.ok_or(Error::NotFound)?,
            words: writing.note_some(Field::Answer, words.as_ref()),
            until: *until,
            hours: *hours,
            hours_from: writing.note_some(Field::Budget, hours_from.as_ref()),
            pence: *pence,
        }),
        Reply::NotNow { because, until } => {
            Say::NotNow { because: note(because, Field::Awaited, writing), until: *until }
        }
        Reply::Stop(because) => Say::Stop(note(because, Field::WouldChange, writing)),
        Reply::SendOn { why, to } => {
            let facts = there.facts();
            let duty = if matches!(to, Receiver::Lead(_)) { facts.lead } else { facts.finder };
            let body = NodeId(there.place.body.id);
            let to = SendTo { duty, at: there.place.node(), body };
            Say::SendOn { why: writing.note(Field::Answer, why.as_str()), to }
        }
    })
}

fn note(typed: &Words, change: Field, writing: &mut Writing<'_>) -> Because {
    Because {
        reason: typed.reason,
        words: writing.note(Field::Answer, typed.words.as_str()),
        would_change: writing.note(change, typed.would_change.as_str()),
    }
}

/// The decider says that what was typed for them does not hold. What may be done about it is judged where it was
/// answered, not where it was sent on to.
///
/// # Errors
/// [`Error::Conflict`], [`Error::Forbidden`] for anybody but that decider, and what [`answer::object`] says.
pub async fn object(ctx: &mut Ctx<'_, Write>, seen: Seen, why: &Prose) -> Result<Innovation> {
    let (record, viewer) = visible(ctx, seen.id).await?;
    if seen.version.is_some_and(|version| version != record.version) {
        return Err(Error::Conflict);
    }
    if !may(&viewer, Action::Object, &record) {
        return Err(Error::Forbidden);
    }
    let node = record.answers.last().map_or(record.at, |answer| answer.from.at);
    let undone = answer::undone(&record);
    let there = situation(ctx, Subject { node, ..Subject::of(&undone) }).await?;
    apply(ctx, &record, &there, |record, facts, writing| {
        let why = writing.note(Field::Why, why.as_str());
        Ok(vec![answer::object(record, why, facts)?])
    })
    .await?;
    // While it was answered or elsewhere, nodes moved and roles ended without it.
    pass::put_right(ctx, seen.id).await
}
