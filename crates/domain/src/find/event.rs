//! What can happen to the record of an idea. Each event carries what was decided, so applying it runs no rule.

use crate::find::masking::MaskedFor;
use crate::find::moderation::{Moderated, Public};
use crate::find::sight::{Offer, Shown};
use crate::find::stage::{AnswerKind, Lane, Origin, Outcome, Reason, WayIn};
use crate::ids::{NodeId, PartyId, ProblemId};
use crate::people::{ladder::Explained, role::Role, setting::SeenBy};
use crate::record::Event;
use crate::reference::Reference;
use crate::route::clock::Clock;
use crate::route::shared::Used;
use crate::text::{Language, Remade, WordsRef};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who has to do the next thing, and by which right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Who.
    pub party: PartyId,
    /// By which role.
    pub role: Role,
    /// Where the role is held.
    pub node: NodeId,
    /// Why it is not with whom one would expect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
}

/// Somebody who brought it, with a share of the credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    /// Who.
    pub party: PartyId,
    /// The share in percent; all shares of a record make 100.
    pub share_percent: u8,
}

/// What is said when a record begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// What people call it by.
    pub reference: Reference,
    /// How it came in.
    pub way_in: WayIn,
    /// Where it was told.
    pub node: NodeId,
    /// The legal body of that node.
    pub body: NodeId,
    /// The body's time zone.
    pub zone: String,
    /// The version of the route that it is on.
    pub route: u16,
    /// How often the body had changed its settings when they were read.
    pub settings: u32,
    /// Who sees it.
    pub seen_by: SeenBy,
    /// The problem that it answers, where it answers one.
    pub answers: Option<ProblemId>,
    /// Who brought it.
    pub contributors: Vec<Contributor>,
    /// Who typed it on somebody's behalf, with their agreement.
    pub assisted_by: Option<PartyId>,
    /// Where it came from.
    pub origin: Origin,
    /// The language it was told in.
    pub language: Language,
    /// What it is called.
    pub title: WordsRef,
    /// What the problem is.
    pub problem: WordsRef,
    /// What they would do, where they know.
    pub solution: Option<WordsRef>,
    /// The id that another system knows it by.
    pub external_id: Option<String>,
    /// What was promised to whom; nothing for *just did it*.
    pub handed: Option<Handed>,
    /// The three lines of *just did it*.
    pub done: Option<ThreeLines>,
    /// The name of who brought it is hidden: nobody's account is a row beside their party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
    /// It was told without an account: it is listed once a moderator has read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<Public>,
}

/// How a hidden name is kept: encrypted to the keys of two openers, one inside the other, beside the journal. The party's id
/// commits to it ([`crate::people::party::sealed_id`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The keys, in the order in which it is opened.
    pub keys: [Uuid; 2],
}

/// A duty with its promise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Handed {
    /// Who has it now.
    pub duty: Duty,
    /// By when.
    pub clock: Clock,
    /// Until when the finder may take it over, where somebody else has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finder_until: Option<NaiveDate>,
}

/// Where a record is handled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The node.
    pub at: NodeId,
    /// The legal body of that node.
    pub body: NodeId,
    /// That body's time zone.
    pub zone: String,
}

/// Why a duty went to somebody else without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The finder took it over within five days.
    TakenOver,
    /// Who had it is away.
    Away,
    /// Who had it lost the role, or the account was closed.
    RoleEnded,
    /// Who had it declared an interest.
    Interest,
    /// The node was moved or closed.
    NodeMoved,
    /// The date was missed.
    Missed,
    /// It came back from *not now*.
    CameBack,
}

/// A decision taken in a meeting and typed by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The day of the decision, which due dates use.
    pub on: NaiveDate,
    /// Meeting and minute reference.
    pub meeting: WordsRef,
    /// Who typed it.
    pub typed_by: PartyId,
    /// The last day on which the decider may object.
    pub object_until: NaiveDate,
}

/// An answer with all that it must carry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// Which of the four.
    pub kind: AnswerKind,
    /// Who decided.
    pub by: Duty,
    /// Why it is not *go*.
    pub reason: Option<Reason>,
    /// The decider's own words.
    pub words: Option<WordsRef>,
    /// What would change this; for *not now* the event that it waits for.
    pub would_change: Option<WordsRef>,
    /// Where it was decided, if not on the page.
    pub elsewhere: Option<Elsewhere>,
    /// The promise as it ended: in time or late.
    pub clock: Clock,
    /// What follows.
    pub then: Then,
    /// Where the name is hidden: who decided said that they neither wrote it nor know who did.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_name_unknown: bool,
    /// Is it the answer of another decider, whom the contributor asked to look at an earlier one?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_review: bool,
    /// Was it given to many with the same words?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<Used>,
}

