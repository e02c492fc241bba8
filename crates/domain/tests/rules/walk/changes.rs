//! What happens to the world itself: days, roles, accounts, nodes, absences; and what the use cases then put right.

use super::world::{Person, World, node_of, party_of, person_of, spot_of};
use chrono::TimeDelta;
use waymark_domain::find::event::{Cause, Duty, InnovationEvent};
use waymark_domain::people::grant::{GrantEnd, GrantRefusal};
use waymark_domain::people::ladder::{Explained, Seeking};
use waymark_domain::people::node::may_move_under;
use waymark_domain::people::role::Role;
use waymark_domain::route::pass;

const ROLES: [Role; 5] = [Role::TeamLead, Role::Finder, Role::Head, Role::Administrator, Role::Auditor];

impl World {
    /// One or a few days pass; whatever they bring to each record happens.
    pub fn let_days_pass(&mut self) {
        self.days_pass();
        self.count("day");
        self.put_right(Cause::Away);
        for tale in 0..self.tales.len() {
            self.let_time_pass(tale);
        }
        let long_ago = self.now - TimeDelta::days(12);
        self.tales.retain(|tale| tale.record.ended_at.is_none_or(|ended| ended > long_ago));
    }

    fn let_time_pass(&mut self, tale: usize) {
        for _ in 0..10 {
            let record = &self.tales[tale].record;
            let facts = self.facts(None, spot_of(record.at), Some(record));
            let Some(event) = pass::time_passes(record, &facts) else { return };
            self.happen(tale, &event, None);
            self.count(match event {
                InnovationEvent::PauseEnded { .. } => "time: pause ended",
                InnovationEvent::Overdue { step: 1, .. } => "time: overdue, flagged",
                InnovationEvent::Overdue { step: 2, .. } => "time: overdue, one level up",
                InnovationEvent::Overdue { .. } => "time: overdue, handed over",
                _ => "time: came back",
            });
            self.check_all();
        }
        panic!("time never comes to rest: {:?}", self.tales[tale].events);
    }

    /// What the use cases do when people, roles or nodes have changed: every open record has somebody again.
    pub fn put_right(&mut self, cause: Cause) {
        for tale in 0..self.tales.len() {
            let record = &self.tales[tale].record;
            if let Some(event) = pass::rehome(record, self.place(spot_of(record.at))) {
                self.happen(tale, &event, None);
                self.count("rehomed");
            }
            self.put_decider_right(tale, cause);
            let record = &self.tales[tale].record;
            let is_gone = record.owner.is_some_and(|owner| !self.people[person_of(owner)].is_open);
            if let Some(event) = pass::take_up(record).filter(|_| is_gone) {
                self.happen(tale, &event, None);
                self.count("taken up");
            }
        }
    }

    fn put_decider_right(&mut self, tale: usize, cause: Cause) {
        let record = &self.tales[tale].record;
        let Some(decider) = record.decider else { return };
        if self.exists(record, decider) && !self.is_away(person_of(decider.party)) {
            return;
        }
        let spot = spot_of(record.at);
        let next = self.seek(self.seeking(decider, spot), spot, &|party| record.is_interested(party));
        let facts = self.facts(None, spot, Some(record));
        if let Some(event) = pass::reassign(record, (cause, next), &facts) {
            self.happen(tale, &event, None);
            self.count("reassigned");
        }
    }

    /// The kind of decider that it had.
    fn seeking(&self, decider: Duty, spot: usize) -> Seeking {
        let height = self.line(spot).into_iter().position(|above| above == spot_of(decider.node));
        match (decider.role, height) {
            (Role::Finder, _) => Seeking::Finder,
            (Role::Head, Some(height)) if height > 0 && decider.explained != Some(Explained::Cover) => {
                Seeking::Above(u16::try_from(height).expect("a low tree") - 1)
            }
            _ => Seeking::Lead,
        }
    }

    pub fn end_a_role(&mut self) {
        let held: Vec<usize> =
            (0..self.grants.len()).filter(|one| self.grants[*one].ended.is_none()).collect();
        let Some(ending) = self.dice.pick(&held) else { return };
        match self.try_end(ending, GrantEnd::Removed) {
            Ok(()) => {
                self.count("role ended");
                self.put_right(Cause::RoleEnded);
            }
            Err(GrantRefusal::LastAtRoot(_)) => self.count("refused: the last at the root"),
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    pub fn grant_a_role(&mut self) {
        let people = self.open_people();
        let (Some(role), Some(person)) = (self.dice.pick(&ROLES), self.dice.pick(&people)) else { return };
        let spot = self.dice.below(self.spots.len());
        if self.held().filter(|held| held.role == role && held.node == node_of(spot)).count() > 1 {
            return;
        }
        match self.try_give(role, spot, person) {
            Ok(()) => self.count("role granted"),
            Err(_) => self.refused += 1,
        }
    }

    /// Closes an account where none of its roles is the last at the root.
    pub fn close_an_account(&mut self) {
        let people = self.open_people();
        let Some(person) = self.dice.pick(&people).filter(|_| people.len() > 12) else { return };
        let own = |place: &usize| {
            let grant = &self.grants[*place];
            grant.ended.is_none() && grant.holder == party_of(person)
        };
        let own: Vec<usize> = (0..self.grants.len()).filter(own).collect();
        let before = self.grants.clone();
        for place in own {
            if let Err(GrantRefusal::LastAtRoot(_)) = self.try_end(place, GrantEnd::AccountClosed) {
                self.grants = before;
                self.count("refused: the last at the root");
                return;
            }
        }
        self.people[person].is_open = false;
        self.count("account closed");
        self.put_right(Cause::RoleEnded);
        let home = self.dice.below(self.spots.len());
        self.people.push(Person { home, is_open: true, away: None });
    }

    /// Puts a node under another one: a team under another body, or two levels in one.
    pub fn move_a_node(&mut self) {
        if self.spots.len() < 3 {
            return;
        }
        let moved = 3 + self.dice.below(4);
        let parent = self.dice.below(3);
        let line: Vec<_> = self.line(parent).into_iter().map(node_of).collect();
        if self.spots[moved].parent == Some(parent) || !may_move_under(node_of(moved), &line) {
            return;
        }
        self.spots[moved].parent = Some(parent);
        self.count("node moved");
        self.put_right(Cause::NodeMoved);
    }

    /// Somebody is away for some days, with or without somebody who answers.
    pub fn go_away(&mut self) {
        let people = self.open_people();
        let (Some(person), Some(cover)) = (self.dice.pick(&people), self.dice.pick(&people)) else { return };
        if self.people[person].away.is_some_and(|(_, to, _)| to >= self.today()) {
            return;
        }
        let days = i64::try_from(self.dice.below(20)).expect("a few days");
        let has_cover = cover != person && self.dice.percent(60);
        let until = self.today() + TimeDelta::days(days);
        self.people[person].away = Some((self.today(), until, has_cover.then_some(cover)));
        self.count(if has_cover { "away with cover" } else { "away without cover" });
        self.put_right(Cause::Away);
    }
}
