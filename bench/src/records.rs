//! Ideas of two years, told, answered and tried by the rules themselves, written through the journal in bulk.

use crate::people::{Post, Tree, Unit};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;
use waymark_app::{Env, Error};
use waymark_domain::find::event::{Contributor, Duty, InnovationEvent, ThreeLines};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Outcome, Reason, Stage};
use waymark_domain::find::tell::{Asked, Tell, tell};
use waymark_domain::ids::{AccountId, InnovationId, PartyId};
use waymark_domain::people::party::Party;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::record::{Event, Happened, Meta, Record};
use waymark_domain::reference::Reference;
use waymark_domain::route::answer::{Because, Go, Say, answer};
use waymark_domain::route::calendar::{Calendar, CalendarName};
use waymark_domain::route::due::BodyTime;
use waymark_domain::route::facts::Facts;
use waymark_domain::route::pass::{CURRENT_ROUTE, limits_of, time_passes};
use waymark_domain::route::trial::end_try;
use waymark_domain::text::{Field, Language, Words, WordsRef};
use waymark_store::bulk::{self, Life};
use waymark_store::people::parties;
use waymark_store::{Cell, Engine, Stamp, sqlx};

/// Records in one transaction.
const BATCH: usize = 2_000;
/// How far back ideas were told, in days.
const DAYS: i64 = 730;

/// Loads `count` ideas; gives the references of some that are open and of some that wait for a lead.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn load(env: &Env, tree: &Tree, (count, now): (usize, DateTime<Utc>)) -> Result<(), Error> {
    let mut dice = StdRng::seed_from_u64(count as u64);
    let calendar = CalendarName::EnglandAndWales.calendar();
    let (mut left, mut drawn) = (count, HashSet::new());
    while left > 0 {
        let batch = left.min(BATCH);
        let mut tx = env.db.write().await?;
        let mut lives = Vec::with_capacity(batch);
        let mut rows = Vec::new();
        for _ in 0..batch {
            let mut teller = Teller::new(&mut dice, (tree, &mut drawn), (&calendar, now));
            let life = teller.live();
            rows.extend(teller.party_rows(&life));
            lives.push(life);
        }
        bulk::load::<Innovation>(&mut tx, lives).await?;
        bulk::rows(&mut tx, &parties::TABLE, &rows).await?;
        tx.commit().await?;
        left -= batch;
    }
    let mut tx = env.db.write().await?;
    waymark_store::find::listing::add_below(&mut tx, tree.root.0).await?;
    tx.commit().await?;
    waymark_app::find::index::complete(env).await?;
    // What autovacuum does within a minute: without it PostgreSQL plans for tables that it takes to be empty. Last, so that
    // the index of words is among them: its first searches took thirty times as long.
    let mut tx = env.db.write().await?;
    if tx.engine() == Engine::Postgres {
        waymark_store::run!(&mut tx, sqlx::query("analyze"))?;
    }
    tx.commit().await?;
    Ok(())
}

/// Tells one idea and lives its life.
struct Teller<'a> {
    dice: &'a mut StdRng,
    drawn: &'a mut HashSet<Reference>,
    unit: &'a Unit,
    calendar: &'a Calendar,
    until: DateTime<Utc>,
    told_at: DateTime<Utc>,
    id: Uuid,
    parties: HashMap<AccountId, Party>,
    words: Vec<Words>,
    events: Vec<(InnovationEvent, Stamp)>,
    record: Option<Innovation>,
}

