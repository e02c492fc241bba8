//! The page of a record: where it is, what happens next, who has it, and what the viewer can do.

use super::said::Lines;
use crate::components::{
    Button, Content, NavigationItem, NotificationBanner, Progress, Row, Step, StepState, SubNavigation,
    SummaryList, Tag, Text,
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
use std::collections::HashMap;
use waymark_app::Error;
use waymark_app::find::view::{RecordView, view};
use waymark_app::find::{labels, next};
use waymark_app::people::session::Me;
use waymark_app::route::acts::{Act, open_acts};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, money_pence, text, text_with};
use waymark_domain::find::event::{Answered, InnovationEvent, Then};
use waymark_domain::find::innovation::Answer;
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::ids::PartyId;
use waymark_domain::reference::Reference;
use waymark_domain::text::WordsRef;

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
    explained: Vec<String>,
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
    Query(query): Query<HashMap<String, String>>,
) -> Outcome {
    let (view, me) = load(&visitor, &reference).await.map_err(visitor.fails())?;
    let page = RecordPage::new(&visitor, (&view, me.as_ref()), query.get("done").map(String::as_str));
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// The record of a reference as typed in an address, for the visitor.
///
/// # Errors
/// [`Error::NotFound`] for what is none, and for what the visitor may not know of; [`Error::SignInFirst`] in both cases
/// for somebody who has not signed in: a link in a mail must not end nowhere, and tells nothing either way.
pub async fn load(visitor: &Visitor, reference: &str) -> Result<(RecordView, Option<Me>), Error> {
    let reference = Reference::parse(reference).ok_or(Error::NotFound)?;
    let (mut ctx, me) = visitor.read().await?;
    let view = match view(&mut ctx, &reference).await {
        Err(Error::NotFound) if me.is_none() => return Err(Error::SignInFirst),
        other => other?,
    };
    tracing::debug!(queries = ctx.queries(), "read a record");
    Ok((view, me))
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
    title.unwrap_or_else(|| text(lang, "record-erased"))
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
            title: Lines::of(view.said(record.told.title), lang),
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
            others: acts.iter().filter(is_other).map(link).collect(),
            judge: acts.contains(&Act::WasAnswer).then(|| Judge {
                action: act_address(reference, Act::WasAnswer),
                token: new_token(&visitor.env),
                version: record.version,
            }),
            facts: shown.facts(),
            answer: record.answer().map(|answer| shown.answer(answer)),
            explained: shown.explained(),
        }
    }
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

/// A record on a page in a language.
struct Shown<'v> {
    view: &'v RecordView,
    lang: Lang,
}

