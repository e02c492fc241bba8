//! The list of shared answers, to be taken away by whoever may use them.

use super::shared::line;
use crate::failure::{Failure, Outcome};
use crate::files::{self, Entry, Feed};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use waymark_app::find::capture::proposed_title;
use waymark_app::find::labels;
use waymark_app::find::list::TAKEN;
use waymark_app::route::shared::{self, Listed};
use waymark_app::routes::Route;

/// As many as are taken at once, beyond those of the page, and whether these are all.
async fn read(visitor: &Visitor) -> Result<(Vec<Listed>, bool), Failure> {
    let (mut ctx, _) = visitor.read_as_member().await.map_err(visitor.fails())?;
    visitor.take_search_turn(&ctx).map_err(visitor.fails())?;
    let most = i64::try_from(TAKEN + 1).unwrap_or(i64::MAX);
    let mut all = shared::some(&mut ctx, most).await.map_err(visitor.fails())?;
    let is_whole = files::cut(&mut all, TAKEN);
    Ok((all, is_whole))
}

fn url(visitor: &Visitor, one: &Listed) -> String {
    visitor.absolute(&Route::SharedAnswer { shared: one.id }.to_string())
}

fn words(visitor: &Visitor, one: &Listed) -> String {
    labels::or_erased(visitor.lang, one.words.as_deref())
}

/// `GET /shared.csv`
pub async fn table(visitor: Visitor) -> Outcome {
    let (all, is_whole) = read(&visitor).await?;
    let heads = ["words", "uses", "again", "link"].map(|name| visitor.text(&format!("shared-column-{name}")));
    let rows = all.iter().map(|one| {
        [words(&visitor, one), one.uses.to_string(), one.reread_on.to_string(), url(&visitor, one)]
    });
    Ok(files::told_whole(is_whole, attached("shared-answers.csv", as_table(heads, rows))))
}

/// The list as data.
#[derive(Debug, Serialize)]
struct Data<'a> {
    items: Vec<Datum<'a>>,
    is_whole: bool,
}

/// A shared answer.
#[derive(Debug, Serialize)]
struct Datum<'a> {
    words: Option<&'a str>,
    language: &'a str,
    said_at: DateTime<Utc>,
    uses: i64,
    read_again_on: NaiveDate,
    is_mine_to_read_again: bool,
    url: String,
}

/// `GET /shared.json`
pub async fn data(visitor: Visitor) -> Outcome {
    let (all, is_whole) = read(&visitor).await?;
    let items = all.iter().map(|one| Datum {
        words: one.words.as_deref(),
        language: one.language.code(),
        said_at: one.said_at,
        uses: one.uses,
        read_again_on: one.reread_on,
        is_mine_to_read_again: one.is_asked,
        url: url(&visitor, one),
    });
    let data = files::data(&Data { items: items.collect(), is_whole }).map_err(visitor.fails())?;
    Ok(files::told_whole(is_whole, data))
}

/// `GET /shared.atom`
pub async fn feed(visitor: Visitor) -> Outcome {
    let (all, _) = read(&visitor).await?;
    let entry = |one: &Listed| Entry {
        title: proposed_title(&words(&visitor, one)),
        id: url(&visitor, one),
        address: url(&visitor, one),
        at: one.said_at,
        category: None,
        line: line(one, visitor.lang),
    };
    let addresses = [Route::SharedFeed, Route::Shared].map(|route| route.to_string());
    let entries = all.iter().map(entry).collect();
    let feed = Feed::new(&visitor, visitor.text("shared-title"), addresses, entries);
    feed.answer().map_err(visitor.fails())
}
