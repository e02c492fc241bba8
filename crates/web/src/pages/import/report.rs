//! What would come in, with a line for each fault.

use super::{count, written};
use crate::components::{Button, Cell, Head, Html, Table, Text};
use crate::filters;
use crate::form::new_token;
use crate::layout::Layout;
use crate::visitor::Visitor;
use askama::Template;
use waymark_app::import::batch::Batch;
use waymark_app::import::check::Checked;
use waymark_app::import::dates::Order;
use waymark_app::import::read::Stored;
use waymark_app::import::said::{self, Line};
use waymark_app::jobs::retention::Periods;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{date, text_with};

/// How many faults and notices the page shows; all are in the CSV.
const SHOWN: usize = 200;

/// The page of a file that is not in yet.
#[derive(Debug, Template)]
#[template(path = "pages/import/report.html")]
pub(super) struct ReportPage {
    layout: Layout,
    file_name: String,
    lines: Vec<String>,
    tables: Vec<Lines>,
    csv: String,
    columns: String,
    action: String,
    token: String,
    buttons: Vec<Button>,
}

/// Some lines of a report, and how many there are.
#[derive(Debug)]
struct Lines {
    caption: String,
    table: Table,
    /// Said where not all are shown.
    more: Option<String>,
}

/// What is wrong and how to mend it, one below the other: side by side they do not fit on a phone.
#[derive(Debug, Clone, Template)]
#[template(source = "{{ what }}<br>{{ mend }}", ext = "html")]
struct Mended {
    what: Text,
    mend: Text,
}
is_html!(Mended);

pub(super) fn page(
    visitor: &Visitor,
    me: &Me,
    (found, checked, periods): (&Batch, &Checked, &Periods),
    problems: Vec<(String, String)>,
) -> ReportPage {
    let lang = visitor.lang;
    let faults: Vec<Line> = checked.faults.iter().take(SHOWN).map(|one| said::fault(lang, one)).collect();
    let notices: Vec<Line> = checked.notices.iter().take(SHOWN).map(|one| said::notice(lang, one)).collect();
    let layout =
        visitor.layout(Some(me), visitor.text("import-report-title")).back(Route::Import.to_string());
    ReportPage {
        layout: layout.problems(problems),
        file_name: found.file_name.clone(),
        lines: lines(visitor, checked).into_iter().chain([kept(visitor, (found, periods))]).collect(),
        tables: [
            table(visitor, (&faults, checked.faults.len()), ("import-report-faults", "import-report-what")),
            table(
                visitor,
                (&notices, checked.notices.len()),
                ("import-report-notices", "import-report-noticed"),
            ),
        ]
        .into_iter()
        .flatten()
        .collect(),
        csv: Route::ImportFaults { file: found.id }.to_string(),
        columns: Route::ImportColumns { file: found.id }.to_string(),
        action: Route::ImportFile { file: found.id }.to_string(),
        token: new_token(&visitor.env),
        buttons: buttons(visitor, checked),
    }
}

fn lines(visitor: &Visitor, checked: &Checked) -> Vec<String> {
    let (lang, report) = (visitor.lang, &checked.report);
    let with = |key: &str, values: &[(&'static str, usize)]| {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, count(lang, *value))).collect();
        text_with(lang, key, &values)
    };
    let mut lines = vec![with("import-report-good", &[("good", report.good), ("rows", report.rows)])];
    let bad = report.rows - report.good;
    lines.extend((bad > 0).then(|| with("import-report-bad", &[("bad", bad)])));
    lines.extend((checked.known > 0).then(|| with("import-report-known", &[("known", checked.known)])));
    lines
        .extend((report.made_ids > 0).then(|| with("import-report-made-ids", &[("count", report.made_ids)])));
    lines.extend((report.stored == Stored::Windows1252).then(|| visitor.text("import-report-stored")));
    for reading in report.readings.iter().filter(|reading| reading.decision.either_way > 0) {
        let order = match reading.decision.order {
            Order::DayFirst => "import-report-order-day",
            Order::MonthFirst => "import-report-order-month",
        };
        let values = [("column", reading.column.clone().into()), ("order", visitor.text(order).into())];
        lines.push(text_with(lang, "import-report-dates", &values));
    }
    if !report.unused.is_empty() {
        let unused = [("columns", report.unused.join(", ").into())];
        lines.push(text_with(lang, "import-report-unused", &unused));
    }
    lines
}

/// Until when the rows of a file that nobody brings in are kept.
fn kept(visitor: &Visitor, (found, periods): (&Batch, &Periods)) -> String {
    let until = date(visitor.lang, found.kept_until(periods));
    text_with(visitor.lang, "import-report-kept", &[("date", until.into())])
}

fn table(visitor: &Visitor, (lines, all): (&[Line], usize), (caption, what): (&str, &str)) -> Option<Lines> {
    let heads = ["import-report-row", "import-report-column", what];
    let row = |line: &Line| {
        let whole = || visitor.text("import-report-whole");
        let number = if line.row == 0 { whole() } else { line.row.to_string() };
        let mended = Mended { what: line.what.as_str().into(), mend: line.mend.as_str().into() };
        vec![Cell::new(number), Cell::new(line.column.clone()), Cell::new(Html::from(mended))]
    };
    let heads = heads.map(|key| Head::new(visitor.text(key)));
    let table = Table::new(visitor.text(caption), heads, lines.iter().map(row));
    let shown = [("shown", count(visitor.lang, lines.len())), ("all", count(visitor.lang, all))];
    let more = (lines.len() < all).then(|| text_with(visitor.lang, "import-report-first", &shown));
    (all > 0).then_some(Lines { caption: visitor.text(caption), table, more })
}

fn buttons(visitor: &Visitor, checked: &Checked) -> Vec<Button> {
    let good = written(visitor.lang, checked.report.good);
    let apply = |key: &str, act: &'static str| {
        let words = text_with(visitor.lang, key, &[("count", good.clone().into())]);
        Button { id: "apply".into(), ..Button::new(words).sends("do", act) }
    };
    let throw = Button::secondary(visitor.text("import-throw-away")).sends("do", "throw");
    let throw_alone = Button { id: "apply".into(), ..throw.clone() };
    match (checked.report.good, checked.faults.is_empty()) {
        (0, _) => vec![throw_alone],
        (_, true) => vec![apply("import-apply-all", "all"), throw],
        (_, false) => vec![apply("import-apply-good", "good"), throw],
    }
}
