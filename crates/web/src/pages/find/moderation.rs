//! Moderation: what waits to be listed, one record of it, and the log of what moderators did.

use super::facts::Shown;
use super::named::in_form;
use super::record::{ask_why, load, plain_title};
use super::shown::{ShownItem, record_address};
use crate::components::{Html, Link, Row, SummaryList};
use crate::failure::Outcome;
use crate::files::Take;
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::pages::people::me::moment;
use crate::pages::people::question::QuestionPage;
use crate::pages::route::sure::{Sending, go_on, is_to_change};
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use waymark_app::find::list::Item;
use waymark_app::find::moderation::{self, Logged, Typed};
use waymark_app::find::named::Found;
use waymark_app::find::reports::{self, Part, Report, Waiting};
use waymark_app::find::view::RecordView;
use waymark_app::people::place::place;
use waymark_app::people::session::Me;
use waymark_app::route::change::Seen;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Checks, Ctx, Error, Result, Write, once};
use waymark_domain::find::moderation::{Because, Listing, Moderation};
use waymark_domain::ids::NodeId;
use waymark_domain::people::role::Role;
use waymark_domain::reference::Reference;
use waymark_domain::text::Prose;

/// What waits.
#[derive(Debug, Template)]
#[template(path = "pages/find/moderation.html")]
struct QueuePage {
    layout: Layout,
    waiting: Vec<WaitingItem>,
    reported: Vec<WaitingItem>,
    own: Vec<DoneItem>,
    logs: Vec<Link>,
}

/// One of it, with the ways to decide.
#[derive(Debug)]
struct WaitingItem {
    item: Html,
    acts: Vec<Link>,
}

/// The log of a node.
#[derive(Debug, Template)]
#[template(path = "pages/find/moderation-log.html")]
struct LogPage {
    layout: Layout,
    place: String,
    done: Vec<DoneItem>,
    is_by_finder: bool,
    take: Take,
}

/// Something that a moderator did.
#[derive(Debug)]
struct DoneItem {
    what: String,
    record: Option<Link>,
    words: String,
    by: String,
}

