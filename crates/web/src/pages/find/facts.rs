//! What the page of a record says of it: its steps, its facts, its answer, and why it is with whom it is.

use super::history::when;
use super::record::day;
use super::said::Lines;
use crate::components::{Content, NotificationBanner, Row, Step, StepState, SummaryList, Text};
use askama::Template;
use chrono::NaiveDate;
use waymark_app::find::hidden::over_since;
use waymark_app::find::view::RecordView;
use waymark_app::find::{labels, next};
use waymark_app::route::acts::Act;
use waymark_app::words::{Lang, date, money_pence, text, text_with};
use waymark_domain::find::event::{Answered, Contributor, InnovationEvent, Then};
use waymark_domain::find::hidden::over_at;
use waymark_domain::find::innovation::Answer;
use waymark_domain::find::moderation::{Listing, Moderation};
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::ids::PartyId;
use waymark_domain::people::ladder::Explained;
use waymark_domain::route::policy::{Action, may};
use waymark_domain::route::reopen::is_open_again;
use waymark_domain::text::WordsRef;

/// A record on a page in a language.
pub struct Shown<'v> {
    /// The record.
    pub view: &'v RecordView,
    /// The language of the page.
    pub lang: Lang,
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

    /// What has just been done, where it is something that a page says.
    pub fn done(&self, done: &str) -> Option<NotificationBanner> {
        if done == "answered" && !self.view.record.stage.awaits_answer() {
            return Some(NotificationBanner::important(self.text("record-done-answered")));
        }
        let known = Act::parse(done).is_some()
            || AnswerKind::parse(done).is_some()
            || ["told", "report"].contains(&done);
        known.then(|| NotificationBanner::success(self.text(&format!("record-done-{done}"))))
    }

    /// Told, answered, tried, kept: the steps with where it is.
    pub fn steps(&self) -> Vec<Step> {
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

    /// What it is, who brought it, who has it and by when.
    pub fn facts(&self) -> SummaryList {
        let told = &self.view.record.told;
        let mut rows = vec![self.row("problem", self.said(told.problem))];
        rows.extend(told.solution.map(|solution| self.row("solution", self.said(solution))));
        rows.extend(self.whereabouts());
        rows.push(self.row("brought-by", self.brought_by()));
        if !self.view.record.also_told.is_empty() {
            rows.push(self.row("also-told", super::also::names(self.view, self.lang)));
        }
        rows.push(self.row("sent", date(self.lang, day(self.view, self.view.record.sent_at))));
        rows.extend(self.keeping());
        rows.extend(self.trial());
        rows.extend(self.lines());
        rows.extend(new_since(self.view).map(|words| self.row("new-since", self.said(words))));
        rows.extend(self.news());
        rows.push(self.row("seen-by", labels::seen_by(self.lang, self.view.record.seen_by())));
        SummaryList::new(rows)
    }

    /// What was told, and where.
    pub fn told(&self) -> SummaryList {
        let told = &self.view.record.told;
        let mut rows = vec![self.row("problem", self.said(told.problem))];
        rows.extend(told.solution.map(|solution| self.row("solution", self.said(solution))));
        rows.extend(self.whereabouts());
        rows.push(self.row("brought-by", self.brought_by()));
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
        let one = |one: &Contributor| match all.len() {
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

    /// An answer with its reason and its words.
    pub fn answer(&self, answer: &Answer) -> SummaryList {
        let given = &answer.given;
        let by = self.name(given.by.party);
        let at = day(self.view, answer.at);
        let mut rows = vec![
            self.row("answer", labels::answer(self.lang, given.kind)),
            self.row(if given.is_review { "reviewed-by" } else { "answered-by" }, by),
            self.row("answered-on", date(self.lang, at)),
        ];
        rows.extend(given.shared.map(|_| self.row("shared", self.text("record-shared"))));
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
    pub fn explained(&self) -> Vec<String> {
        let record = &self.view.record;
        let ladder = record.decider.and_then(|duty| duty.explained);
        let is_review = record.under_review().is_some();
        let mut lines: Vec<String> = self.listing().into_iter().collect();
        lines.extend(is_review.then(|| self.text("record-under-review")));
        lines.extend(is_open_again(record).then(|| self.text("record-open-again")));
        lines.extend(ladder.map(|one| match one {
            Explained::LastResort if is_review => self.text("label-explained-review"),
            one => labels::explained(self.lang, one),
        }));
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
        lines.extend(self.opening());
        lines
    }

    /// For whoever hides their name and whoever opens it: that an opening waits for the second, or is over.
    fn opening(&self) -> Option<String> {
        let (record, viewer) = (&self.view.record, &self.view.viewer);
        let is_own = record.sealed.is_some() && record.sealed == viewer.party;
        if !is_own && !may(viewer, Action::OpenName, record) {
            return None;
        }
        let (key, at) = match over_since(self.view) {
            Some(over) => ("record-opening-over", over),
            None => ("record-opening-asked", over_at(record)?),
        };
        Some(text_with(self.lang, key, &[("when", when(self.view, at, self.lang).into())]))
    }
}

impl Shown<'_> {
    /// That it is not listed, and why.
    fn listing(&self) -> Option<String> {
        let record = &self.view.record;
        let done = record.moderated.iter().rev().find(|done| done.what.act == Moderation::Unlist);
        match (record.listing, done) {
            (Listing::Listed, _) => None,
            (Listing::Unlisted, Some(done)) => {
                let because = done.what.because.map(|because| format!("moderate-because-{}", because.name()));
                let said = done.what.words.and_then(|words| self.view.said(words));
                let words = said.and_then(|said| said.body.clone()).unwrap_or_default();
                let because = because.map(|key| self.text(&key)).unwrap_or_default();
                let values = [("because", because.into()), ("words", words.into())];
                Some(text_with(self.lang, "record-unlisted", &values))
            }
            _ => Some(self.text("record-waits-listing")),
        }
    }
}

/// What is new since it was answered *no*, while it is open again for that.
pub fn new_since(view: &RecordView) -> Option<WordsRef> {
    let latest = view.events.iter().rev().find_map(|happened| match &happened.event {
        InnovationEvent::Reopened { why, .. } => Some(*why),
        _ => None,
    });
    latest.filter(|_| is_open_again(&view.record))
}

/// Names under each other.
#[derive(Clone, Debug, Template)]
#[template(
    source = "{% for line in lines %}{% if !loop.first %}<br>{% endif %}{{ line }}{% endfor %}",
    ext = "html"
)]
pub(super) struct NameLines {
    pub(super) lines: Vec<Text>,
}
is_html!(NameLines);
