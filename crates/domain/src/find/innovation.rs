//! The record of an idea or problem for its whole life: the fold of its events.

use crate::find::event::{
    Added, Answered, Cause, Duty, Handed, InnovationEvent, Place, Then, ThreeLines, Told, Try,
};
use crate::find::moderation::{Done, Listing};
use crate::find::sight::Offer;
use crate::find::stage::{AnswerKind, Lane, Outcome, Stage, WayIn};
use crate::ids::{InnovationId, NodeId, PartyId};
use crate::people::ladder::Explained;
use crate::people::setting::SeenBy;
use crate::record::{Happened, Meta, Record};
use crate::route::clock::Clock;
use crate::text::WordsRef;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// An answer as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was answered.
    pub given: Answered,
    /// When.
    pub at: DateTime<Utc>,
    /// Where the record was handled then: an objection brings it back there.
    pub from: Place,
    /// The contributor's word on *was this an answer?*
    pub was_answer: Option<bool>,
    /// Did the decider object to what was typed for them?
    pub is_objected: bool,
    /// What became of its try, and when that was written.
    pub tried: Option<(Outcome, DateTime<Utc>)>,
}

/// The record of an idea.
#[derive(Debug, Clone, PartialEq)]
pub struct Innovation {
    /// Its id.
    pub id: InnovationId,
    /// How many events it has.
    pub version: u32,
    /// What was said when it began.
    pub told: Told,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The lane.
    pub lane: Lane,
    /// Where it stands.
    pub stage: Stage,
    /// Where it is handled: where it was told, unless it was sent on.
    pub at: NodeId,
    /// The legal body of that node.
    pub at_body: NodeId,
    /// The time zone of that body.
    pub at_zone: String,
    /// Who decides next.
    pub decider: Option<Duty>,
    /// Who must do the next thing.
    pub owner: Option<PartyId>,
    /// The promise that holds now; the last one once the record has ended.
    pub clock: Option<Clock>,
    /// Until when the finder may take it over.
    pub finder_until: Option<NaiveDate>,
    /// How far it has gone up since its date was missed: 0 to 3.
    pub overdue_step: u8,
    /// When a person first asked its contributor something or gave a date, which is a first answer, too.
    pub spoken_at: Option<DateTime<Utc>>,
    /// The answers, oldest first.
    pub answers: Vec<Answer>,
    /// The place among the answers of the one that a review was asked of; it is asked once.
    pub reviewed: Option<usize>,
    /// The try, once there is one.
    pub trial: Option<Try>,
    /// The hours that were had, once confirmed.
    pub hours_had: Option<u32>,
    /// The three lines, once written.
    pub lines: Option<ThreeLines>,
    /// The open question to the contributor.
    pub question: Option<WordsRef>,
    /// Has the contributor asked why, without an answer since?
    pub why_asked: bool,
    /// Who declared an interest.
    pub interested: Vec<PartyId>,
    /// Who told the same later and added their words, each once: they get every answer, and no share of the credit.
    pub also_told: Vec<PartyId>,
    /// How often it was sent on.
    pub sent_on: u32,
    /// Whose name is hidden, while it is.
    pub sealed: Option<PartyId>,
    /// Who asked that it be opened, while that waits for the second.
    pub opening: Option<PartyId>,
    /// When that was asked, while it waits.
    pub opening_at: Option<DateTime<Utc>>,
    /// Who told it without an account.
    pub public: Option<PartyId>,
    /// The name that they put on it.
    pub credit: Option<WordsRef>,
    /// Is it in the lists of those whom it is for?
    pub listing: Listing,
    /// What moderators did, oldest first.
    pub moderated: Vec<Done>,
    /// Who may see it where it is listed: see [`Innovation::seen_by`].
    pub sight: SeenBy,
    /// That more may see it, as one of two has said.
    pub wider: Option<Offer>,
    /// When that was said, while it is.
    pub offered_at: Option<DateTime<Utc>>,
    /// When a person last said something about it, or its state changed.
    pub news_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Innovation {
    /// Is the party one of those who brought it, or who typed it for them?
    pub fn is_brought_by(&self, party: PartyId) -> bool {
        self.is_contributor(party) || self.told.assisted_by == Some(party)
    }

    /// Is the party one of those who get the credit?
    pub fn is_contributor(&self, party: PartyId) -> bool {
        self.told.contributors.iter().any(|contributor| contributor.party == party)
    }

    /// Must the party keep out of deciding: who brought it, who asked for the same, an interest declared, or an answer of
    /// theirs that somebody else looks at?
    pub fn is_interested(&self, party: PartyId) -> bool {
        self.is_contributor(party)
            || self.has_also_told(party)
            || self.interested.contains(&party)
            || self.under_review().is_some_and(|answer| answer.given.by.party == party)
    }

    /// Did the party tell the same later?
    pub fn has_also_told(&self, party: PartyId) -> bool {
        self.also_told.contains(&party)
    }

    /// Must who has the duty keep out of deciding? The last resort may decide with an interest, never over money.
    pub fn is_barred(&self, duty: Duty) -> bool {
        self.is_interested(duty.party) && duty.explained != Some(Explained::LastResort)
    }

    /// Where it is handled.
    pub fn place(&self) -> Place {
        Place { at: self.at, body: self.at_body, zone: self.at_zone.clone() }
    }

    /// The date of the next thing, while the record is open.
    pub fn next_date(&self) -> Option<NaiveDate> {
        self.clock.as_ref().and_then(Clock::next_date)
    }

    /// The last answer that holds.
    pub fn answer(&self) -> Option<&Answer> {
        self.answers.iter().rev().find(|answer| !answer.is_objected)
    }

    /// When a person first answered: asked, decided, sent it on or gave a date.
    pub fn first_answered_at(&self) -> Option<DateTime<Utc>> {
        let decided = self.answers.iter().filter(|answer| !answer.is_objected).map(|answer| answer.at);
        self.spoken_at.into_iter().chain(decided).min()
    }

    /// What is wrong with promise 1 on this record; nothing where it holds (specification, Promises).
    pub fn broken_promise(&self) -> Option<&'static str> {
        let running = self.clock.as_ref().is_some_and(Clock::is_open);
        match self.stage.is_open() {
            true if self.owner.is_none() => Some("an open record has no owner"),
            true if self.decider.is_none() => Some("an open record has no decider"),
            true if self.next_date().is_none() => Some("an open record has no next date"),
            false if running => Some("a clock runs on a record that has ended"),
            _ => None,
        }
    }

