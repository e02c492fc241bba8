//! What each figure is: the one place that says its number, version, unit and sources. The words of numerator,
//! denominator, known gaming and its counter are in the translations, under the figure's name (`figures-on-time-…`).

use super::figure::FigureId;

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A share of records, answers, tries or people.
    Percent,
    /// Working days of the calendar of the body where one looks.
    WorkingDays,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// The figure.
    pub figure: FigureId,
    /// Its number in the list of indicators (specification, Indicators), where it is one of them.
    pub indicator: Option<&'static str>,
    /// The version of this definition: another way of counting is another version.
    pub version: u16,
    /// What it is counted in.
    pub unit: Unit,
    /// The events that it follows from, by their names in the journal.
    pub sources: &'static [&'static str],
    /// The names of what is counted, in the order of the columns of its table.
    pub columns: &'static [&'static str],
    /// The shares that are told of it: numerator and denominator, as places in the columns.
    pub shares: &'static [(usize, usize)],
}

/// Every figure, in the order of the page.
pub const DEFINITIONS: [Definition; 6] = [
    Definition {
        figure: FigureId::InControl,
        indicator: Some("M1"),
        version: 1,
        unit: Unit::Percent,
        sources: &[
            "told",
            "answered",
            "passed",
            "overdue",
            "review-asked",
            "reopened",
            "try-ended",
            "withdrawn",
        ],
        columns: &["controlled", "open"],
        shares: &[(0, 1)],
    },
    Definition {
        figure: FigureId::FirstAnswer,
        indicator: Some("M2"),
        version: 1,
        unit: Unit::WorkingDays,
        sources: &["told", "asked", "answered", "date-moved", "withdrawn"],
        columns: &["heard", "waiting", "withdrawn", "told"],
        shares: &[(0, 3)],
    },
    Definition {
        figure: FigureId::OnTime,
        indicator: Some("M3, M4"),
        version: 1,
        unit: Unit::Percent,
        sources: &["told", "answered", "date-moved", "overdue", "review-asked", "reopened"],
        columns: &["in-time", "due"],
        shares: &[(0, 1)],
    },
    Definition {
        figure: FigureId::Reasoned,
        indicator: Some("M6"),
        version: 1,
        unit: Unit::Percent,
        sources: &["answered", "answer-judged", "objected"],
        columns: &["reasoned", "refused", "was-answer", "said", "asked", "shared"],
        shares: &[(0, 1), (2, 3), (3, 4), (5, 1)],
    },
    Definition {
        figure: FigureId::Tried,
        indicator: None,
        version: 1,
        unit: Unit::Percent,
        sources: &["answered", "try-ended"],
        columns: &["kept", "dropped", "passed-on", "ended", "unwritten"],
        shares: &[(0, 3)],
    },
    Definition {
        figure: FigureId::ComeBack,
        indicator: Some("F5"),
        version: 1,
        unit: Unit::Percent,
        sources: &["told", "answered"],
        columns: &["back", "first-timers"],
        shares: &[(0, 1)],
    },
];

impl FigureId {
    /// What it is.
    pub const fn definition(self) -> &'static Definition {
        &DEFINITIONS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_definition_and_its_shares_are_of_its_columns() {
        for (figure, definition) in FigureId::ALL.iter().zip(&DEFINITIONS) {
            assert_eq!(figure.definition().figure, *figure);
            let columns = definition.columns.len();
            assert!(definition.shares.iter().all(|(part, whole)| *part < columns && *whole < columns));
        }
        assert_eq!(FigureId::ALL.len(), DEFINITIONS.len());
    }
}
