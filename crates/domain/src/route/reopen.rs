//! Opening again: a *no* comes back with what is new since (specification, Answers). Why so:
//! `docs/decisions/0022-answers.md`.

use crate::find::event::{Duty, Handed, InnovationEvent};
use crate::find::innovation::{Answer, Innovation};
use crate::find::stage::{AnswerKind, Stage};
use crate::find::tell::hand_in;
use crate::ids::PartyId;
use crate::people::{ladder::Explained, role::Role};
use crate::route::facts::{Facts, Refusal};
use crate::text::WordsRef;

/// Opens what was answered *no* again, with what is new. Whoever gave the answer has it again where they hold that right
/// still and are there (`is_there`), else the lead. The place may have changed meanwhile, so `pass::rehome` and
/// `pass::reassign` are asked afterwards.
///
/// # Errors
/// [`Refusal::NotAtThisStep`] for anything but a *no* that holds, [`Refusal::NotYours`] for who neither told it nor
/// answered it and is no finder there, [`Refusal::Interested`].
pub fn reopen(
    record: &Innovation,
    (why, is_there): (WordsRef, bool),
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    let by = stopped(record).ok_or(Refusal::NotAtThisStep)?.given.by;
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    let may_decide = is_there && !record.is_interested(by.party);
    // What a finder had stays with finders.
    let is_finders = by.role == Role::Finder || record.shuns_lead();
    let next = if is_finders { facts.finder } else { facts.lead };
    let duty = if may_decide { anew(by) } else { next };
    match () {
        () if !may_reopen(record, actor, facts.has(Role::Finder)) => Err(Refusal::NotYours),
        () if record.is_barred(duty) => Err(Refusal::Interested),
        () => {
            let handed = Handed { finder_until: None, ..hand_in(duty, facts) };
            Ok(InnovationEvent::Reopened { why, handed })
        }
    }
}

/// The *no* that ended it, while it holds.
pub fn stopped(record: &Innovation) -> Option<&Answer> {
    let is_no = |answer: &&Answer| answer.given.kind == AnswerKind::Stop;
    record.answer().filter(is_no).filter(|_| record.stage == Stage::Stopped)
}

/// Is it open again and not decided since? Who was sent it meanwhile still has to know what is new.
pub fn is_open_again(record: &Innovation) -> bool {
    let decides = |answer: &&Answer| !answer.is_objected && answer.given.kind != AnswerKind::SendOn;
    let last = record.answers.iter().rev().find(decides);
    record.stage.awaits_answer()
        && record.under_review().is_none()
        && last.is_some_and(|answer| answer.given.kind == AnswerKind::Stop)
}

/// Whoever told it or gave the answer, and a finder there.
pub(crate) fn may_reopen(record: &Innovation, party: PartyId, is_finder: bool) -> bool {
    let answered = record.answer().is_some_and(|answer| answer.given.by.party == party);
    is_finder || answered || record.is_brought_by(party) || record.has_also_told(party)
}

/// The duty as it was, but for being the last resort: this time they have it because they answered it, and have no
/// interest.
fn anew(by: Duty) -> Duty {
    Duty { explained: by.explained.filter(|why| *why != Explained::LastResort), ..by }
}

impl Innovation {
    /// The answers stay, and the record waits for another.
    pub(crate) fn opens_again(&mut self, handed: &Handed) {
        self.stage = Stage::Told;
        self.ended_at = None;
        self.overdue_step = 0;
        self.why_asked = false;
        self.hand(handed);
    }
}