    /// Who sees it now: until a moderator lists it, those who handle it alone.
    pub fn seen_by(&self) -> SeenBy {
        if self.listing == Listing::Listed { self.sight } else { SeenBy::Handlers }
    }

    /// Is it somebody whose account no row names: a hidden name, or somebody without an account?
    pub fn is_nameless(&self, party: PartyId) -> bool {
        self.sealed == Some(party) || self.public == Some(party)
    }

    /// Is it a text by who brought it? That is no news to them.
    fn is_own_word(&self, next: &Happened<InnovationEvent>) -> bool {
        let is_own = next.meta.actor.is_some_and(|actor| self.is_brought_by(actor));
        is_own && matches!(next.event, InnovationEvent::News { .. } | InnovationEvent::SightSet(_))
    }

    pub(crate) fn hand(&mut self, handed: &Handed) {
        self.decider = Some(handed.duty);
        self.owner = Some(handed.duty.party);
        self.clock = Some(handed.clock.clone());
        self.finder_until = handed.finder_until;
    }

    fn put(&mut self, place: &Place) {
        self.at = place.at;
        self.at_body = place.body;
        self.at_zone.clone_from(&place.zone);
    }

    fn end(&mut self, stage: Stage, at: DateTime<Utc>) {
        self.stage = stage;
        self.ended_at = Some(at);
        self.owner = None;
        self.decider = None;
        self.finder_until = None;
        self.question = None;
        self.why_asked = false;
    }

    fn answered(&mut self, answered: &Answered, meta: &Meta) {
        self.answers.push(Answer {
            given: answered.clone(),
            at: meta.happened_at,
            from: self.place(),
            was_answer: None,
            is_objected: false,
            tried: None,
        });
        self.clock = Some(answered.clock.clone());
        if !answered.is_still_late() {
            self.overdue_step = 0;
        }
        self.why_asked = false;
        self.question = None;
        self.finder_until = None;
        match &answered.then {
            Then::Try(trial) => {
                self.stage = Stage::Trying;
                self.owner = Some(trial.who);
                self.decider = Some(answered.by);
                self.clock = Some(trial.clock.clone());
                self.trial = Some(trial.clone());
                self.hours_had = None;
                self.lines = None;
            }
            Then::Wait { duty, clock, .. } => {
                self.stage = Stage::NotNow;
                self.decider = Some(*duty);
                self.owner = Some(duty.party);
                self.clock = Some(clock.clone());
            }
            Then::HandOn { handed, at, body, zone } => {
                self.stage = Stage::Told;
                self.sent_on += 1;
                self.put(&Place { at: *at, body: *body, zone: zone.clone() });
                self.hand(handed);
            }
            Then::End => self.end(Stage::Stopped, meta.happened_at),
        }
    }

