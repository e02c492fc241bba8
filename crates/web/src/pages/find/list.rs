//! Lists of ideas and problems: filters in the address, twenty a page, newest first.

use super::shown::ShownItem;
use crate::components::{
    Button, Checkbox, Checkboxes, Fieldset, Html, Input, Label, NotificationBanner, Select,
};
use crate::failure::{Outcome, nowhere, urlencoded, with_wait};
use crate::files::Take;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use waymark_app::find::labels;
use waymark_app::find::list::{Count, Cursor, Filter, Listed, Order, day_of, list};
use waymark_app::find::search::{RANKED, Sought, Unfit};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, number, short_date, text, text_with};
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::NodeId;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/find/list.html")]
pub struct ListPage {
    layout: Layout,
    notice: Option<NotificationBanner>,
    action: String,
    hidden: Vec<(String, String)>,
    search: Input,
    go: Button,
    nothing: Option<Nothing>,
    is_narrowed: bool,
    stage: Select,
    days: [Input; 2],
    more: Checkboxes,
    button: Button,
    chosen: Vec<(String, String)>,
    count: String,
    order: Option<InOrder>,
    items: Vec<Html>,
    first: Option<String>,
    next: Option<String>,
    late: Option<String>,
    wall: Option<String>,
    figures: Option<String>,
    take: Option<Take>,
}

/// What is said where nothing was found.
#[derive(Debug)]
struct Nothing {
    words: String,
    /// The same words with no other filter, where there is one.
    wider: Option<String>,
    tell: String,
}

/// In which order what was found is shown.
#[derive(Debug)]
struct InOrder {
    said: String,
    /// The other order, and its address.
    other: (String, String),
}

/// What the address says besides its path.
pub(super) type Asked = BTreeMap<String, String>;

/// `GET /ideas`
pub async fn get(visitor: Visitor, Query(query): Query<Asked>) -> Outcome {
    shown(visitor, (Route::Ideas, node_of(&query)), query).await
}

/// `GET /places/{node}`
pub async fn place(visitor: Visitor, Path(node): Path<String>, Query(query): Query<Asked>) -> Outcome {
    match NodeId::parse(&node) {
        Some(node) => shown(visitor, (Route::Place { node }, Some(node)), query).await,
        None => Ok(nowhere(visitor).await),
    }
}

