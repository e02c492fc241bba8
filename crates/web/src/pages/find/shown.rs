//! A record on a list: its title as a link, where it stands, who has it and by when.

use super::record::tag;
use super::said::Lines;
use crate::components::{Content, Tag};
use crate::filters;
use askama::Template;
use waymark_app::find::list::Item;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, short_date, text, text_with};
use waymark_domain::reference::Reference;

/// A record on a list.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/find/shown.html")]
pub struct ShownItem {
    href: String,
    reference: String,
    title: Content,
    tag: Tag,
    is_late: bool,
    line: String,
    place: String,
    place_href: String,
    /// The level of its heading.
    level: u8,
}
is_html!(ShownItem);

impl ShownItem {
    /// A record with a line of its own under the title.
    pub fn new(item: &Item, line: String, lang: Lang) -> Self {
        Self {
            href: record_address(item),
            reference: item.reference.clone(),
            title: Self::title_of(item, lang),
            tag: tag(lang, item.stage),
            is_late: item.late_since.is_some(),
            line,
            place: item.place.clone(),
            place_href: Route::Place { node: item.node }.to_string(),
            level: 3,
        }
    }

    /// A record of one's own, with when it was sent, who has it and by when.
    pub fn usual(item: &Item, lang: Lang) -> Self {
        Self::new(item, Self::usual_line(item, lang), lang)
    }

    /// When it was sent, who has it and by when.
    pub fn usual_line(item: &Item, lang: Lang) -> String {
        let sent = short_date(lang, item.sent_on);
        match (&item.owner, item.next_on) {
            (Some(owner), Some(next)) => {
                let next = short_date(lang, next);
                let values = [("sent", sent.into()), ("owner", owner.as_str().into()), ("date", next.into())];
                text_with(lang, "list-line", &values)
            }
            _ => text_with(lang, "list-line-ended", &[("sent", sent.into())]),
        }
    }

    /// A record among those of others: who has it is said only while it is not late.
    pub fn listed(item: &Item, lang: Lang) -> Self {
        Self::new(item, Self::listed_line(item, lang), lang)
    }

    /// The same line; since when it is late in place of who has it.
    pub fn listed_line(item: &Item, lang: Lang) -> String {
        match item.late_since.filter(|_| item.named().is_none()) {
            Some(since) => {
                let sent = short_date(lang, item.sent_on);
                let values = [("sent", sent.into()), ("since", short_date(lang, since).into())];
                text_with(lang, "list-line-since", &values)
            }
            None => Self::usual_line(item, lang),
        }
    }

    /// The title of a record, in its own language.
    pub fn title_of(item: &Item, lang: Lang) -> Content {
        match &item.title {
            Some(title) => Lines::new(title, item.language, lang).into(),
            None => text(lang, "record-erased").into(),
        }
    }

    /// The same under a heading of another level.
    pub fn level(self, level: u8) -> Self {
        Self { level, ..self }
    }
}

/// The address of a record on a list.
pub fn record_address(item: &Item) -> String {
    let reference = Reference::parse(&item.reference);
    reference.map(|reference| Route::Record { reference }.to_string()).unwrap_or_default()
}