    fn try_ended(&mut self, (lines, clock): (&ThreeLines, &Clock), handed: Option<&Handed>, meta: &Meta) {
        self.lines = Some(*lines);
        if let Some(answer) = self.answers.iter_mut().rev().find(|answer| !answer.is_objected) {
            answer.tried = Some((lines.outcome, meta.happened_at));
        }
        self.clock = Some(clock.clone());
        self.overdue_step = 0;
        self.why_asked = false;
        match (lines.outcome, handed) {
            (Outcome::Keep, _) => self.end(Stage::Kept, meta.happened_at),
            (Outcome::PassOn, Some(handed)) => {
                self.stage = Stage::PassedOn;
                self.hand(handed);
            }
            (Outcome::Drop | Outcome::PassOn, _) => self.end(Stage::Dropped, meta.happened_at),
        }
    }

    /// The events that change who has it, where, by when.
    fn moved(&mut self, event: &InnovationEvent) {
        match event {
            InnovationEvent::Passed { cause, handed, lane } => self.passed(*cause, handed, *lane),
            InnovationEvent::Rehomed { place } => self.put(place),
            InnovationEvent::TakenUp { owner } => self.owner = Some(*owner),
            InnovationEvent::Overdue { step, handed } => {
                self.overdue_step = *step;
                self.hand(handed);
            }
            InnovationEvent::Objected { handed, .. } => self.objected(handed),
            InnovationEvent::ReviewAsked { handed, .. } => self.review_asked(handed),
            InnovationEvent::Reopened { handed, .. } => self.opens_again(handed),
            InnovationEvent::DateMoved { clock, .. } => {
                self.why_asked = false;
                self.clock = Some(clock.clone());
            }
            _ => {}
        }
    }

    /// While it is tried, a duty that passes on is the deciding; who tries it still owes the three lines.
    fn passed(&mut self, cause: Cause, handed: &Handed, lane: Lane) {
        let trier = self.trial.as_ref().filter(|_| self.stage == Stage::Trying).map(|trial| trial.who);
        let stays = trier.filter(|trier| self.owner == Some(*trier));
        self.lane = lane;
        if cause == Cause::CameBack {
            self.stage = Stage::Told;
            self.overdue_step = 0;
            self.why_asked = false;
        }
        self.hand(handed);
        if let Some(trier) = stays {
            self.owner = Some(trier);
        }
    }

    /// What was typed does not hold: everything that followed from it is undone, the place included.
    fn objected(&mut self, handed: &Handed) {
        if let Some(answer) = self.answers.last_mut() {
            answer.is_objected = true;
            let (from, kind) = (answer.from.clone(), answer.given.kind);
            self.put(&from);
            // An answer that never held was not looked at either.
            self.reviewed = self.reviewed.filter(|place| place + 1 != self.answers.len());
            if kind == AnswerKind::Go {
                self.trial = None;
                self.hours_had = None;
            }
        }
        self.stage = Stage::Told;
        self.ended_at = None;
        self.overdue_step = 0;
        self.question = None;
        self.why_asked = false;
        self.hand(handed);
    }

    /// Nobody has read the name yet, so it waits again.
    fn credited(&mut self, name: WordsRef) {
        self.credit = Some(name);
        if self.listing == Listing::Listed {
            self.listing = Listing::Waiting;
        }
    }

    /// Whoever has a share already is not counted again.
    fn added(&mut self, added: &Added) {
        for teller in &added.tellers {
            if !self.is_contributor(*teller) && !self.has_also_told(*teller) {
                self.also_told.push(*teller);
            }
        }
    }

