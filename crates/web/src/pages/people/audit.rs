//! The page of auditors: what was done that is no record's history, and who looked at what with a reason. Two parts of one
//! address, with the same filters, fifty a page, the latest first.

use crate::components::{
    Button, Input, Label, Link, NavigationItem, NotificationBanner, Select, SubNavigation,
};
use crate::failure::{Outcome, urlencoded};
use crate::files::Take;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::me::moment;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use waymark_app::find::list::{Cursor, day_of};
use waymark_app::people::audited::{About, Entry, Filter, Listed, PAGE, Part, read};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, number, text, text_with};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/people/audit.html")]
pub struct AuditPage {
    layout: Layout,
    notice: Option<NotificationBanner>,
    parts: SubNavigation,
    lead: String,
    /// What this part leaves out, where it leaves something out.
    without: Option<String>,
    action: String,
    part: &'static str,
    is_narrowed: bool,
    kind: Select,
    from_day: Input,
    until_day: Input,
    button: Button,
    entries: Vec<Shown>,
    first: Option<String>,
    next: Option<String>,
    take: Take,
}

/// An entry, as the template of what moderators did reads it.
#[derive(Debug)]
struct Shown {
    what: String,
    record: Option<Link>,
    words: String,
    by: String,
}

/// What the address says besides its path.
pub(super) type Asked = BTreeMap<String, String>;

/// `GET /audit?part=&kind=&from=&to=&after=`
pub async fn get(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    let shown = async {
        let (mut ctx, me) = visitor.read_as_member().await?;
        let filter = filter(&query);
        let listed = read(&mut ctx, &filter, PAGE).await?;
        let mut page = Asking { visitor: &visitor, filter: &filter }.page(&me, &listed);
        page.notice = is_mistyped(&query, &filter)
            .then(|| NotificationBanner::important(visitor.text("list-mistyped")));
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

fn says<'a>(query: &'a Asked, name: &str) -> &'a str {
    query.get(name).map_or("", |value| value.trim())
}

/// The filter that an address asks for.
pub(super) fn filter(query: &Asked) -> Filter {
    let part = Part::parse(says(query, "part")).unwrap_or_default();
    Filter {
        part,
        kind: part.kind(says(query, "kind")),
        from: day_of(says(query, "from")),
        until: day_of(says(query, "to")),
        after: Cursor::parse(says(query, "after")),
    }
}

/// Does the address ask for something that means nothing? Then the list is not what it asked for.
pub(super) fn is_mistyped(query: &Asked, filter: &Filter) -> bool {
    let is_lost = |name: &str, is_read: bool| !says(query, name).is_empty() && !is_read;
    is_lost("part", Part::parse(says(query, "part")).is_some())
        || is_lost("kind", filter.kind.is_some())
        || is_lost("from", filter.from.is_some())
        || is_lost("to", filter.until.is_some())
        || is_lost("after", filter.after.is_some())
}

/// The address of the page, or of one of its files, with a filter.
pub(super) fn address_of(route: &Route, filter: &Filter) -> String {
    let pairs = [
        ("part", (filter.part != Part::default()).then(|| filter.part.name().to_owned())),
        ("kind", filter.kind.map(str::to_owned)),
        ("from", filter.from.map(|day| day.to_string())),
        ("to", filter.until.map(|day| day.to_string())),
        ("after", filter.after.map(|after| after.to_string())),
    ];
    let said = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", urlencoded(&value?))));
    let query = said.collect::<Vec<_>>().join("&");
    if query.is_empty() { route.to_string() } else { format!("{route}?{query}") }
}

struct Asking<'a> {
    visitor: &'a Visitor,
    filter: &'a Filter,
}

