//! A world in memory: nodes, people, roles, absences and records, and the questions a use case would ask of it.

use super::dice::Dice;
use crate::builders::{ENGLAND, SCOTLAND, at, node, party};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_domain::find::event::{Duty, InnovationEvent, Place};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, NodeId, PartyId};
use waymark_domain::people::grant::{Grant, GrantEnd, GrantEvent, GrantRefusal, end, grant};
use waymark_domain::people::ladder::{Away, Holder, Seeking, find};
use waymark_domain::people::role::Role;
use waymark_domain::record::{Happened, Meta, Record as _};
use waymark_domain::route::calendar::Calendar;
use waymark_domain::route::due::BodyTime;
use waymark_domain::route::facts::Facts;
use waymark_domain::route::limits::Limits;

/// A node: the one above, and its calendar and zone where it is a legal body.
pub struct Spot {
    pub parent: Option<usize>,
    pub body: Option<(&'static Calendar, Tz)>,
}

/// A person who signs in.
pub struct Person {
    pub home: usize,
    pub is_open: bool,
    /// Away from, to, and who answers.
    pub away: Option<(NaiveDate, NaiveDate, Option<usize>)>,
}

/// A record with its events as they were read back from text.
pub struct Tale {
    pub record: Innovation,
    pub events: Vec<Happened<InnovationEvent>>,
    /// Pauses since the decision began.
    pub pauses: u32,
    /// Is it one that people rarely get round to?
    pub is_neglected: bool,
}

pub struct World {
    pub dice: Dice,
    pub now: DateTime<Utc>,
    pub spots: Vec<Spot>,
    pub people: Vec<Person>,
    pub grants: Vec<Grant>,
    pub tales: Vec<Tale>,
    pub told: u128,
    pub counts: BTreeMap<&'static str, u32>,
    pub refused: u32,
}

pub fn party_of(person: usize) -> PartyId {
    party(u128::try_from(person).expect("few people") + 1)
}

pub fn node_of(spot: usize) -> NodeId {
    node(u128::try_from(spot).expect("few nodes") + 1)
}

pub fn person_of(party: PartyId) -> usize {
    usize::try_from(party.0.as_u128()).expect("few people") - 1
}

pub fn spot_of(node: NodeId) -> usize {
    usize::try_from(node.0.as_u128()).expect("few nodes") - 1
}

impl World {
    fn empty(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            now: at("2025-11-03"),
            spots: Vec::new(),
            people: Vec::new(),
            grants: Vec::new(),
            tales: Vec::new(),
            told: 0,
            counts: BTreeMap::new(),
            refused: 0,
        }
    }

    /// A root, an English and a Scottish body with two teams each, a body of one person, and thirty people.
    pub fn of_bodies(seed: u64) -> Self {
        let mut world = Self::empty(seed);
        let english = Some((&*ENGLAND, Tz::Europe__London));
        let scottish = Some((&*SCOTLAND, Tz::Europe__London));
        // No body of ours is in Paris, but midnight there is another instant, which is what zones are about.
        let abroad = Some((&*ENGLAND, Tz::Europe__Paris));
        let parents = [None, Some(0), Some(0), Some(1), Some(1), Some(2), Some(2), Some(0)];
        let bodies = [english, english, scottish, None, None, None, None, abroad];
        world.spots = parents.into_iter().zip(bodies).map(|(parent, body)| Spot { parent, body }).collect();
        for number in 0..30 {
            world.people.push(Person { home: number % 7, is_open: true, away: None });
        }
        let alone = world.people.len();
        world.people.push(Person { home: 7, is_open: true, away: None });
        world.give(Role::Head, 7, alone);
        for (role, count) in [(Role::Head, 1), (Role::Finder, 2), (Role::Administrator, 2)] {
            (0..count).for_each(|place| world.give(role, 0, place * 7));
        }
        for spot in 1..7 {
            let role = if spot < 3 { Role::Head } else { Role::TeamLead };
            world.give(role, spot, spot);
            if spot < 3 {
                world.give(Role::Finder, spot, spot + 7);
            }
        }
        world
    }

    /// A body that is one person, who holds everything.
    pub fn of_one(seed: u64) -> Self {
        let mut world = Self::empty(seed);
        world.spots.push(Spot { parent: None, body: Some((&*ENGLAND, Tz::Europe__London)) });
        world.people.push(Person { home: 0, is_open: true, away: None });
        for role in [Role::Head, Role::Finder, Role::Administrator, Role::TeamLead] {
            world.give(role, 0, 0);
        }
        world
    }

    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// A node and those above it, the root last.
    pub fn line(&self, spot: usize) -> Vec<usize> {
        std::iter::successors(Some(spot), |spot| self.spots[*spot].parent).collect()
    }

    fn body_of(&self, spot: usize) -> (usize, BodyTime<'static>) {
        let line = self.line(spot);
        let body = line.into_iter().find_map(|above| self.spots[above].body.map(|body| (above, body)));
        let (above, (calendar, zone)) = body.expect("the root is a body");
        (above, BodyTime { calendar, zone })
    }

    pub fn place(&self, spot: usize) -> Place {
        let (body, time) = self.body_of(spot);
        Place { at: node_of(spot), body: node_of(body), zone: time.zone.name().to_owned() }
    }

    pub fn is_away(&self, person: usize) -> bool {
        self.people[person].away.is_some_and(|(from, to, _)| (from..=to).contains(&self.today()))
    }

