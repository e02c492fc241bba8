//! The page of a record: where it is, what happens next, who has it, and what the viewer can do.

use super::facts::Shown;
use super::said::Lines;
use crate::components::{
    Button, Content, Link, NavigationItem, NotificationBanner, Progress, SubNavigation, SummaryList, Tag,
};
use crate::failure::Outcome;
use crate::filters;
use crate::form::new_token;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use waymark_app::find::view::{RecordView, view};
use waymark_app::find::{labels, next, reports};
use waymark_app::people::looks;
use waymark_app::people::session::Me;
use waymark_app::route::acts::{Act, open_acts};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text};
use waymark_app::{Ctx, Error, Read};
use waymark_domain::find::innovation::{Answer, Innovation};
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::PartyId;
use waymark_domain::people::role::Role;
use waymark_domain::reference::Reference;
use waymark_domain::route::policy::{Action, may};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/find/record.html")]
pub struct RecordPage {
    layout: Layout,
    reference: String,
    title: Content,
    tag: Tag,
    is_late: bool,
    done: Option<NotificationBanner>,
    progress: Progress,
    navigation: SubNavigation,
    next: String,
    is_mine: bool,
    question: Option<Content>,
    main: Option<Button>,
    others: Vec<(String, String)>,
    judge: Option<Judge>,
    facts: SummaryList,
    answer: Option<SummaryList>,
    reviewed: Option<SummaryList>,
    explained: Vec<String>,
    borne: Option<Borne>,
}

/// Whoever came back with a code: how to leave, and how to put their name on it.
#[derive(Debug)]
struct Borne {
    lead: String,
    name: Link,
    leave: String,
}

/// *Was this an answer?*, asked on the page itself.
#[derive(Debug)]
struct Judge {
    action: String,
    token: String,
    version: u32,
}

/// `GET /records/{reference}`
pub async fn get(
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Outcome {
    let (_, view, me) = opened(&visitor, &reference).await.map_err(visitor.fails())?;
    let page = RecordPage::new(&visitor, (&view, me.as_ref()), query.get("done").map(String::as_str));
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// The record of a reference as typed in an address, for the visitor. Before any words of it are shown, see [`ask_why`].
///
/// # Errors
/// [`Error::NotFound`] for what is none, and for what the visitor may not know of; [`Error::SignInFirst`] in both cases
/// for somebody who has not signed in: a link in a mail must not end nowhere, and tells nothing either way.
pub async fn load(visitor: &Visitor, reference: &str) -> Result<(RecordView, Option<Me>), Error> {
    let (_, view, me) = found(visitor, reference).await?;
    Ok((view, me))
}

/// The same to be read: whoever sees it only to check it says first why they open it.
///
/// # Errors
/// As [`load`], [`Error::ReasonFirst`].
pub async fn opened<'v>(visitor: &'v Visitor, reference: &str) -> Result<Found<'v>, Error> {
    let (mut ctx, view, me) = found(visitor, reference).await?;
    looks::must_say_why(&mut ctx, (&view.record, &view.viewer)).await?;
    Ok((ctx, view, me))
}

/// Asks why of somebody for whom a record was loaded that is about to be shown to them, once it is known that they may do
/// what they came for: nobody says why for a page that is not theirs.
///
/// # Errors
/// [`Error::ReasonFirst`].
pub async fn ask_why(visitor: &Visitor, view: &RecordView) -> Result<(), Error> {
    if !view.viewer.only_checks {
        return Ok(());
    }
    let (mut ctx, _) = visitor.read().await?;
    looks::must_say_why(&mut ctx, (&view.record, &view.viewer)).await
}

/// A record, who looks at it, and what more of it is read in.
type Found<'v> = (Ctx<'v, Read>, RecordView, Option<Me>);

async fn found<'v>(visitor: &'v Visitor, reference: &str) -> Result<Found<'v>, Error> {
    let known = Reference::parse(reference);
    let (mut ctx, me) = match &known {
        Some(reference) => visitor.read_record(reference).await?,
        None => visitor.read().await?,
    };
    let reference = known.ok_or(Error::NotFound)?;
    let view = match view(&mut ctx, &reference).await {
        Err(Error::NotFound) if me.is_none() => return Err(Error::SignInFirst),
        other => other?,
    };
    tracing::debug!(queries = ctx.queries(), "read a record");
    Ok((ctx, view, me))
}

/// Where an act on a record is done.
pub fn act_address(reference: &Reference, act: Act) -> String {
    let reference = reference.clone();
    match act {
        Act::Answer => Route::Answer { reference }.to_string(),
        Act::Meeting => format!("{}?meeting=yes", Route::Answer { reference }),
        act => Route::Act { reference, act }.to_string(),
    }
}

/// The parts of a record, `here` being the one that is shown.
pub fn navigation(lang: Lang, reference: &Reference, here: &str) -> SubNavigation {
    let parts = [
        ("record-part-record", Route::Record { reference: reference.clone() }),
        ("record-part-history", Route::History { reference: reference.clone() }),
    ];
    let items =
        parts.map(|(key, route)| NavigationItem::new(text(lang, key), route.to_string(), key == here));
    SubNavigation::new(items)
}

