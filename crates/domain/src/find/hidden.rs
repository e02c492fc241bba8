//! A hidden name: who may have it opened, and how it is given (specification, Hide my name).

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::ids::PartyId;
use crate::people::role::Role;
use crate::route::facts::{Facts, Refusal};
use crate::text::WordsRef;
use chrono::{DateTime, TimeDelta, Utc};

/// Fewer people than so many, with whoever tells it, and the place shown is the one above: among nine, everybody knows.
pub const FEW: i64 = 10;
/// The days that the second opener has to join the first: after that the opening is over, and what the first has opened is
/// gone. A fortnight, so that a week of leave ends none, and nothing half open lies there that nobody thinks of any more.
pub const OPENING_DAYS: i64 = 14;

/// When an opening that was begun is over if nobody joins it; nothing where none is begun.
pub fn over_at(record: &Innovation) -> Option<DateTime<Utc>> {
    record.opening_at.map(|asked| asked + TimeDelta::days(OPENING_DAYS))
}

/// Is an opening over that nobody joined, and still to be written down as such?
pub fn is_over(record: &Innovation, now: DateTime<Utc>) -> bool {
    over_at(record).is_some_and(|over| over <= now)
}

/// Time ends an opening that nobody joined; nothing where none is over.
pub fn lapse(record: &Innovation, facts: &Facts) -> Option<InnovationEvent> {
    is_over(record, facts.now).then_some(InnovationEvent::OpeningLapsed)
}

/// One opener asks that the name be opened, and says why.
///
/// # Errors
/// [`Refusal::NotYours`] for who is no opener there, [`Refusal::NothingToOpen`].
pub fn ask_opening(record: &Innovation, why: WordsRef, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let by = facts.actor.filter(|_| facts.has(Role::Opener)).ok_or(Refusal::NotYours)?;
    match () {
        () if record.sealed.is_none() || record.opening.is_some() => Err(Refusal::NothingToOpen),
        () => Ok(InnovationEvent::OpeningAsked { by, why }),
    }
}

/// The second opener opens it; both see the name, and neither alone does.
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NothingToOpen`] where nobody has asked, [`Refusal::OneIsNotTwo`],
/// [`Refusal::OpeningOver`] where it was asked too long ago, whether or not that is written down yet.
pub fn open(record: &Innovation, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let second = facts.actor.filter(|_| facts.has(Role::Opener)).ok_or(Refusal::NotYours)?;
    match record.opening {
        Some(_) if is_over(record, facts.now) => Err(Refusal::OpeningOver),
        Some(first) if first == second => Err(Refusal::OneIsNotTwo),
        Some(first) if record.sealed.is_some() => Ok(InnovationEvent::NameOpened { by: [first, second] }),
        _ => Err(Refusal::NothingToOpen),
    }
}

/// Whoever brought it puts their name on it, as `party`. Who decides it hands it on first.
///
/// # Errors
/// [`Refusal::NotYours`] for anybody else, [`Refusal::Interested`] where they would decide their own.
pub fn give_name(record: &Innovation, party: PartyId, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let is_decider = record.stage.is_open() && record.decider.is_some_and(|decider| decider.party == party);
    match () {
        () if record.sealed.is_none() || record.sealed != facts.actor => Err(Refusal::NotYours),
        () if is_decider => Err(Refusal::Interested),
        () => Ok(InnovationEvent::NameGiven { party }),
    }
}

/// An answer where a name is hidden: whoever decides says that they neither wrote it nor know who did. Sending it on is
/// for who cannot say that.
///
/// # Errors
/// [`Refusal::NameMayBeKnown`].
pub fn answered(
    record: &Innovation,
    mut event: InnovationEvent,
    is_name_unknown: bool,
) -> Result<InnovationEvent, Refusal> {
    if let (Some(_), InnovationEvent::Answered(given)) = (record.sealed, &mut event) {
        let is_sent_on = given.kind == crate::find::stage::AnswerKind::SendOn;
        if !is_name_unknown && !is_sent_on {
            return Err(Refusal::NameMayBeKnown);
        }
        given.is_name_unknown = is_name_unknown;
    }
    Ok(event)
}

impl Innovation {
    /// Is a name hidden that its own team lead is not to guess? It goes to no lead unless it was sent to one.
    pub fn shuns_lead(&self) -> bool {
        let to_lead = self.told.handed.as_ref().is_some_and(|handed| handed.duty.role == Role::TeamLead);
        self.sealed.is_some() && !to_lead
    }

    /// The events of a hidden name, but for telling it.
    pub(super) fn name_changes(&mut self, event: &InnovationEvent, at: DateTime<Utc>) {
        (self.opening, self.opening_at) = match event {
            InnovationEvent::OpeningAsked { by, .. } => (Some(*by), Some(at)),
            _ => (None, None),
        };
        if let InnovationEvent::NameGiven { party } = event {
            self.name_given(*party);
        }
    }

    /// The party whose name was hidden makes way for the one that has an account.
    fn name_given(&mut self, party: PartyId) {
        let hidden = self.sealed.take();
        for one in self.told.contributors.iter_mut().filter(|one| Some(one.party) == hidden) {
            one.party = party;
        }
    }
}
