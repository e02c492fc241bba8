//! The history of a record: everything that happened, newest first, in words.

use super::comments::Comments;
use super::record::{navigation, opened, plain_title, title as record_title};
use super::said::Lines;
use crate::components::{Content, Entry, NotificationBanner, SubNavigation, Timeline};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use waymark_app::Error;
use waymark_app::find::comment;
use waymark_app::find::view::RecordView;
use waymark_app::find::{labels, next};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, Value, date, text, text_with, time};
use waymark_domain::find::event::{Answered, Cause, Handed, InnovationEvent, Then};
use waymark_domain::find::sight::Shown;
use waymark_domain::ids::PartyId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::record::Happened;
use waymark_domain::text::WordsRef;

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/find/history.html")]
pub struct HistoryPage {
    layout: Layout,
    reference: String,
    record: Content,
    navigation: SubNavigation,
    timeline: Timeline,
    comments: Option<Comments>,
    done: Option<NotificationBanner>,
}

/// `GET /records/{reference}/history`
pub async fn get(
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Outcome {
    let is_done = query.get("done").is_some_and(|done| done == "taken-back");
    page(&visitor, &reference, (Form::default(), None, is_done)).await
}

/// The page again, with a comment that was not taken.
pub(super) async fn shown(
    visitor: &Visitor,
    reference: &str,
    (form, error): (Form, Option<Error>),
) -> Outcome {
    page(visitor, reference, (form, error, false)).await
}

async fn page(
    visitor: &Visitor,
    reference: &str,
    (form, error, is_done): (Form, Option<Error>, bool),
) -> Outcome {
    let (mut ctx, view, me) = opened(visitor, reference).await.map_err(visitor.fails())?;
    let said = comment::of(&mut ctx, &view).await.map_err(visitor.fails())?;
    let reference = &view.record.told.reference;
    let title =
        text_with(visitor.lang, "history-title", &[("title", plain_title(&view, visitor.lang).into())]);
    let back = Route::Record { reference: reference.clone() }.to_string();
    let layout = visitor.layout(me.as_ref(), title).back(back).with_error(error.as_ref());
    let comments = said.map(|said| Comments::new((visitor, &view), &said, (&form, &layout, error.as_ref())));
    let page = HistoryPage {
        layout,
        comments,
        done: is_done.then(|| NotificationBanner::success(visitor.text("comment-done"))),
        reference: reference.to_string(),
        record: record_title(&view, visitor.lang),
        navigation: navigation(visitor.lang, reference, "record-part-history"),
        timeline: Timeline::new(entries(&view, 0, visitor.lang)).heading_level(2),
    };
    let status = match error {
        None => StatusCode::OK,
        Some(Error::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(page::answer(status, &page, visitor.lang))
}

/// What happened after a version, newest first.
pub fn entries(view: &RecordView, after: u32, lang: Lang) -> Vec<Entry> {
    let later = view.events.iter().rev().filter(|happened| happened.meta.version > after);
    later.map(|happened| entry(view, happened, lang)).collect()
}

fn entry(view: &RecordView, happened: &Happened<InnovationEvent>, lang: Lang) -> Entry {
    let at = happened.meta.happened_at;
    let telling = Telling { view, lang };
    let entry = Entry::new(telling.what(&happened.event), when(view, at, lang), at.to_rfc3339());
    let entry = match (happened.meta.actor, &happened.event) {
        (Some(actor), _) => entry.by(telling.name(Some(actor))),
        // They were masked in a shared answer, which says who did it.
        (None, InnovationEvent::Masked { .. }) => entry.by(text(lang, "history-masked-by")),
        (None, _) => entry,
    };
    match &happened.event {
        InnovationEvent::Added(added) => entry.words(super::also::words(view, added, lang)),
        event => match words_of(event) {
            Some(words) => entry.words(Lines::of(view.said(words), lang)),
            None => entry,
        },
    }
}

/// What happened, in a line.
pub fn summary(view: &RecordView, event: &InnovationEvent, lang: Lang) -> String {
    Telling { view, lang }.what(event)
}

/// What was written with it and stands beside it.
pub fn written(event: &InnovationEvent) -> Vec<WordsRef> {
    match event {
        InnovationEvent::Added(added) => {
            [Some(added.problem), added.solution].into_iter().flatten().collect()
        }
        event => words_of(event).into_iter().collect(),
    }
}

/// Day and time in the zone of the body.
pub(super) fn when(view: &RecordView, at: DateTime<Utc>, lang: Lang) -> String {
    let local = at.with_timezone(&view.zone);
    let values = [("date", date(lang, local.date_naive()).into()), ("time", time(lang, local.time()).into())];
    text_with(lang, "history-when", &values)
}

/// What was written with it; the first where there are several.
fn words_of(event: &InnovationEvent) -> Option<WordsRef> {
    match event {
        InnovationEvent::Told(told) => told.solution.or(Some(told.problem)),
        InnovationEvent::Answered(answered) => answered.words,
        InnovationEvent::Objected { why, .. }
        | InnovationEvent::ReviewAsked { why, .. }
        | InnovationEvent::Reopened { why, .. }
        | InnovationEvent::DateMoved { why, .. }
        | InnovationEvent::OpeningAsked { why, .. }
        | InnovationEvent::Withdrawn { why, .. } => Some(*why),
        InnovationEvent::Asked { question, .. } => Some(*question),
        InnovationEvent::Replied { reply, .. } => *reply,
        InnovationEvent::TryEnded { lines, .. } => Some(lines.changed),
        InnovationEvent::News { words } => Some(*words),
        InnovationEvent::Moderated(moderated) => moderated.words,
        InnovationEvent::Credited { name } => Some(*name),
        _ => None,
    }
}

struct Telling<'v> {
    view: &'v RecordView,
    lang: Lang,
}

impl Telling<'_> {
    fn name(&self, party: Option<PartyId>) -> String {
        next::name(self.view, self.lang, party)
    }

    fn with(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        text_with(self.lang, key, values)
    }

    fn dated(&self, key: &str, (party, day): (PartyId, Option<NaiveDate>)) -> String {
        let day = day.map(|day| date(self.lang, day)).unwrap_or_default();
        self.with(key, &[("name", self.name(Some(party)).into()), ("date", day.into())])
    }

    fn shown(&self, key: &str, (party, to): (PartyId, SeenBy)) -> String {
        let to = labels::seen_by(self.lang, to);
        self.with(key, &[("name", self.name(Some(party)).into()), ("to", to.into())])
    }

    fn sight_set(&self, set: &Shown) -> String {
        let Some(with) = set.with else { return self.shown("history-sight-set", (set.by, set.to)) };
        let to = labels::seen_by(self.lang, set.to);
        let values = [
            ("name", self.name(Some(set.by)).into()),
            ("other", self.name(Some(with)).into()),
            ("to", to.into()),
        ];
        self.with("history-sight-both", &values)
    }

    fn handed(&self, key: &str, handed: &Handed) -> String {
        self.dated(key, (handed.duty.party, handed.clock.next_date()))
    }

    /// What happened, in a line.
    fn what(&self, event: &InnovationEvent) -> String {
        match event {
            InnovationEvent::Told(told) => match &told.handed {
                Some(handed) => self.handed("history-told", handed),
                None => text(self.lang, "history-done"),
            },
            InnovationEvent::Passed { cause, handed, .. } => self.handed(passed_key(*cause), handed),
            InnovationEvent::Rehomed { .. } => text(self.lang, "history-rehomed"),
            InnovationEvent::TakenUp { owner } => self.dated("history-taken-up", (*owner, None)),
            InnovationEvent::Overdue { step, handed } => {
                self.handed(&format!("history-overdue-{}", (*step).clamp(1, 3)), handed)
            }
            InnovationEvent::Answered(answered) => self.answered(answered),
            InnovationEvent::Objected { handed, .. } => self.handed("history-objected", handed),
            InnovationEvent::ReviewAsked { handed, .. } => self.handed("history-review-asked", handed),
            InnovationEvent::Reopened { handed, .. } => self.handed("history-reopened", handed),
            InnovationEvent::TryEnded { lines, .. } => {
                let outcome = labels::outcome(self.lang, lines.outcome);
                self.with("history-try-ended", &[("outcome", outcome.into())])
            }
            said => self.said(said),
        }
    }

    /// The line of the conversation.
    fn said(&self, event: &InnovationEvent) -> String {
        match event {
            InnovationEvent::Replied { reply: None, .. } => text(self.lang, "history-nothing-to-add"),
            InnovationEvent::DateMoved { clock, .. } => {
                self.with("history-date-moved", &[("date", date(self.lang, clock.due.date).into())])
            }
            InnovationEvent::AnswerJudged { was_answer: true } => text(self.lang, "history-judged-yes"),
            InnovationEvent::AnswerJudged { was_answer: false } => text(self.lang, "history-judged-no"),
            InnovationEvent::HoursConfirmed { hours } => {
                self.with("history-hours-confirmed", &[("hours", i64::from(*hours).into())])
            }
            InnovationEvent::InterestDeclared { party } => {
                self.dated("history-interest-declared", (*party, None))
            }
            InnovationEvent::OpeningAsked { .. } => text(self.lang, "history-opening-asked"),
            InnovationEvent::OpeningLapsed => text(self.lang, "history-opening-lapsed"),
            InnovationEvent::NameOpened { by } => {
                let names = by.map(|party| self.name(Some(party)));
                let values = [("first", names[0].as_str().into()), ("second", names[1].as_str().into())];
                self.with("history-name-opened", &values)
            }
            InnovationEvent::NameGiven { party } => self.dated("history-name-given", (*party, None)),
            InnovationEvent::Masked { because, .. } => {
                text(self.lang, &format!("history-masked-{}", because.name()))
            }
            InnovationEvent::Moderated(moderated) => {
                text(self.lang, &format!("moderation-done-{}", moderated.act.name()))
            }
            InnovationEvent::SightOffered(offer) => self.shown("history-sight-offered", (offer.by, offer.to)),
            InnovationEvent::SightSet(shown) => self.sight_set(shown),
            InnovationEvent::Credited { .. } => text(self.lang, "history-credited"),
            InnovationEvent::Added(_) => text(self.lang, "history-added"),
            InnovationEvent::Asked { .. } => text(self.lang, "history-asked"),
            InnovationEvent::Replied { .. } => text(self.lang, "history-replied"),
            InnovationEvent::PauseEnded { .. } => text(self.lang, "history-pause-ended"),
            InnovationEvent::WhyAsked => text(self.lang, "history-why-asked"),
            InnovationEvent::Withdrawn { .. } => text(self.lang, "history-withdrawn"),
            _ => text(self.lang, "history-news"),
        }
    }

    fn answered(&self, answered: &Answered) -> String {
        let answer = labels::answer(self.lang, answered.kind);
        match &answered.then {
            Then::HandOn { handed, .. } => self.handed("history-sent-on", handed),
            _ if answered.is_review => self.with("history-reviewed", &[("answer", answer.into())]),
            _ => self.with("history-answered", &[("answer", answer.into())]),
        }
    }
}

const fn passed_key(cause: Cause) -> &'static str {
    match cause {
        Cause::TakenOver => "history-passed-taken-over",
        Cause::Away => "history-passed-away",
        Cause::RoleEnded => "history-passed-role-ended",
        Cause::Interest => "history-passed-interest",
        Cause::NodeMoved => "history-passed-node-moved",
        Cause::Missed => "history-passed-missed",
        Cause::CameBack => "history-passed-came-back",
    }
}
