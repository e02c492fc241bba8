//! A figure as counts: lines of quarters, of the whole and of its parts, each with the same columns.

use crate::find::stage::{AnswerKind, Stage, named};
use serde::{Deserialize, Serialize};

named! {
    /// The six figures of every node.
    FigureId {
        /// Open records with an owner, a stage, a next date and a decider who exists.
        InControl = "in-control",
        /// Working days to the first answer by a person.
        FirstAnswer = "first-answer",
        /// Answers by the date that was promised first.
        OnTime = "on-time",
        /// Answered with a reason, and whether that was an answer.
        Reasoned = "reasoned",
        /// What became of what was tried.
        Tried = "tried",
        /// Who tells again.
        ComeBack = "come-back",
    }
}

impl std::fmt::Display for FigureId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// How many, those handled with care apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Those not handled with care.
    pub plain: u64,
    /// Those handled with care.
    pub with_care: u64,
}

/// What a line of a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// A quarter of the period.
    Quarter(usize),
    /// All of it.
    Whole,
    /// What stands at a stage.
    Stage(Stage),
    /// What was answered so.
    Answer(AnswerKind),
    /// What is not answered yet.
    Owed,
}

/// So many waited so many days, until they were answered or as long as one knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Working days.
    pub days: u32,
    /// Did the wait end with an answer?
    pub is_over: bool,
    /// How many.
    pub count: Count,
}

/// A line of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is of.
    pub of: Of,
    /// How many, by column.
    pub counts: Vec<Count>,
    /// How long they waited, where the figure is of days.
    pub waits: Vec<Wait>,
}

/// A figure of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Which one.
    pub id: FigureId,
    /// Its lines: the quarters, the whole, its parts.
    pub lines: Vec<Line>,
}

/// No count under this is shown where records handled with care are in it, nor where it leaves the body.
pub const FEWEST: u64 = 10;

impl Count {
    /// All of them.
    pub const fn all(self) -> u64 {
        self.plain + self.with_care
    }

    pub(crate) fn add(&mut self, (is_with_care, count): (bool, u64)) {
        if is_with_care {
            self.with_care += count;
        } else {
            self.plain += count;
        }
    }
}

impl Figure {
    /// Are records handled with care counted in it, for those who may see all of them? Only where every count that they
    /// are in is ten or more, else all of the figure is without them. For anybody else they are in no count at all: ten
    /// are no shelter from whoever can count the others, here, in the places below, or in a list.
    pub fn counts_care(&self) -> bool {
        let counts = self.lines.iter().flat_map(|line| &line.counts);
        counts.filter(|count| count.with_care > 0).all(|count| count.all() >= FEWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(counts: &[(u64, u64)]) -> Figure {
        let counts = counts.iter().map(|(plain, with_care)| Count { plain: *plain, with_care: *with_care });
        let line = Line { of: Of::Whole, counts: counts.collect(), waits: Vec::new() };
        Figure { id: FigureId::OnTime, lines: vec![line] }
    }

    #[test]
    fn what_is_handled_with_care_is_in_no_count_under_ten() {
        assert!(figure(&[(3, 0), (9, 1)]).counts_care());
        assert!(!figure(&[(9, 1), (8, 1)]).counts_care());
        assert!(figure(&[(3, 0)]).counts_care());
    }
}
