//! What a record says to the figures: facts that follow from it alone, each at the node and on the day that it counts
//! for. A fact carries days, not durations: how many of them were worked is the calendar's to say, and a longer list of
//! holidays must change no row.

use crate::find::innovation::{Answer, Innovation};
use crate::find::stage::{AnswerKind, Outcome, Stage};
use crate::ids::NodeId;
use crate::people::setting::SeenBy;
use crate::route::clock::{Clock, State};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// A fact of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The node that it counts for: where it was told for what its contributors wait for, else where it was decided.
    pub node: NodeId,
    /// What it says.
    pub says: Says,
    /// The day that it counts on, where the node is.
    pub day: NaiveDate,
    /// The day on which it ended, where it lasted.
    pub until: Option<NaiveDate>,
}

/// What a fact says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Says {
    /// It was told on its day, and was first answered until then, or taken back, or still waits.
    First(First),
    /// An answer was due on its day: which answer came and whether in time, or none yet.
    Due(Option<(AnswerKind, bool)>),
    /// It was answered on its day.
    Answer {
        /// How.
        kind: AnswerKind,
        /// With a reason, own words and what would change it?
        is_reasoned: bool,
        /// The contributor's word on whether that was an answer.
        was_answer: Option<bool>,
        /// Did many get the same words?
        is_shared: bool,
    },
    /// A try ended on its day with an outcome, or was to end and its three lines are not written.
    Try(Option<Outcome>),
}

/// What became of the wait for a first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum First {
    /// A person answered.
    Heard,
    /// It waits.
    Waiting,
    /// Its contributor took it back before.
    Withdrawn,
}

/// The facts of a record, in an order in which a later event mostly adds to the end.
pub fn facts(record: &Innovation) -> Vec<Fact> {
    let answers = record.answers.iter().filter(|answer| !answer.is_objected);
    first(record).into_iter().chain(answers.flat_map(of_answer)).chain(owed(record)).collect()
}

/// Is it left out of counts under ten?
pub fn is_with_care(record: &Innovation) -> bool {
    record.seen_by() == SeenBy::Handlers
}

/// From telling to the first answer. What was done without asking waits for none.
fn first(record: &Innovation) -> Option<Fact> {
    record.told.handed.as_ref()?;
    let zone = &record.told.zone;
    let heard = record.first_answered_at().map(|at| day(at, zone));
    let withdrawn = record.ended_at.filter(|_| record.stage == Stage::Withdrawn).map(|at| day(at, zone));
    let (says, until) = match (heard, withdrawn) {
        (Some(_), _) => (First::Heard, heard),
        (None, Some(_)) => (First::Withdrawn, withdrawn),
        (None, None) => (First::Waiting, None),
    };
    let node = record.told.node;
    Some(Fact { node, says: Says::First(says), day: day(record.sent_at, zone), until })
}

fn of_answer(answer: &Answer) -> impl Iterator<Item = Fact> {
    let (node, zone, given) = (answer.from.at, &answer.from.zone, &answer.given);
    let fact = move |says, day| Fact { node, says, day, until: None };
    let met = match given.clock.state {
        // A date that was moved does not make in time what the first one would have called late.
        State::Met { at, late } => Some(!late && day(at, zone) <= given.clock.first_due().date),
        _ => None,
    };
    let due = met.map(|in_time| fact(Says::Due(Some((given.kind, in_time))), given.clock.first_due().date));
    let is_reasoned = given.reason.is_some() && given.words.is_some() && given.would_change.is_some();
    let is_shared = given.shared.is_some();
    let says = Says::Answer { kind: given.kind, is_reasoned, was_answer: answer.was_answer, is_shared };
    let tried = answer.tried.map(|(outcome, at)| fact(Says::Try(Some(outcome)), day(at, zone)));
    due.into_iter().chain([fact(says, day(answer.at, zone))]).chain(tried)
}

/// What is owed now: an answer, or the three lines of a try.
fn owed(record: &Innovation) -> Option<Fact> {
    let clock = record.clock.as_ref().filter(|clock| clock.is_open())?;
    let says = match record.stage {
        stage if stage.awaits_answer() => Says::Due(None),
        Stage::Trying => Says::Try(None),
        _ => return None,
    };
    Some(Fact { node: record.at, says, day: first_missed(clock), until: None })
}

