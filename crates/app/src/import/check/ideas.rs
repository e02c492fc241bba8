//! Ideas against what is here: where they go, whether they came in before, and how much of their story can be replayed.

use super::{Planned, Said, Sorted, Table, day};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::import::columns::Field;
use crate::import::faults::Remark;
use crate::import::judge::Judged;
use crate::import::places::Places;
use crate::import::rows::{IdeaRow, IdeaState};
use crate::people::place::{Place, place};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::route::limits::Limits;
use waymark_domain::text::{Field as Text, Prose, Title};
use waymark_store::{import, words};

/// An idea that can be written.
#[derive(Debug)]
pub(crate) struct Idea {
    pub row: IdeaRow,
    pub node: NodeId,
    pub title: Title,
    pub problem: Prose,
    pub solution: Option<Prose>,
    pub happened: Happened,
    /// The record of the same identifier.
    pub known: Option<Uuid>,
}

/// What of its story is replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happened {
    /// Told on a day of which the due date has not passed, and open.
    ToldOn(NaiveDate),
    /// Open, with a due date from now on.
    ToldNow,
    /// Told and done.
    Done {
        /// When it was told.
        on: NaiveDate,
        /// What was answered.
        answer: Prose,
    },
    /// Told and answered *no*.
    Stopped {
        /// When it was told.
        on: NaiveDate,
        /// When it was answered.
        answered_on: NaiveDate,
        /// What was answered.
        answer: Prose,
    },
}

impl Planned for Idea {
    fn is_known(&self) -> bool {
        self.known.is_some()
    }
}

pub(super) async fn check<K>(
    ctx: &mut Ctx<'_, K>,
    table: Table<'_>,
    judged: Judged<IdeaRow>,
) -> Result<Judged<Idea>> {
    let places = Places::below(ctx, table.node).await?;
    let mut here = Here { places, bodies: HashMap::new(), spots: HashMap::new() };
    let (rows, mut sorted) = Sorted::begin(table, judged);
    for row in rows {
        let number = row.row;
        let mut said = Said::default();
        let idea = one(ctx, &mut here, (row, table.node), &mut said).await?;
        sorted.take(number, said, idea);
    }
    Ok(sorted.finish())
}

/// What is here, read once for all rows.
struct Here {
    places: Places,
    /// Known ideas of each body by identifier.
    bodies: HashMap<NodeId, HashMap<String, Uuid>>,
    spots: HashMap<NodeId, Place>,
}

impl Here {
    async fn known<K>(&mut self, ctx: &mut Ctx<'_, K>, node: NodeId, id: &str) -> Result<Option<Uuid>> {
        let body = self.places.body_of(node);
        let known = match self.bodies.entry(body) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                free.insert(import::known_ideas(&mut ctx.tx, body.0).await?.into_iter().collect())
            }
        };
        Ok(known.get(id).copied())
    }

    /// Would the due date of what was told on a day still lie ahead?
    async fn is_in_time<K>(&mut self, ctx: &mut Ctx<'_, K>, node: NodeId, on: NaiveDate) -> Result<bool> {
        let spot = match self.spots.entry(node) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(place(ctx, node).await?),
        };
        let time = spot.time();
        let today = time.day_of(ctx.now);
        Ok(on <= today && time.due_after(on, Limits::STANDARD.first_answer).date > today)
    }
}

async fn one<K>(
    ctx: &mut Ctx<'_, K>,
    here: &mut Here,
    (row, node): (IdeaRow, NodeId),
    said: &mut Said,
) -> Result<Option<Idea>> {
    let node = said.place(row.organisation.as_deref(), (&here.places, node));
    let title = said.text(Field::Title, Title::parse(&row.title));
    let problem = said.text(Field::Text, Prose::parse(&row.problem));
    let solution = row.solution.as_deref().and_then(|text| said.text(Field::Solution, Prose::parse(text)));
    let answer = row.answer.as_deref().and_then(|text| said.text(Field::Answer, Prose::parse(text)));
    let (Some(node), Some(title), Some(problem)) = (node, title, problem) else { return Ok(None) };
    let known = here.known(ctx, node, &row.external_id).await?;
    let happened = match known {
        Some(record) => {
            if differs(ctx, record, (&title, &problem)).await? {
                said.remark(Field::Text, Remark::KnownDiffers);
            }
            Happened::ToldNow
        }
        None => happened(ctx, here, (&row, node, answer), said).await?,
    };
    Ok(Some(Idea { row, node, title, problem, solution, happened, known }))
}

/// How much of its story can be replayed by the rules; what cannot is said.
async fn happened<K>(
    ctx: &mut Ctx<'_, K>,
    here: &mut Here,
    (row, node, answer): (&IdeaRow, NodeId, Option<Prose>),
    said: &mut Said,
) -> Result<Happened> {
    let today = ctx.now.date_naive();
    let on = row.told_on.or(row.answered_on).filter(|on| *on <= today);
    Ok(match (row.state, answer, on) {
        (IdeaState::Kept, Some(answer), on) => Happened::Done { on: on.unwrap_or(today), answer },
        (IdeaState::Dropped, Some(answer), on) => {
            said.remark(Field::State, Remark::ReasonAssumed);
            let on = on.unwrap_or(today);
            let answered_on = row.answered_on.filter(|day| (on..=today).contains(day)).unwrap_or(on);
            Happened::Stopped { on, answered_on, answer }
        }
        (state, answer, on) => {
            if state == IdeaState::Answered && answer.is_some() {
                said.remark(Field::State, Remark::AnswerKeptAsNews);
            }
            match on {
                Some(on) if here.is_in_time(ctx, node, on).await? => Happened::ToldOn(on),
                Some(on) => {
                    said.remark(Field::ToldOn, Remark::ToldAnew { date: day(on) });
                    Happened::ToldNow
                }
                None => Happened::ToldNow,
            }
        }
    })
}

/// Says a record something else than the file?
async fn differs<K>(ctx: &mut Ctx<'_, K>, record: Uuid, (title, problem): (&Title, &Prose)) -> Result<bool> {
    let kept = words::of(&mut ctx.tx, record).await?;
    let says = |field: Text, text: &str| {
        let first = kept.iter().find(|words| words.field == field.name());
        first.is_none_or(|words| words.body.as_deref().is_none_or(|body| body == text))
    };
    Ok(!says(Text::Title, title.as_str()) || !says(Text::Problem, problem.as_str()))
}
