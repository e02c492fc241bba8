//! My work, to be taken away: what stands on its page in the same order, and what that has no room for, for whoever it is
//! and nobody else. The ways to other pages that the page begins with (newcomers, news, moderation) are no part of the list.

use super::work::{Mine, WaitingItem, again, held, reading, take_over_line, waiting};
use crate::failure::{Failure, Outcome};
use crate::files::{self, Entry, Feed};
use crate::pages::find::shown::{ShownItem, record_address};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use waymark_app::find::held_back::HeldBack;
use waymark_app::find::labels;
use waymark_app::find::list::{Item, TAKEN};
use waymark_app::find::mine::Waiting;
use waymark_app::route::shared::Listed;
use waymark_app::routes::Route;
use waymark_app::words::Lang;

/// Under which heading of the page something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Waiting,
    ToTakeOver,
    Brought,
    Later,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::ToTakeOver => "to-take-over",
            Self::Brought => "brought",
            Self::Later => "later",
        }
    }
}

/// Something on the page.
#[derive(Debug, Serialize)]
struct Row {
    part: Part,
    /// What is to be done, by its name; nothing where nothing is.
    act: Option<&'static str>,
    #[serde(skip)]
    act_words: String,
    reference: Option<String>,
    title: Option<String>,
    language: Option<&'static str>,
    /// By which day.
    due: Option<NaiveDate>,
    is_late: bool,
    url: String,
    #[serde(skip)]
    line: String,
    #[serde(skip)]
    at: DateTime<Utc>,
    #[serde(skip)]
    is_with_care: bool,
}

/// Writes rows in the visitor's language.
struct Rows<'a> {
    visitor: &'a Visitor,
    lang: Lang,
}

impl Rows<'_> {
    /// Everything in the order of the page.
    fn of(&self, mine: &Mine) -> Vec<Row> {
        let waiting = mine.to_read.iter().map(|one| self.reading(one));
        let waiting = waiting.chain(mine.work.waiting.iter().map(|one| self.waiting(one)));
        let waiting = waiting.chain(mine.to_reread().map(|one| self.again(one)));
        let over = mine.work.to_take_over.iter();
        let over = over.map(|item| self.item(Part::ToTakeOver, item, take_over_line(item, self.lang)));
        let usual = |part| move |item: &Item| self.item(part, item, ShownItem::usual_line(item, self.lang));
        let own = mine.held.iter().map(|one| self.held(one));
        let brought = own.chain(mine.work.brought.iter().map(usual(Part::Brought)));
        let later = mine.work.later.iter().map(usual(Part::Later));
        waiting.chain(over).chain(brought).chain(later).collect()
    }

    /// What waits, as the page says it.
    fn shown(&self, item: WaitingItem, (act, at): (&'static str, DateTime<Utc>)) -> Row {
        Row {
            part: Part::Waiting,
            act: Some(act),
            act_words: item.act,
            reference: None,
            title: None,
            language: None,
            due: None,
            is_late: item.is_late,
            url: self.visitor.absolute(&item.record),
            line: item.line,
            at,
            is_with_care: false,
        }
    }

    fn waiting(&self, one: &Waiting) -> Row {
        let row = self.shown(waiting(one, self.lang), (one.act.name(), one.item.sent_at));
        Row { due: one.due, ..Self::called(row, &one.item) }
    }

    /// Its words are on its own page alone.
    fn reading(&self, one: &HeldBack) -> Row {
        let row = self.shown(reading(one, self.lang), ("read-held", one.sent_at));
        Row { due: Some(one.due), title: Some(one.place.clone()), ..row }
    }

    fn again(&self, one: &Listed) -> Row {
        let row = self.shown(again(one, self.lang), ("reread", one.said_at));
        let language = one.words.is_some().then(|| one.language.code());
        Row { due: Some(one.reread_on), title: one.words.clone(), language, ..row }
    }

    /// What the person sent and somebody reads first.
    fn held(&self, one: &HeldBack) -> Row {
        let line = held(one, self.lang);
        let url = self.visitor.absolute(&Route::HeldBack { held: one.id }.to_string());
        let title = Some(one.place.clone());
        let row = Self::plain(Part::Brought, (line, url), one.sent_at);
        Row { due: Some(one.due), title, ..row }
    }

    fn item(&self, part: Part, item: &Item, line: String) -> Row {
        let url = self.visitor.absolute(&record_address(item));
        let row = Self::plain(part, (line, url), item.sent_at);
        let due = if part == Part::ToTakeOver { item.finder_until } else { item.next_on };
        Row { due, is_late: item.late_since.is_some(), ..Self::called(row, item) }
    }

    fn plain(part: Part, (line, url): (String, String), at: DateTime<Utc>) -> Row {
        Row {
            part,
            act: None,
            act_words: String::new(),
            reference: None,
            title: None,
            language: None,
            due: None,
            is_late: false,
            url,
            line,
            at,
            is_with_care: false,
        }
    }

    /// With what a record is called.
    fn called(row: Row, item: &Item) -> Row {
        let language = item.title.is_some().then(|| item.language.code());
        let reference = Some(item.reference.clone());
        let is_with_care = item.is_with_care;
        Row { reference, title: item.title.clone(), language, is_with_care, ..row }
    }
}

