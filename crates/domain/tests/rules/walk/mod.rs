//! A random walk over the whole route: whatever people do in whatever order, the promises hold after every act.

mod changes;
mod commands;
mod dice;
mod promises;
mod steps;
mod world;

use crate::builders::{idea, words};
use chrono::Datelike as _;
use commands::{COMMANDS, Command};
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_domain::find::event::{Contributor, Duty, InnovationEvent};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::tell::{Asked, Tell, equal_shares, just_did_it, tell};
use waymark_domain::people::ladder::{Explained, Seeking};
use waymark_domain::people::role::Role;
use waymark_domain::record::{Happened, Meta, Record as _};
use waymark_domain::reference::Reference;
use waymark_domain::route::answer;
use waymark_domain::route::facts::Facts;
use waymark_domain::route::pass;
use waymark_domain::route::policy::{Action, Viewer, may};
use waymark_domain::text::Field;
use world::{Tale, World, node_of, party_of, person_of, spot_of};

const SEEDS: u64 = 20;
const ACCEPTED: u32 = 3_000;
const EACH: u32 = 20;

#[test]
fn whatever_is_done_in_whatever_order_every_promise_holds() {
    let mut all: BTreeMap<&'static str, u32> = BTreeMap::new();
    for seed in 1..=SEEDS {
        let mut world = World::of_bodies(seed);
        world.walk(ACCEPTED);
        assert!(world.accepted() >= ACCEPTED, "seed {seed}: {}", world.accepted());
        for (act, count) in world.counts {
            *all.entry(act).or_default() += count;
        }
    }
    eprintln!("{all:#?}");
    for act in names() {
        let count = all.get(act).copied().unwrap_or(0);
        assert!(count >= EACH, "{act} was accepted {count} times in all");
    }
}

#[test]
fn a_body_of_one_person_keeps_every_promise_too() {
    let mut world = World::of_one(1);
    world.walk(600);
    eprintln!("{:#?}", world.counts);
    assert!(world.accepted() >= 600);
    assert!(world.counts["refused: the last at the root"] > 0);
}

/// Every act that must have been accepted often enough.
fn names() -> Vec<&'static str> {
    let of_the_world = [
        "tell: my team lead",
        "tell: somebody",
        "tell: I do not know",
        "just did it",
        "everybody declares",
        "day",
        "role ended",
        "role granted",
        "account closed",
        "node moved",
        "away with cover",
        "away without cover",
        "refused: the last at the root",
        "reassigned",
        "rehomed",
        "taken up",
        "time: pause ended",
        "time: came back",
        "time: overdue, flagged",
        "time: overdue, one level up",
        "time: overdue, handed over",
    ];
    COMMANDS.iter().map(|command| command.name).chain(of_the_world).collect()
}

impl World {
    fn accepted(&self) -> u32 {
        self.counts.iter().filter(|(act, _)| !act.starts_with("refused")).map(|(_, count)| count).sum()
    }

    fn walk(&mut self, accepted: u32) {
        for _ in 0..accepted * 40 {
            if self.accepted() >= accepted {
                return;
            }
            let open = self.tales.iter().filter(|tale| tale.record.stage.is_open()).count();
            match self.dice.below(1_000) {
                0..100 if open < 45 => self.tell_something(),
                100..140 => self.let_days_pass(),
                140..152 => self.end_a_role(),
                152..190 => self.grant_a_role(),
                190..198 => self.close_an_account(),
                198..206 => self.move_a_node(),
                206..212 => self.go_away(),
                212..215 => self.everybody_declares(),
                _ => self.command_something(),
            }
            self.check_all();
        }
    }

    fn tell_something(&mut self) {
        let people = self.open_people();
        let teller = self.dice.pick(&people).expect("somebody is there");
        let spot = self.people[teller].home;
        let told = self.chance_tell(teller, spot);
        let facts = self.facts(Some(teller), spot, None);
        let somebody = self.seek(Seeking::Lead, self.dice_spot(), &|party| party == party_of(teller));
        let lines = (words(Field::Did), words(Field::Changed));
        let (act, event) = match self.dice.below(12) {
            0..5 => ("tell: my team lead", tell(told, Asked::TeamLead, &facts)),
            5..7 => {
                ("tell: somebody", tell(told, Asked::Somebody(self.on_line(somebody, spot, &facts)), &facts))
            }
            7 => {
                let own =
                    Duty { party: party_of(teller), role: Role::Head, node: node_of(spot), explained: None };
                ("tell: somebody", tell(told, Asked::Somebody(own), &facts))
            }
            8..11 => ("tell: I do not know", tell(told, Asked::Unknown, &facts)),
            _ => ("just did it", just_did_it(told, lines, &facts)),
        };
        self.begin(&event.expect("shares are fair"), teller);
        self.count(act);
    }

    fn dice_spot(&self) -> usize {
        (self.counts.len() * 7 + self.tales.len()) % self.spots.len()
    }

    /// Somebody asked must be somebody above; else the lead is.
    fn on_line(&self, duty: Duty, spot: usize, facts: &Facts) -> Duty {
        if self.line(spot).contains(&spot_of(duty.node)) { duty } else { facts.lead }
    }

