//! Small records, people and days that the tables are made of.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::sync::LazyLock;
use uuid::Uuid;
use waymark_domain::find::event::{Added, Contributor, Duty, InnovationEvent, ThreeLines};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Outcome, Reason};
use waymark_domain::find::tell::{Asked, Tell, tell};
use waymark_domain::ids::{NodeId, PartyId};
use waymark_domain::people::{ladder::Explained, role::Role, setting::SeenBy};
use waymark_domain::record::{Happened, Meta, Record as _};
use waymark_domain::reference::Reference;
use waymark_domain::route::answer::{Because, Go, Meeting, Say, SendTo, answer};
use waymark_domain::route::calendar::{Calendar, CalendarName};
use waymark_domain::route::due::BodyTime;
use waymark_domain::route::facts::{Facts, Refusal};
use waymark_domain::route::limits::Limits;
use waymark_domain::text::{Digest, Field, Language, Remade, WordsRef};

pub static ENGLAND: LazyLock<Calendar> = LazyLock::new(|| CalendarName::EnglandAndWales.calendar());
pub static SCOTLAND: LazyLock<Calendar> = LazyLock::new(|| CalendarName::Scotland.calendar());

/// The people of the tables.
pub const ADA: PartyId = party(1);
pub const LEAD: PartyId = party(2);
pub const FINDER: PartyId = party(3);
pub const HEAD: PartyId = party(4);
pub const TOP: PartyId = party(5);
pub const TRIER: PartyId = party(6);
pub const FAR: PartyId = party(7);
pub const HELPER: PartyId = party(8);

/// The nodes: a team in an organisation, which is the body; and a place elsewhere.
pub const TEAM: NodeId = node(1);
pub const BODY: NodeId = node(2);
pub const ELSEWHERE: NodeId = node(9);

pub const fn party(number: u128) -> PartyId {
    PartyId(Uuid::from_u128(number))
}

pub const fn node(number: u128) -> NodeId {
    NodeId(Uuid::from_u128(number))
}

pub const fn duty(party: PartyId, role: Role, node: NodeId) -> Duty {
    Duty { party, role, node, explained: None }
}

pub const fn resort(party: PartyId) -> Duty {
    Duty { party, role: Role::Head, node: BODY, explained: Some(Explained::LastResort) }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day typed in a test")
}

/// Ten in the morning in London.
pub fn at(text: &str) -> DateTime<Utc> {
    let local = day(text).and_hms_opt(10, 0, 0).expect("ten is an hour");
    local.and_local_timezone(Tz::Europe__London).earliest().expect("ten is never left out").to_utc()
}

pub fn words(field: Field) -> WordsRef {
    WordsRef { field, version: 1, digest: Digest::of(&[field.name().as_bytes()]) }
}

/// A text of a record that was written anew.
pub fn remade() -> Remade {
    Remade { was: words(Field::Title), digest: Digest::of(&[b"masked"]) }
}

/// Facts of the team's node on a day: nobody acts.
pub fn facts(on: &str) -> Facts<'static> {
    Facts {
        actor: None,
        roles: Vec::new(),
        lead: duty(LEAD, Role::TeamLead, TEAM),
        finder: duty(FINDER, Role::Finder, BODY),
        above: duty(HEAD, Role::Head, BODY),
        top: duty(TOP, Role::Head, node(3)),
        body: BodyTime { calendar: &ENGLAND, zone: Tz::Europe__London },
        limits: &Limits::STANDARD,
        go_pence: 50_000,
        now: at(on),
    }
}

/// The same with somebody who acts, holding these roles there.
pub fn by(actor: PartyId, roles: &[Role], on: &str) -> Facts<'static> {
    Facts { actor: Some(actor), roles: roles.to_vec(), ..facts(on) }
}

pub fn lead(on: &str) -> Facts<'static> {
    by(LEAD, &[Role::Member, Role::TeamLead], on)
}

pub fn finder(on: &str) -> Facts<'static> {
    by(FINDER, &[Role::Finder], on)
}

pub fn ada(on: &str) -> Facts<'static> {
    by(ADA, &[Role::Member], on)
}

/// What Ada tells, typed for her by a helper.
pub fn idea() -> Tell {
    Tell {
        reference: Reference::new(2026, 77),
        node: TEAM,
        body: BODY,
        route: 1,
        settings: 0,
        seen_by: SeenBy::Body,
        answers: None,
        contributors: vec![Contributor { party: ADA, share_percent: 100 }],
        assisted_by: Some(HELPER),
        origin: Origin::FrontLine,
        language: Language::En,
        title: words(Field::Title),
        problem: words(Field::Problem),
        solution: Some(words(Field::Solution)),
        external_id: None,
        sealed: None,
        public: None,
    }
}