async fn shown(visitor: Visitor, (route, node): (Route, Option<NodeId>), query: Asked) -> Outcome {
    let (mut ctx, me) = visitor.read().await.map_err(visitor.fails())?;
    let filter = filter(&query, node, me.is_some());
    let unfit = sought(&query).err();
    let hasty = filter.sought.as_ref().and_then(|_| visitor.take_search_turn(&ctx).err());
    let listed = match (unfit, &hasty) {
        (None, None) => list(&mut ctx, &filter).await.map_err(visitor.fails())?,
        _ => Listed::default(),
    };
    if let Some(record) = named(&filter, &listed) {
        return Ok(Redirect::to(&record).into_response());
    }
    let asking = Asking { lang: visitor.lang, route, filter, me: me.as_ref() };
    let mut page = asking.page(&visitor, &listed);
    if let Some(unfit) = unfit {
        page.refuse(said(&query), visitor.text(unfit.key()));
        return Ok(page::answer(StatusCode::UNPROCESSABLE_ENTITY, &page, visitor.lang));
    }
    if let Some(error) = hasty {
        page.refuse(said(&query), visitor.text("search-hasty"));
        return Ok(with_wait(page::answer(StatusCode::TOO_MANY_REQUESTS, &page, visitor.lang), &error));
    }
    page.notice = is_mistyped(&query, &asking.filter)
        .then(|| NotificationBanner::important(visitor.text("list-mistyped")));
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

impl ListPage {
    /// Says what is wrong with what was typed, and lists nothing: everything is not what was asked for.
    fn refuse(&mut self, said: &str, why: String) {
        self.search = self.search.clone().value(said).error(Some(why.as_str()));
        self.layout.problems = vec![("q".to_owned(), why)];
        (self.count, self.nothing, self.order) = (String::new(), None, None);
    }
}

/// The address of the record whose reference was typed.
fn named(filter: &Filter, listed: &Listed) -> Option<String> {
    let reference = filter.sought.as_ref()?.reference()?;
    let is_it = listed.items.iter().any(|item| item.reference == reference.as_str());
    is_it.then(|| Route::Record { reference }.to_string())
}

/// What was typed into the box.
fn said(query: &Asked) -> &str {
    query.get("q").map_or("", String::as_str)
}

/// What is searched for.
fn sought(query: &Asked) -> Result<Option<Sought>, Unfit> {
    Sought::parse(said(query))
}

/// The filter that an address asks for.
pub(super) fn filter(query: &Asked, node: Option<NodeId>, is_signed_in: bool) -> Filter {
    Filter {
        node,
        sought: sought(query).ok().flatten(),
        stage: query.get("stage").and_then(|stage| Stage::parse(stage)),
        is_late: query.get("late").is_some_and(|late| late == "yes"),
        is_of_mine: is_signed_in && query.get("body").is_some_and(|body| body == "mine"),
        from: query.get("from").and_then(|day| day_of(day)),
        to: query.get("to").and_then(|day| day_of(day)),
        order: query.get("order").and_then(|order| Order::parse(order)).unwrap_or_default(),
        after: query.get("after").and_then(|after| Cursor::parse(after)),
    }
}

/// Does the address ask for something that means nothing? Then the list is not what it asked for.
pub(super) fn is_mistyped(query: &Asked, filter: &Filter) -> bool {
    let says = |name: &str| query.get(name).map_or("", String::as_str);
    let is_lost = |name: &str, is_read: bool| !says(name).is_empty() && !is_read;
    is_lost("place", node_of(query).is_some())
        || is_lost("stage", filter.stage.is_some())
        || sought(query).is_err()
        || is_lost("from", filter.from.is_some())
        || is_lost("to", filter.to.is_some())
        || is_lost("order", Order::parse(says("order")).is_some())
        || is_lost("after", filter.after.is_some())
        || is_lost("late", filter.is_late)
        || is_lost("body", says("body") == "mine")
}

/// The node that an address names.
pub(super) fn node_of(query: &Asked) -> Option<NodeId> {
    query.get("place").and_then(|node| NodeId::parse(node))
}

/// The address of a list with a filter.
pub(super) fn address_of(route: &Route, filter: &Filter) -> String {
    let is_own_place = matches!(route, Route::Place { .. });
    let pairs = [
        ("q", filter.sought.as_ref().map(|sought| sought.as_str().to_owned())),
        ("place", filter.node.filter(|_| !is_own_place).map(|node| node.to_string())),
        ("stage", filter.stage.map(|stage| stage.name().to_owned())),
        ("from", filter.from.map(|day| day.to_string())),
        ("to", filter.to.map(|day| day.to_string())),
        ("late", filter.is_late.then(|| "yes".to_owned())),
        ("body", filter.is_of_mine.then(|| "mine".to_owned())),
        ("order", (filter.order != Order::Newest).then(|| filter.order.name().to_owned())),
        ("after", filter.after.map(|after| after.to_string())),
    ];
    let said = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", urlencoded(&value?))));
    let query = said.collect::<Vec<_>>().join("&");
    if query.is_empty() { route.to_string() } else { format!("{route}?{query}") }
}

struct Asking<'a> {
    lang: Lang,
    route: Route,
    filter: Filter,
    me: Option<&'a Me>,
}

