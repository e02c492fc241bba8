//! The rows of problems and innovations.

use crate::account::facts::{self, FIGURE_FACT};
use crate::find::moderation::rows_of;
use crate::row::{Cell, Kind, Row, Stored, Table, column};
use waymark_domain::find::event::Elsewhere;
use waymark_domain::find::innovation::{Answer, Innovation};
use waymark_domain::find::problem::Problem;
use waymark_domain::find::stage::Reason;
use waymark_domain::route::clock::{Clock, State};

const PROBLEM: Table = Table {
    name: "problem",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("node", Kind::Id),
        column("body", Kind::Id),
        column("listed_by", Kind::Id),
        column("seen_by", Kind::Text),
        column("language", Kind::Text),
        column("title_version", Kind::Int),
        column("problem_version", Kind::Int),
        column("details_version", Kind::Int),
        column("opens_at", Kind::Int),
        column("closes_at", Kind::Int),
        column("money", Kind::Text),
        column("source_url", Kind::Text),
        column("external_id", Kind::Text),
        column("listed_at", Kind::Int),
        column("is_closed", Kind::Bool),
    ],
    key: 1,
    record: "id",
};

impl Stored for Problem {
    const TABLES: &'static [Table] = &[PROBLEM];

    fn project(&self) -> Vec<Row> {
        let said = &self.listed;
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            said.node.0.into(),
            said.body.0.into(),
            said.by.into(),
            said.seen_by.name().into(),
            said.language.code().into(),
            said.title.version.into(),
            said.problem.version.into(),
            Cell::or_null(said.details.map(|details| details.version), Kind::Int),
            Cell::or_null(said.opens_at, Kind::Int),
            Cell::or_null(said.closes_at, Kind::Int),
            Cell::or_null(said.money.as_deref(), Kind::Text),
            Cell::or_null(said.source_url.as_deref(), Kind::Text),
            Cell::or_null(said.external_id.as_deref(), Kind::Text),
            self.listed_at.into(),
            self.is_closed.into(),
        ];
        vec![Row::new(&PROBLEM, cells)]
    }
}

const INNOVATION: Table = Table {
    name: "innovation",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("reference", Kind::Text),
        column("way_in", Kind::Text),
        column("is_problem", Kind::Bool),
        column("node", Kind::Id),
        column("body", Kind::Id),
        column("at_node", Kind::Id),
        column("at_body", Kind::Id),
        column("zone", Kind::Text),
        column("route", Kind::Int),
        column("settings", Kind::Int),
        column("seen_by", Kind::Text),
        column("answers", Kind::Id),
        column("assisted_by", Kind::Id),
        column("origin", Kind::Text),
        column("language", Kind::Text),
        column("title_version", Kind::Int),
        column("external_id", Kind::Text),
        column("lane", Kind::Text),
        column("stage", Kind::Text),
        column("owner", Kind::Id),
        column("decider", Kind::Id),
        column("decider_role", Kind::Text),
        column("decider_node", Kind::Id),
        column("promise", Kind::Text),
        column("due_on", Kind::Text),
        column("next_on", Kind::Text),
        column("missed_on", Kind::Text),
        column("is_paused", Kind::Bool),
        column("finder_until", Kind::Text),
        column("overdue_step", Kind::Int),
        column("why_asked", Kind::Bool),
        column("sent_on", Kind::Int),
        column("sent_at", Kind::Int),
        column("news_at", Kind::Int),
        column("ended_at", Kind::Int),
        column("trier", Kind::Id),
        column("hours", Kind::Int),
        column("hours_had", Kind::Int),
        column("pence", Kind::Int),
        column("outcome", Kind::Text),
        column("listed", Kind::Text),
        column("sight", Kind::Text),
    ],
    key: 1,
    record: "id",
};

const CONTRIBUTOR: Table = Table {
    name: "contributor",
    columns: &[
        column("innovation", Kind::Id),
        column("party", Kind::Id),
        column("share_percent", Kind::Int),
        column("place", Kind::Int),
    ],
    key: 2,
    record: "innovation",
};

const ALSO_TOLD: Table = Table {
    name: "also_told",
    columns: &[column("innovation", Kind::Id), column("party", Kind::Id), column("place", Kind::Int)],
    key: 2,
    record: "innovation",
};

const ANSWER: Table = Table {
    name: "answer",
    columns: &[
        column("innovation", Kind::Id),
        column("number", Kind::Int),
        column("kind", Kind::Text),
        column("answered_by", Kind::Id),
        column("reason", Kind::Text),
        column("answered_at", Kind::Int),
        column("decided_on", Kind::Text),
        column("object_until", Kind::Text),
        column("is_late", Kind::Bool),
        column("is_objected", Kind::Bool),
        column("was_answer", Kind::Bool),
        column("shared", Kind::Id),
    ],
    key: 2,
    record: "innovation",
};

const MODERATION: Table = Table {
    name: "moderation",
    columns: &[
        column("innovation", Kind::Id),
        column("number", Kind::Int),
        column("act", Kind::Text),
        column("role", Kind::Text),
        column("because", Kind::Text),
        column("words_version", Kind::Int),
        column("moderated_by", Kind::Id),
        column("moderated_at", Kind::Int),
        column("is_with_care", Kind::Bool),
    ],
    key: 2,
    record: "innovation",
};

const SIGHT_OFFER: Table = Table {
    name: "sight_offer",
    columns: &[
        column("innovation", Kind::Id),
        column("node", Kind::Id),
        column("side", Kind::Text),
        column("seen_by", Kind::Text),
        column("offered_by", Kind::Id),
        column("offered_at", Kind::Int),
    ],
    key: 1,
    record: "innovation",
};

