//! Each idea from its telling to how it stands now: what people did, and in between what time did.

use super::data::{Act, Idea, Step};
use super::tree::World;
use super::{Filled, acting, acts, days};
use crate::ctx::{Actor, Ctx, Write};
use crate::error::{Error, Result};
use crate::find::tell::{Typed, WhoCould, just_did_it, tell};
use crate::people::place::{Place, place};
use crate::route::pass;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Stage};
use waymark_domain::ids::{AccountId, InnovationId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::clock::State;
use waymark_domain::text::{Language, Title};

/// What the files say and the rules did not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Odd {
    /// The idea, by its id in the files.
    pub idea: String,
    /// What differs.
    pub what: String,
}

/// Replays all ideas.
pub(super) async fn all(
    ctx: &mut Ctx<'_, Write>,
    ideas: &[Idea],
    world: &World,
    filled: &mut Filled,
) -> Result<()> {
    let end = ctx.env.now();
    for (number, idea) in ideas.iter().enumerate() {
        let replay = Replay { idea, world, number, end };
        let (record, notes) = replay.run(ctx, filled).await?;
        filled.records += 1;
        let ended = state(&record);
        let differs = (ended != idea.state).then(|| format!("is {ended}, not {}", idea.state));
        let odd = notes.into_iter().chain(differs);
        filled.odd.extend(odd.map(|what| Odd { idea: idea.id.clone(), what }));
    }
    Ok(())
}

/// One idea, its place in the file and the time at which the replay ends.
struct Replay<'a> {
    idea: &'a Idea,
    world: &'a World,
    number: usize,
    end: DateTime<Utc>,
}

