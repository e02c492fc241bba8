//! The table of a figure: its lines and columns in words, for the page and for a spreadsheet alike.

use chrono::Datelike as _;
use waymark_app::account::figures::Figures;
use waymark_app::account::shown::{Days, Shown, ShownLine};
use waymark_app::find::labels;
use waymark_app::words::{Lang, month, number, text, text_with};
use waymark_domain::account::definition::Unit;
use waymark_domain::account::figure::Of;
use waymark_domain::account::period::Period;

/// A figure with what its words need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) lang: Lang,
    pub(super) period: Period,
    pub(super) figure: &'a Shown,
}

impl<'a> Told<'a> {
    pub(super) const fn of(figures: &Figures, figure: &'a Shown, lang: Lang) -> Self {
        Self { lang, period: figures.period, figure }
    }

    /// A text of this figure: `figures-on-time-…`.
    pub(super) fn text(&self, rest: &str) -> String {
        text(self.lang, &self.key(rest))
    }

    pub(super) fn key(&self, rest: &str) -> String {
        format!("figures-{}-{rest}", self.figure.id)
    }

    /// Is it counted in days, too?
    pub(super) fn has_days(&self) -> bool {
        self.figure.id.definition().unit == Unit::WorkingDays
    }

    /// The heads of the columns: what a line is of, counts, shares, days.
    pub(super) fn heads(&self) -> Vec<String> {
        let definition = self.figure.id.definition();
        let counts =
            definition.columns.iter().map(|column| text(self.lang, &format!("figures-column-{column}")));
        let shares = (0..definition.shares.len()).map(|place| self.text(&format!("percent-{place}")));
        let days = ["figures-median", "figures-most"].map(|key| text(self.lang, key));
        let days = days.into_iter().filter(|_| self.has_days());
        std::iter::once(text(self.lang, "figures-of")).chain(counts).chain(shares).chain(days).collect()
    }

    /// The cells of a line under those heads.
    pub(super) fn cells(&self, line: &ShownLine) -> Vec<String> {
        let counts = line.counts.iter().map(|count| self.count(*count));
        let shares = self.figure.id.definition().shares.iter().map(|share| {
            line.share(*share)
                .map_or_else(|| text(self.lang, "figures-no-share"), |share| self.percent(share.percent))
        });
        let days = [line.median, line.most].map(|days| self.days(days));
        let days = days.into_iter().filter(|_| self.has_days());
        std::iter::once(self.name(line.of)).chain(counts).chain(shares).chain(days).collect()
    }

    fn count(&self, count: Option<u64>) -> String {
        count.map_or_else(|| text(self.lang, "figures-few"), |count| self.number(count))
    }

    pub(super) fn number(&self, count: u64) -> String {
        number(self.lang, i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn percent(&self, percent: u64) -> String {
        text_with(self.lang, "figures-percent", &[("percent", percent.into())])
    }

    pub(super) fn days(&self, days: Days) -> String {
        match days {
            Days::Known(days) => number(self.lang, days.into()),
            Days::NotYet => text(self.lang, "figures-not-yet"),
            Days::None => text(self.lang, "figures-no-share"),
        }
    }

    /// What a line is of.
    pub(super) fn name(&self, of: Of) -> String {
        match of {
            Of::Quarter(quarter) => self.months(quarter),
            Of::Whole => self.text("whole"),
            Of::Stage(stage) => labels::stage(self.lang, stage),
            Of::Answer(kind) => text(self.lang, &format!("figures-answer-{}", kind.name())),
            Of::Owed => text(self.lang, "figures-owed"),
        }
    }

    /// The months of a quarter.
    pub(super) fn months(&self, quarter: usize) -> String {
        let (from, to) = (self.period.begins(quarter), self.period.ends(quarter));
        let first = if from.year() == to.year() {
            text(self.lang, &format!("calendar-month-{}", from.month()))
        } else {
            month(self.lang, from)
        };
        let months = [("from", first.into()), ("to", month(self.lang, to).into())];
        text_with(self.lang, "figures-months", &months)
    }
}
