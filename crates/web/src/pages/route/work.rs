//! My work: what waits for me first, then what I brought and what I have.

use crate::components::{Content, Html, Link};
use crate::failure::Outcome;
use crate::files::Take;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::pages::find::record::act_address;
use crate::pages::find::said::Lines;
use crate::pages::find::shown::{ShownItem, record_address};
use crate::pages::people::admin::waits;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use waymark_app::find::held_back::{self, HeldBack};
use waymark_app::find::list::Item;
use waymark_app::find::mine::{SHOWN, Waiting, Work, work};
use waymark_app::find::{moderation, reports};
use waymark_app::people::session::Me;
use waymark_app::route::acts::Act;
use waymark_app::route::round;
use waymark_app::route::shared::{self, Listed};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_app::{Ctx, Read, Result};
use waymark_domain::reference::Reference;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/route/work.html")]
pub struct WorkPage {
    layout: Layout,
    /// That there is more than the page shows, and the way to all of it, where there is.
    more: Option<(String, Link)>,
    waiting: Vec<WaitingItem>,
    people: Option<Link>,
    news: Option<Link>,
    moderation: Option<Link>,
    to_take_over: Vec<Html>,
    brought: Vec<Html>,
    held: Vec<Link>,
    later: Vec<Html>,
    places: Vec<(String, String)>,
    all: String,
    take: Take,
}

/// Something that waits, with the act as its link.
#[derive(Debug)]
pub(super) struct WaitingItem {
    /// What is to be done, in words.
    pub act: String,
    href: String,
    title: Content,
    /// The address of what it is about.
    pub record: String,
    /// Is its day over?
    pub is_late: bool,
    /// By when, and what else is to be known.
    pub line: String,
    reference: String,
}

