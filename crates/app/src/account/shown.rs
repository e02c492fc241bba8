//! What of a figure is shown: to the people of its body every count, to all others what may be published.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use waymark_domain::account::figure::{Count, Figure, FigureId, Line, Of};
use waymark_domain::account::period::Period;
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::ids::NodeId;
use waymark_methods::small::{FEWEST, percent, rounded};
use waymark_methods::survival::{Ends, kaplan_meier, quantile};

/// The share of waits that the longer of the two durations covers.
const MOST: f64 = 0.9;
/// Published, the duration that nine of ten do not reach needs as many people beyond it as any count.
const FEWEST_FOR_MOST: u64 = FEWEST * 10;

/// How exactly whoever asks may see the figures of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Whoever decides or audits there or above, and may see all that is behind it: every count.
    WithCare,
    /// The other people of its body: every count of what all of them may see.
    Whole,
    /// Others: what may be published.
    Published,
}

impl Sight {
    /// Are the counts those that were counted?
    pub const fn is_exact(self) -> bool {
        !matches!(self, Self::Published)
    }
}

/// A duration in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// So many.
    Known(u32),
    /// So many wait still that one cannot know it yet.
    NotYet,
    /// There is nobody to count, or too few to show.
    None,
}

/// A line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLine {
    /// What it is of.
    pub of: Of,
    /// How many, by column; nothing where too few to show.
    pub counts: Vec<Option<u64>>,
    /// The wait that half do not exceed.
    pub median: Days,
    /// The wait that nine of ten do not exceed.
    pub most: Days,
}

/// A figure as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which one.
    pub id: FigureId,
    /// Its lines.
    pub lines: Vec<ShownLine>,
}

/// A share with what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
    /// In whole percents.
    pub percent: u64,
}

impl ShownLine {
    /// The share of one column in another; nothing where either is not shown or there is none to share.
    pub fn share(&self, (part, whole): (usize, usize)) -> Option<Share> {
        let (part, whole) = (self.counts.get(part).copied()??, self.counts.get(whole).copied()??);
        percent(part, whole).map(|percent| Share { part: part.min(whole), whole, percent })
    }
}

impl Shown {
    /// The line of something; nothing where it has none.
    pub fn line(&self, of: Of) -> Option<&ShownLine> {
        self.lines.iter().find(|line| line.of == of)
    }
}

/// What is shown of a figure to people of its body: nothing that is handled with care is in it.
pub fn whole(figure: &Figure) -> Shown {
    show(figure, false, |_, count| Some(count), 1)
}

/// What is shown of a figure to those who may see all the records behind it.
pub fn with_care(figure: &Figure) -> Shown {
    show(figure, figure.counts_care(), |_, count| Some(count), 1)
}

/// What is published of a figure of a node: nothing that is handled with care, no count under ten, all rounded to five by
/// the installation's key. What a cell is (node, figure, line, column) makes its dice, so that it is the same wherever
/// and whenever it is shown. A quarter is called by its first day. What is of the last twelve months or of today is
/// called by no day: drawn anew for each month, a count that stays would be given away by many returns.
pub fn published(figure: &Figure, key: &str, (node, period): (NodeId, Period)) -> Shown {
    let figure_name = format!("{node} {} v{}", figure.id, figure.id.definition().version);
    let show_cell = |cell: Cell<'_>, count| {
        let cell = format!("{figure_name} {} {}", name_of(cell.line, period), cell.column);
        rounded(count, dice(key, &cell))
    };
    show(figure, false, show_cell, FEWEST)
}

/// A cell of a figure.
struct Cell<'a> {
    line: Of,
    column: &'a str,
}

