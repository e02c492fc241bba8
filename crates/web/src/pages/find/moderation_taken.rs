//! The log of what moderators did at or below a node, to be taken away.

use super::moderation::{cells, done_line, heads};
use crate::failure::{Failure, Outcome};
use crate::files::{self, Entry, Feed, instant};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use axum::extract::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_app::Error;
use waymark_app::find::moderation::{self, Logged};
use waymark_app::people::place::place;
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_domain::find::moderation::Because;
use waymark_domain::ids::NodeId;
use waymark_domain::reference::Reference;

/// The log with where it is.
struct Log {
    node: NodeId,
    place: String,
    done: Vec<Logged>,
    is_whole: bool,
}

async fn read(visitor: &Visitor, node: &str) -> Result<Log, Failure> {
    let read = async {
        let node = NodeId::parse(node).ok_or(Error::NotFound)?;
        let (mut ctx, _) = visitor.read_as_member().await?;
        visitor.take_search_turn(&ctx)?;
        let moderation::Log { done, is_whole, .. } = moderation::log(&mut ctx, node).await?;
        let place = place(&mut ctx, node).await?.name().to_owned();
        Ok::<_, Error>(Log { node, place, done, is_whole })
    };
    read.await.map_err(visitor.fails())
}

/// `GET /places/{node}/moderation.csv`
pub async fn table(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let log = read(&visitor, &node).await?;
    let rows = log.done.iter().map(|one| {
        let [_, rest @ ..] = cells(one, visitor.lang);
        let [reference, place, act, because, words, by] = rest;
        [instant(one.at), reference, place, act, because, words, by]
    });
    Ok(files::told_whole(log.is_whole, attached("moderation.csv", as_table(heads(&visitor), rows))))
}

/// The log as data.
#[derive(Debug, Serialize)]
struct Data<'a> {
    items: Vec<Datum<'a>>,
    is_whole: bool,
}

/// Something that a moderator did.
#[derive(Debug, Serialize)]
struct Datum<'a> {
    at: DateTime<Utc>,
    reference: &'a str,
    place: &'a str,
    comment: Option<String>,
    act: &'static str,
    because: Option<&'static str>,
    words: Option<&'a str>,
    language: Option<&'static str>,
    by: Option<&'a str>,
    role: &'static str,
    url: Option<String>,
}

/// `GET /places/{node}/moderation.json`
pub async fn data(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let log = read(&visitor, &node).await?;
    let items = log.done.iter().map(|one| Datum {
        at: one.at,
        reference: &one.reference,
        place: &one.place,
        comment: one.comment.map(|comment| comment.to_string()),
        act: one.act.name(),
        because: one.because.map(Because::name),
        words: one.words.as_ref().map(|(words, _)| words.as_str()),
        language: one.words.as_ref().map(|(_, language)| language.code()),
        by: one.name.as_deref(),
        role: one.role.name(),
        url: url(&visitor, one),
    });
    let data = Data { items: items.collect(), is_whole: log.is_whole };
    let data = files::data(&data).map_err(visitor.fails())?;
    Ok(files::told_whole(log.is_whole, data))
}

fn url(visitor: &Visitor, one: &Logged) -> Option<String> {
    let record = Reference::parse(&one.reference).map(|reference| Route::Record { reference });
    record.map(|record| visitor.absolute(&record.to_string()))
}

/// `GET /places/{node}/moderation.atom`
pub async fn feed(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let log = read(&visitor, &node).await?;
    let title = text_with(visitor.lang, "moderation-log-title", &[("place", log.place.as_str().into())]);
    let addresses = [Route::ModerationFeed { node: log.node }, Route::ModerationLog { node: log.node }];
    let shown = log.done.iter().filter(|one| !one.is_with_care);
    let entries = shown.map(|one| entry(&visitor, one)).collect();
    let feed = Feed::new(&visitor, title, addresses.map(|route| route.to_string()), entries);
    feed.answer().map_err(visitor.fails())
}

/// Several things can have been done about one record.
fn entry(visitor: &Visitor, one: &Logged) -> Entry {
    let [_, reference, _, act, because, words, _] = cells(one, visitor.lang);
    let what = [act, because].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(": ");
    let address = url(visitor, one).unwrap_or_default();
    let line = [words, done_line(one, visitor.lang)].into_iter().filter(|words| !words.is_empty());
    Entry {
        title: format!("{reference}. {what}"),
        id: format!("{address}#{}", one.at.timestamp_micros()),
        address,
        at: one.at,
        category: Some((one.act.name(), what)),
        line: line.collect::<Vec<_>>().join(" "),
    }
}