/// `GET /moderation`
pub async fn get(visitor: Visitor) -> Outcome {
    let shown = async {
        let (mut ctx, me) = visitor.read_as_member().await?;
        let waiting = moderation::waiting(&mut ctx).await?;
        let reported = reports::waiting(&mut ctx).await?;
        let own = reports::own(&mut ctx).await?;
        let logs = moderation::places(&mut ctx).await?;
        let page = QueuePage {
            layout: visitor.layout(Some(&me), visitor.text("moderation-title")),
            waiting: waiting.iter().map(|item| waiting_item(item, visitor.lang)).collect(),
            reported: reported.iter().map(|one| reported_item(one, visitor.lang)).collect(),
            own: own.iter().map(|one| own_item(one, visitor.lang)).collect(),
            logs: logs.iter().map(|(node, name)| log_link(*node, name, visitor.lang)).collect(),
        };
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

fn log_link(node: NodeId, name: &str, lang: Lang) -> Link {
    let words = text_with(lang, "moderation-log-link", &[("place", name.into())]);
    Link::new(words, Route::ModerationLog { node }.to_string())
}

fn waiting_item(item: &Item, lang: Lang) -> WaitingItem {
    WaitingItem { item: ShownItem::listed(item, lang).into(), acts: vec![decide(item, lang)] }
}

fn decide(item: &Item, lang: Lang) -> Link {
    let moderate = Reference::parse(&item.reference);
    let moderate = moderate.map(|reference| Route::Moderate { reference }.to_string());
    let words = text_with(lang, "moderation-decide", &[("reference", item.reference.as_str().into())]);
    Link::new(words, moderate.unwrap_or_else(|| record_address(item)))
}

/// What was reported: the record itself, comments on it, or both.
fn reported_item(one: &Waiting, lang: Lang) -> WaitingItem {
    let item = &one.item;
    let itself = one.is_itself.then(|| decide(item, lang));
    let values = [("reference", item.reference.as_str().into())];
    let words = text_with(lang, "moderation-decide-comment", &values);
    let comments = Reference::parse(&item.reference).into_iter().flat_map(|reference| {
        let words = words.clone();
        one.comments.iter().map(move |comment| {
            let route = Route::ModerateComment { reference: reference.clone(), comment: *comment };
            Link::new(words.clone(), route.to_string())
        })
    });
    let acts = itself.into_iter().chain(comments).collect();
    WaitingItem { item: ShownItem::listed(item, lang).into(), acts }
}

/// What somebody reported, and what became of it.
fn own_item(one: &Report, lang: Lang) -> DoneItem {
    let is_comment = matches!(one.part, Part::Comment(_));
    let key = match &one.ended {
        None => "report-waits",
        Some((Moderation::Unlist, _)) if is_comment => "report-comment-unlisted",
        Some((Moderation::Unlist, _)) => "report-unlisted",
        Some(_) => "report-left",
    };
    let words = one.ended.as_ref().and_then(|(_, words)| words.clone()).unwrap_or_default();
    let because = text(lang, &format!("report-because-{}", one.because.name()));
    let values = [("because", because.into()), ("at", moment(lang, one.at).into())];
    let record = one
        .reference
        .clone()
        .map(|reference| Link::new(reference.to_string(), Route::Record { reference }.to_string()));
    DoneItem {
        what: text(lang, key),
        words: if record.is_some() { words } else { text(lang, "report-unseen") },
        record,
        by: text_with(lang, "report-own", &values),
    }
}

/// What was reported of a record, or of a comment on it, for who decides.
pub(super) fn reported(all: &[Report], view: &RecordView, lang: Lang) -> SummaryList {
    let written = |version: u32| view.events.iter().find(|event| event.meta.version == version);
    let row = |one: &Report| {
        let part = match one.part {
            Part::Comment(_) => text(lang, "report-part-this-comment"),
            Part::Record => text(lang, "report-part-record"),
            Part::Written(version) => written(version).map_or_else(
                || text(lang, "report-part-record"),
                |event| super::history::summary(view, &event.event, lang),
            ),
        };
        let because = text(lang, &format!("report-because-{}", one.because.name()));
        let said = [because, one.line.clone()].into_iter().filter(|words| !words.is_empty());
        Row::new(part, said.collect::<Vec<_>>().join(": "))
    };
    SummaryList::new(all.iter().map(row))
}

/// `GET /records/{reference}/moderate`
pub async fn get_one(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    let case = to_moderate(&visitor, &reference).await.map_err(visitor.fails())?;
    one_page(&visitor, &case, (Form::default(), None))
}

/// A record with what was reported of it, and who decides.
struct Case {
    view: RecordView,
    me: Me,
    reports: Vec<Report>,
}

/// The record for a moderator of it.
async fn to_moderate(visitor: &Visitor, reference: &str) -> Result<Case> {
    let (view, me) = load(visitor, reference).await?;
    let me = me.ok_or(Error::SignInFirst)?;
    let (mut ctx, _) = visitor.read_as_member().await?;
    if !moderation::may_moderate(&mut ctx, &view.record).await? {
        return Err(Error::Forbidden);
    }
    let reports = reports::open_of(&mut ctx, view.record.id).await?;
    drop(ctx);
    ask_why(visitor, &view).await?;
    Ok(Case { view, me, reports })
}

/// What can be decided of a record as it is.
fn choices(case: &Case) -> Vec<&'static str> {
    let all = match case.view.record.listing {
        Listing::Waiting => vec![Moderation::List, Moderation::Unlist],
        Listing::Listed if case.reports.is_empty() => vec![Moderation::Unlist],
        Listing::Listed => vec![Moderation::Leave, Moderation::Unlist],
        Listing::Unlisted => vec![Moderation::List],
    };
    all.into_iter().map(Moderation::name).collect()
}

fn one_page(visitor: &Visitor, case: &Case, (mut form, error): (Form, Option<&Error>)) -> Outcome {
    let Case { view, me, reports } = case;
    let because: Vec<&str> = Because::ALL.iter().map(|one| one.name()).collect();
    form.set(TOKEN, new_token(&visitor.env));
    let page = QuestionPage::new(visitor, Some(me), ("moderate-title", form));
    let page = if reports.is_empty() {
        page
    } else {
        page.heading("moderate-reported").with(reported(reports, view, visitor.lang))
    };
    page.caption(plain_title(view, visitor.lang))
        .back(Route::Moderation)
        .hidden("version", view.record.version)
        .wrong(error)
        .before(Shown { view, lang: visitor.lang }.told())
        .say("moderate-text")
        .radios("act", "moderate-act", &choices(case))
        .radios("because", "moderate-because", &because)
        .line("words", "moderate-words")
        .button("moderate-button")
        .answer(error)
}

/// `POST /records/{reference}/moderate`
pub async fn post_one(visitor: Visitor, Path(reference): Path<String>, mut form: Form) -> Outcome {
    let case = to_moderate(&visitor, &reference).await.map_err(visitor.fails())?;
    if is_to_change(&mut form) {
        return one_page(&visitor, &case, (form, None));
    }
    match moderated(&visitor, &case.view, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error @ (Error::Invalid(_) | Error::Conflict | Error::Refused(_))) => {
            one_page(&visitor, &case, (form, Some(&error)))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn moderated(visitor: &Visitor, view: &RecordView, form: &Form) -> Result<Sending> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    let to = Route::Moderation.to_string();
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Ok(to));
    }
    let seen = Seen { id: view.record.id, version: form.value("version").parse().ok() };
    perform(&mut ctx, seen, form).await?;
    let found = pointed_out(&mut ctx, &view.record.told.reference, form).await?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    once::remember(&mut ctx, form.token(), &to).await?;
    ctx.commit().await?;
    Ok(Ok(to))
}