fn show(figure: &Figure, has_care: bool, shown: impl Fn(Cell<'_>, u64) -> Option<u64>, fewest: u64) -> Shown {
    let columns = figure.id.definition().columns;
    let line = |line: &Line| {
        let cells = columns.iter().zip(&line.counts);
        let counts =
            cells.map(|(column, count)| shown(Cell { line: line.of, column }, size(*count, has_care)));
        let (median, most) = durations(line, has_care, fewest);
        ShownLine { of: line.of, counts: counts.collect(), median, most }
    };
    Shown { id: figure.id, lines: figure.lines.iter().map(line).collect() }
}

const fn size(count: Count, has_care: bool) -> u64 {
    if has_care { count.all() } else { count.plain }
}

/// Half and nine of ten, where there are enough; alone each is enough for the people of the body.
fn durations(line: &Line, has_care: bool, fewest: u64) -> (Days, Days) {
    let ends = line.waits.iter().map(|wait| {
        let count = size(wait.count, has_care);
        let (ended, seen) = if wait.is_over { (count, 0) } else { (0, count) };
        Ends { duration: wait.days, ended, seen }
    });
    let ends: Vec<Ends> = ends.collect();
    let all: u64 = ends.iter().map(|end| end.ended + end.seen).sum();
    let steps = kaplan_meier(&ends);
    let of = |p, needed| match quantile(&steps, p) {
        _ if all < needed => Days::None,
        Some(days) => Days::Known(days),
        None => Days::NotYet,
    };
    let for_most = if fewest > 1 { FEWEST_FOR_MOST } else { 1 };
    (of(0.5, fewest), of(MOST, for_most))
}

/// The name of a line in the definition of a cell: the same one has the same name in every period that it is part of.
fn name_of(of: Of, period: Period) -> String {
    match of {
        Of::Quarter(quarter) => format!("quarter-{}", period.begins(quarter)),
        Of::Whole => "whole".to_owned(),
        Of::Stage(stage) => format!("stage-{}", Stage::name(stage)),
        Of::Answer(kind) => format!("answer-{}", AnswerKind::name(kind)),
        Of::Owed => "owed".to_owned(),
    }
}

/// What a cell's definition draws by a key.
fn dice(key: &str, cell: &str) -> u64 {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return 0 };
    mac.update(cell.as_bytes());
    let drawn = mac.finalize().into_bytes();
    drawn.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use waymark_domain::account::fact::Says;
    use waymark_domain::account::sum::{Counted, Open, Waited, first_answer, in_control, on_time};

    fn here() -> (NodeId, Period) {
        until("2026-11-26")
    }

    fn until(day: &str) -> (NodeId, Period) {
        (NodeId(uuid::Uuid::from_u128(7)), Period::until(day.parse().unwrap()))
    }

    fn went(quarter: usize, weight: (bool, u64)) -> Counted {
        Counted { quarter, says: Says::Due(Some((AnswerKind::Go, true))), weight }
    }

    fn due(counts: &[u64]) -> Figure {
        let one = |(quarter, count): (usize, &u64)| Counted {
            quarter: quarter % 4,
            says: Says::Due(Some((AnswerKind::ALL[quarter % 3], quarter.is_multiple_of(2)))),
            weight: (false, *count),
        };
        on_time(&counts.iter().enumerate().map(one).collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn nothing_published_is_under_ten_or_off_by_five(counts in prop::collection::vec(0_u64..60, 8), key: u64) {
            let (figure, key) = (due(&counts), key.to_string());
            let (whole, shown) = (whole(&figure), published(&figure, &key, here()));
            for (exact, line) in whole.lines.iter().zip(&shown.lines) {
                for (exact, count) in exact.counts.iter().zip(&line.counts) {
                    prop_assert_eq!(count.is_none(), exact.unwrap() < FEWEST);
                    if let Some(count) = count {
                        prop_assert!(*count >= FEWEST && count % 5 == 0 && count.abs_diff(exact.unwrap()) < 5);
                    }
                }
            }
            prop_assert_eq!(published(&figure, &key, here()), shown);
        }

        #[test]
        fn an_unchanged_cell_is_the_same_in_every_return(
            counts in prop::collection::vec(10_u64..60, 4), key: u64
        ) {
            let (key, later) = (key.to_string(), until("2027-02-26"));
            // Three months later the oldest quarter is gone, and the newest has as many as that one had.
            let due = |gone: usize| {
                let one = |quarter: usize| went(quarter, (false, counts[(quarter + gone) % 4]));
                on_time(&(0..4).map(one).collect::<Vec<_>>())
            };
            let (first, second) = (published(&due(0), &key, here()), published(&due(1), &key, later));
            let cells = |shown: &Shown, of| shown.line(of).unwrap().counts.clone();
            for quarter in 1..4 {
                let before = cells(&first, Of::Quarter(quarter));
                prop_assert_eq!(before, cells(&second, Of::Quarter(quarter - 1)));
            }
            for of in [Of::Whole, Of::Answer(AnswerKind::Go)] {
                prop_assert_eq!(cells(&first, of), cells(&second, of));
            }
            let open = Open { stage: Stage::Told, is_controlled: true, weight: (false, counts[0]) };
            let stock = in_control(&[open]);
            prop_assert_eq!(published(&stock, &key, here()), published(&stock, &key, later));
        }

        #[test]
        fn one_record_more_changes_no_published_cell_by_one(
            counts in prop::collection::vec(0_u64..60, 8), at in 0_usize..8, key: u64
        ) {
            let key = key.to_string();
            let mut more = counts.clone();
            more[at] += 1;
            let (before, after) = (published(&due(&counts), &key, here()), published(&due(&more), &key, here()));
            let cells = |shown: &Shown| shown.lines.iter().flat_map(|line| line.counts.clone()).collect::<Vec<_>>();
            for (before, after) in cells(&before).into_iter().zip(cells(&after)) {
                if let (Some(before), Some(after)) = (before, after) {
                    prop_assert!(after == before || after == before + 5);
                }
            }
        }
    }

    #[test]
    fn what_is_handled_with_care_is_counted_only_for_those_who_may_see_it() {
        let figure = on_time(&[went(0, (false, 40)), went(0, (true, 10))]);
        let cells = |shown: &Shown| shown.line(Of::Whole).unwrap().counts.clone();
        assert_eq!(cells(&with_care(&figure)), [Some(50), Some(50)]);
        assert_eq!(cells(&whole(&figure)), [Some(40), Some(40)]);
        // A multiple of five is published as it is.
        assert_eq!(cells(&published(&figure, "k", here())), [Some(40), Some(40)]);
    }

    #[test]
    fn the_key_and_what_the_cell_is_make_the_dice() {
        assert_eq!(dice("a", "x"), dice("a", "x"));
        assert_ne!(dice("a", "x"), dice("b", "x"));
        assert_ne!(dice("a", "x"), dice("a", "y"));
    }

    #[test]
    fn durations_are_shown_outside_only_of_many() {
        use waymark_domain::account::fact::First;
        let waited = |days, count| Waited { quarter: 0, first: First::Heard, days, weight: (false, count) };
        let few = first_answer(&[waited(2, 5), waited(9, 4)]);
        let some = first_answer(&[waited(2, 9), waited(9, 9)]);
        let line = |shown: &Shown| {
            let line = shown.line(Of::Whole).unwrap();
            (line.median, line.most)
        };
        assert_eq!(line(&whole(&few)), (Days::Known(2), Days::Known(9)));
        assert_eq!(line(&published(&few, "k", here())), (Days::None, Days::None));
        assert_eq!(line(&published(&some, "k", here())), (Days::Known(2), Days::None));
        let waiting = first_answer(&[Waited { first: First::Waiting, ..waited(3, 4) }, waited(1, 1)]);
        assert_eq!(line(&whole(&waiting)), (Days::NotYet, Days::NotYet));
    }
}