/// A record with all its events, so that each step is also folded anew.
#[derive(Debug, Clone)]
pub struct Story {
    pub record: Innovation,
    events: Vec<Happened<InnovationEvent>>,
}

impl Story {
    /// Ada's idea, told to her team lead on Monday 5 January 2026: the answer is due on the 19th.
    pub fn told() -> Self {
        Self::asked(Asked::TeamLead)
    }

    pub fn asked(asked: Asked) -> Self {
        let facts = ada("2026-01-05");
        Self::begun(tell(idea(), asked, &facts).expect("a fair idea"), &facts)
    }

    pub fn begun(event: InnovationEvent, facts: &Facts) -> Self {
        let first = happened(event, 1, facts);
        let record = Innovation::begin(Uuid::from_u128(1), &first).expect("told comes first");
        Self { record, events: vec![first] }
    }

    /// Takes an event in, and checks promise 1 and that the fold gives the same.
    pub fn then(&mut self, event: InnovationEvent, facts: &Facts) -> &mut Self {
        let next = happened(event, self.record.version + 1, facts);
        self.record.apply(&next);
        self.events.push(next);
        assert_eq!(self.record.broken_promise(), None);
        assert_eq!(Innovation::fold(self.record.id.0, &self.events).as_ref(), Some(&self.record));
        self
    }

    /// Whoever has it says this at the desk.
    pub fn says(&mut self, say: Say, facts: &Facts) -> &mut Self {
        let event = self.answer(say, facts).expect("an answer that is allowed");
        self.then(event, facts)
    }

    pub fn answer(&self, say: Say, facts: &Facts) -> Result<InnovationEvent, Refusal> {
        answer(&self.record, (say, None), facts, &elsewhere(facts.now))
    }

    pub fn typed(&self, say: Say, on: &str, facts: &Facts) -> Result<InnovationEvent, Refusal> {
        let meeting = Meeting { on: day(on), reference: words(Field::Meeting) };
        answer(&self.record, (say, Some(meeting)), facts, &elsewhere(facts.now))
    }

    pub fn has(&self) -> Option<PartyId> {
        self.record.decider.map(|decider| decider.party)
    }

    pub fn next_date(&self) -> Option<NaiveDate> {
        self.record.next_date()
    }
}

fn happened(event: InnovationEvent, version: u32, facts: &Facts) -> Happened<InnovationEvent> {
    let meta = Meta { version, actor: facts.actor, happened_at: facts.now, recorded_at: facts.now };
    Happened { event, meta }
}

/// Facts of a Scottish body.
pub fn elsewhere(now: DateTime<Utc>) -> Facts<'static> {
    Facts {
        lead: duty(FAR, Role::TeamLead, ELSEWHERE),
        finder: duty(FAR, Role::Finder, ELSEWHERE),
        body: BodyTime { calendar: &SCOTLAND, zone: Tz::Europe__London },
        now,
        ..facts("2026-01-05")
    }
}

pub fn because(reason: Reason) -> Because {
    Because { reason, words: words(Field::Answer), would_change: words(Field::WouldChange) }
}

pub fn stop() -> Say {
    Say::Stop(because(Reason::NotSafe))
}

pub fn not_now(until: &str) -> Say {
    Say::NotNow { because: because(Reason::NoTime), until: day(until) }
}

pub fn send(duty: Duty, at: NodeId, body: NodeId) -> Say {
    Say::SendOn { why: words(Field::Why), to: SendTo { duty, at, body } }
}

pub const GO: Go = Go { who: TRIER, words: None, until: None, hours: 4, hours_from: None, pence: 0 };

pub fn lines(outcome: Outcome) -> ThreeLines {
    ThreeLines { did: words(Field::Did), changed: words(Field::Changed), outcome }
}

/// What somebody else tells who found Ada's record.
pub fn added(tellers: &[PartyId]) -> Added {
    Added {
        tellers: tellers.to_vec(),
        assisted_by: None,
        origin: Origin::FrontLine,
        title: words(Field::Title),
        problem: words(Field::Problem),
        solution: None,
    }
}

/// The day after so many days.
pub fn days_after(date: &str, days: i64) -> NaiveDate {
    day(date) + TimeDelta::days(days)
}