/// What an answer leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "next")]
pub enum Then {
    /// It is tried.
    Try(Try),
    /// It comes back.
    Wait {
        /// On this day at the latest.
        until: NaiveDate,
        /// Who reads it again.
        duty: Duty,
        /// The clock of the re-reading.
        clock: Clock,
    },
    /// It goes to somebody else.
    HandOn {
        /// To whom, by when.
        handed: Handed,
        /// Where it is handled from now on.
        at: NodeId,
        /// The legal body of that node.
        body: NodeId,
        /// That body's time zone.
        zone: String,
    },
    /// It ends.
    End,
}

/// What *go* carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Try {
    /// Who tries it.
    pub who: PartyId,
    /// Hours granted; 0 for none.
    pub hours: u32,
    /// Whose budget the hours come from.
    pub hours_from: Option<WordsRef>,
    /// Pence, recorded.
    pub pence: u32,
    /// Until when; then the page asks for three lines.
    pub clock: Clock,
}

/// The three lines that close a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreeLines {
    /// What we did.
    pub did: WordsRef,
    /// What changed.
    pub changed: WordsRef,
    /// Keep, drop or pass on.
    pub outcome: Outcome,
}

/// What somebody told who found that a record says the same, and added their words to it instead of sending one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Who told it, each once.
    pub tellers: Vec<PartyId>,
    /// Who typed it on their behalf, with their agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted_by: Option<PartyId>,
    /// Where it came from.
    pub origin: Origin,
    /// What they would have called it.
    pub title: WordsRef,
    /// What the problem is for them.
    pub problem: WordsRef,
    /// What they would do, where they know.
    pub solution: Option<WordsRef>,
}

/// What can happen to the record of an idea.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum InnovationEvent {
    /// It was sent.
    Told(Box<Told>),
    /// Somebody else has it now, without an answer.
    Passed {
        /// Why.
        cause: Cause,
        /// Who has it now, by when.
        handed: Handed,
        /// The lane from now on.
        lane: Lane,
    },
    /// The node where it is handled has another legal body, or is no more; its date stays.
    Rehomed {
        /// Where it is handled from now on.
        place: Place,
    },
    /// Who tried it is gone: somebody else sees to the three lines.
    TakenUp {
        /// Who.
        owner: PartyId,
    },
    /// Its date has passed without the act.
    Overdue {
        /// How far it has gone up: 1 flagged, 2 one level up, 3 handed over.
        step: u8,
        /// Who has it now, by which new date; the first missed day stays in the clock.
        handed: Handed,
    },
    /// It was answered.
    Answered(Box<Answered>),
    /// The decider objected to what was typed for them: the answer does not hold.
    Objected {
        /// Why.
        why: WordsRef,
        /// They have it again, by when.
        handed: Handed,
    },
    /// The contributor asked that another decider look at the answer; it stays on the record.
    ReviewAsked {
        /// Why.
        why: WordsRef,
        /// Who that is, by when.
        handed: Handed,
    },
    /// What was answered *no* is open again with what is new since; the answer stays on the record.
    Reopened {
        /// What is new.
        why: WordsRef,
        /// Who answers now, by when.
        handed: Handed,
    },
    /// The contributor was asked something; the clock waits.
    Asked {
        /// What.
        question: WordsRef,
        /// The clock, paused.
        clock: Clock,
    },
    /// The contributor answered, or had nothing to add; the clock goes on.
    Replied {
        /// What they said; nothing for *nothing to add*.
        reply: Option<WordsRef>,
        /// The clock, running again.
        clock: Clock,
    },
    /// The pause ran out: it is decided on what there is.
    PauseEnded {
        /// The clock, running again.
        clock: Clock,
    },
    /// *Was this an answer?*
    AnswerJudged {
        /// The contributor's word.
        was_answer: bool,
    },
    /// The date had passed and the contributor asked why.
    WhyAsked,
    /// A new date, and why; the old one is kept in the clock.
    DateMoved {
        /// Why.
        why: WordsRef,
        /// The clock with its new date.
        clock: Clock,
    },
    /// The decider has an interest and must not decide.
    InterestDeclared {
        /// Who.
        party: PartyId,
    },
    /// The hours were had, or some of them.
    HoursConfirmed {
        /// How many.
        hours: u32,
    },
    /// The three lines were written.
    TryEnded {
        /// What they say.
        lines: ThreeLines,
        /// The promise as it ended.
        clock: Clock,
        /// Who has it now, where it was passed on.
        handed: Option<Handed>,
    },
    /// A person wrote how it stands.
    News {
        /// What they wrote.
        words: WordsRef,
    },
    /// Others told the same and added their words.
    Added(Added),
    /// An opener asked that the hidden name be opened.
    OpeningAsked {
        /// Who.
        by: PartyId,
        /// Why.
        why: WordsRef,
    },
    /// Nobody joined whoever asked in time: what they had opened is gone, and it would be begun anew.
    OpeningLapsed,
    /// The hidden name was opened to two people together; it is not written down.
    NameOpened {
        /// Who asked, and who opened it with them.
        by: [PartyId; 2],
    },
    /// Whoever brought it put their name on it.
    NameGiven {
        /// Who.
        party: PartyId,
    },
    /// Words in its texts, or in comments on it, were masked: the old ones are erased.
    Masked {
        /// The texts; none where the words stood in comments alone.
        texts: Vec<Remade>,
        /// Why.
        because: MaskedFor,
    },
    /// A moderator listed it, or did not, or left it as it was.
    Moderated(Moderated),
    /// Who brought it, or the finder, said that more people may see it: it waits for the other's yes.
    SightOffered(Offer),
    /// Who may see it was said; nothing is offered any more.
    SightSet(Shown),
    /// Whoever told it without an account put a name on it.
    Credited {
        /// The name.
        name: WordsRef,
    },
    /// Its contributor took it back.
    Withdrawn {
        /// Why, in a line.
        why: WordsRef,
        /// The promise as it ended.
        clock: Clock,
    },
}