impl Asking<'_> {
    fn page(&self, me: &Me, listed: &Listed) -> AuditPage {
        let (lang, filter) = (self.visitor.lang, self.filter);
        let address = |filter: &Filter| address_of(&Route::Audit, filter);
        let whole = Filter { after: None, ..filter.clone() };
        let files = [Route::AuditTable, Route::AuditData, Route::AuditFeed];
        let places = [("places", listed.places.join(", ").into())];
        AuditPage {
            layout: self.visitor.layout(Some(me), text(lang, "audit-title")),
            notice: None,
            parts: self.parts(),
            lead: text_with(lang, &format!("audit-lead-{}", filter.part.name()), &places),
            without: (filter.part == Part::Done).then(|| text(lang, "audit-without")),
            action: Route::Audit.to_string(),
            part: filter.part.name(),
            is_narrowed: filter.kind.is_some() || filter.from.is_some() || filter.until.is_some(),
            kind: self.kinds(),
            from_day: self.day("from", filter.from),
            until_day: self.day("to", filter.until),
            button: Button::secondary(text(lang, "list-filter")),
            entries: listed.entries.iter().map(|entry| shown(entry, filter.part, lang)).collect(),
            first: filter.after.map(|_| address(&whole)),
            next: listed.next.map(|next| address(&Filter { after: Some(next), ..filter.clone() })),
            take: Take::with_newest(lang, files.map(|route| address_of(&route, &whole))),
        }
    }

    /// Both parts, each without the other's filters.
    fn parts(&self) -> SubNavigation {
        SubNavigation::new(Part::ALL.map(|part| {
            let href = address_of(&Route::Audit, &Filter { part, ..Filter::default() });
            let words = self.visitor.text(&format!("audit-part-{}", part.name()));
            NavigationItem::new(words, href, part == self.filter.part)
        }))
    }

    fn kinds(&self) -> Select {
        let part = self.filter.part;
        let every = (String::new(), self.visitor.text("audit-every-kind"));
        let one = |kind: &'static str| (kind.to_owned(), what(part, kind, self.visitor.lang));
        let choices = std::iter::once(every).chain(part.kinds().into_iter().map(one));
        Select::new("kind", Label::new(self.visitor.text("audit-kind")), choices)
            .value(self.filter.kind.unwrap_or_default())
    }

    fn day(&self, name: &'static str, day: Option<NaiveDate>) -> Input {
        let label = Label::new(self.visitor.text(&format!("audit-{name}")));
        let mut field = Input::new(name, label).classes("govuk-input--width-10");
        field.kind = "date".into();
        let said = day.map(|day| day.to_string()).unwrap_or_default();
        field.hint(self.visitor.text("audit-day-hint")).value(said)
    }
}

/// What was done, or looked at, in words.
pub(super) fn what(part: Part, kind: &str, lang: Lang) -> String {
    text(lang, &format!("audit-{}-{kind}", part.name()))
}

/// Who, in words.
pub(super) fn by(entry: &Entry, lang: Lang) -> String {
    match entry.by.as_deref() {
        None => text(lang, "audit-nobody"),
        Some(name) => named(name, lang),
    }
}

fn named(name: &str, lang: Lang) -> String {
    if name.is_empty() { text(lang, "record-somebody") } else { name.to_owned() }
}

/// About what, in words; empty where there is nothing to say.
pub(super) fn about(entry: &Entry, lang: Lang) -> String {
    match &entry.about {
        None => String::new(),
        Some(About::Person(name)) => named(name, lang),
        Some(About::Place(name)) => name.clone(),
        Some(About::Record(reference)) => reference.to_string(),
        Some(About::Kept(old, [before, since])) => {
            let values = [
                ("what", text(lang, &format!("privacy-kept-{old}")).into()),
                ("before", number(lang, *before).into()),
                ("since", number(lang, *since).into()),
            ];
            text_with(lang, "audit-about-kept", &values)
        }
    }
}

/// Why somebody looked, in words; empty where nothing was looked at.
pub(super) fn why(entry: &Entry, lang: Lang) -> String {
    match entry.why.as_deref() {
        None => String::new(),
        Some(why) if entry.kind == "account" => text(lang, &format!("audit-why-{why}")),
        Some(why) => why.to_owned(),
    }
}

/// When and by whom, and about what where that is no link of its own.
pub(super) fn line(entry: &Entry, lang: Lang) -> String {
    let (at, by, about) = (moment(lang, entry.at), by(entry, lang), about(entry, lang));
    if about.is_empty() || matches!(entry.about, Some(About::Record(_))) {
        return text_with(lang, "audit-line", &[("at", at.into()), ("by", by.into())]);
    }
    text_with(lang, "audit-line-about", &[("at", at.into()), ("by", by.into()), ("about", about.into())])
}

/// The address of the record that an entry is about.
pub(super) fn record(entry: &Entry) -> Option<String> {
    let Some(About::Record(reference)) = &entry.about else { return None };
    Some(Route::Record { reference: reference.clone() }.to_string())
}

fn shown(entry: &Entry, part: Part, lang: Lang) -> Shown {
    Shown {
        what: what(part, entry.kind, lang),
        record: record(entry).map(|href| Link::new(about(entry, lang), href)),
        words: why(entry, lang),
        by: line(entry, lang),
    }
}