/// `GET /work`
pub async fn get(visitor: Visitor) -> Outcome {
    let (ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    shown(&visitor, ctx, &me).await
}

/// The page, also as the first one of whoever is signed in.
pub async fn shown(visitor: &Visitor, mut ctx: Ctx<'_, Read>, me: &Me) -> Outcome {
    let mine = Mine::read(&mut ctx, SHOWN).await.map_err(visitor.fails())?;
    let page = WorkPage::new(visitor.layout(Some(me), visitor.text("work-title")), &mine);
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// Everything that stands on the page, and in the files of it.
#[derive(Debug)]
pub(super) struct Mine {
    /// The records.
    pub work: Work,
    /// What is held back until the person has read it.
    pub to_read: Vec<HeldBack>,
    /// What the person sent and somebody reads first.
    pub held: Vec<HeldBack>,
    shared: Vec<Listed>,
    /// How many people and roles wait for their yes.
    people: usize,
    /// How many records are long without news.
    quiet: usize,
    /// How much waits for them as moderator, where they are one.
    moderation: Option<usize>,
}

impl Mine {
    /// What is there for whoever acts, at most so many records of each kind.
    pub async fn read(ctx: &mut Ctx<'_, Read>, most: usize) -> Result<Self> {
        Ok(Self {
            work: work(ctx, most).await?,
            people: waits(ctx).await?,
            to_read: held_back::list(ctx).await?,
            held: held_back::own(ctx).await?,
            shared: shared::list(ctx).await?,
            quiet: round::round(ctx).await?.len(),
            moderation: moderates(ctx).await?,
        })
    }

    /// Shared answers that are theirs to read again.
    pub fn to_reread(&self) -> impl Iterator<Item = &Listed> {
        self.shared.iter().filter(|one| one.is_asked)
    }
}

/// What waits for somebody as moderator; nobody else is asked for more than their roles.
async fn moderates(ctx: &mut Ctx<'_, Read>) -> Result<Option<usize>> {
    if moderation::places(ctx).await?.is_empty() {
        return Ok(None);
    }
    Ok(Some(moderation::waiting(ctx).await?.len() + reports::waiting(ctx).await?.len()))
}

impl WorkPage {
    fn new(layout: Layout, mine: &Mine) -> Self {
        let lang = layout.lang;
        let usual = |items: &[Item]| items.iter().map(|item| ShownItem::usual(item, lang).into()).collect();
        let way = |key: &str, count: usize, to: Route| {
            let words = text_with(lang, key, &[("count", count.into())]);
            (count > 0).then(|| Link::new(words, to.to_string()))
        };
        // A working day is sooner than whatever else waits.
        let first = mine.to_read.iter().map(|one| reading(one, lang));
        let then = mine.work.waiting.iter().map(|one| waiting(one, lang));
        let last = mine.to_reread().map(|one| again(one, lang));
        let forms = [Route::WorkTable, Route::WorkData, Route::WorkFeed];
        let more = || {
            let words = text_with(lang, "work-more", &[("count", SHOWN.into())]);
            (words, Link::new(text(lang, "work-more-all"), Route::WorkTable.to_string()))
        };
        Self {
            more: mine.work.is_more.then(more),
            waiting: first.chain(then).chain(last).collect(),
            people: way("waiting-link", mine.people, Route::Waiting),
            news: way("round-link", mine.quiet, Route::NewsRound),
            moderation: way("moderation-link", mine.moderation.unwrap_or(0), Route::Moderation),
            to_take_over: mine.work.to_take_over.iter().map(|item| take_over(item, lang)).collect(),
            brought: usual(&mine.work.brought),
            held: mine.held.iter().map(|one| held_link(one, lang)).collect(),
            later: usual(&mine.work.later),
            places: places(mine, lang),
            all: Route::Ideas.to_string(),
            take: Take::new(lang, forms.map(|route| route.to_string())),
            layout,
        }
    }

    /// Is there anything to be taken away?
    fn is_empty(&self) -> bool {
        let lists = [&self.to_take_over, &self.brought, &self.later];
        self.waiting.is_empty() && self.held.is_empty() && lists.iter().all(|items| items.is_empty())
    }
}

/// Where they can look further.
fn places(mine: &Mine, lang: Lang) -> Vec<(String, String)> {
    let to = |key: &str, route: Route| (text(lang, key), route.to_string());
    let at = |key: &str, name: &str| text_with(lang, key, &[("place", name.into())]);
    let late = mine.work.places.iter();
    let late = late.map(|(node, name)| (at("work-late-at", name), Route::Late { node: *node }.to_string()));
    let figures = mine.work.own.iter();
    let figures = figures
        .map(|(node, name)| (at("figures-nav-place", name), Route::Figures { node: *node }.to_string()));
    let to_answer = mine.work.waiting.iter().filter(|one| one.act == Act::Answer).count();
    let several = (to_answer > 1).then(|| to("shared-new-title", Route::ShareAnswer));
    let shared = (!mine.shared.is_empty()).then(|| to("shared-title", Route::Shared));
    let moderation = mine.moderation.map(|_| to("moderation-title", Route::Moderation));
    several.into_iter().chain(shared).chain(late).chain(figures).chain(moderation).collect()
}

/// A record that waits, with what is to be done.
pub(super) fn waiting(one: &Waiting, lang: Lang) -> WaitingItem {
    let reference = Reference::parse(&one.item.reference);
    WaitingItem {
        act: text(lang, &format!("work-act-{}", one.act)),
        href: reference.map(|reference| act_address(&reference, one.act)).unwrap_or_default(),
        title: ShownItem::title_of(&one.item, lang),
        record: record_address(&one.item),
        // That a record waits for its answer is not late for who only says who may see it.
        is_late: one.item.late_since.is_some() && one.act != Act::WhoSees,
        line: line(one, lang),
        reference: one.item.reference.clone(),
    }
}

/// Something that is held back until the person has read it; its words are on its own page alone.
pub(super) fn reading(one: &HeldBack, lang: Lang) -> WaitingItem {
    let href = Route::HeldBack { held: one.id }.to_string();
    WaitingItem {
        act: text(lang, "work-act-read-held"),
        title: Content::from(one.place.as_str()),
        record: href.clone(),
        is_late: one.is_late,
        line: text_with(lang, "work-due", &[("date", date(lang, one.due).into())]),
        reference: one.place.clone(),
        href,
    }
}

/// A shared answer that its owner is to read again.
pub(super) fn again(one: &Listed, lang: Lang) -> WaitingItem {
    let record = Route::SharedAnswer { shared: one.id }.to_string();
    let words = one.words.as_deref().map_or_else(
        || text(lang, "record-erased").into(),
        |words| Lines::new(words, one.language, lang).into(),
    );
    WaitingItem {
        act: text(lang, "shared-again"),
        href: Route::RereadShared { shared: one.id }.to_string(),
        title: words,
        record,
        is_late: false,
        line: text_with(lang, "work-due", &[("date", date(lang, one.reread_on).into())]),
        reference: date(lang, one.reread_on),
    }
}

/// What the person sent and somebody reads first.
pub(super) fn held(one: &HeldBack, lang: Lang) -> String {
    let values = [("place", one.place.as_str().into()), ("date", date(lang, one.due).into())];
    text_with(lang, "work-held", &values)
}

fn held_link(one: &HeldBack, lang: Lang) -> Link {
    Link::new(held(one, lang), Route::HeldBack { held: one.id }.to_string())
}

/// By when, and since when it is late, in words.
fn line(one: &Waiting, lang: Lang) -> String {
    let due = one.due.map(|due| date(lang, due));
    let line = match (due, one.item.late_since.filter(|_| one.act != Act::Hours)) {
        (Some(due), Some(since)) => {
            let values = [("date", due.into()), ("since", date(lang, since).into())];
            text_with(lang, "work-due-late", &values)
        }
        (Some(due), None) => text_with(lang, "work-due", &[("date", due.into())]),
        (None, _) => text(lang, "work-no-day"),
    };
    let why = one.why_asked.then(|| text(lang, "record-why-asked"));
    let also =
        (one.also_told > 0).then(|| text_with(lang, "work-also-told", &[("count", one.also_told.into())]));
    let review = one.is_review.then(|| text(lang, "work-review"));
    let sentences: Vec<String> = review.into_iter().chain(why).chain(also).collect();
    if sentences.is_empty() { line } else { format!("{line}. {}", sentences.join(" ")) }
}

fn take_over(item: &Item, lang: Lang) -> Html {
    ShownItem::new(item, take_over_line(item, lang), lang).into()
}

/// Who has it, and until when the finder may take it over.
pub(super) fn take_over_line(item: &Item, lang: Lang) -> String {
    let until = item.finder_until.map(|day| date(lang, day)).unwrap_or_default();
    let owner = item.owner.clone().unwrap_or_default();
    let values = [("owner", owner.into()), ("date", until.into())];
    text_with(lang, "work-take-over-line", &values)
}
