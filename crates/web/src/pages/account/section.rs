//! One figure on the page: a sentence, a chart, its table, and how it is counted.

use super::definition::definition;
use super::rows::Told;
use crate::components::{Bar, Cell, Chart, Details, Group, Head, Link, Table};
use waymark_app::account::figures::Figures;
use waymark_app::account::shown::{Days, Shown, ShownLine};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_domain::account::figure::{FigureId, Of};
use waymark_domain::account::period::QUARTERS;

/// What stands on the page of a figure.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) number: String,
    pub(super) sentences: Vec<String>,
    pub(super) chart: Chart,
    pub(super) table: Table,
    pub(super) csv: Link,
    pub(super) records: Option<Link>,
    pub(super) definition: Details,
}

impl Section {
    pub(super) fn of(figures: &Figures, figure: &Shown, lang: Lang) -> Self {
        let told = Told::of(figures, figure, lang);
        let node = figures.place.node();
        let title = told.text("title");
        let csv = Route::FigureTable { node, figure: figure.id }.to_string();
        let csv_words = text_with(lang, "figures-csv", &[("figure", title.as_str().into())]);
        Self {
            id: figure.id.name(),
            number: number(&told),
            sentences: sentences(&told),
            chart: chart(&told),
            table: table(&told),
            csv: Link::new(csv_words, csv),
            records: records(&told, figures),
            definition: Details::new(
                text_with(lang, "figures-how", &[("figure", title.as_str().into())]),
                definition(&told),
            ),
            title,
        }
    }
}

/// The number that stands for it at the head of the page.
fn number(told: &Told<'_>) -> String {
    let Some(whole) = told.figure.line(Of::Whole) else { return String::new() };
    if told.has_days() {
        return match whole.median {
            Days::Known(days) => text_with(told.lang, "figures-days", &[("days", days.into())]),
            other => told.days(other),
        };
    }
    let share = whole.share(told.figure.id.definition().shares[0]);
    share.map_or_else(|| text(told.lang, "figures-no-share"), |share| told.percent(share.percent))
}

/// What the whole says, a sentence for each share, and for days.
fn sentences(told: &Told<'_>) -> Vec<String> {
    let Some(whole) = told.figure.line(Of::Whole) else { return Vec::new() };
    let shares = told.figure.id.definition().shares.iter().enumerate();
    let mut sentences: Vec<String> = Vec::new();
    if told.has_days() {
        sentences.extend(waited(told, whole));
    }
    sentences.extend(shares.filter_map(|(place, share)| {
        let share = whole.share(*share)?;
        let values = [
            ("part", told.number(share.part).into()),
            ("whole", told.number(share.whole).into()),
            ("percent", told.percent(share.percent).into()),
        ];
        Some(text_with(told.lang, &told.key(&format!("says-{place}")), &values))
    }));
    if sentences.is_empty() {
        let is_nothing = whole.counts.iter().all(|count| *count == Some(0));
        sentences.push(if is_nothing { told.text("none") } else { text(told.lang, "figures-too-few") });
    }
    sentences
}

fn waited(told: &Told<'_>, whole: &ShownLine) -> Option<String> {
    let half = |key: &str, median: u32| text_with(told.lang, key, &[("median", median.into())]);
    match (whole.median, whole.most) {
        (Days::Known(median), Days::Known(most)) => {
            let values = [("median", median.into()), ("most", most.into())];
            Some(text_with(told.lang, "figures-waited", &values))
        }
        (Days::Known(median), Days::NotYet) => Some(half("figures-waited-most", median)),
        (Days::Known(median), Days::None) => Some(half("figures-waited-half", median)),
        (Days::NotYet, _) => Some(text(told.lang, "figures-waited-none")),
        (Days::None, _) => None,
    }
}

/// The quarters, where the figure has any, else its parts.
fn drawn(figure: &Shown) -> impl Iterator<Item = &ShownLine> {
    let has_quarters = figure.line(Of::Quarter(0)).is_some();
    let is_drawn =
        move |line: &&ShownLine| matches!(line.of, Of::Quarter(_)) == has_quarters && line.of != Of::Whole;
    figure.lines.iter().filter(is_drawn)
}

