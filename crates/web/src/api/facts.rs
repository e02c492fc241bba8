//! A record and its history as data: what its two pages show, and nothing that they do not.

use super::read::url;
use super::schema::ActName;
use super::shapes::{Answer, Contributor, Happened, History, Lines, Place, Record, Trial, Words};
use crate::pages::find::facts::Shown;
use crate::pages::find::history::{summary, written};
use crate::pages::find::record::{day, reviewed};
use crate::visitor::Visitor;
use waymark_app::find::next;
use waymark_app::find::view::RecordView;
use waymark_app::route::acts::open_acts;
use waymark_app::routes::Route;
use waymark_app::words::Lang;
use waymark_domain::find::event::{InnovationEvent, Then};
use waymark_domain::find::innovation;
use waymark_domain::ids::{NodeId, PartyId};
use waymark_domain::record::{Event as _, Happened as Entry};
use waymark_domain::text::WordsRef;

/// A record.
pub fn record(view: &RecordView, visitor: &Visitor) -> Record {
    let facts = Facts { view };
    let (record, told) = (&view.record, &view.record.told);
    let share = |one: &waymark_domain::find::event::Contributor| Contributor {
        name: facts.name(one.party),
        share_percent: one.share_percent,
    };
    let page = Route::Record { reference: told.reference.clone() }.to_string();
    Record {
        reference: told.reference.to_string(),
        version: record.version,
        title: facts.words(told.title),
        problem: facts.words(told.problem),
        solution: told.solution.map(|words| facts.words(words)),
        stage: record.stage,
        is_late: view.is_late(),
        next: next::sentence(view, visitor.lang),
        next_on: record.next_date(),
        owner: record.owner.and_then(|party| facts.name(party)),
        place: facts.place(told.node),
        handled_at: facts.place(record.at),
        brought_by: told.contributors.iter().map(share).collect(),
        assisted_by: told.assisted_by.and_then(|party| facts.name(party)),
        also_told: record.also_told.iter().map(|party| facts.name(*party)).collect(),
        sent_at: record.sent_at,
        seen_by: record.seen_by(),
        usual_days: view.usual.map(|usual| usual.days),
        question: record.question.map(|words| facts.words(words)),
        answer: record.answer().map(|answer| facts.answer(answer)),
        reviewed: reviewed(record).map(|answer| facts.answer(answer)),
        trial: facts.trial(),
        lines: facts.lines(),
        explained: Shown { view, lang: visitor.lang }.explained(),
        acts: open_acts(view).into_iter().map(ActName).collect(),
        url: url(&visitor.env.config.origin, &page),
    }
}

/// What happened to a record, newest first.
pub fn history(view: &RecordView, lang: Lang) -> History {
    let facts = Facts { view };
    let one = |entry: &Entry<InnovationEvent>| Happened {
        version: entry.meta.version,
        kind: entry.event.name(),
        at: entry.meta.happened_at,
        by: entry.meta.actor.and_then(|party| facts.name(party)),
        summary: summary(view, &entry.event, lang),
        words: written(&entry.event).into_iter().map(|words| facts.words(words)).collect(),
    };
    History {
        reference: view.record.told.reference.to_string(),
        version: view.record.version,
        items: view.events.iter().rev().map(one).collect(),
    }
}

struct Facts<'v> {
    view: &'v RecordView,
}

impl Facts<'_> {
    /// A name; of somebody without an account the one that they put on it.
    fn name(&self, party: PartyId) -> Option<String> {
        let record = &self.view.record;
        let credit = record.credit.filter(|_| record.public == Some(party));
        let credit = credit.and_then(|credit| self.view.said(credit)).and_then(|said| said.body.clone());
        credit.or_else(|| self.view.name(party).map(str::to_owned))
    }

    fn words(&self, reference: WordsRef) -> Words {
        let said = self.view.said(reference);
        let language = said.map_or(self.view.record.told.language, |said| said.language);
        Words { text: said.and_then(|said| said.body.clone()), language }
    }

    fn place(&self, node: NodeId) -> Place {
        Place { id: node.0, name: self.view.place(node).unwrap_or_default().to_owned() }
    }

    fn answer(&self, answer: &innovation::Answer) -> Answer {
        let given = &answer.given;
        let until = match &given.then {
            Then::Wait { until, .. } => Some(*until),
            _ => None,
        };
        Answer {
            kind: given.kind,
            by: self.name(given.by.party),
            on: day(self.view, answer.at),
            reason: given.reason,
            words: given.words.map(|words| self.words(words)),
            would_change: given.would_change.map(|words| self.words(words)),
            until,
            meeting: given.elsewhere.as_ref().map(|elsewhere| self.words(elsewhere.meeting)),
            typed_by: given.elsewhere.as_ref().and_then(|elsewhere| self.name(elsewhere.typed_by)),
            was_answer: answer.was_answer,
        }
    }

    fn trial(&self) -> Option<Trial> {
        let trial = self.view.record.trial.as_ref()?;
        Some(Trial {
            who: self.name(trial.who),
            hours: trial.hours,
            hours_had: self.view.record.hours_had,
            hours_from: trial.hours_from.map(|words| self.words(words)),
            pence: trial.pence,
        })
    }

    fn lines(&self) -> Option<Lines> {
        let lines = self.view.record.lines.as_ref()?;
        Some(Lines { did: self.words(lines.did), changed: self.words(lines.changed), outcome: lines.outcome })
    }
}