impl Event for InnovationEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Told(_) => "told",
            Self::Passed { .. } => "passed",
            Self::Rehomed { .. } => "rehomed",
            Self::TakenUp { .. } => "taken-up",
            Self::Overdue { .. } => "overdue",
            Self::Answered(_) => "answered",
            Self::Objected { .. } => "objected",
            Self::ReviewAsked { .. } => "review-asked",
            Self::Reopened { .. } => "reopened",
            Self::Asked { .. } => "asked",
            Self::Replied { .. } => "replied",
            Self::PauseEnded { .. } => "pause-ended",
            Self::AnswerJudged { .. } => "answer-judged",
            Self::WhyAsked => "why-asked",
            Self::DateMoved { .. } => "date-moved",
            Self::InterestDeclared { .. } => "interest-declared",
            Self::HoursConfirmed { .. } => "hours-confirmed",
            Self::TryEnded { .. } => "try-ended",
            Self::News { .. } => "news",
            Self::Added(_) => "added",
            Self::OpeningAsked { .. } => "opening-asked",
            Self::OpeningLapsed => "opening-lapsed",
            Self::NameOpened { .. } => "name-opened",
            Self::NameGiven { .. } => "name-given",
            Self::Masked { .. } => "masked",
            Self::Moderated(_) => "moderated",
            Self::SightOffered(_) => "sight-offered",
            Self::SightSet(_) => "sight-set",
            Self::Credited { .. } => "credited",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Told(told) => told.parties(),
            Self::Answered(answered) => answered.parties(),
            Self::Passed { handed, .. }
            | Self::Overdue { handed, .. }
            | Self::Objected { handed, .. }
            | Self::ReviewAsked { handed, .. }
            | Self::Reopened { handed, .. } => vec![handed.duty.party],
            Self::TryEnded { handed, .. } => handed.iter().map(|handed| handed.duty.party).collect(),
            Self::TakenUp { owner } => vec![*owner],
            Self::InterestDeclared { party } | Self::NameGiven { party } => vec![*party],
            Self::OpeningAsked { by, .. } => vec![*by],
            Self::SightOffered(offer) => vec![offer.by],
            Self::SightSet(shown) => std::iter::once(shown.by).chain(shown.with).collect(),
            Self::NameOpened { by } => by.to_vec(),
            Self::Moderated(moderated) => vec![moderated.by],
            Self::Added(added) => added.tellers.iter().copied().chain(added.assisted_by).collect(),
            Self::Rehomed { .. }
            | Self::Asked { .. }
            | Self::Replied { .. }
            | Self::PauseEnded { .. }
            | Self::AnswerJudged { .. }
            | Self::WhyAsked
            | Self::DateMoved { .. }
            | Self::HoursConfirmed { .. }
            | Self::News { .. }
            | Self::Masked { .. }
            | Self::OpeningLapsed
            | Self::Credited { .. }
            | Self::Withdrawn { .. } => Vec::new(),
        }
    }
}
