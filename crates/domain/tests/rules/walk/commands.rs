//! Every command of the route with chance values, and who would mostly try it.

use super::world::{World, node_of, party_of, person_of, spot_of};
use crate::builders::{added, because, lines, remade, words};
use chrono::{NaiveDate, TimeDelta};
use waymark_domain::find::event::{Duty, InnovationEvent};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::{self, MaskedFor};
use waymark_domain::find::moderation::{self, Because, Listing};
use waymark_domain::find::sight;
use waymark_domain::find::stage::{Outcome, Reason};
use waymark_domain::find::tell::add_to;
use waymark_domain::people::ladder::Seeking;
use waymark_domain::people::{role::Role, setting::SeenBy};
use waymark_domain::route::answer::{Go, Meeting, Say, SendTo, answer, object};
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::policy::{Action, may};
use waymark_domain::route::{pass, reopen, review, talk, trial};
use waymark_domain::text::Field;

/// Who mostly tries a command.
#[derive(Clone, Copy)]
pub enum Who {
    Decider,
    Contributor,
    Helper,
    Trier,
    Finder,
    Anybody,
    Typed,
}

type Tried = Result<Vec<InnovationEvent>, Refusal>;

/// A command: its name in the counts, what the policy calls it, who tries it, how often, and the rule itself.
pub struct Command {
    pub name: &'static str,
    pub action: Action,
    pub who: Who,
    pub weight: usize,
    pub rule: fn(&mut World, &Innovation, &Facts) -> Tried,
}

