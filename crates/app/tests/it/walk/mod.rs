//! A random walk through the use cases on both databases: whatever people and time do, every record keeps promise 1 and
//! equals its fold, and both databases end with the same root. The walk of the rules alone is in `domain`; this one goes
//! through SQL, parties, jobs and the ladder. `make walk` runs all of it, `make test` a share.

mod acts;
mod days;
mod people;
mod picks;
#[path = "../../../../domain/tests/rules/walk/steps.rs"]
mod steps;
mod tree;
mod truth;

use acts::{Act, acts};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_app::Error;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, CommentId, InnovationId, NodeId};
use waymark_domain::people::grant::GrantRefusal;
use waymark_domain::text::Digest;
use waymark_testkit::{TestApp, TestDatabase, postgres, sqlite};

/// Acts that must be accepted on each database with each seed in `make test`; `WAYMARK_WALK_ACTS` sets another number.
const ACTS: u32 = 500;
/// Seeds in `make test`; `WAYMARK_WALK_SEEDS` sets another number.
const SEEDS: u32 = 3;
/// How often each command must be accepted in all; a shorter walk asks for one in so many of its acts.
const EACH: u32 = 20;
const SHARE: u32 = 300;
/// Open records at a time: enough that every state is there at once.
const OPEN: usize = 25;
/// What a walk ought to try now and then, without success.
const LAST_AT_ROOT: &str = "refused: the last at the root";

/// How often each act was accepted.
type Counts = BTreeMap<&'static str, u32>;

/// A person who may act.
#[derive(Debug, Clone)]
struct Person {
    account: AccountId,
    mail: String,
}

/// One walk.
pub struct Walk<'a> {
    app: &'a TestApp,
    dice: StdRng,
    /// Who has an open account.
    people: Vec<Person>,
    /// The nodes that are open, the root first.
    nodes: Vec<NodeId>,
    /// How many people and nodes there ever were, for their names.
    made: u32,
    /// The records as they were last seen, but for those that ended long ago.
    tales: BTreeMap<Uuid, Innovation>,
    /// What was said, on which record, by whom.
    said: Vec<(InnovationId, CommentId, AccountId)>,
    /// How far each stream was checked.
    checked: BTreeMap<Uuid, i64>,
    counts: Counts,
    /// Each act with a digest of the streams that it changed.
    trace: Vec<(String, Digest)>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_people_and_time_do_every_promise_holds_on_both_databases() {
    let (wanted, seeds) = (number("WAYMARK_WALK_ACTS", ACTS), number("WAYMARK_WALK_SEEDS", SEEDS));
    let mut all = Counts::new();
    for seed in 1..=seeds {
        let small = tokio::spawn(walked(sqlite().await, (seed, wanted)));
        let large = tokio::spawn(walked(postgres().await, (seed, wanted)));
        let (small, large) =
            (small.await.expect("a walk on SQLite"), large.await.expect("one on PostgreSQL"));
        let pairs = small.trace.iter().zip(&large.trace);
        let parting = pairs.enumerate().find(|(_, (small, large))| small != large);
        assert_eq!(parting, None, "with seed {seed} the two databases part after this act");
        assert_eq!(small.trace.len(), large.trace.len(), "with seed {seed} one database took more acts");
        assert_eq!((&small.counts, small.root), (&large.counts, large.root), "with seed {seed}");
        eprintln!("seed {seed}: {} acts accepted on each database, root {}", sum(&small.counts), small.root);
        small.counts.into_iter().for_each(|(act, count)| *all.entry(act).or_default() += count);
    }
    eprintln!("accepted on each database: {all:#?}");
    let count = |name: &str| all.get(name).copied().unwrap_or(0);
    let names = acts().iter().map(|act| act.name).chain([LAST_AT_ROOT]);
    let each = (sum(&all) / SHARE).clamp(1, EACH);
    let rare: Vec<_> = names.map(|name| (count(name), name)).filter(|(count, _)| *count < each).collect();
    assert!(rare.is_empty(), "accepted fewer than {each} times: {rare:?}");
}

fn number(variable: &str, or: u32) -> u32 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

fn sum(counts: &Counts) -> u32 {
    counts.iter().filter(|(act, _)| **act != LAST_AT_ROOT).map(|(_, count)| count).sum()
}

/// A walk that has ended.
struct Walked {
    counts: Counts,
    trace: Vec<(String, Digest)>,
    /// Of the last seal.
    root: Digest,
}

/// Walks on a database.
async fn walked(database: TestDatabase, (seed, wanted): (u32, u32)) -> Walked {
    let app = TestApp::seeded(database, seed.into()).await;
    let mut walk = Walk::new(&app, seed);
    walk.check("the beginning").await;
    let mut tried = 0;
    while sum(&walk.counts) < wanted {
        tried += 1;
        assert!(tried < wanted * 60, "of {tried} tries too few were accepted: {:?}", walk.counts);
        walk.step().await;
    }
    let root = truth::sealed_and_sound(&app).await;
    Walked { counts: walk.counts, trace: walk.trace, root }
}

impl<'a> Walk<'a> {
    fn new(app: &'a TestApp, seed: u32) -> Self {
        let mut names: Vec<_> = app.world.people.iter().collect();
        names.sort_unstable();
        let person = |(name, account): (&&str, &AccountId)| Person {
            account: *account,
            mail: format!("{name}@riverside.example"),
        };
        let mut nodes: Vec<NodeId> = app.world.nodes.values().copied().collect();
        nodes.sort_unstable();
        nodes.retain(|node| *node != app.world.nodes["root"]);
        nodes.insert(0, app.world.nodes["root"]);
        Self {
            app,
            dice: StdRng::seed_from_u64(seed.into()),
            people: names.into_iter().map(person).collect(),
            nodes,
            made: 0,
            tales: BTreeMap::new(),
            said: Vec::new(),
            checked: BTreeMap::new(),
            counts: Counts::new(),
            trace: Vec::new(),
        }
    }

    /// Tries one act; what was accepted is counted and checked.
    async fn step(&mut self) {
        let act = self.choose_act();
        match (act.run)(self).await {
            Ok(()) => {
                self.count(act.name);
                self.check(act.name).await;
            }
            Err(Error::RoleRefused(GrantRefusal::LastAtRoot(_))) => self.count(LAST_AT_ROOT),
            Err(error @ (Error::Internal(_) | Error::Unavailable(_) | Error::Conflict)) => {
                panic!("{}: {error:?}", act.name)
            }
            Err(_) => {}
        }
    }

    fn choose_act(&mut self) -> &'static Act {
        let open = self.tales.values().filter(|record| record.stage.is_open()).count();
        let all = acts();
        if open < OPEN / 3 {
            return &all[0];
        }
        let from = usize::from(open >= OPEN);
        let sum: u32 = all[from..].iter().map(|act| act.weight).sum();
        let mut left = self.dice.random_range(0..sum);
        let chosen = all[from..].iter().find(|act| match left.checked_sub(act.weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        chosen.expect("a number below the sum of weights")
    }

    fn count(&mut self, name: &'static str) {
        *self.counts.entry(name).or_default() += 1;
    }
}