    /// Who answers for somebody, where that is somebody who is there.
    pub fn cover_of(&self, person: usize) -> Option<usize> {
        let (_, _, cover) = self.people[person].away.filter(|_| self.is_away(person))?;
        cover.filter(|cover| self.people[*cover].is_open && !self.is_away(*cover))
    }

    pub fn held(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(|grant| grant.ended.is_none())
    }

    pub fn holds(&self, person: usize, role: Role, node: NodeId) -> bool {
        self.held().any(|held| held.holder == party_of(person) && held.role == role && held.node == node)
    }

    pub fn roles_at(&self, person: usize, spot: usize) -> Vec<Role> {
        let line = self.line(spot);
        let reaches = |held: &&Grant| held.holder == party_of(person) && line.contains(&spot_of(held.node));
        self.held().filter(reaches).map(|held| held.role).collect()
    }

    fn holders(&self, spot: usize, is_interested: &dyn Fn(PartyId) -> bool) -> Vec<Holder> {
        let line = self.line(spot);
        let height = |held: &Grant| line.iter().position(|above| *above == spot_of(held.node));
        let holder = |held: &Grant| {
            let person = person_of(held.holder);
            let cover = self.cover_of(person).filter(|cover| !is_interested(party_of(*cover)));
            Some(Holder {
                account: AccountId(held.holder.0),
                role: held.role,
                node: held.node,
                height: u16::try_from(height(held)?).expect("a low tree"),
                away: self
                    .is_away(person)
                    .then_some(Away { cover: cover.map(|cover| AccountId(party_of(cover).0)) }),
                is_interested: is_interested(held.holder),
            })
        };
        self.held().filter(|held| held.role.decides()).filter_map(holder).collect()
    }

    /// Whom the ladder finds at a node for who has an interest or not.
    pub fn seek(&self, seeking: Seeking, spot: usize, is_interested: &dyn Fn(PartyId) -> bool) -> Duty {
        let found = find(seeking, &self.holders(spot, is_interested)).expect("the root has a head");
        let party = PartyId(found.account.0);
        Duty { party, role: found.role, node: found.node, explained: found.explained }
    }

    /// The facts at a node for somebody who acts, or for time.
    pub fn facts(&self, actor: Option<usize>, spot: usize, record: Option<&Innovation>) -> Facts<'static> {
        let own = actor.map(party_of);
        let is_interested = |party: PartyId| match record {
            Some(record) => record.is_interested(party),
            None => own == Some(party),
        };
        let decider = record.and_then(|record| record.decider).map(|decider| spot_of(decider.node));
        let height = self.line(spot).into_iter().position(|above| Some(above) == decider).unwrap_or(0);
        let seek = |seeking| self.seek(seeking, spot, &is_interested);
        Facts {
            actor: own,
            roles: actor.map(|actor| self.roles_at(actor, spot)).unwrap_or_default(),
            lead: seek(Seeking::Lead),
            finder: seek(Seeking::Finder),
            above: seek(Seeking::Above(u16::try_from(height).expect("a low tree"))),
            top: seek(Seeking::Above(u16::MAX)),
            body: self.body_of(spot).1,
            limits: &Limits::STANDARD,
            go_pence: 50_000,
            now: self.now,
        }
    }

    pub fn count(&mut self, act: &'static str) {
        *self.counts.entry(act).or_default() += 1;
    }

    pub fn open_people(&self) -> Vec<usize> {
        (0..self.people.len()).filter(|person| self.people[*person].is_open).collect()
    }

    /// Grants a role by the rule; true where it was accepted.
    pub fn try_give(&mut self, role: Role, spot: usize, person: usize) -> Result<(), GrantRefusal> {
        let held = self.held().filter(|held| held.holder == party_of(person));
        let held: Vec<(Role, NodeId)> = held.map(|held| (held.role, held.node)).collect();
        let body = node_of(self.body_of(spot).0);
        let event = grant(role, node_of(spot), body, (party_of(person), &held))?;
        let id = Uuid::from_u128(1_000 + u128::try_from(self.grants.len()).expect("few grants"));
        self.grants.push(Grant::begin(id, &self.happened_to_grant(event, 1)).expect("granted comes first"));
        Ok(())
    }

    fn give(&mut self, role: Role, spot: usize, person: usize) {
        self.try_give(role, spot, person).expect("a role of the first day");
    }

    /// Ends a role by the rule.
    pub fn try_end(&mut self, place: usize, cause: GrantEnd) -> Result<(), GrantRefusal> {
        let ending = &self.grants[place];
        let root = node_of(0);
        let others = |held: &&Grant| held.id != ending.id && held.role == ending.role && held.node == root;
        let others_at_root = (ending.node == root).then(|| self.held().filter(others).count());
        let event = end(ending, cause, others_at_root)?;
        let next = self.happened_to_grant(event, ending.version + 1);
        self.grants[place].apply(&next);
        Ok(())
    }

    fn happened_to_grant(&self, event: GrantEvent, version: u32) -> Happened<GrantEvent> {
        let meta = Meta { version, actor: None, happened_at: self.now, recorded_at: self.now };
        Happened { event, meta }
    }

    pub fn days_pass(&mut self) {
        let days = i64::try_from(self.dice.below(3)).expect("a few days") + 1;
        self.now += TimeDelta::days(days);
    }
}
