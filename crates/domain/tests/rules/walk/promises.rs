//! What must hold after every act, for the record that was touched and for all that are open.

use super::steps;
use super::world::{Tale, World, party_of, person_of, spot_of};
use waymark_domain::account::fact::{Says, facts};
use waymark_domain::find::event::{Cause, Duty, InnovationEvent};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::people::{ladder::Explained, role::Role};
use waymark_domain::record::{Happened, Meta, Record as _};
use waymark_domain::route::talk::waits_for_contributor;

impl World {
    /// Takes an event in as a use case would, read back from its text, and checks what must follow.
    pub fn happen(&mut self, tale: usize, event: &InnovationEvent, actor: Option<usize>) {
        let text = serde_json::to_string(event).expect("an event can be written");
        let read: InnovationEvent = serde_json::from_str(&text).expect("an event can be read");
        assert_eq!(&read, event, "{text}");
        let now = self.now;
        let tale = &mut self.tales[tale];
        let before = tale.record.clone();
        let version = before.version + 1;
        let meta = Meta { version, actor: actor.map(party_of), happened_at: now, recorded_at: now };
        let next = Happened { event: read, meta };
        tale.record.apply(&next);
        tale.events.push(next);
        tale.follow(event);
        steps::check((&before, &tale.record), event);
        check_facts(&tale.record);
        let folded = Innovation::fold(tale.record.id.0, &tale.events);
        assert_eq!(folded.as_ref(), Some(&tale.record), "the record is not the fold of its events");
    }

    /// Promise 1 for every record, and that who has it exists.
    pub fn check_all(&self) {
        for tale in &self.tales {
            assert_eq!(tale.record.broken_promise(), None, "{:?}", tale.record);
            let has_question = tale.record.question.is_some();
            assert_eq!(waits_for_contributor(&tale.record), has_question, "{:?}", tale.events);
            assert!(tale.pauses <= 1, "a decision was paused twice: {:?}", tale.events);
            if let Some(decider) = tale.record.decider {
                assert!(self.exists(&tale.record, decider), "{decider:?} does not exist: {:?}", tale.events);
                assert!(!tale.record.is_barred(decider), "{decider:?} has an interest");
            }
            if let Some(owner) = tale.record.owner {
                assert!(self.people[person_of(owner)].is_open, "the owner is gone: {:?}", tale.events);
            }
            let place = self.place(spot_of(tale.record.at));
            assert!(
                !tale.record.stage.is_open() || tale.record.place() == place,
                "it is not where its node is"
            );
        }
    }

    /// Is it an open account that holds the role on the record's line, or covers for one, or is the last resort?
    pub fn exists(&self, record: &Innovation, duty: Duty) -> bool {
        let person = person_of(duty.party);
        let is_on_line = self.line(spot_of(record.at)).contains(&spot_of(duty.node));
        let is_root = self.spots[spot_of(duty.node)].parent.is_none();
        let covers = |holder: usize| self.cover_of(holder) == Some(person);
        let is_right = match duty.explained {
            _ if self.holds(person, duty.role, duty.node) => {
                duty.explained != Some(Explained::LastResort) || (is_root && duty.role == Role::Head)
            }
            Some(Explained::Cover) => self
                .held()
                .filter(|held| held.role == duty.role && held.node == duty.node)
                .any(|held| covers(person_of(held.holder))),
            _ => false,
        };
        self.people[person].is_open && is_on_line && is_right
    }
}

/// What a record says to the figures: one wait where an answer was promised, one fact for each answer that holds, and
/// whatever is owed.
fn check_facts(record: &Innovation) {
    let all = facts(record);
    let count = |says: fn(&Says) -> bool| all.iter().filter(|fact| says(&fact.says)).count();
    let holding = record.answers.iter().filter(|answer| !answer.is_objected).count();
    let open = count(|says| matches!(says, Says::Due(None) | Says::Try(None)));
    let owes = record.stage.awaits_answer() || record.stage == Stage::Trying;
    assert_eq!(count(|says| matches!(says, Says::First(_))), usize::from(record.told.handed.is_some()));
    assert_eq!(count(|says| matches!(says, Says::Answer { .. })), holding);
    assert_eq!(count(|says| matches!(says, Says::Due(Some(_)))), holding, "an answer ends what was due");
    assert_eq!(open, usize::from(owes), "{record:?}");
    assert!(all.iter().all(|fact| fact.until.is_none_or(|until| fact.day <= until)), "{all:?}");
}

impl Tale {
    fn follow(&mut self, event: &InnovationEvent) {
        match event {
            InnovationEvent::Asked { .. } => self.pauses += 1,
            InnovationEvent::Answered(_)
            | InnovationEvent::Objected { .. }
            | InnovationEvent::ReviewAsked { .. }
            | InnovationEvent::Reopened { .. }
            | InnovationEvent::Passed { cause: Cause::CameBack, .. } => self.pauses = 0,
            _ => {}
        }
    }
}
