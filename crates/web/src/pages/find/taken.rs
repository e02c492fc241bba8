//! A list to be taken away, with the filters of its page: as a table, as data, as a feed of the newest. What somebody may
//! not see is in none of them, by the same search as on the page.

use super::list::{Asked, address_of, filter, is_mistyped, node_of};
use super::shown::{ShownItem, record_address};
use crate::failure::Outcome;
use crate::files::{self, Entry, Feed, searched};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use axum::extract::Query;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use waymark_app::find::labels;
use waymark_app::find::list::{Filter, Item, Listed, Order, list, take};
use waymark_app::routes::Route;
use waymark_app::{Error, Result};

/// A list with where it is.
struct Taken<'a> {
    visitor: &'a Visitor,
    filter: Filter,
    listed: Listed,
}

/// Does somebody want all of it, or the newest?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Much {
    All,
    Newest,
}

impl<'a> Taken<'a> {
    async fn read(visitor: &'a Visitor, query: &Asked, much: Much) -> Result<Self> {
        let (mut ctx, me) = visitor.read().await?;
        let filter = filter(query, node_of(query), me.is_some());
        // A program that mistypes a filter would take all for what it asked for.
        if is_mistyped(query, &filter) {
            return Err(Error::NotFound);
        }
        // A file is whole and a feed is of the newest, whatever the page shows first.
        let filter = Filter { order: Order::Newest, ..filter };
        visitor.take_search_turn(&ctx)?;
        let listed = match much {
            Much::All => take(&mut ctx, &filter).await?,
            Much::Newest => list(&mut ctx, &filter).await?,
        };
        Ok(Self { visitor, filter, listed })
    }

    fn record(&self, item: &Item) -> String {
        self.visitor.absolute(&record_address(item))
    }

    fn title_of(&self, item: &Item) -> String {
        labels::or_erased(self.visitor.lang, item.title.as_deref())
    }

    /// Where it goes on, where there is more than is taken at once.
    fn next(&self, route: &Route) -> Option<String> {
        let next = Filter { after: Some(self.listed.next?), ..self.filter.clone() };
        Some(self.visitor.absolute(&address_of(route, &next)))
    }
}

/// `GET /ideas.csv`
pub async fn table(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let taken = Taken::read(&visitor, &query, Much::All).await.map_err(visitor.fails())?;
    let heads = ["reference", "title", "stage", "place", "sent", "next", "late", "with", "link"];
    let heads = heads.map(|name| visitor.text(&format!("list-column-{name}")));
    let rows = taken.listed.items.iter().map(|item| row(&taken, item));
    let next = taken.next(&Route::IdeasTable);
    files::linked(next.as_deref(), attached("ideas.csv", as_table(heads, rows))).map_err(visitor.fails())
}

fn row(taken: &Taken<'_>, item: &Item) -> [String; 9] {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        item.reference.clone(),
        taken.title_of(item),
        labels::stage(taken.visitor.lang, item.stage),
        item.place.clone(),
        item.sent_on.to_string(),
        day(item.next_on),
        day(item.late_since),
        item.named().unwrap_or_default().to_owned(),
        taken.record(item),
    ]
}

/// A list as data.
#[derive(Debug, Serialize)]
struct Data<'a> {
    items: Vec<Datum<'a>>,
    is_whole: bool,
    /// The address of the rest.
    next: Option<String>,
}

/// A record as data; days are those where it is handled.
#[derive(Debug, Serialize)]
struct Datum<'a> {
    reference: &'a str,
    title: Option<&'a str>,
    language: &'a str,
    is_problem: bool,
    stage: &'a str,
    place: &'a str,
    place_id: String,
    sent_at: DateTime<Utc>,
    next_on: Option<NaiveDate>,
    late_since: Option<NaiveDate>,
    /// Nothing once it is late: a file is sorted by name in two clicks.
    owner: Option<&'a str>,
    url: String,
}

/// `GET /ideas.json`
pub async fn data(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let taken = Taken::read(&visitor, &query, Much::All).await.map_err(visitor.fails())?;
    let items = taken.listed.items.iter().map(|item| datum(&taken, item)).collect();
    let next = taken.next(&Route::IdeasData);
    let data = Data { items, is_whole: next.is_none(), next };
    let linked = files::data(&data).and_then(|answer| files::linked(data.next.as_deref(), answer));
    linked.map_err(visitor.fails())
}

fn datum<'a>(taken: &Taken<'_>, item: &'a Item) -> Datum<'a> {
    Datum {
        reference: &item.reference,
        title: item.title.as_deref(),
        language: item.language.code(),
        is_problem: item.is_problem,
        stage: item.stage.name(),
        place: &item.place,
        place_id: item.node.to_string(),
        sent_at: item.sent_at,
        next_on: item.next_on,
        late_since: item.late_since,
        owner: item.named(),
        url: taken.record(item),
    }
}

/// `GET /ideas.atom`
pub async fn feed(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let taken = Taken::read(&visitor, &query, Much::Newest).await.map_err(visitor.fails())?;
    let addresses = [Route::IdeasFeed, Route::Ideas].map(|route| address_of(&route, &taken.filter));
    let title = searched(visitor.text("list-title"), taken.filter.sought.as_ref());
    let shown = taken.listed.items.iter().filter(|item| !item.is_with_care);
    let entries = shown.map(|item| entry(&taken, item)).collect();
    let feed = Feed::new(&visitor, title, addresses, entries);
    feed.answer().map_err(visitor.fails())
}

fn entry(taken: &Taken<'_>, item: &Item) -> Entry {
    Entry {
        title: taken.title_of(item),
        id: taken.record(item),
        address: taken.record(item),
        at: item.sent_at,
        category: Some((item.stage.name(), labels::stage(taken.visitor.lang, item.stage))),
        line: ShownItem::listed_line(item, taken.visitor.lang),
    }
}
