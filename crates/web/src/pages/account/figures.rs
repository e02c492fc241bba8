//! The six figures of a node, and each as a table for a spreadsheet.

use super::rows::Told;
use super::section::Section;
use crate::components::InsetText;
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use waymark_app::account::figures::{Figures, figures};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text_with};
use waymark_app::{Error, Result};
use waymark_domain::account::figure::{FigureId, Of};
use waymark_domain::ids::NodeId;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/account/figures.html")]
pub struct FiguresPage {
    layout: Layout,
    lead: String,
    published: Option<InsetText>,
    sections: Vec<Section>,
    above: Vec<(String, String)>,
    below: Vec<(String, String)>,
}

/// `GET /places/{node}/figures`
pub async fn get(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let shown = async {
        let node = NodeId::parse(&node).ok_or(Error::NotFound)?;
        let (mut ctx, me) = visitor.read_as_member().await?;
        let figures = figures(&mut ctx, node).await?;
        let title = text_with(visitor.lang, "figures-title", &[("place", figures.place.name().into())]);
        let layout = visitor.layout(Some(&me), title).back(Route::Place { node }.to_string());
        Ok(page::answer(StatusCode::OK, &FiguresPage::new(layout, &figures), visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

impl FiguresPage {
    fn new(layout: Layout, figures: &Figures) -> Self {
        let lang = layout.lang;
        let address =
            |(node, name): &(NodeId, String)| (name.clone(), Route::Figures { node: *node }.to_string());
        let published = (!figures.sight.is_exact())
            .then(|| InsetText::new(waymark_app::words::text(lang, "figures-published")));
        Self {
            lead: lead(figures, lang),
            published,
            sections: figures.all.iter().map(|figure| Section::of(figures, figure, lang)).collect(),
            above: figures.above.iter().map(address).collect(),
            below: figures.below.iter().map(address).collect(),
            layout,
        }
    }
}

fn lead(figures: &Figures, lang: Lang) -> String {
    let days = [figures.period.from(), figures.period.to()].map(|day| date(lang, day));
    let [from, to] = days.map(Into::into);
    text_with(
        lang,
        "figures-lead",
        &[("from", from), ("to", to), ("body", figures.place.body.name.as_str().into())],
    )
}

/// `GET /places/{node}/figures/{figure}/table.csv`
pub async fn table(visitor: Visitor, Path((node, figure)): Path<(String, String)>) -> Outcome {
    let shown = async {
        let node = NodeId::parse(&node).ok_or(Error::NotFound)?;
        let id = FigureId::parse(&figure).ok_or(Error::NotFound)?;
        let (mut ctx, _) = visitor.read_as_member().await?;
        let figures = figures(&mut ctx, node).await?;
        let name = format!("{id}-{}.csv", figures.period.to());
        Ok(attached(&name, csv(&figures, id, visitor.lang)?))
    };
    shown.await.map_err(visitor.fails())
}

/// The table of the page with the days of each line before it, and which definition it is by after it.
fn csv(figures: &Figures, id: FigureId, lang: Lang) -> Result<String> {
    let figure = figures.all.iter().find(|figure| figure.id == id).ok_or(Error::NotFound)?;
    let told = Told::of(figures, figure, lang);
    let by = format!("{id} {}", id.definition().version);
    let own =
        ["place", "from", "to"].map(|key| waymark_app::words::text(lang, &format!("figures-csv-{key}")));
    let definition = waymark_app::words::text(lang, "figures-definition");
    let heads = own.into_iter().chain(told.heads()).chain([definition]).collect::<Vec<_>>();
    let rows = figure.lines.iter().map(|line| {
        let (from, to) = match line.of {
            Of::Quarter(quarter) => (figures.period.begins(quarter), figures.period.ends(quarter)),
            _ => (figures.period.from(), figures.period.to()),
        };
        let own = [figures.place.name().to_owned(), from.to_string(), to.to_string()];
        own.into_iter().chain(told.cells(line)).chain([by.clone()]).collect()
    });
    Ok(as_table(heads, rows))
}