impl Shown<'_> {
    fn text(&self, key: &str) -> String {
        text(self.lang, key)
    }

    fn name(&self, party: PartyId) -> String {
        next::name(self.view, self.lang, Some(party))
    }

    fn said(&self, reference: WordsRef) -> Content {
        Lines::of(self.view.said(reference), self.lang)
    }

    fn row(&self, key: &str, value: impl Into<Content>) -> Row {
        Row::new(self.text(&format!("record-fact-{key}")), value)
    }

    fn done(&self, done: &str) -> Option<NotificationBanner> {
        let known = Act::parse(done).is_some() || AnswerKind::parse(done).is_some() || done == "told";
        known.then(|| NotificationBanner::success(self.text(&format!("record-done-{done}"))))
    }

    /// Told, answered, tried, kept: the steps with where it is.
    fn steps(&self) -> Vec<Step> {
        use StepState::{Done, Later, Now, Skipped};
        let record = &self.view.record;
        let states = match record.stage {
            Stage::Told => [Now, Later, Later, Later],
            Stage::NotNow => [Done, Now, Later, Later],
            Stage::Trying => [Done, Done, Now, Later],
            Stage::PassedOn | Stage::Kept | Stage::Dropped => [Done, Done, Done, Now],
            Stage::Done => [Done, Skipped, Done, Now],
            Stage::Stopped => [Done, Now, Skipped, Skipped],
            Stage::Withdrawn => [Now, Skipped, Skipped, Skipped],
        };
        let last = match record.stage {
            Stage::Kept | Stage::Done => "record-step-kept",
            Stage::Dropped => "record-step-dropped",
            Stage::PassedOn => "record-step-passed-on",
            _ => "record-step-last",
        };
        let names = ["record-step-told", "record-step-answered", "record-step-tried", last];
        let here = self.text("record-you-are-here");
        let step = |(name, state)| {
            let step = Step::new(self.text(name), state);
            if state == Now { step.note(here.clone()) } else { step }
        };
        names.into_iter().zip(states).map(step).collect()
    }

    fn facts(&self) -> SummaryList {
        let told = &self.view.record.told;
        let mut rows = vec![self.row("problem", self.said(told.problem))];
        rows.extend(told.solution.map(|solution| self.row("solution", self.said(solution))));
        rows.extend(self.whereabouts());
        rows.push(self.row("brought-by", self.brought_by()));
        rows.push(self.row("sent", date(self.lang, day(self.view, self.view.record.sent_at))));
        rows.extend(self.keeping());
        rows.extend(self.trial());
        rows.extend(self.lines());
        rows.extend(self.news());
        rows.push(self.row("seen-by", labels::seen_by(self.lang, told.seen_by)));
        SummaryList::new(rows)
    }

    fn whereabouts(&self) -> Vec<Row> {
        let record = &self.view.record;
        let place = |node| self.view.place(node).unwrap_or_default().to_owned();
        let mut rows = vec![self.row("where", place(record.told.node))];
        if record.at != record.told.node {
            rows.push(self.row("handled-at", place(record.at)));
        }
        rows
    }

    /// Who brought it; with shares where there are several.
    fn brought_by(&self) -> Content {
        let all = &self.view.record.told.contributors;
        let one = |one: &waymark_domain::find::event::Contributor| match all.len() {
            1 => self.name(one.party),
            _ => format!("{} ({} %)", self.name(one.party), one.share_percent),
        };
        let mut names: Vec<String> = all.iter().map(one).collect();
        if let Some(party) = self.view.record.told.assisted_by {
            names.push(text_with(self.lang, "record-assisted", &[("name", self.name(party).into())]));
        }
        Content::from(NameLines { lines: names.into_iter().map(Text::from).collect() })
    }

    /// Who has it, by when, and how long that usually takes.
    fn keeping(&self) -> Vec<Row> {
        let record = &self.view.record;
        let mut rows = Vec::new();
        if let Some(owner) = record.owner {
            rows.push(self.row("owner", self.owner(owner)));
        }
        if let Some(due) = record.next_date() {
            rows.push(self.row("by", self.due(due)));
        }
        if record.stage.awaits_answer() || record.stage == Stage::Trying {
            rows.push(self.row("usual", self.usual()));
        }
        rows
    }

    fn owner(&self, owner: PartyId) -> String {
        let record = &self.view.record;
        let name = self.name(owner);
        let duty = record.decider.filter(|duty| duty.party == owner);
        let place = duty.and_then(|duty| self.view.place(duty.node));
        match duty.zip(place) {
            Some((duty, place)) => {
                let role = labels::role(self.lang, duty.role);
                let values = [("name", name.into()), ("role", role.into()), ("place", place.into())];
                text_with(self.lang, "record-owner", &values)
            }
            None => name,
        }
    }

    fn due(&self, due: NaiveDate) -> String {
        let due = date(self.lang, due);
        match next::missed(self.view).filter(|_| self.view.is_late()) {
            Some(missed) => {
                let days = i64::from(self.view.days_late());
                let missed = date(self.lang, missed);
                let values = [("date", due.into()), ("missed", missed.into()), ("days", days.into())];
                text_with(self.lang, "record-due-late", &values)
            }
            None => due,
        }
    }

    fn usual(&self) -> String {
        match self.view.usual {
            Some(usual) => {
                let of = i64::try_from(usual.of).unwrap_or(i64::MAX);
                text_with(self.lang, "record-usual", &[("days", usual.days.into()), ("of", of.into())])
            }
            None => self.text("record-usual-unknown"),
        }
    }

    fn trial(&self) -> Vec<Row> {
        let Some(trial) = &self.view.record.trial else { return Vec::new() };
        let mut rows = vec![self.row("trier", self.name(trial.who))];
        if trial.hours > 0 {
            let hours = [("hours", i64::from(trial.hours).into())];
            let granted = text_with(self.lang, "record-hours", &hours);
            rows.push(match self.view.record.hours_had {
                Some(had) => {
                    let values = [("granted", granted.into()), ("had", i64::from(had).into())];
                    self.row("hours", text_with(self.lang, "record-hours-had", &values))
                }
                None => self.row("hours", granted),
            });
            rows.extend(trial.hours_from.map(|from| self.row("hours-from", self.said(from))));
        }
        if trial.pence > 0 {
            rows.push(self.row("money", money_pence(self.lang, trial.pence.into())));
        }
        rows
    }

    fn lines(&self) -> Vec<Row> {
        let Some(lines) = &self.view.record.lines else { return Vec::new() };
        vec![
            self.row("did", self.said(lines.did)),
            self.row("changed", self.said(lines.changed)),
            self.row("outcome", labels::outcome(self.lang, lines.outcome)),
        ]
    }

    /// The latest that a person wrote about it.
    fn news(&self) -> Option<Row> {
        let latest = self.view.events.iter().rev().find_map(|happened| match &happened.event {
            InnovationEvent::News { words } => Some(*words),
            InnovationEvent::DateMoved { why, .. } => Some(*why),
            InnovationEvent::Replied { reply, .. } => *reply,
            _ => None,
        });
        latest.map(|words| self.row("news", self.said(words)))
    }

    fn answer(&self, answer: &Answer) -> SummaryList {
        let given = &answer.given;
        let by = self.name(given.by.party);
        let at = day(self.view, answer.at);
        let mut rows = vec![
            self.row("answer", labels::answer(self.lang, given.kind)),
            self.row("answered-by", by),
            self.row("answered-on", date(self.lang, at)),
        ];
        rows.extend(given.reason.map(|reason| self.row("reason", labels::reason(self.lang, reason))));
        rows.extend(given.words.map(|words| self.row("words", self.said(words))));
        let change = if given.kind == AnswerKind::NotNow { "awaited" } else { "would-change" };
        rows.extend(given.would_change.map(|words| self.row(change, self.said(words))));
        rows.extend(self.elsewhere(given));
        if let Then::Wait { until, .. } = &given.then {
            rows.push(self.row("until", date(self.lang, *until)));
        }
        if let Some(was) = answer.was_answer {
            let key = if was { "record-judged-yes" } else { "record-judged-no" };
            rows.push(self.row("judged", self.text(key)));
        }
        SummaryList::new(rows)
    }

    fn elsewhere(&self, given: &Answered) -> Vec<Row> {
        let Some(elsewhere) = &given.elsewhere else { return Vec::new() };
        let typed =
            [("name", self.name(elsewhere.typed_by).into()), ("date", date(self.lang, elsewhere.on).into())];
        vec![
            self.row("meeting", self.said(elsewhere.meeting)),
            self.row("typed", text_with(self.lang, "record-typed", &typed)),
        ]
    }

    /// Why it is not with whom one would expect.
    fn explained(&self) -> Vec<String> {
        let record = &self.view.record;
        let ladder = record.decider.and_then(|duty| duty.explained);
        let mut lines: Vec<String> =
            ladder.map(|one| labels::explained(self.lang, one)).into_iter().collect();
        if let Some(until) = record.finder_until.filter(|until| self.view.today() <= *until) {
            lines.push(text_with(
                self.lang,
                "record-finder-until",
                &[("date", date(self.lang, until).into())],
            ));
        }
        if record.overdue_step > 0 {
            lines.push(self.text(&format!("record-overdue-{}", record.overdue_step.min(3))));
        }
        if record.why_asked {
            lines.push(self.text("record-why-asked"));
        }
        lines
    }
}

/// Names under each other.
#[derive(Clone, Debug, Template)]
#[template(
    source = "{% for line in lines %}{% if !loop.first %}<br>{% endif %}{{ line }}{% endfor %}",
    ext = "html"
)]
struct NameLines {
    lines: Vec<Text>,
}
is_html!(NameLines);