    /// The events of the conversation.
    fn said(&mut self, event: &InnovationEvent) {
        match event {
            InnovationEvent::Asked { question, clock } => {
                self.question = Some(*question);
                self.clock = Some(clock.clone());
            }
            InnovationEvent::Replied { clock, .. } | InnovationEvent::PauseEnded { clock } => {
                self.question = None;
                self.clock = Some(clock.clone());
            }
            InnovationEvent::AnswerJudged { was_answer } => {
                if let Some(answer) = self.answers.iter_mut().rev().find(|answer| !answer.is_objected) {
                    answer.was_answer = Some(*was_answer);
                }
            }
            InnovationEvent::WhyAsked => self.why_asked = true,
            InnovationEvent::InterestDeclared { party } => self.interested.push(*party),
            InnovationEvent::Added(added) => self.added(added),
            InnovationEvent::HoursConfirmed { hours } => self.hours_had = Some(*hours),
            InnovationEvent::Credited { name } => self.credited(*name),
            InnovationEvent::SightSet(shown) => {
                (self.sight, self.wider, self.offered_at) = (shown.to, None, None);
            }
            _ => {}
        }
    }
}

impl Record for Innovation {
    type Event = InnovationEvent;
    const KIND: &'static str = "innovation";

    fn begin(id: Uuid, first: &Happened<InnovationEvent>) -> Option<Self> {
        let InnovationEvent::Told(told) = &first.event else { return None };
        let at = first.meta.happened_at;
        let mut record = Self {
            id: InnovationId(id),
            version: first.meta.version,
            sent_at: at,
            lane: Lane::Here,
            stage: Stage::Told,
            at: told.node,
            at_body: told.body,
            at_zone: told.zone.clone(),
            decider: None,
            owner: None,
            clock: None,
            finder_until: None,
            overdue_step: 0,
            spoken_at: None,
            answers: Vec::new(),
            reviewed: None,
            trial: None,
            hours_had: None,
            lines: told.done,
            question: None,
            why_asked: false,
            interested: Vec::new(),
            also_told: Vec::new(),
            sent_on: 0,
            sealed: told.sealed.and(told.contributors.first()).map(|one| one.party),
            opening: None,
            opening_at: None,
            public: told.public.and(told.contributors.first()).map(|one| one.party),
            credit: told.public.and_then(|public| public.credit),
            listing: if told.public.is_some() { Listing::Waiting } else { Listing::Listed },
            moderated: Vec::new(),
            sight: told.seen_by,
            wider: None,
            offered_at: None,
            news_at: at,
            ended_at: None,
            told: Told::clone(told),
        };
        match &told.handed {
            Some(handed) => record.hand(handed),
            None => record.end(Stage::Done, at),
        }
        Some(record)
    }

    fn apply(&mut self, next: &Happened<InnovationEvent>) {
        let meta = &next.meta;
        self.version = meta.version;
        if next.event.is_news() && !self.is_own_word(next) {
            self.news_at = meta.happened_at;
        }
        if matches!(next.event, InnovationEvent::Asked { .. } | InnovationEvent::DateMoved { .. }) {
            self.spoken_at.get_or_insert(meta.happened_at);
        }
        match &next.event {
            InnovationEvent::Told(_) | InnovationEvent::News { .. } => {}
            InnovationEvent::Moderated(what) => {
                self.listing = what.listing().unwrap_or(self.listing);
                self.moderated.push(Done { what: *what, at: meta.happened_at });
            }
            InnovationEvent::SightOffered(offer) => {
                (self.wider, self.offered_at) = (Some(*offer), Some(meta.happened_at));
            }
            InnovationEvent::OpeningAsked { .. }
            | InnovationEvent::OpeningLapsed
            | InnovationEvent::NameOpened { .. }
            | InnovationEvent::NameGiven { .. } => self.name_changes(&next.event, meta.happened_at),
            InnovationEvent::Answered(answered) => self.answered(answered, meta),
            InnovationEvent::TryEnded { lines, clock, handed } => {
                self.try_ended((lines, clock), handed.as_ref(), meta);
            }
            InnovationEvent::Withdrawn { clock, .. } => {
                self.clock = Some(clock.clone());
                self.end(Stage::Withdrawn, meta.happened_at);
            }
            InnovationEvent::Passed { .. }
            | InnovationEvent::Rehomed { .. }
            | InnovationEvent::TakenUp { .. }
            | InnovationEvent::Overdue { .. }
            | InnovationEvent::Objected { .. }
            | InnovationEvent::ReviewAsked { .. }
            | InnovationEvent::Reopened { .. }
            | InnovationEvent::DateMoved { .. } => self.moved(&next.event),
            said => self.said(said),
        }
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn body(&self) -> Uuid {
        self.told.body.0
    }
}

impl Told {
    /// Is it a problem without a solution?
    pub fn is_problem(&self) -> bool {
        self.solution.is_none() && self.way_in != WayIn::JustDidIt
    }
}
