//! What an auditor reads, to be taken away with the filters of its page; no file says more than the page.

use super::audit::{Asked, about, address_of, by, filter, is_mistyped, line, record, what, why};
use crate::failure::Outcome;
use crate::files::{self, Entry as FeedEntry, Feed, instant};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use axum::extract::Query;
use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_app::find::list::TAKEN;
use waymark_app::people::audited::{Entry, Filter, Listed, PAGE, read};
use waymark_app::routes::Route;
use waymark_app::{Error, Result};

/// The entries with where they are.
struct Taken<'a> {
    visitor: &'a Visitor,
    filter: Filter,
    listed: Listed,
}

impl<'a> Taken<'a> {
    async fn read(visitor: &'a Visitor, query: &Asked, size: usize) -> Result<Self> {
        let (mut ctx, _) = visitor.read_as_member().await?;
        let filter = filter(query);
        let listed = read(&mut ctx, &filter, size).await?;
        // A program that mistypes a filter would take all for what it asked for.
        if is_mistyped(query, &filter) {
            return Err(Error::NotFound);
        }
        Ok(Self { visitor, filter, listed })
    }

    fn what(&self, entry: &Entry) -> String {
        what(self.filter.part, entry.kind, self.visitor.lang)
    }

    fn url(&self, entry: &Entry) -> Option<String> {
        record(entry).map(|address| self.visitor.absolute(&address))
    }

    fn row(&self, entry: &Entry) -> [String; 6] {
        let lang = self.visitor.lang;
        [
            instant(entry.at),
            self.what(entry),
            by(entry, lang),
            about(entry, lang),
            why(entry, lang),
            self.url(entry).unwrap_or_default(),
        ]
    }

    /// Where it goes on, where there is more than is taken at once.
    fn next(&self, route: &Route) -> Option<String> {
        let next = Filter { after: Some(self.listed.next?), ..self.filter.clone() };
        Some(self.visitor.absolute(&address_of(route, &next)))
    }
}

/// `GET /audit.csv`
pub async fn table(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let taken = Taken::read(&visitor, &query, TAKEN).await.map_err(visitor.fails())?;
    let heads = ["at", "what", "by", "about", "why", "link"];
    let heads = heads.map(|name| visitor.text(&format!("audit-column-{name}")));
    let rows = taken.listed.entries.iter().map(|entry| taken.row(entry));
    let next = taken.next(&Route::AuditTable);
    files::linked(next.as_deref(), attached("audit.csv", as_table(heads, rows))).map_err(visitor.fails())
}

/// The entries as data.
#[derive(Debug, Serialize)]
struct Data {
    items: Vec<Datum>,
    is_whole: bool,
    /// The address of the rest.
    next: Option<String>,
}

/// An entry as data, in the words of the page.
#[derive(Debug, Serialize)]
struct Datum {
    at: DateTime<Utc>,
    kind: &'static str,
    /// Nothing where nobody had signed in.
    by: Option<String>,
    about: Option<String>,
    why: Option<String>,
    url: Option<String>,
}

/// `GET /audit.json`
pub async fn data(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let taken = Taken::read(&visitor, &query, TAKEN).await.map_err(visitor.fails())?;
    let items = taken.listed.entries.iter().map(|entry| datum(&taken, entry)).collect();
    let next = taken.next(&Route::AuditData);
    let data = Data { items, is_whole: next.is_none(), next };
    let linked = files::data(&data).and_then(|answer| files::linked(data.next.as_deref(), answer));
    linked.map_err(visitor.fails())
}

fn datum(taken: &Taken<'_>, entry: &Entry) -> Datum {
    let lang = taken.visitor.lang;
    let said = |words: String| (!words.is_empty()).then_some(words);
    Datum {
        at: entry.at,
        kind: entry.kind,
        by: entry.by.as_ref().map(|_| by(entry, lang)),
        about: said(about(entry, lang)),
        why: said(why(entry, lang)),
        url: taken.url(entry),
    }
}

/// `GET /audit.atom`
pub async fn feed(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let taken = Taken::read(&visitor, &query, PAGE).await.map_err(visitor.fails())?;
    let part = visitor.text(&format!("audit-part-{}", taken.filter.part.name()));
    let title = format!("{}: {part}", visitor.text("audit-title"));
    let addresses = [Route::AuditFeed, Route::Audit].map(|route| address_of(&route, &taken.filter));
    let shown = taken.listed.entries.iter().filter(|entry| !entry.is_with_care);
    let entries = shown.map(|entry| one(&taken, entry)).collect();
    Feed::new(&visitor, title, addresses, entries).answer().map_err(visitor.fails())
}

fn one(taken: &Taken<'_>, entry: &Entry) -> FeedEntry {
    let lang = taken.visitor.lang;
    let page = taken.visitor.absolute(&address_of(&Route::Audit, &taken.filter));
    let said = |parts: [String; 2]| parts.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
    FeedEntry {
        title: said([taken.what(entry), about(entry, lang)]).join(": "),
        id: format!("{page}#{}", entry.id),
        address: taken.url(entry).unwrap_or_else(|| page.clone()),
        at: entry.at,
        category: Some((entry.kind, taken.what(entry))),
        line: said([why(entry, lang), line(entry, lang)]).join(" "),
    }
}