fn chart(told: &Told<'_>) -> Chart {
    let group = |line: &ShownLine| Group { label: told.name(line.of).into(), bars: bars(told, line) };
    let groups: Vec<Group> = drawn(told.figure).map(group).collect();
    let full = if told.has_days() {
        groups.iter().flat_map(|group| &group.bars).filter_map(|bar| bar.length).max().unwrap_or(1)
    } else {
        100
    };
    let id = format!("{}-chart", told.figure.id);
    Chart::new(id, (finding(told), told.text("chart")), (groups, full))
}

fn bars(told: &Told<'_>, line: &ShownLine) -> Vec<Bar> {
    if told.has_days() {
        let days = [("figures-bar-median", line.median), ("figures-bar-most", line.most)];
        return days.map(|(key, days)| day_bar(told, key, days)).into();
    }
    let share = line.share(told.figure.id.definition().shares[0]);
    let bar = share.map(|share| {
        let values = [
            ("percent", told.percent(share.percent).into()),
            ("part", told.number(share.part).into()),
            ("whole", told.number(share.whole).into()),
        ];
        let length = u32::try_from(share.percent).ok();
        Bar { length, value: text_with(told.lang, "figures-bar", &values).into() }
    });
    vec![bar.unwrap_or_else(|| nothing(told, line))]
}

fn nothing(told: &Told<'_>, line: &ShownLine) -> Bar {
    let is_hidden = line.counts.iter().any(Option::is_none);
    let key = if is_hidden { "figures-bar-few" } else { "figures-bar-none" };
    Bar { length: None, value: text(told.lang, key).into() }
}

fn day_bar(told: &Told<'_>, key: &str, days: Days) -> Bar {
    let value = text_with(told.lang, key, &[("days", told.days(days).into())]);
    let length = if let Days::Known(days) = days { Some(days) } else { None };
    Bar { length, value: value.into() }
}

/// What the quarters say together: the first that has a number, and the last one.
fn finding(told: &Told<'_>) -> String {
    let value = |quarter| -> Option<u64> {
        let line = told.figure.line(Of::Quarter(quarter))?;
        match line.median {
            Days::Known(days) if told.has_days() => Some(days.into()),
            _ if told.has_days() => None,
            _ => line.share(told.figure.id.definition().shares[0]).map(|share| share.percent),
        }
    };
    let (first, last) = ((0..QUARTERS - 1).find_map(value), value(QUARTERS - 1));
    let (Some(first), Some(last)) = (first, last) else { return told.text("finding-none") };
    let change = match first.cmp(&last) {
        std::cmp::Ordering::Less => "rose",
        std::cmp::Ordering::Equal => "same",
        std::cmp::Ordering::Greater => "fell",
    };
    let unit = if told.has_days() { "days" } else { "share" };
    let values = [("figure", told.text("title").into()), ("first", first.into()), ("last", last.into())];
    text_with(told.lang, &format!("figures-finding-{unit}-{change}"), &values)
}

fn table(told: &Told<'_>) -> Table {
    let mut heads = told.heads().into_iter();
    let first = heads.next().map(Head::new);
    let heads = first.into_iter().chain(heads.map(Head::numeric));
    let rows = told.figure.lines.iter().map(|line| {
        let mut cells = told.cells(line).into_iter();
        let first = cells.next().map(Cell::new);
        first.into_iter().chain(cells.map(Cell::numeric)).collect()
    });
    // Its words stand above it already, with what the chart finds.
    Table { caption_classes: "govuk-visually-hidden".into(), ..Table::new(told.text("table"), heads, rows) }
}

/// The records behind it, for those who may see them; behind who comes back there are only people.
fn records(told: &Told<'_>, figures: &Figures) -> Option<Link> {
    let node = figures.place.node();
    let place = Route::Place { node };
    let address = match told.figure.id {
        _ if !figures.sight.is_exact() => return None,
        FigureId::ComeBack => return None,
        FigureId::InControl => place.to_string(),
        FigureId::FirstAnswer => format!("{place}?stage=told"),
        FigureId::OnTime => Route::Late { node }.to_string(),
        FigureId::Reasoned => format!("{place}?stage=stopped"),
        FigureId::Tried => format!("{place}?stage=kept"),
    };
    Some(Link::new(told.text("records"), address))
}