impl Stored for Innovation {
    const TABLES: &'static [Table] =
        &[INNOVATION, CONTRIBUTOR, ALSO_TOLD, ANSWER, MODERATION, SIGHT_OFFER, FIGURE_FACT];

    fn project(&self) -> Vec<Row> {
        let cells = [told(self), stands(self), dated(self), tried(self)].concat();
        let answers = (1_u32..).zip(&self.answers).map(|(number, one)| answer(self, number, one));
        let contributors = (0_u32..).zip(&self.told.contributors).map(|(place, one)| {
            let cells = vec![self.id.0.into(), one.party.into(), one.share_percent.into(), place.into()];
            Row::new(&CONTRIBUTOR, cells)
        });
        let also = (0_u32..).zip(&self.also_told).map(|(place, party)| {
            Row::new(&ALSO_TOLD, vec![self.id.0.into(), (*party).into(), place.into()])
        });
        let all = std::iter::once(Row::new(&INNOVATION, cells)).chain(contributors).chain(also);
        let moderated = rows_of(&MODERATION, self.id.0, &self.moderated);
        all.chain(answers).chain(moderated).chain(offer(self)).chain(facts::project(self)).collect()
    }
}

/// That more people may see it, while that waits for the other's yes.
fn offer(record: &Innovation) -> Option<Row> {
    let (offer, at) = record.wider.zip(record.offered_at)?;
    let cells = vec![
        record.id.0.into(),
        record.at.0.into(),
        offer.side.name().into(),
        offer.to.name().into(),
        offer.by.into(),
        at.into(),
    ];
    Some(Row::new(&SIGHT_OFFER, cells))
}

/// From `id` to `external_id`.
fn told(record: &Innovation) -> Vec<Cell> {
    let told = &record.told;
    vec![
        record.id.0.into(),
        record.version.into(),
        told.reference.as_str().into(),
        told.way_in.name().into(),
        told.is_problem().into(),
        told.node.0.into(),
        told.body.0.into(),
        record.at.0.into(),
        record.at_body.0.into(),
        record.at_zone.as_str().into(),
        told.route.into(),
        told.settings.into(),
        record.seen_by().name().into(),
        Cell::or_null(told.answers.map(|problem| problem.0), Kind::Id),
        Cell::or_null(told.assisted_by, Kind::Id),
        told.origin.name().into(),
        told.language.code().into(),
        told.title.version.into(),
        Cell::or_null(told.external_id.as_deref(), Kind::Text),
    ]
}

/// From `lane` to `promise`.
fn stands(record: &Innovation) -> Vec<Cell> {
    let decider = record.decider;
    vec![
        record.lane.name().into(),
        record.stage.name().into(),
        Cell::or_null(record.owner, Kind::Id),
        Cell::or_null(decider.map(|duty| duty.party), Kind::Id),
        Cell::or_null(decider.map(|duty| duty.role.name()), Kind::Text),
        Cell::or_null(decider.map(|duty| duty.node.0), Kind::Id),
        Cell::or_null(record.clock.as_ref().map(|clock| clock.promise.name()), Kind::Text),
    ]
}

/// From `due_on` to `ended_at`.
fn dated(record: &Innovation) -> Vec<Cell> {
    let clock = record.clock.as_ref();
    let is_paused = clock.is_some_and(|clock| matches!(clock.state, State::Paused { .. }));
    vec![
        Cell::or_null(clock.map(|clock| clock.due.date), Kind::Text),
        Cell::or_null(record.next_date(), Kind::Text),
        Cell::or_null(clock.and_then(missed_on), Kind::Text),
        is_paused.into(),
        Cell::or_null(record.finder_until, Kind::Text),
        record.overdue_step.into(),
        record.why_asked.into(),
        record.sent_on.into(),
        record.sent_at.into(),
        record.news_at.into(),
        Cell::or_null(record.ended_at, Kind::Int),
    ]
}

/// From `trier` to `sight`.
fn tried(record: &Innovation) -> Vec<Cell> {
    let trial = record.trial.as_ref();
    vec![
        Cell::or_null(trial.map(|trial| trial.who), Kind::Id),
        Cell::or_null(trial.map(|trial| trial.hours), Kind::Int),
        Cell::or_null(record.hours_had, Kind::Int),
        Cell::or_null(trial.map(|trial| trial.pence), Kind::Int),
        Cell::or_null(record.lines.map(|lines| lines.outcome.name()), Kind::Text),
        record.listing.name().into(),
        record.sight.name().into(),
    ]
}

const fn missed_on(clock: &Clock) -> Option<chrono::NaiveDate> {
    match clock.state {
        State::Missed { on, .. } => Some(on),
        _ => None,
    }
}

fn answer(record: &Innovation, number: u32, answer: &Answer) -> Row {
    let given = &answer.given;
    let elsewhere: Option<&Elsewhere> = given.elsewhere.as_ref();
    let is_late = matches!(given.clock.state, State::Met { late: true, .. });
    let cells = vec![
        record.id.0.into(),
        number.into(),
        given.kind.name().into(),
        given.by.party.into(),
        Cell::or_null(given.reason.map(Reason::name), Kind::Text),
        answer.at.into(),
        Cell::or_null(elsewhere.map(|elsewhere| elsewhere.on), Kind::Text),
        Cell::or_null(elsewhere.map(|elsewhere| elsewhere.object_until), Kind::Text),
        is_late.into(),
        answer.is_objected.into(),
        Cell::or_null(answer.was_answer, Kind::Bool),
        Cell::or_null(given.shared.map(|shared| shared.id.0), Kind::Id),
    ];
    Row::new(&ANSWER, cells)
}