/// What in a moderator's reasons could tell who somebody is. Whatever was typed, *list it* sends none.
pub(super) async fn pointed_out<K>(ctx: &mut Ctx<'_, K>, on: &Reference, form: &Form) -> Result<Vec<Found>> {
    if form.value("act") == Moderation::List.name() {
        return Ok(Vec::new());
    }
    in_form(ctx, on, form).await
}

/// Does to a record what a moderator of it typed.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else, before what they typed is looked at; what [`moderation::moderate`] says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, seen: Seen, form: &Form) -> Result<()> {
    moderation::check(ctx, seen.id).await?;
    moderation::moderate(ctx, seen, &typed(form)?).await.map(drop)
}

/// What a moderator typed, about a record or about a comment on it.
pub(super) fn typed(form: &Form) -> Result<Typed> {
    let mut checks = Checks::default();
    let act = checks.some("act", Moderation::parse(form.value("act")), "moderate-act-empty");
    let act = match act {
        Some(Moderation::List) => Some(Typed::List),
        Some(Moderation::Unlist) => {
            let because =
                checks.some("because", Because::parse(form.value("because")), "moderate-because-empty");
            because.zip(words(&mut checks, form)).map(|(because, words)| Typed::Unlist(because, words))
        }
        Some(Moderation::Leave) => words(&mut checks, form).map(Typed::Leave),
        None => None,
    };
    checks.finish(act)
}

fn words(checks: &mut Checks, form: &Form) -> Option<Prose> {
    checks.needed("words", Prose::parse(form.value("words")), "moderate-words-empty")
}

/// `GET /places/{node}/moderation`
pub async fn log(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let shown = async {
        let node = NodeId::parse(&node).ok_or(Error::NotFound)?;
        let (mut ctx, me) = visitor.read_as_member().await?;
        let log = moderation::log(&mut ctx, node).await?;
        let name = place(&mut ctx, node).await?.name().to_owned();
        let title = text_with(visitor.lang, "moderation-log-title", &[("place", name.as_str().into())]);
        let layout = visitor.layout(Some(&me), title).back(Route::Moderation.to_string());
        let forms =
            [Route::ModerationTable { node }, Route::ModerationData { node }, Route::ModerationFeed { node }];
        let page = LogPage {
            layout,
            done: log.done.iter().map(|one| done_item(one, visitor.lang)).collect(),
            is_by_finder: log.is_by_finder,
            take: Take::new(visitor.lang, forms.map(|route| route.to_string())),
            place: name,
        };
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

const COLUMNS: [&str; 7] = ["at", "reference", "place", "act", "because", "words", "by"];

/// The heads of the log as a table.
pub(super) fn heads(visitor: &Visitor) -> [String; 7] {
    COLUMNS.map(|column| visitor.text(&format!("moderation-column-{column}")))
}

/// One line of the log as a row of the table.
pub(super) fn cells(one: &Logged, lang: Lang) -> [String; 7] {
    let because = one.because.map(|because| text(lang, &format!("moderate-because-{}", because.name())));
    let name = one.name.clone().unwrap_or_else(|| text(lang, "record-somebody"));
    let of = if one.comment.is_some() { "comment-" } else { "" };
    let by = match one.role {
        Role::Moderator => name,
        _ if one.was_with_care => text_with(lang, "moderation-by-finder-with-care", &[("name", name.into())]),
        _ => text_with(lang, "moderation-by-finder", &[("name", name.into())]),
    };
    [
        moment(lang, one.at),
        one.reference.clone(),
        one.place.clone(),
        text(lang, &format!("moderation-done-{of}{}", one.act.name())),
        because.unwrap_or_default(),
        one.words.as_ref().map(|(words, _)| words.clone()).unwrap_or_default(),
        by,
    ]
}

fn done_item(one: &Logged, lang: Lang) -> DoneItem {
    let [_, reference, _, act, because, words, _] = cells(one, lang);
    let what = [act, because].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(": ");
    let record = Reference::parse(&reference).map(|reference| Route::Record { reference }.to_string());
    DoneItem { what, record: record.map(|href| Link::new(reference, href)), words, by: done_line(one, lang) }
}

/// When, by whom and where.
pub(super) fn done_line(one: &Logged, lang: Lang) -> String {
    let [at, _, place, _, _, _, by] = cells(one, lang);
    let values = [("at", at.into()), ("name", by.into()), ("place", place.into())];
    text_with(lang, "moderation-done-by", &values)
}