const fn command(
    (name, action): (&'static str, Action),
    who: Who,
    weight: usize,
    rule: fn(&mut World, &Innovation, &Facts) -> Tried,
) -> Command {
    Command { name, action, who, weight, rule }
}

pub const COMMANDS: [Command; 30] = [
    command(("go", Action::Answer), Who::Decider, 8, |world, record, facts| {
        let say = Say::Go(world.chance_go(record));
        say_it(world, record, say, facts)
    }),
    command(("not now", Action::Answer), Who::Decider, 7, |world, record, facts| {
        let until = world.chance_day(60);
        say_it(world, record, Say::NotNow { because: because(Reason::NoTime), until }, facts)
    }),
    command(("no", Action::Answer), Who::Decider, 2, |world, record, facts| {
        say_it(world, record, Say::Stop(because(Reason::NotSafe)), facts)
    }),
    command(("send on", Action::Answer), Who::Decider, 4, |world, record, facts| {
        let say = world.chance_send(record);
        say_it(world, record, say, facts)
    }),
    command(("typed for another", Action::TypeFor), Who::Anybody, 14, type_for),
    command(("object", Action::Object), Who::Typed, 6, |_, record, facts| {
        one(object(record, words(Field::Why), facts))
    }),
    command(("ask for a review", Action::AskReview), Who::Contributor, 5, ask_review),
    command(("ask", Action::Answer), Who::Decider, 10, |_, record, facts| {
        one(talk::ask(record, words(Field::Question), facts))
    }),
    command(("reply", Action::Converse), Who::Contributor, 10, |_, record, facts| {
        one(talk::reply(record, Some(words(Field::Reply)), facts))
    }),
    command(("nothing to add", Action::Converse), Who::Helper, 12, |_, record, facts| {
        one(talk::reply(record, None, facts))
    }),
    command(("ask why", Action::Converse), Who::Contributor, 4, |_, record, facts| {
        one(talk::ask_why(record, facts))
    }),
    command(("move the date", Action::MoveDate), Who::Decider, 2, |world, record, facts| {
        let to = world.chance_day(32);
        one(talk::move_date(record, (to, words(Field::Why)), facts))
    }),
    command(("news", Action::TellNews), Who::Finder, 2, |_, record, facts| {
        one(talk::news(record, words(Field::News), facts))
    }),
    command(("withdraw", Action::Withdraw), Who::Contributor, 1, |_, record, facts| {
        one(talk::withdraw(record, words(Field::Why), facts))
    }),
    command(("was this an answer", Action::Converse), Who::Contributor, 4, |world, record, facts| {
        let was_answer = world.dice.percent(60);
        one(talk::judge_answer(record, was_answer, facts))
    }),
    command(("confirm hours", Action::ConfirmHours), Who::Trier, 5, |world, record, facts| {
        let hours = u32::try_from(world.dice.below(5)).expect("few hours");
        one(trial::confirm_hours(record, hours, facts))
    }),
    command(("keep", Action::EndTry), Who::Trier, 3, |_, record, facts| {
        one(trial::end_try(record, lines(Outcome::Keep), facts))
    }),
    command(("drop", Action::EndTry), Who::Contributor, 3, |_, record, facts| {
        one(trial::end_try(record, lines(Outcome::Drop), facts))
    }),
    command(("pass on", Action::EndTry), Who::Trier, 8, |_, record, facts| {
        one(trial::end_try(record, lines(Outcome::PassOn), facts))
    }),
    command(("take over", Action::TakeOver), Who::Finder, 6, take_over),
    command(("moderate", Action::Moderate), Who::Finder, 3, |_, record, facts| {
        let say = match record.listing {
            Listing::Listed => moderation::Say::Unlist(Because::Harmful, words(Field::Why)),
            Listing::Waiting | Listing::Unlisted => moderation::Say::List,
        };
        one(moderation::moderate(record, say, facts))
    }),
    command(("declare an interest", Action::DeclareInterest), Who::Decider, 3, declare),
    command(("call back", Action::CallBack), Who::Contributor, 6, |_, record, facts| {
        one(pass::call_back(record, facts))
    }),
    command(("open again", Action::Reopen), Who::Contributor, 6, open_again),
    command(("news by who brought it", Action::TellNews), Who::Helper, 1, |_, record, facts| {
        one(talk::news(record, words(Field::News), facts))
    }),
    command(("add to it", Action::AddTo), Who::Anybody, 1, add),
    command(("mask", Action::Mask), Who::Finder, 1, |_, _, facts| {
        one(masking::mask((vec![remade()], false), MaskedFor::Person, facts))
    }),
    command(("show it to others", Action::ShowTo), Who::Finder, 3, show_to),
    command(("show what one brought to others", Action::ShowTo), Who::Contributor, 3, show_to),
    command(("go by anybody", Action::Answer), Who::Anybody, 1, |world, record, facts| {
        let say = Say::Go(world.chance_go(record));
        say_it(world, record, say, facts)
    }),
];

/// Mostly what the other has offered.
fn show_to(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let offered = record.wider.filter(|_| world.dice.percent(70)).map(|offer| offer.to);
    let to = offered.unwrap_or_else(|| SeenBy::ALL[world.dice.below(SeenBy::ALL.len())]);
    one(sight::show_to(record, to, facts))
}

/// Whoever sees it may say that they would have told the same.
fn add(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    if !may(&world.viewer(person_of(actor), record), Action::See, record) {
        return Err(Refusal::NotYours);
    }
    one(add_to(record, added(&[actor]), facts))
}

fn one(event: Result<InnovationEvent, Refusal>) -> Tried {
    event.map(|event| vec![event])
}

fn say_it(world: &World, record: &Innovation, say: Say, facts: &Facts) -> Tried {
    let receiver = match &say {
        Say::SendOn { to, .. } => world.facts(None, spot_of(to.at), Some(record)),
        _ => facts.clone(),
    };
    one(answer(record, (say, None), facts, &receiver))
}

fn type_for(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let say = match world.dice.below(4) {
        0 => Say::Go(world.chance_go(record)),
        1 => Say::NotNow { because: because(Reason::NoMoney), until: world.chance_day(60) },
        2 => Say::Stop(because(Reason::WouldNotSolve)),
        _ => world.chance_send(record),
    };
    let days = i64::try_from(world.dice.below(12)).expect("a few days");
    let on = world.today() - TimeDelta::days(days - 1);
    let receiver = match &say {
        Say::SendOn { to, .. } => world.facts(None, spot_of(to.at), Some(record)),
        _ => facts.clone(),
    };
    one(answer(record, (say, Some(Meeting { on, reference: words(Field::Meeting) })), facts, &receiver))
}

/// Somebody else who decides is sought as if it had been asked already.
fn ask_review(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let asked = review::asked(record);
    let by = asked.under_review().map(|answer| spot_of(answer.given.by.node));
    let line = world.line(spot_of(record.at));
    let height = line.into_iter().position(|above| Some(above) == by).unwrap_or(0);
    let seeking = Seeking::Review(u16::try_from(height).expect("a low tree"));
    let next = world.seek(seeking, spot_of(record.at), &|party| asked.is_interested(party));
    one(review::ask(record, (words(Field::Why), next), facts))
}

/// Whether whoever gave the answer may decide it still is looked at where it is handled.
fn open_again(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let by = reopen::stopped(record).map(|answer| answer.given.by);
    let is_there = by.is_some_and(|by| world.exists(record, by) && !world.is_away(person_of(by.party)));
    one(reopen::reopen(record, (words(Field::Why), is_there), facts))
}

fn take_over(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    let line = world.line(spot_of(record.at));
    let held = world
        .held()
        .find(|held| held.holder == actor && held.role == Role::Finder && line.contains(&spot_of(held.node)));
    let node = held.map_or(node_of(0), |held| held.node);
    let mine = Duty { party: actor, role: Role::Finder, node, explained: None };
    one(pass::take_over(record, mine, facts))
}

fn declare(world: &mut World, record: &Innovation, facts: &Facts) -> Tried {
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    let is_interested = |party| party == actor || record.is_interested(party);
    let next = world.seek(Seeking::Lead, spot_of(record.at), &is_interested);
    pass::declare_interest(record, next, facts)
}

impl World {
    fn chance_go(&mut self, record: &Innovation) -> Go {
        let people = self.open_people();
        let named = self.dice.pick(&people).expect("somebody is there");
        let contributor = person_of(record.told.contributors[0].party);
        let is_own = self.dice.percent(50) && self.people[contributor].is_open;
        let who = party_of(if is_own { contributor } else { named });
        let hours = u32::try_from(self.dice.below(8)).expect("few hours");
        let pence = if self.dice.percent(30) { 40_000 } else { 0 };
        let until = self.dice.percent(60).then(|| self.chance_day(40));
        Go { who, words: None, until, hours, hours_from: None, pence }
    }

    /// A day from today on, or sometimes today itself, which no rule accepts.
    fn chance_day(&mut self, within: usize) -> NaiveDate {
        let days = i64::try_from(self.dice.below(within)).expect("a few days");
        self.today() + TimeDelta::days(days)
    }

    fn chance_send(&mut self, record: &Innovation) -> Say {
        let spot = self.dice.below(self.spots.len());
        let seeking = if self.dice.percent(50) { Seeking::Lead } else { Seeking::Finder };
        let duty = match self.dice.below(10) {
            // Somebody with an interest, or of no deciding role there.
            0 => Duty { party: record.told.contributors[0].party, ..self.seek(seeking, spot, &|_| false) },
            1 => Duty { role: Role::Member, ..self.seek(seeking, spot, &|_| false) },
            _ => self.seek(seeking, spot, &|party| record.is_interested(party)),
        };
        let body = self.place(spot).body;
        Say::SendOn { why: words(Field::Why), to: SendTo { duty, at: node_of(spot), body } }
    }

    /// Somebody of the kind that mostly tries it, or now and then anybody at all.
    pub fn chance_actor(&mut self, record: &Innovation, who: Who) -> usize {
        let people = self.open_people();
        let anybody = self.dice.pick(&people).expect("somebody is there");
        let line = self.line(spot_of(record.at));
        let decides = |role: Role| matches!(role, Role::Finder | Role::TeamLead | Role::Head);
        let there = |role: Option<Role>| -> Vec<usize> {
            let fits = |held: Role| role.map_or(decides(held), |role| role == held);
            let held = self.held().filter(|held| fits(held.role) && line.contains(&spot_of(held.node)));
            held.map(|held| person_of(held.holder)).collect()
        };
        let meant = match who {
            Who::Decider => record.decider.map(|decider| person_of(decider.party)),
            Who::Contributor => Some(person_of(record.told.contributors[0].party)),
            Who::Helper => record.told.assisted_by.map(person_of),
            Who::Trier => record.trial.as_ref().map(|trial| person_of(trial.who)),
            Who::Typed => record.answers.last().map(|answer| person_of(answer.given.by.party)),
            Who::Finder => there(Some(Role::Finder)).first().copied(),
            Who::Anybody => {
                let all = there(None);
                self.dice.pick(&all)
            }
        };
        let meant = meant.filter(|person| self.people[*person].is_open).unwrap_or(anybody);
        if self.dice.percent(92) { meant } else { anybody }
    }
}
