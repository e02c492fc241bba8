//! Adding up what was counted to the six figures.

use super::fact::{First, Says};
use super::figure::{Count, Figure, FigureId, Line, Of, Wait};
use super::period::QUARTERS;
use crate::find::stage::{AnswerKind, Outcome, Stage};

/// How many of something, and whether those are handled with care.
pub type Weight = (bool, u64);

/// Open records of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Their stage.
    pub stage: Stage,
    /// Have they an owner, a next date and a decider who exists?
    pub is_controlled: bool,
    /// How many.
    pub weight: Weight,
}

/// Records told in a quarter and how long they waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waited {
    /// The quarter in which they were told.
    pub quarter: usize,
    /// What became of the wait.
    pub first: First,
    /// Working days.
    pub days: u32,
    /// How many.
    pub weight: Weight,
}

/// Facts of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The quarter.
    pub quarter: usize,
    /// What they say.
    pub says: Says,
    /// How many.
    pub weight: Weight,
}

/// Contributors of a first idea who were answered 180 days before a day of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returned {
    /// The quarter.
    pub quarter: usize,
    /// How they were answered.
    pub kind: AnswerKind,
    /// Have they told again since?
    pub is_back: bool,
    /// How many.
    pub weight: Weight,
}

/// Open records under control.
pub fn in_control(open: &[Open]) -> Figure {
    let stages = Stage::ALL.iter().filter(|stage| stage.is_open());
    let mut figure = Figure::of(FigureId::InControl, stages.map(|stage| Of::Stage(*stage)));
    for one in open {
        let columns = if one.is_controlled { &[0, 1][..] } else { &[1] };
        figure.add(&[Of::Stage(one.stage)], (columns, one.weight));
    }
    figure
}

/// Working days to the first answer.
pub fn first_answer(waited: &[Waited]) -> Figure {
    let mut figure = Figure::of(FigureId::FirstAnswer, quarters());
    for one in waited {
        let column = match one.first {
            First::Heard => 0,
            First::Waiting => 1,
            First::Withdrawn => 2,
        };
        figure.add(&[Of::Quarter(one.quarter)], (&[column, 3], one.weight));
        figure.wait(one);
    }
    figure
}

/// Answers by their first date.
pub fn on_time(counted: &[Counted]) -> Figure {
    let kinds = AnswerKind::ALL.iter().map(|kind| Of::Answer(*kind)).chain([Of::Owed]);
    let mut figure = Figure::of(FigureId::OnTime, quarters().chain(kinds));
    for one in counted {
        let Says::Due(answer) = one.says else { continue };
        let part = answer.map_or(Of::Owed, |(kind, _)| Of::Answer(kind));
        let columns = if answer.is_some_and(|(_, in_time)| in_time) { &[0, 1][..] } else { &[1] };
        figure.add(&[Of::Quarter(one.quarter), part], (columns, one.weight));
    }
    figure
}

/// Answers with a reason, and whether those who asked call them answers. What was sent on is not answered yet.
pub fn reasoned(counted: &[Counted]) -> Figure {
    let kinds = AnswerKind::ALL.iter().filter(|kind| **kind != AnswerKind::SendOn);
    let kinds = kinds.map(|kind| Of::Answer(*kind));
    let mut figure = Figure::of(FigureId::Reasoned, quarters().chain(kinds));
    for one in counted {
        let Says::Answer { kind, is_reasoned, was_answer, is_shared } = one.says else { continue };
        if kind == AnswerKind::SendOn {
            continue;
        }
        let refused = kind != AnswerKind::Go;
        let (has_said, is_yes) = (was_answer.is_some(), was_answer == Some(true));
        let flags = [refused && is_reasoned, refused, is_yes, has_said, true, refused && is_shared];
        let columns: Vec<usize> = flags.iter().enumerate().filter(|(_, on)| **on).map(|(at, _)| at).collect();
        figure.add(&[Of::Quarter(one.quarter), Of::Answer(kind)], (&columns, one.weight));
    }
    figure
}

/// What became of what was tried.
pub fn tried(counted: &[Counted]) -> Figure {
    let mut figure = Figure::of(FigureId::Tried, quarters());
    for one in counted {
        let Says::Try(outcome) = one.says else { continue };
        let columns: &[usize] = match outcome {
            Some(Outcome::Keep) => &[0, 3],
            Some(Outcome::Drop) => &[1, 3],
            Some(Outcome::PassOn) => &[2, 3],
            None => &[4],
        };
        figure.add(&[Of::Quarter(one.quarter)], (columns, one.weight));
    }
    figure
}

/// Who tells again.
pub fn come_back(returned: &[Returned]) -> Figure {
    let kinds = AnswerKind::ALL.iter().filter(|kind| **kind != AnswerKind::SendOn);
    let kinds = kinds.map(|kind| Of::Answer(*kind));
    let mut figure = Figure::of(FigureId::ComeBack, quarters().chain(kinds));
    for one in returned {
        let columns = if one.is_back { &[0, 1][..] } else { &[1] };
        figure.add(&[Of::Quarter(one.quarter), Of::Answer(one.kind)], (columns, one.weight));
    }
    figure
}

fn quarters() -> impl Iterator<Item = Of> {
    (0..QUARTERS).map(Of::Quarter)
}