    /// Something told alone: two who share it would each have to be kept out of the facts of telling.
    fn chance_tell(&mut self, teller: usize, spot: usize) -> Tell {
        self.told += 1;
        let people = self.open_people();
        let place = self.place(spot);
        let shares = equal_shares(1);
        let helper = self.dice.pick(&people).filter(|_| self.dice.percent(50));
        let random = u32::try_from(self.told).expect("not so many");
        Tell {
            reference: Reference::new(self.today().year(), random),
            node: place.at,
            body: place.body,
            contributors: vec![Contributor { party: party_of(teller), share_percent: shares[0] }],
            assisted_by: helper.map(party_of),
            ..idea()
        }
    }

    fn begin(&mut self, event: &InnovationEvent, teller: usize) {
        let text = serde_json::to_string(event).expect("an event can be written");
        let read: InnovationEvent = serde_json::from_str(&text).expect("an event can be read");
        assert_eq!(&read, event);
        let (happened_at, recorded_at) = (self.now, self.now);
        let meta = Meta { version: 1, actor: Some(party_of(teller)), happened_at, recorded_at };
        let first = Happened { event: read, meta };
        let record = Innovation::begin(Uuid::from_u128(self.told), &first).expect("told comes first");
        let is_neglected = self.dice.percent(30);
        self.tales.push(Tale { record, events: vec![first], pauses: 0, is_neglected });
    }

    /// Somebody tries some command, on some records until one of them is at the step for it.
    fn command_something(&mut self) {
        let command = self.chance_command();
        let is_left = matches!(command.action, Action::Answer | Action::TypeFor | Action::DeclareInterest);
        for _ in 0..6.min(self.tales.len()) {
            let tale = self.dice.below(self.tales.len());
            if is_left && self.tales[tale].is_neglected && self.dice.percent(90) {
                continue;
            }
            let record = self.tales[tale].record.clone();
            let actor = self.chance_actor(&record, command.who);
            if self.try_command(tale, command, actor) {
                return;
            }
        }
    }

    fn chance_command(&mut self) -> &'static Command {
        let sum: usize = COMMANDS.iter().map(|command| command.weight).sum();
        let mut left = self.dice.below(sum);
        COMMANDS
            .iter()
            .find(|command| match left.checked_sub(command.weight) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            })
            .expect("a number below the sum of weights")
    }

    /// Tries it; what the rule accepts the policy must have allowed.
    fn try_command(&mut self, tale: usize, command: &Command, actor: usize) -> bool {
        let record = self.tales[tale].record.clone();
        let from = record.answers.last().filter(|_| command.action == Action::Object);
        let spot = spot_of(from.map_or(record.at, |answer| answer.from.at));
        // Who could have it after an objection is sought as if there had been no answer.
        let stands = from.map_or_else(|| record.clone(), |_| answer::undone(&record));
        let facts = self.facts(Some(actor), spot, Some(&stands));
        let tried = (command.rule)(self, &record, &facts);
        let Ok(events) = tried else {
            self.refused += 1;
            return false;
        };
        let viewer = self.viewer(actor, &record);
        assert!(may(&viewer, command.action, &record), "{} by {viewer:?}: {record:?}", command.name);
        assert!(may(&viewer, Action::See, &record), "{} by who may not see it", command.name);
        for event in &events {
            self.happen(tale, event, Some(actor));
        }
        self.count(command.name);
        // It had ended, maybe; meanwhile its node may have moved.
        if matches!(command.action, Action::Object | Action::AskReview | Action::Reopen) {
            self.put_right(waymark_domain::find::event::Cause::NodeMoved);
        }
        true
    }

    fn viewer(&self, person: usize, record: &Innovation) -> Viewer {
        let places = [spot_of(record.at), spot_of(record.told.node)];
        let roles = places.into_iter().flat_map(|spot| self.roles_at(person, spot)).collect();
        let party = Some(party_of(person));
        Viewer { party, is_signed_in: true, roles, is_of_body: false, only_checks: false }
    }

    /// One after another, everybody who could decide declares an interest, until only the last resort is left.
    fn everybody_declares(&mut self) {
        let waits = |tale: &Tale| tale.record.stage.awaits_answer();
        let Some(tale) = self.tales.iter().position(waits) else { return };
        for _ in 0..40 {
            let record = self.tales[tale].record.clone();
            let decider = record.decider.expect("it awaits an answer");
            let facts = self.facts(Some(person_of(decider.party)), spot_of(record.at), Some(&record));
            let is_interested = |party| party == decider.party || record.is_interested(party);
            let next = self.seek(Seeking::Lead, spot_of(record.at), &is_interested);
            let Ok(events) = pass::declare_interest(&record, next, &facts) else { break };
            for event in &events {
                self.happen(tale, event, Some(person_of(decider.party)));
            }
            self.check_all();
        }
        let decider = self.tales[tale].record.decider.expect("somebody decides");
        assert_eq!(decider.explained, Some(Explained::LastResort), "{decider:?}");
        self.count("everybody declares");
    }
}