impl<'a> Teller<'a> {
    fn new(
        dice: &'a mut StdRng,
        (tree, drawn): (&'a Tree, &'a mut HashSet<Reference>),
        (calendar, until): (&'a Calendar, DateTime<Utc>),
    ) -> Self {
        let unit = tree.units.choose(dice).expect("units");
        let told_at = until - TimeDelta::minutes(dice.random_range(5..DAYS * 24 * 60));
        let id = InnovationId::told_on(told_at.date_naive(), dice.random()).0;
        let (parties, words, events) = (HashMap::new(), Vec::new(), Vec::new());
        Self { dice, drawn, unit, calendar, until, told_at, id, parties, words, events, record: None }
    }

    fn live(&mut self) -> Life<Innovation> {
        let who = self.unit.member(self.dice);
        let told_at = self.told_at;
        self.tell(who, told_at);
        let answered_at = told_at + TimeDelta::hours(self.dice.random_range(2..24 * 20));
        if self.dice.random_bool(0.97) && answered_at < self.until {
            self.answer(who, answered_at);
        }
        self.time_to(self.until);
        Life { id: self.id, events: std::mem::take(&mut self.events), words: std::mem::take(&mut self.words) }
    }

    /// A reference that no other record has.
    fn draw(&mut self) -> Reference {
        loop {
            let drawn = Reference::new(2026, self.dice.next_u32());
            if self.drawn.insert(drawn.clone()) {
                return drawn;
            }
        }
    }

    fn tell(&mut self, who: AccountId, at: DateTime<Utc>) {
        let contributors = vec![Contributor { party: self.party(who), share_percent: 100 }];
        let tell_it = Tell {
            reference: self.draw(),
            node: self.unit.node,
            body: self.unit.body,
            route: CURRENT_ROUTE,
            settings: 5,
            seen_by: if self.dice.random_bool(0.05) { SeenBy::Handlers } else { SeenBy::Body },
            answers: None,
            contributors,
            assisted_by: None,
            origin: Origin::FrontLine,
            language: Language::En,
            title: self.say(Field::Title, 5),
            problem: self.say(Field::Problem, 40),
            solution: Some(self.say(Field::Solution, 30)),
            external_id: None,
            sealed: None,
            public: None,
        };
        let facts = self.facts((who, &[Role::Member]), at);
        let event = tell(tell_it, Asked::TeamLead, &facts).expect("a fair idea");
        self.happens(event, (who, at));
    }

    fn answer(&mut self, who: AccountId, at: DateTime<Utc>) {
        self.time_to(at);
        let Some(decider) = self.record.as_ref().and_then(|record| record.decider) else { return };
        let account = self.account(decider.party);
        let is_go = self.dice.random_bool(0.5);
        let say = if is_go { self.go(who) } else { self.stop() };
        let facts = self.facts((account, &[decider.role]), at);
        let record = self.record.as_ref().expect("told");
        let event = answer(record, (say, None), &facts, &facts).expect("the decider answers");
        self.happens(event, (account, at));
        let done_at = at + TimeDelta::days(self.dice.random_range(3..30));
        if is_go && done_at < self.until {
            self.end_try(who, done_at);
        }
    }

    fn go(&mut self, who: AccountId) -> Say {
        let who = self.party(who);
        Say::Go(Go { who, words: None, until: None, hours: 2, hours_from: None, pence: 0 })
    }

    fn stop(&mut self) -> Say {
        let (words, would_change) = (self.say(Field::Answer, 20), self.say(Field::WouldChange, 10));
        Say::Stop(Because { reason: Reason::WouldNotSolve, words, would_change })
    }

    fn end_try(&mut self, who: AccountId, at: DateTime<Utc>) {
        if self.record.as_ref().is_none_or(|record| record.stage != Stage::Trying) {
            return;
        }
        let outcome = if self.dice.random_bool(0.6) { Outcome::Keep } else { Outcome::Drop };
        let (did, changed) = (self.say(Field::Did, 15), self.say(Field::Changed, 15));
        let facts = self.facts((who, &[Role::Member]), at);
        let lines = ThreeLines { did, changed, outcome };
        let event = end_try(self.record.as_ref().expect("told"), lines, &facts).expect("three lines");
        self.happens(event, (who, at));
    }

    /// What time does until then: dates that are missed, one step at a time.
    fn time_to(&mut self, at: DateTime<Utc>) {
        let lead = self.unit.lead.account;
        for _ in 0..12 {
            let facts = self.facts((lead, &[]), at);
            let Some(event) = self.record.as_ref().and_then(|record| time_passes(record, &facts)) else {
                return;
            };
            self.happens(event, (lead, at));
        }
    }

    fn happens(&mut self, event: InnovationEvent, (who, at): (AccountId, DateTime<Utc>)) {
        let version = self.record.as_ref().map_or(0, Record::version) + 1;
        let actor = Some(self.party(who));
        let meta = Meta { version, actor, happened_at: at, recorded_at: at };
        let happened = Happened { event: event.clone(), meta };
        match self.record.as_mut() {
            Some(record) => record.apply(&happened),
            None => self.record = Innovation::begin(self.id, &happened),
        }
        self.events.push((event, Stamp { actor, happened_at: at, recorded_at: at }));
    }

    fn facts(&mut self, (who, roles): (AccountId, &[Role]), now: DateTime<Utc>) -> Facts<'a> {
        Facts {
            actor: Some(self.party(who)),
            roles: roles.to_vec(),
            lead: self.duty(self.unit.lead, Role::TeamLead),
            finder: self.duty(self.unit.finder, Role::Finder),
            above: self.duty(self.unit.head, Role::Head),
            top: self.duty(self.unit.top, Role::Head),
            body: BodyTime { calendar: self.calendar, zone: Tz::Europe__London },
            limits: limits_of(CURRENT_ROUTE),
            go_pence: 50_000,
            now,
        }
    }