/// The day that was promised first. While it is paused, the one that binds then.
fn first_missed(clock: &Clock) -> NaiveDate {
    match clock.state {
        State::Paused { latest, .. } if clock.moved.is_empty() => latest.date,
        _ => clock.first_due().date,
    }
}

/// The day of an instant in a zone that a record carries; of UTC where that is none, which no record has.
fn day(at: DateTime<Utc>, zone: &str) -> NaiveDate {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    at.with_timezone(&zone).date_naive()
}

impl Says {
    /// What the fact is of, as the database has it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::First(_) => "first",
            Self::Due(_) => "due",
            Self::Answer { .. } => "answer",
            Self::Try(_) => "try",
        }
    }

    /// The rest of it, as the database has it.
    pub fn part(self) -> String {
        match self {
            Self::First(first) => first.name().to_owned(),
            Self::Due(None) | Self::Try(None) => OWED.to_owned(),
            Self::Due(Some((kind, in_time))) => {
                format!("{} {}", kind.name(), if in_time { "in-time" } else { "late" })
            }
            Self::Answer { kind, is_reasoned, was_answer, is_shared } => {
                let reasoned = if is_reasoned { "reasoned" } else { "bare" };
                // What was written before answers were shared has no third word, and says the same.
                let shared = if is_shared { " shared" } else { "" };
                format!("{} {reasoned} {}{shared}", kind.name(), said(was_answer))
            }
            Self::Try(Some(outcome)) => outcome.name().to_owned(),
        }
    }

    /// What the database has, read back; nothing for any other text.
    pub fn parse(kind: &str, part: &str) -> Option<Self> {
        let mut words = part.split(' ');
        let mut next = || words.next();
        match kind {
            "first" => First::parse(part).map(Self::First),
            "due" if part == OWED => Some(Self::Due(None)),
            "due" => Some(Self::Due(Some((AnswerKind::parse(next()?)?, yes(next()?, ["in-time", "late"])?)))),
            "answer" => Some(Self::Answer {
                kind: AnswerKind::parse(next()?)?,
                is_reasoned: yes(next()?, ["reasoned", "bare"])?,
                was_answer: match next()? {
                    "unsaid" => None,
                    word => Some(yes(word, ["yes", "no"])?),
                },
                is_shared: match next() {
                    None => false,
                    Some("shared") => true,
                    Some(_) => return None,
                },
            }),
            "try" if part == OWED => Some(Self::Try(None)),
            "try" => Outcome::parse(part).map(|outcome| Self::Try(Some(outcome))),
            _ => None,
        }
    }
}

/// The part of what is owed still.
const OWED: &str = "owed";

fn yes(word: &str, [yes, no]: [&str; 2]) -> Option<bool> {
    if word == yes { Some(true) } else { (word == no).then_some(false) }
}

const fn said(was_answer: Option<bool>) -> &'static str {
    match was_answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unsaid",
    }
}

impl First {
    const ALL: [Self; 3] = [Self::Heard, Self::Waiting, Self::Withdrawn];

    const fn name(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Waiting => "waiting",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|first| first.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_fact_says_is_read_as_it_is_written() {
        let mut all: Vec<Says> = First::ALL.map(Says::First).to_vec();
        all.extend([Says::Due(None), Says::Try(None)]);
        all.extend(Outcome::ALL.iter().map(|outcome| Says::Try(Some(*outcome))));
        for kind in AnswerKind::ALL.iter().copied() {
            for flag in [true, false] {
                all.push(Says::Due(Some((kind, flag))));
                for was_answer in [None, Some(true), Some(false)] {
                    all.extend([true, false].map(|is_shared| Says::Answer {
                        kind,
                        is_reasoned: flag,
                        was_answer,
                        is_shared,
                    }));
                }
            }
        }
        for says in all {
            assert_eq!(Says::parse(says.kind(), &says.part()), Some(says));
        }
        assert_eq!(Says::parse("answer", "go reasoned"), None);
        assert_eq!(Says::parse("answer", "go reasoned yes twice"), None);
        assert_eq!(Says::parse("due", "go perhaps"), None);
        assert_eq!(Says::parse("other", "owed"), None);
    }
}