impl Asking<'_> {
    fn text(&self, key: &str) -> String {
        text(self.lang, key)
    }

    fn page(&self, visitor: &Visitor, listed: &Listed) -> ListPage {
        let place = listed.place.as_ref();
        let title = match place {
            Some((_, name)) => text_with(self.lang, "list-title-place", &[("place", name.as_str().into())]),
            None => self.text("list-title"),
        };
        let node = place.filter(|_| self.me.is_some()).map(|(node, _)| *node);
        let late = node.map(|node| Route::Late { node }.to_string());
        let wall = node.map(|node| Route::Wall { node }.to_string());
        let figures = node.map(|node| Route::Figures { node }.to_string());
        let next = listed.next.map(|next| self.address(&Filter { after: Some(next), ..self.filter.clone() }));
        ListPage {
            layout: visitor.layout(self.me, title),
            notice: None,
            action: self.route.to_string(),
            hidden: self.hidden(),
            search: self.search(),
            go: Button::new(self.text("search-go")),
            nothing: listed.items.is_empty().then(|| self.nothing()).flatten(),
            is_narrowed: self.is_narrowed(),
            stage: self.stages(),
            days: [self.day("from", self.filter.from), self.day("to", self.filter.to)],
            more: self.more(),
            button: Button::secondary(self.text("list-filter")),
            chosen: self.chosen(place.map(|(_, name)| name.as_str())),
            count: self.count(listed),
            order: (listed.items.len() > 1).then(|| self.order(listed)).flatten(),
            items: listed
                .items
                .iter()
                .map(|item| ShownItem::listed(item, self.lang).level(2).into())
                .collect(),
            first: self.filter.after.map(|_| self.address(&Filter { after: None, ..self.filter.clone() })),
            next,
            late,
            wall,
            figures,
            take: (!listed.items.is_empty()).then(|| self.take()),
        }
    }

    /// Is any filter on that the page folds away?
    fn is_narrowed(&self) -> bool {
        let filter = &self.filter;
        let has_days = filter.from.is_some() || filter.to.is_some();
        filter.stage.is_some() || has_days || filter.is_late || filter.is_of_mine
    }

    /// A field for one of the days between which it was sent.
    fn day(&self, name: &'static str, day: Option<NaiveDate>) -> Input {
        let label = Label::new(self.text(&format!("list-{name}")));
        let mut field = Input::new(name, label).classes("govuk-input--width-10");
        field.kind = "date".into();
        let said = day.map(|day| day.to_string()).unwrap_or_default();
        field.hint(self.text("list-day-hint")).value(said)
    }

    /// The address of this list with another filter.
    fn address(&self, filter: &Filter) -> String {
        address_of(&self.route, filter)
    }

    /// The whole of this list to be taken away.
    fn take(&self) -> Take {
        let whole = Filter { after: None, order: Order::Newest, ..self.filter.clone() };
        let routes = [Route::IdeasTable, Route::IdeasData, Route::IdeasFeed];
        Take::with_newest(self.lang, routes.map(|route| address_of(&route, &whole)))
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let is_own_place = matches!(self.route, Route::Place { .. });
        let place = self.filter.node.filter(|_| !is_own_place).map(|node| ("place", node.to_string()));
        let order = self.filter.order;
        let order = (order != Order::Newest).then(|| ("order", order.name().to_owned()));
        place.into_iter().chain(order).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The order of what was found by its words, with the other one to choose.
    fn order(&self, listed: &Listed) -> Option<InOrder> {
        self.filter.sought.as_ref()?;
        let is_all = matches!(listed.count, Count::Exactly(count) if count <= RANKED);
        let (key, other_key, other) = match self.filter.order {
            Order::Newest => ("search-newest", "search-to-best", Order::Best),
            Order::Best if is_all => ("search-best", "search-to-newest", Order::Newest),
            Order::Best => ("search-best-of", "search-to-newest", Order::Newest),
        };
        let address = self.address(&Filter { order: other, after: None, ..self.filter.clone() });
        let said = text_with(self.lang, key, &[("count", number(self.lang, RANKED).into())]);
        Some(InOrder { said, other: (self.text(other_key), address) })
    }

    fn stages(&self) -> Select {
        let every = (String::new(), self.text("list-every-stage"));
        let one = |stage: &Stage| (stage.name().to_owned(), labels::stage(self.lang, *stage));
        let choices = std::iter::once(every).chain(Stage::ALL.iter().map(one));
        Select::new("stage", Label::new(self.text("list-stage")), choices)
            .value(self.filter.stage.map(Stage::name).unwrap_or_default())
    }

    fn more(&self) -> Checkboxes {
        let mut boxes = vec![self.checkbox(("late", "yes"), ("list-late", self.filter.is_late))];
        if self.me.is_some() {
            boxes.push(self.checkbox(("body", "mine"), ("list-mine", self.filter.is_of_mine)));
        }
        Checkboxes::new("late", Fieldset::new(self.text("list-only")), boxes)
    }

    fn checkbox(&self, (name, value): (&str, &str), (key, is_checked): (&str, bool)) -> Checkbox {
        Checkbox { name: name.into(), checked: Some(is_checked), ..Checkbox::new(value, self.text(key)) }
    }

    /// The filters that are on, each with the address without it.
    fn chosen(&self, place: Option<&str>) -> Vec<(String, String)> {
        let first = Filter { after: None, ..self.filter.clone() };
        let is_own_place = matches!(self.route, Route::Place { .. });
        let mut chosen = Vec::new();
        if let Some(sought) = &first.sought {
            let words = text_with(self.lang, "search-words", &[("words", sought.as_str().into())]);
            chosen.push((words, self.address(&Filter { sought: None, ..first.clone() })));
        }
        if let Some(place) = place.filter(|_| !is_own_place) {
            chosen.push((place.to_owned(), self.address(&Filter { node: None, ..first.clone() })));
        }
        if let Some(stage) = self.filter.stage {
            let without = self.address(&Filter { stage: None, ..first.clone() });
            chosen.push((labels::stage(self.lang, stage), without));
        }
        let on = |key: &str, day: NaiveDate| {
            text_with(self.lang, key, &[("date", short_date(self.lang, day).into())])
        };
        if let Some(from) = self.filter.from {
            let without = self.address(&Filter { from: None, ..first.clone() });
            chosen.push((on("list-from-day", from), without));
        }
        if let Some(to) = self.filter.to {
            chosen.push((on("list-to-day", to), self.address(&Filter { to: None, ..first.clone() })));
        }
        if self.filter.is_late {
            chosen.push((self.text("list-late"), self.address(&Filter { is_late: false, ..first.clone() })));
        }
        if self.filter.is_of_mine {
            chosen.push((self.text("list-mine"), self.address(&Filter { is_of_mine: false, ..first })));
        }
        chosen
    }

    fn count(&self, listed: &Listed) -> String {
        match listed.count {
            Count::Exactly(count) => text_with(self.lang, "list-count", &[("count", count.into())]),
            Count::MoreThan(count) => {
                text_with(self.lang, "list-more-than", &[("count", number(self.lang, count).into())])
            }
        }
    }

    /// The box for words.
    fn search(&self) -> Input {
        let said = self.filter.sought.as_ref().map_or("", Sought::as_str);
        search_box(&self.text("search-label"), said).hint(self.text("search-hint"))
    }

    /// What to do where no record has the words.
    fn nothing(&self) -> Option<Nothing> {
        let sought = self.filter.sought.as_ref()?;
        let all = Filter { sought: Some(sought.clone()), ..Filter::default() };
        let is_wide = self.filter == all && !matches!(self.route, Route::Place { .. });
        let wider = (!is_wide).then(|| address_of(&Route::Ideas, &all));
        Some(Nothing { words: sought.as_str().to_owned(), wider, tell: Route::Tell.to_string() })
    }
}

/// A box for words to search for.
pub(super) fn search_box(label: &str, said: &str) -> Input {
    let mut search = Input::new("q", Label::new(label));
    search.kind = "search".into();
    search.value(said)
}