/// The words of a title for places that take no language of their own.
pub fn plain_title(view: &RecordView, lang: Lang) -> String {
    let title = view.said(view.record.told.title).and_then(|said| said.body.clone());
    labels::or_erased(lang, title.as_deref())
}

/// The title in its own language.
pub fn title(view: &RecordView, lang: Lang) -> Content {
    Lines::of(view.said(view.record.told.title), lang)
}

/// A day in the zone of the body that handles the record.
pub fn day(view: &RecordView, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&view.zone).date_naive()
}

impl RecordPage {
    fn new(visitor: &Visitor, (view, me): (&RecordView, Option<&Me>), done: Option<&str>) -> Self {
        let lang = visitor.lang;
        let record = &view.record;
        let reference = &record.told.reference;
        let shown = Shown { view, lang };
        let acts = open_acts(view);
        let main = acts.first().copied().filter(|act| act.is_needed(view));
        let is_other = |act: &&Act| Some(**act) != main && **act != Act::WasAnswer;
        let link = |act: &Act| (text(lang, &format!("record-act-{act}")), act_address(reference, *act));
        Self {
            layout: visitor.layout(me, plain_title(view, lang)),
            reference: reference.to_string(),
            title: title(view, lang),
            tag: tag(lang, record.stage),
            is_late: view.is_late(),
            done: done.and_then(|done| shown.done(done)),
            progress: Progress::new(shown.steps()),
            navigation: navigation(lang, reference, "record-part-record"),
            next: next::sentence(view, lang),
            is_mine: record.owner.is_some() && record.owner == view.viewer.party,
            question: record.question.map(|question| Lines::of(view.said(question), lang)),
            main: main.map(|act| {
                Button::link(text(lang, &format!("record-button-{act}")), act_address(reference, act))
            }),
            others: acts
                .iter()
                .filter(is_other)
                .map(link)
                .chain(besides(view, lang))
                .chain(moderating(view, lang))
                .chain(report(view, lang))
                .collect(),
            judge: acts.contains(&Act::WasAnswer).then(|| Judge {
                action: act_address(reference, Act::WasAnswer),
                token: new_token(&visitor.env),
                version: record.version,
            }),
            facts: shown.facts(),
            answer: record.answer().map(|answer| shown.answer(answer)),
            reviewed: reviewed(record).map(|answer| shown.answer(answer)),
            explained: shown.explained(),
            borne: borne(view, lang),
        }
    }
}

/// For an opener, the way to open a hidden name; for a finder, the way to mask words.
fn besides(view: &RecordView, lang: Lang) -> impl Iterator<Item = (String, String)> {
    let reference = || view.record.told.reference.clone();
    let ways = [
        (Action::OpenName, "open-title", Route::OpenName { reference: reference() }),
        (Action::Mask, "mask-title", Route::MaskWords { reference: reference() }),
    ];
    let open = ways.into_iter().filter(|(action, ..)| may(&view.viewer, *action, &view.record));
    open.map(move |(_, key, to)| (text(lang, key), to.to_string()))
}

/// The answer that was looked at again, once there is another.
pub fn reviewed(record: &Innovation) -> Option<&Answer> {
    let answer = record.answers.get(record.reviewed?)?;
    record.answer().filter(|last| *last != answer).map(|_| answer)
}

/// What whoever came back with a code sees first.
fn borne(view: &RecordView, lang: Lang) -> Option<Borne> {
    let record = &view.record;
    let reference = record.told.reference.clone();
    let leave = Route::ComeBack.to_string();
    let is = |party: Option<PartyId>| party.is_some() && party == view.viewer.party;
    if is(record.sealed) {
        let name = Link::new(text(lang, "name-title"), Route::GiveName { reference }.to_string());
        return Some(Borne { lead: text(lang, "record-borne"), name, leave });
    }
    is(record.public).then(|| {
        let name = Link::new(text(lang, "credit-title"), Route::Credit { reference }.to_string());
        Borne { lead: text(lang, "record-borne-public"), name, leave }
    })
}

/// For whoever sees it, the way to say that something is wrong with it.
fn report(view: &RecordView, lang: Lang) -> Option<(String, String)> {
    let to = Route::Report { reference: view.record.told.reference.clone() };
    reports::is_open(&view.record).then(|| (text(lang, "report-title"), to.to_string()))
}

/// For a moderator, the way to list it or not. Finders who moderate come from what waits for them.
fn moderating(view: &RecordView, lang: Lang) -> Option<(String, String)> {
    let to = Route::Moderate { reference: view.record.told.reference.clone() };
    let is_theirs = view.viewer.roles.contains(&Role::Moderator);
    (is_theirs && may(&view.viewer, Action::Moderate, &view.record))
        .then(|| (text(lang, "moderate-link"), to.to_string()))
}

/// The tag of a stage.
pub fn tag(lang: Lang, stage: Stage) -> Tag {
    let words = labels::stage(lang, stage);
    match stage {
        Stage::Told => Tag::coloured(words, "yellow"),
        Stage::NotNow => Tag::coloured(words, "orange"),
        Stage::Trying | Stage::PassedOn => Tag::coloured(words, "purple"),
        Stage::Kept | Stage::Done => Tag::coloured(words, "green"),
        Stage::Dropped | Stage::Stopped | Stage::Withdrawn => Tag::coloured(words, "grey"),
    }
}
