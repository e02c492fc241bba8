//! A list to be taken away: what its page shows, as a table, as data, as a feed of the newest. Page and files read their rows
//! by one use case, so what somebody may not see is in none of them.

use crate::filters;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::Serialize;
use waymark_app::find::search::Sought;
use waymark_app::words::{Lang, text};
use waymark_app::{Error, Result};

/// The header of a file that is cut, which then is `false`. As data its `is_whole` says the same.
pub const IS_WHOLE: &str = "waymark-is-whole";

/// The ways to take a list away, below its rows.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/find/take.html")]
pub struct Take {
    links: Vec<(String, String)>,
}
is_html!(Take);

impl Take {
    /// The addresses of the list as a table, as data and as a feed of all that the page has.
    pub fn new(lang: Lang, addresses: [String; 3]) -> Self {
        Self::called(lang, "list-as-feed", addresses)
    }

    /// The same of a list whose feed has the newest alone.
    pub fn with_newest(lang: Lang, addresses: [String; 3]) -> Self {
        Self::called(lang, "list-as-newest", addresses)
    }

    fn called(lang: Lang, feed_key: &str, [table, data, feed]: [String; 3]) -> Self {
        let forms = [("list-as-table", table), ("list-as-data", data), (feed_key, feed)];
        Self { links: forms.map(|(key, address)| (text(lang, key), address)).into() }
    }
}

/// An answer that says whether it has all of its list: a program must not take a part for the whole.
pub fn told_whole(is_whole: bool, mut response: Response) -> Response {
    if !is_whole {
        response.headers_mut().insert(IS_WHOLE, HeaderValue::from_static("false"));
    }
    response
}

/// Is it all of a list of which one more than `most` was asked for? The rows are cut to as many.
pub fn cut<T>(rows: &mut Vec<T>, most: usize) -> bool {
    let is_whole = rows.len() <= most;
    rows.truncate(most);
    is_whole
}

/// The same with where it goes on (RFC 8288), where there is more than is taken at once.
///
/// # Errors
/// [`Error::Internal`] for an address that no header can hold.
pub fn linked(next: Option<&str>, response: Response) -> Result<Response> {
    let mut response = told_whole(next.is_none(), response);
    if let Some(next) = next {
        let link = format!("<{next}>; rel=\"next\"").parse().map_err(Error::internal)?;
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// A list as data.
///
/// # Errors
/// [`Error::Internal`] where it cannot be written.
pub fn data(data: &impl Serialize) -> Result<Response> {
    let json = serde_json::to_string(data).map_err(Error::internal)?;
    Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
}

/// A feed (RFC 4287). What is handled with care is in none: a reader of feeds keeps what it read.
#[derive(Debug, Template)]
#[template(path = "feeds/list.xml", escape = "html")]
pub struct Feed {
    /// The code of its language.
    lang: &'static str,
    /// What it is a list of.
    title: String,
    /// Its own address.
    address: String,
    /// The address of the page.
    page: String,
    /// What is in it.
    entries: Vec<Entry>,
}

/// Something in a feed.
#[derive(Debug)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// What it is known by: no two in a feed have the same.
    pub id: String,
    /// Where it is.
    pub address: String,
    /// When it came to be, or last changed.
    pub at: DateTime<Utc>,
    /// What kind it is, by name and in words.
    pub category: Option<(&'static str, String)>,
    /// What is said of it.
    pub line: String,
}

impl Feed {
    /// The feed of a page, in its visitor's language; `addresses` are its own and the page's, without the host.
    pub fn new(visitor: &Visitor, title: String, addresses: [String; 2], entries: Vec<Entry>) -> Self {
        let [address, page] = addresses.map(|address| visitor.absolute(&address));
        Self { lang: visitor.lang.code(), title, address, page, entries }
    }

    fn updated(&self) -> String {
        instant(self.entries.iter().map(|entry| entry.at).max().unwrap_or(DateTime::UNIX_EPOCH))
    }

    /// The feed as an answer.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written.
    pub fn answer(&self) -> Result<Response> {
        let xml = self.render().map_err(Error::internal)?;
        Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
    }
}

impl Entry {
    fn updated(&self) -> String {
        instant(self.at)
    }
}

/// A time as programs read it.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The title of a list, with the words that are searched for: a reader of feeds may follow several.
pub fn searched(title: String, sought: Option<&Sought>) -> String {
    match sought {
        Some(sought) => format!("{title}: {}", sought.as_str()),
        None => title,
    }
}

/// The beginning of a day, for what has no time of its own.
pub fn of_day(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_says_so_and_what_is_whole_does_not() {
        for (rows, is_whole) in [(0, true), (2, true), (3, false)] {
            let mut rows = vec![7; rows];
            assert_eq!(cut(&mut rows, 2), is_whole);
            assert!(rows.len() <= 2, "{rows:?}");
            let answer = told_whole(is_whole, "rows".into_response());
            let said = answer.headers().get(IS_WHOLE).map(HeaderValue::as_bytes);
            assert_eq!(said, (!is_whole).then_some(&b"false"[..]));
        }
        let goes_on = linked(Some("https://waymark.example/ideas.csv?after=1"), "rows".into_response());
        let goes_on = goes_on.expect("an address that a header holds");
        assert!(goes_on.headers().contains_key(LINK) && goes_on.headers().contains_key(IS_WHOLE));
        let whole = linked(None, "rows".into_response()).expect("no address");
        assert!(!whole.headers().contains_key(LINK) && !whole.headers().contains_key(IS_WHOLE));
    }
}