impl Figure {
    /// A figure of nothing: its quarters, the whole, its parts.
    fn of(id: FigureId, lines: impl Iterator<Item = Of>) -> Self {
        let columns = id.definition().columns.len();
        let mut lines: Vec<Of> = lines.collect();
        let quarters = lines.iter().take_while(|of| matches!(of, Of::Quarter(_))).count();
        lines.insert(quarters, Of::Whole);
        let line = |of| Line { of, counts: vec![Count::default(); columns], waits: Vec::new() };
        Self { id, lines: lines.into_iter().map(line).collect() }
    }

    /// Adds to lines and to the whole, in some columns.
    fn add(&mut self, of: &[Of], (columns, weight): (&[usize], Weight)) {
        let lines = self.lines.iter_mut().filter(|line| line.of == Of::Whole || of.contains(&line.of));
        for line in lines {
            for column in columns {
                line.counts[*column].add(weight);
            }
        }
    }

    /// Adds how long some waited.
    fn wait(&mut self, one: &Waited) {
        let of = [Of::Quarter(one.quarter), Of::Whole];
        for line in self.lines.iter_mut().filter(|line| of.contains(&line.of)) {
            let mut count = Count::default();
            count.add(one.weight);
            line.waits.push(Wait { days: one.days, is_over: one.first == First::Heard, count });
        }
    }

    /// The line of something; nothing where the figure has none.
    pub fn line(&self, of: Of) -> Option<&Line> {
        self.lines.iter().find(|line| line.of == of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(figure: &Figure, of: Of) -> Vec<u64> {
        figure.line(of).unwrap().counts.iter().map(|count| count.plain).collect()
    }

    fn counted(quarter: usize, says: Says, count: u64) -> Counted {
        Counted { quarter, says, weight: (false, count) }
    }

    #[test]
    fn what_is_due_is_in_time_late_or_owed() {
        let figure = on_time(&[
            counted(0, Says::Due(Some((AnswerKind::Go, true))), 4),
            counted(0, Says::Due(Some((AnswerKind::NotNow, false))), 2),
            counted(3, Says::Due(None), 1),
            counted(3, Says::Try(None), 9),
        ]);
        assert_eq!(plain(&figure, Of::Quarter(0)), [4, 6]);
        assert_eq!(plain(&figure, Of::Quarter(3)), [0, 1]);
        assert_eq!(plain(&figure, Of::Whole), [4, 7]);
        assert_eq!(plain(&figure, Of::Answer(AnswerKind::NotNow)), [0, 2]);
        assert_eq!(plain(&figure, Of::Owed), [0, 1]);
    }

    #[test]
    fn only_no_and_not_now_need_a_reason_and_everybody_answered_is_asked() {
        let says = |kind, was_answer| {
            let is_no = kind == AnswerKind::Stop;
            Says::Answer { kind, is_reasoned: kind != AnswerKind::Go, was_answer, is_shared: is_no }
        };
        let figure = reasoned(&[
            counted(1, says(AnswerKind::Go, Some(true)), 3),
            counted(1, says(AnswerKind::Stop, Some(false)), 2),
            counted(2, says(AnswerKind::NotNow, None), 5),
            counted(2, says(AnswerKind::SendOn, None), 7),
        ]);
        assert_eq!(plain(&figure, Of::Whole), [7, 7, 3, 5, 10, 2]);
        assert_eq!(plain(&figure, Of::Answer(AnswerKind::Go)), [0, 0, 3, 3, 3, 0]);
    }

    #[test]
    fn a_try_whose_date_has_passed_without_its_lines_is_no_end() {
        let figure = tried(&[
            counted(0, Says::Try(Some(Outcome::Keep)), 2),
            counted(0, Says::Try(Some(Outcome::Drop)), 3),
            counted(1, Says::Try(Some(Outcome::PassOn)), 1),
            counted(1, Says::Try(None), 4),
        ]);
        assert_eq!(plain(&figure, Of::Whole), [2, 3, 1, 6, 4]);
    }

    #[test]
    fn who_waits_and_who_took_it_back_is_counted_with_those_who_were_answered() {
        let one = |first, days, count| Waited { quarter: 2, first, days, weight: (true, count) };
        let figure =
            first_answer(&[one(First::Heard, 3, 5), one(First::Waiting, 8, 2), one(First::Withdrawn, 1, 1)]);
        let whole = figure.line(Of::Whole).unwrap();
        assert_eq!(whole.counts.iter().map(|count| count.with_care).collect::<Vec<_>>(), [5, 2, 1, 8]);
        let over: Vec<_> = whole.waits.iter().map(|wait| (wait.days, wait.is_over)).collect();
        assert_eq!(over, [(3, true), (8, false), (1, false)]);
    }

    #[test]
    fn control_and_coming_back_are_shares_of_all_their_lines() {
        let open = |is_controlled, count| Open { stage: Stage::Told, is_controlled, weight: (false, count) };
        assert_eq!(plain(&in_control(&[open(true, 6), open(false, 1)]), Of::Whole), [6, 7]);
        let back =
            |is_back, count| Returned { quarter: 0, kind: AnswerKind::Stop, is_back, weight: (false, count) };
        let figure = come_back(&[back(true, 2), back(false, 3)]);
        assert_eq!(plain(&figure, Of::Answer(AnswerKind::Stop)), [2, 5]);
        assert_eq!(plain(&figure, Of::Quarter(0)), [2, 5]);
        assert_eq!(plain(&figure, Of::Quarter(1)), [0, 0]);
    }
}
