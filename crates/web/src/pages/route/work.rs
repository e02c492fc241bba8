//! My work: what waits for me first, then what I brought and what I have.

use crate::components::{Content, Html, Link};
use crate::failure::Outcome;
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
use waymark_app::find::mine::{Waiting, Work, work};
use waymark_app::find::{moderation, reports};
use waymark_app::people::session::Me;
use waymark_app::route::acts::Act;
use waymark_app::route::round;
use waymark_app::route::shared::{self, Listed};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_app::{Ctx, Read};
use waymark_domain::reference::Reference;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/route/work.html")]
pub struct WorkPage {
    layout: Layout,
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
}

/// Something that waits, with the act as its link.
#[derive(Debug)]
struct WaitingItem {
    act: String,
    href: String,
    title: Content,
    record: String,
    is_late: bool,
    line: String,
    reference: String,
}

/// `GET /work`
pub async fn get(visitor: Visitor) -> Outcome {
    let (ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    shown(&visitor, ctx, &me).await
}

/// The page, also as the first one of whoever is signed in.
pub async fn shown(visitor: &Visitor, mut ctx: Ctx<'_, Read>, me: &Me) -> Outcome {
    let work = work(&mut ctx).await.map_err(visitor.fails())?;
    let people = waits(&mut ctx).await.map_err(visitor.fails())?;
    let to_read = held_back::list(&mut ctx).await.map_err(visitor.fails())?;
    let own = held_back::own(&mut ctx).await.map_err(visitor.fails())?;
    let mut page = WorkPage::new(visitor.layout(Some(me), visitor.text("work-title")), &work);
    page.people = (people > 0).then(|| {
        let words = text_with(visitor.lang, "waiting-link", &[("count", people.into())]);
        Link::new(words, Route::Waiting.to_string())
    });
    let shared = shared::list(&mut ctx).await.map_err(visitor.fails())?;
    page.waiting.extend(shared.iter().filter(|one| one.is_asked).map(|one| again(one, visitor.lang)));
    let quiet = round::round(&mut ctx).await.map_err(visitor.fails())?.len();
    let quiet = i64::try_from(quiet).unwrap_or(i64::MAX);
    page.news = (quiet > 0).then(|| {
        let words = text_with(visitor.lang, "round-link", &[("count", quiet.into())]);
        Link::new(words, Route::NewsRound.to_string())
    });
    let to_answer = work.waiting.iter().filter(|one| one.act == Act::Answer).count();
    let several = (to_answer > 1).then(|| (visitor.text("shared-new-title"), Route::ShareAnswer.to_string()));
    let all = (!shared.is_empty()).then(|| (visitor.text("shared-title"), Route::Shared.to_string()));
    page.places.splice(0..0, several.into_iter().chain(all));
    moderates(visitor, (&mut ctx, &mut page)).await.map_err(visitor.fails())?;
    // A working day is sooner than whatever else waits.
    page.waiting.splice(0..0, to_read.iter().map(|one| reading(one, visitor.lang)));
    page.held = own.iter().map(|one| held(one, visitor.lang)).collect();
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// What waits for somebody as moderator; nobody else is asked for more than their roles.
async fn moderates(
    visitor: &Visitor,
    (ctx, page): (&mut Ctx<'_, Read>, &mut WorkPage),
) -> waymark_app::Result<()> {
    if moderation::places(ctx).await?.is_empty() {
        return Ok(());
    }
    let waiting = moderation::waiting(ctx).await?.len() + reports::waiting(ctx).await?.len();
    let to = Route::Moderation.to_string();
    page.moderation = (waiting > 0).then(|| {
        let words = text_with(visitor.lang, "moderation-link", &[("count", waiting.into())]);
        Link::new(words, to.clone())
    });
    page.places.push((visitor.text("moderation-title"), to));
    Ok(())
}

impl WorkPage {
    fn new(layout: Layout, work: &Work) -> Self {
        let lang = layout.lang;
        let usual = |items: &[Item]| items.iter().map(|item| ShownItem::usual(item, lang).into()).collect();
        let place = |(node, name): &(waymark_domain::ids::NodeId, String)| {
            let words = text_with(lang, "work-late-at", &[("place", name.as_str().into())]);
            (words, Route::Late { node: *node }.to_string())
        };
        let figures = |(node, name): &(waymark_domain::ids::NodeId, String)| {
            let words = text_with(lang, "figures-nav-place", &[("place", name.as_str().into())]);
            (words, Route::Figures { node: *node }.to_string())
        };
        Self {
            waiting: work.waiting.iter().map(|one| waiting(one, lang)).collect(),
            people: None,
            news: None,
            moderation: None,
            to_take_over: work.to_take_over.iter().map(|item| take_over(item, lang)).collect(),
            brought: usual(&work.brought),
            held: Vec::new(),
            later: usual(&work.later),
            places: work.places.iter().map(place).chain(work.own.iter().map(figures)).collect(),
            all: Route::Ideas.to_string(),
            layout,
        }
    }
}

fn waiting(one: &Waiting, lang: Lang) -> WaitingItem {
    let reference = Reference::parse(&one.item.reference);
    WaitingItem {
        act: text(lang, &format!("work-act-{}", one.act)),
        href: reference.map(|reference| act_address(&reference, one.act)).unwrap_or_default(),
        title: ShownItem::title_of(&one.item, lang),
        record: record_address(&one.item),
        is_late: one.item.late_since.is_some(),
        line: line(one, lang),
        reference: one.item.reference.clone(),
    }
}

/// Something that is held back until the person has read it; its words are on its own page alone.
fn reading(one: &HeldBack, lang: Lang) -> WaitingItem {
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
fn again(one: &Listed, lang: Lang) -> WaitingItem {
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
fn held(one: &HeldBack, lang: Lang) -> Link {
    let values = [("place", one.place.as_str().into()), ("date", date(lang, one.due).into())];
    Link::new(text_with(lang, "work-held", &values), Route::HeldBack { held: one.id }.to_string())
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
    let until = item.finder_until.map(|day| date(lang, day)).unwrap_or_default();
    let owner = item.owner.clone().unwrap_or_default();
    let values = [("owner", owner.into()), ("date", until.into())];
    ShownItem::new(item, text_with(lang, "work-take-over-line", &values), lang).into()
}