impl Replay<'_> {
    async fn run(&self, ctx: &mut Ctx<'_, Write>, filled: &mut Filled) -> Result<(Innovation, Vec<String>)> {
        let told = self.tell(ctx).await?;
        filled.acts += 1;
        let (id, mut before, mut notes) = (told.id, told.sent_at, Vec::new());
        for (count, step) in self.idea.steps.iter().enumerate().skip(usize::from(told.told.done.is_some())) {
            let here = self.place_of(ctx, id).await?;
            let day = days::day_of(step, before, &here);
            if matches!(step.act, Act::Late {}) || here.time().day_of(self.end) < day {
                continue;
            }
            let at = days::at_work((day, self.number + count * 7), &here, (before, self.end));
            filled.steps_of_time += self.wait(ctx, id, (before, at)).await?;
            if let Some(note) = self.act(ctx, id, (step, at)).await? {
                notes.push(format!("step {}: {note}", count + 1));
            }
            filled.acts += 1;
            before = at;
        }
        filled.steps_of_time += self.wait(ctx, id, (before, self.end)).await?;
        Ok((ctx.load(id.0).await?, notes))
    }

    async fn tell(&self, ctx: &mut Ctx<'_, Write>) -> Result<Innovation> {
        let idea = self.idea;
        let typed = self.typed()?;
        let here = place(ctx, typed.node).await?;
        let day = days::told_on(idea, here.time().day_of(self.end), &here);
        let at = days::at_work((day, self.number), &here, (DateTime::<Utc>::MIN_UTC, self.end));
        let first = typed.contributors.first().map(|(account, _)| *account);
        acting(ctx, Actor::Person(first.ok_or(Error::NotFound)?), at);
        ctx.language = Language::parse(&idea.language).unwrap_or_default();
        match idea.steps.first().map(|step| &step.act) {
            Some(Act::ThreeLines { did, changed, .. }) if idea.way_in == "just_did_it" => {
                just_did_it(ctx, &typed, (&acts::prose(did)?, &acts::prose(changed)?)).await
            }
            _ => tell(ctx, &typed).await,
        }
    }

    fn typed(&self) -> Result<Typed> {
        let idea = self.idea;
        let who_could = match (idea.told_to.as_str(), &idea.told_person) {
            ("team_lead", _) => WhoCould::TeamLead,
            (_, Some(person)) => WhoCould::Somebody(self.world.person(person)?.account),
            (_, None) => WhoCould::Unknown,
        };
        let shares: Result<Vec<(AccountId, u8)>> = idea
            .contributors
            .iter()
            .map(|one| Ok((self.world.person(&one.person)?.account, one.share)))
            .collect();
        Ok(Typed {
            node: self.world.node(&idea.unit)?,
            who_could,
            title: Title::parse(&idea.title).map_err(|problem| acts::faulty(&idea.title, problem))?,
            problem: acts::prose(&idea.problem)?,
            solution: idea.solution.as_deref().map(acts::prose).transpose()?,
            contributors: shares?,
            is_assisted: false,
            origin: origin(&idea.origin),
            seen_by: SeenBy::parse(&idea.seen_by),
            answers: None,
            external_id: None,
        })
    }

    /// What time does from one act to the next, looked at every night on which it could do something.
    async fn wait(
        &self,
        ctx: &mut Ctx<'_, Write>,
        id: InnovationId,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<usize> {
        let here = self.place_of(ctx, id).await?;
        let mut day = here.time().day_of(from);
        let mut steps = 0;
        loop {
            let record: Innovation = ctx.load(id.0).await?;
            let Some(next) = next_night(&record, day) else { return Ok(steps) };
            let at = days::night(next, &here);
            if at >= until {
                return Ok(steps);
            }
            acting(ctx, Actor::Time, at);
            let done = pass::time_passes(ctx, id).await?;
            steps += usize::try_from(done).unwrap_or(0);
            day = next;
        }
    }

    /// Does a step; gives what differed from the files.
    async fn act(
        &self,
        ctx: &mut Ctx<'_, Write>,
        id: InnovationId,
        (step, at): (&Step, DateTime<Utc>),
    ) -> Result<Option<String>> {
        let Some(person) = &step.person else { return Ok(None) };
        let account = self.world.person(person)?.account;
        acting(ctx, Actor::Person(account), at);
        match acts::act(ctx, id, (&step.act, self.world)).await {
            Ok(()) => Ok(None),
            // The rules gave it to somebody else than the files, or refuse it: told, and the story goes on.
            Err(error @ (Error::Forbidden | Error::NotFound | Error::Refused(_))) => {
                Ok(Some(format!("{person}: {error} {error:?}")))
            }
            Err(error) => Err(error),
        }
    }

    async fn place_of(&self, ctx: &mut Ctx<'_, Write>, id: InnovationId) -> Result<Place> {
        let record: Innovation = ctx.load(id.0).await?;
        place(ctx, record.at).await
    }
}

/// How a record stands, in the words of the files.
fn state(record: &Innovation) -> &'static str {
    let is_paused = record.clock.as_ref().is_some_and(|clock| matches!(clock.state, State::Paused { .. }));
    match record.stage {
        Stage::Told if is_paused => "asked",
        Stage::Told if record.overdue_step > 0 => "late",
        Stage::Told if record.sent_on > 0 => "sent_on",
        Stage::Told => "told",
        Stage::NotNow => "not_now",
        Stage::Trying => "trying",
        Stage::PassedOn => "passed_on",
        Stage::Kept => "kept",
        Stage::Done => "done_here",
        Stage::Dropped => "dropped",
        Stage::Stopped => "no",
        Stage::Withdrawn => "withdrawn",
    }
}

/// The next night after `day` on which time may do something to a record; nothing once it has ended, or has gone up as
/// far as it goes.
fn next_night(record: &Innovation, day: NaiveDate) -> Option<NaiveDate> {
    let is_at_the_top = record.overdue_step >= 3 && record.stage != Stage::NotNow;
    let due = record.next_date().filter(|_| !is_at_the_top)?;
    let is_missed = record.overdue_step > 0;
    let tomorrow = day + Days::new(1);
    Some(if is_missed { tomorrow } else { due.max(tomorrow) })
}

/// What the form asks in five choices; who found it on a visit is a professional.
fn origin(name: &str) -> Origin {
    Origin::parse(&name.replace('_', "-")).unwrap_or(Origin::Professional)
}
