//! The six figures of a place as data: what their page shows to whoever asks, and nothing that it does not.

use super::read::Reading;
use super::schema::shapes;
use super::shapes::Place;
use chrono::NaiveDate;
use waymark_app::account::figures::{Figures as Seen, figures};
use waymark_app::account::shown::{Days, Shown, ShownLine};
use waymark_app::{Ctx, Read, Result};
use waymark_domain::account::definition::Unit;
use waymark_domain::account::figure::Of;
use waymark_domain::account::period::Period;

shapes! {
    /// A line of a figure.
    FigureLine {
        /// What it is of: `quarter`, `whole`, `stage`, `answer`, `owed`.
        of: &'static str,
        /// The stage or the kind of answer, where it is of one.
        name: Option<&'static str>,
        /// The first day of the quarter, where it is of one.
        from: Option<NaiveDate>,
        /// The last day of the quarter, where it is of one.
        to: Option<NaiveDate>,
        /// How many, in the order of the columns; null where there are too few to be shown.
        counts: Vec<Option<u64>>,
        /// Shares in whole percents, in the order of the shares; null where there is nothing to share.
        percents: Vec<Option<u64>>,
        /// Working days that half did not exceed (Kaplan and Meier); null where that is not known or not counted.
        median_days: Option<u32>,
        /// Working days that nine of ten did not exceed; null where that is not known or not counted.
        most_days: Option<u32>,
    }

    /// A figure.
    Figure {
        /// Which one.
        id: String,
        /// The version of its definition.
        version: u32,
        /// Its number in the list of indicators.
        indicator: Option<&'static str>,
        /// Is it counted in working days, too?
        has_days: bool,
        /// The names of what is counted.
        columns: Vec<&'static str>,
        /// The shares: of which column, and in which.
        shares: Vec<Vec<u32>>,
        /// Its lines.
        lines: Vec<FigureLine>,
    }

    /// The figures of a place.
    PlaceFigures {
        /// The place.
        place: Place,
        /// The first day of their time.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
        /// Are they as counted? Else they are as published: rounded to five, none under ten.
        is_exact: bool,
        /// The figures, in the order of their page.
        items: Vec<Figure>,
    }
}

impl Reading<'_> {
    pub(super) async fn figures(self, ctx: &mut Ctx<'_, Read>) -> Result<PlaceFigures> {
        let seen: Seen = figures(ctx, self.node()?).await?;
        let place = Place { id: seen.place.node().0, name: seen.place.name().to_owned() };
        let items = seen.all.iter().map(|figure| one(figure, seen.period)).collect();
        let (from, to) = (seen.period.from(), seen.period.to());
        Ok(PlaceFigures { place, from, to, is_exact: seen.sight.is_exact(), items })
    }
}

fn one(figure: &Shown, period: Period) -> Figure {
    let definition = figure.id.definition();
    let column = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Figure {
        id: figure.id.to_string(),
        version: definition.version.into(),
        indicator: definition.indicator,
        has_days: definition.unit == Unit::WorkingDays,
        columns: definition.columns.to_vec(),
        shares: definition.shares.iter().map(|(part, whole)| vec![column(*part), column(*whole)]).collect(),
        lines: figure.lines.iter().map(|shown| line(shown, (definition.shares, period))).collect(),
    }
}

fn line(shown: &ShownLine, (shares, period): (&[(usize, usize)], Period)) -> FigureLine {
    let (of, name, quarter) = match shown.of {
        Of::Quarter(quarter) => ("quarter", None, Some(quarter)),
        Of::Whole => ("whole", None, None),
        Of::Stage(stage) => ("stage", Some(stage.name()), None),
        Of::Answer(kind) => ("answer", Some(kind.name()), None),
        Of::Owed => ("owed", None, None),
    };
    let percent = |share: &(usize, usize)| shown.share(*share).map(|share| share.percent);
    FigureLine {
        of,
        name,
        from: quarter.map(|quarter| period.begins(quarter)),
        to: quarter.map(|quarter| period.ends(quarter)),
        counts: shown.counts.clone(),
        percents: shares.iter().map(percent).collect(),
        median_days: known(shown.median),
        most_days: known(shown.most),
    }
}

const fn known(days: Days) -> Option<u32> {
    match days {
        Days::Known(days) => Some(days),
        Days::NotYet | Days::None => None,
    }
}