/// All rows, and whether there are no others.
async fn read(visitor: &Visitor) -> Result<(Vec<Row>, bool), Failure> {
    let (mut ctx, _) = visitor.read_as_member().await.map_err(visitor.fails())?;
    visitor.take_search_turn(&ctx).map_err(visitor.fails())?;
    let mine = Mine::read(&mut ctx, TAKEN).await.map_err(visitor.fails())?;
    Ok((Rows { visitor, lang: visitor.lang }.of(&mine), !mine.work.is_more))
}

/// `GET /work.csv`
pub async fn table(visitor: Visitor) -> Outcome {
    let heads = ["part", "act", "reference", "title", "due", "is-late", "line", "link"];
    let (rows, is_whole) = read(&visitor).await?;
    let rows = rows.into_iter().map(|row| {
        let title = labels::or_erased(visitor.lang, row.title.as_deref());
        [
            visitor.text(&format!("work-{}", row.part.name())),
            row.act_words,
            row.reference.unwrap_or_default(),
            title,
            row.due.map(|day| day.to_string()).unwrap_or_default(),
            if row.is_late { visitor.text("record-late") } else { String::new() },
            row.line,
            row.url,
        ]
    });
    let heads = heads.map(|name| visitor.text(&format!("work-column-{name}")));
    Ok(files::told_whole(is_whole, attached("work.csv", as_table(heads, rows))))
}

/// My work as data.
#[derive(Debug, Serialize)]
struct Data {
    items: Vec<Row>,
    is_whole: bool,
}

/// `GET /work.json`
pub async fn data(visitor: Visitor) -> Outcome {
    let (items, is_whole) = read(&visitor).await?;
    let data = files::data(&Data { items, is_whole }).map_err(visitor.fails())?;
    Ok(files::told_whole(is_whole, data))
}

/// `GET /work.atom`
pub async fn feed(visitor: Visitor) -> Outcome {
    let shown = read(&visitor).await?.0.into_iter().filter(|row| !row.is_with_care);
    let entries = shown.map(|row| entry(&visitor, row)).collect();
    let addresses = [Route::WorkFeed, Route::Work].map(|route| route.to_string());
    let feed = Feed::new(&visitor, visitor.text("work-title"), addresses, entries);
    feed.answer().map_err(visitor.fails())
}

/// The same record can wait and be what somebody brought: each is an entry of its own.
fn entry(visitor: &Visitor, row: Row) -> Entry {
    let title = labels::or_erased(visitor.lang, row.title.as_deref());
    let title = [row.act_words, title].into_iter().filter(|words| !words.is_empty());
    Entry {
        title: title.collect::<Vec<_>>().join(": "),
        id: format!("{}#{}", row.url, row.act.unwrap_or(row.part.name())),
        address: row.url,
        at: row.at,
        category: Some((row.part.name(), visitor.text(&format!("work-{}", row.part.name())))),
        line: row.line,
    }
}