    fn duty(&mut self, post: Post, role: Role) -> Duty {
        Duty { party: self.party(post.account), role, node: post.node, explained: None }
    }

    fn party(&mut self, account: AccountId) -> PartyId {
        let (dice, record) = (&mut *self.dice, self.id);
        let party = || Party { record, account, salt: dice.random() };
        self.parties.entry(account).or_insert_with(party).id()
    }

    fn account(&self, party: PartyId) -> AccountId {
        self.parties.values().find(|own| own.id() == party).expect("a known party").account
    }

    fn say(&mut self, field: Field, words: usize) -> WordsRef {
        let text = text(self.dice, words);
        let words = Words {
            record: self.id,
            field,
            version: self.record.as_ref().map_or(0, Record::version) + 1,
            language: Language::En,
            salt: self.dice.random(),
            author: None,
            body: text,
        };
        let reference = words.reference();
        self.words.push(words);
        reference
    }

    /// The rows of those who are named in the record.
    fn party_rows(&self, life: &Life<Innovation>) -> Vec<Vec<Cell>> {
        let of = |(event, stamp): &(InnovationEvent, Stamp)| event.parties().into_iter().chain(stamp.actor);
        let named: HashSet<PartyId> = life.events.iter().flat_map(of).collect();
        self.parties.values().filter(|party| named.contains(&party.id())).map(parties::cells).collect()
    }
}

/// Words of the front line; the first ones come most often, as in any language.
const VOCABULARY: &str = "the to and of a in we for on is ward patients staff time form every nurse discharge letter \
    visit phone home school pupil attendance call prison property court video link waiting list appointment reminder \
    medicine chart bottle stock weekend handover night shift family carer social worker assessment key rota training \
    room equipment trolley porter lift car park bus interpreter easy read leaflet poster complaint feedback survey \
    referral duplicate paper scanner printer password login tablet charger battery label allergy meal diet water \
    blanket laundry delivery order supplier invoice budget overtime agency vacancy induction mentor apprentice \
    volunteer library garden reading corner breakfast club exclusion transport seat wheelchair ramp door light noise \
    alarm bell signage map route bed bay cubicle curtain glove apron bin recycling heating window safety incident";

/// Rare words: names of places, things and people, so many of them that most are in few texts.
const RARE: u32 = 20_000;

/// A text of so many words, one in five of them rare.
pub fn text(dice: &mut StdRng, words: usize) -> String {
    let one = |dice: &mut StdRng| {
        // A number by its inverse comes as often as the rank of a word does.
        let rare = dice.random_bool(0.2).then(|| RARE / dice.random_range(1..RARE));
        format!("{}{}", word(dice), rare.map(|number| number.to_string()).unwrap_or_default())
    };
    (0..words).map(|_| one(dice)).collect::<Vec<_>>().join(" ")
}

fn word(dice: &mut StdRng) -> &'static str {
    let all: Vec<&str> = VOCABULARY.split_whitespace().collect();
    let skew: f64 = dice.random::<f64>().powi(2);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index below the length of a short list"
    )]
    let index = (skew * all.len() as f64) as usize;
    all[index.min(all.len() - 1)]
}
