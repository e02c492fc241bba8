//! A random walk through the use cases on each database: whatever people and time do, each record keeps promise 1 and its
//! rows equal its fold. The walk of the rules alone is in `domain`; this one goes through SQL, parties and the ladder.

mod acts;

use acts::{Act, acts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::InnovationId;
use waymark_domain::record::Record;
use waymark_store::verify;
use waymark_testkit::TestApp;

/// Acts that must be accepted on each database with each seed. `WAYMARK_WALK_ACTS` sets another number.
const ACTS: u32 = 150;
/// Seeds on each database.
const SEEDS: u64 = 20;
/// Open records at a time: enough that every state is there at once.
const RECORDS: usize = 12;

/// One walk.
pub struct Walk<'a> {
    app: &'a TestApp,
    dice: StdRng,
    records: Vec<InnovationId>,
    accepted: BTreeMap<&'static str, u32>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_random_walk_keeps_every_record_with_an_owner_a_date_and_a_decider() {
    let wanted = std::env::var("WAYMARK_WALK_ACTS").ok().and_then(|acts| acts.parse().ok()).unwrap_or(ACTS);
    let mut total: BTreeMap<&'static str, u32> = BTreeMap::new();
    for app in TestApp::on_each().await {
        for seed in 0..SEEDS {
            let mut walk = Walk::new(&app, seed);
            walk.until(wanted).await;
            walk.accepted.into_iter().for_each(|(act, count)| *total.entry(act).or_default() += count);
        }
        everything_is_sound(&app).await;
    }
    eprintln!("accepted: {total:?}");
    let rare: Vec<_> =
        acts().iter().filter(|act| total.get(act.name).is_none_or(|count| *count < 20)).collect();
    assert!(rare.is_empty(), "accepted fewer than 20 times: {rare:?} of {total:?}");
}

impl<'a> Walk<'a> {
    fn new(app: &'a TestApp, seed: u64) -> Self {
        Self { app, dice: StdRng::seed_from_u64(seed), records: Vec::new(), accepted: BTreeMap::new() }
    }

    async fn until(&mut self, wanted: u32) {
        let mut accepted = 0;
        let mut tried = 0;
        while accepted < wanted {
            tried += 1;
            assert!(tried < wanted * 60, "{accepted} of {tried} tries were accepted: {:?}", self.accepted);
            accepted += u32::from(self.step().await);
        }
    }

    /// One try; true where it was accepted.
    async fn step(&mut self) -> bool {
        let act = if self.records.len() < RECORDS { &acts()[0] } else { self.choose_act() };
        match (act.run)(self).await {
            Ok(touched) => {
                *self.accepted.entry(act.name).or_default() += 1;
                for id in touched {
                    self.check(id, act).await;
                }
                true
            }
            Err(Error::Internal(cause)) => panic!("{}: {cause:?}", act.name),
            Err(_) => false,
        }
    }

    fn choose_act(&mut self) -> &'static Act {
        acts().choose(&mut self.dice).expect("acts")
    }

    /// A touched record keeps the promise, equals its fold and its rows; one that has ended leaves the walk now and then.
    async fn check(&mut self, id: InnovationId, act: &Act) {
        let mut tx = self.app.env.db.read().await.expect("a database");
        let history = waymark_store::journal::history::<Innovation>(&mut tx, id.0).await.expect("a history");
        let record = Innovation::fold(id.0, &history).expect("a record");
        assert_eq!(record.broken_promise(), None, "after {}: {record:#?}", act.name);
        let rows = verify::record(&mut tx, &record).await.expect("rows");
        assert!(rows.is_sound(), "after {}: {:?}", act.name, rows.faults);
        if !record.stage.is_open() && self.dice.random_bool(0.3) {
            self.records.retain(|known| *known != id);
        }
    }

    /// A record for which something holds, if one of several has it: what is rare would hardly be tried otherwise.
    async fn record_that(&mut self, holds: fn(&Innovation) -> bool) -> Result<Innovation, Error> {
        let mut record = self.record().await?;
        for _ in 0..24 {
            if holds(&record) {
                break;
            }
            record = self.record().await?;
        }
        Ok(record)
    }

    /// A record of the walk.
    async fn record(&mut self) -> Result<Innovation, Error> {
        let id = *self.records.choose(&mut self.dice).ok_or(Error::NotFound)?;
        let mut ctx = Ctx::read(&self.app.env, Actor::Time).await?;
        ctx.load(id.0).await
    }
}

async fn everything_is_sound(app: &TestApp) {
    use waymark_domain::people::{grant::Grant, node::Node};
    let mut tx = app.env.db.read().await.expect("a database");
    let kinds: [&dyn verify::Verifier; 3] =
        [&verify::of::<Innovation>(), &verify::of::<Node>(), &verify::of::<Grant>()];
    let report = verify::verify(&mut tx, &kinds, None).await.expect("a report");
    assert!(report.is_sound(), "{:?}: {:?}", app.engine(), report.faults);
}
