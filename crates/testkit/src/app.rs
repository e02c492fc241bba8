//! The whole service in a test: a real database, a world, clients that go through the router, a clock that tests own.

use crate::client::Client;
use crate::databases::{TestDatabase, databases, sqlite};
use crate::world::World;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use waymark_app::jobs::Worker;
use waymark_app::mail::{Letter, Mailer, Post};
use waymark_app::people::oidc::Provider;
use waymark_app::people::session;
use waymark_app::{Actor, Clock, Config, Ctx, Env, Write};
use waymark_domain::ids::AccountId;

/// A clock that stands still until a test moves it, or lets it go on.
#[derive(Debug)]
pub struct TestClock(Mutex<Hands>);

/// The time of it, and how far each look moves it.
#[derive(Debug)]
struct Hands {
    now: DateTime<Utc>,
    each_look: TimeDelta,
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let mut hands = self.0.lock().expect("a clock");
        let each_look = hands.each_look;
        hands.now += each_look;
        hands.now
    }
}

/// The service with its world.
#[derive(Debug)]
pub struct TestApp {
    /// The world that use cases take.
    pub env: Arc<Env>,
    /// Nodes and people.
    pub world: World,
    /// The clock.
    pub clock: Arc<TestClock>,
    database: TestDatabase,
    mails: Arc<Mutex<Vec<Letter>>>,
}

/// Each app of a test binary has chance of its own: two that ran with the same ids would meet in what a process keeps.
static APPS: AtomicU64 = AtomicU64::new(7);

/// Tuesday 7 July 2026, 9am in London: a week without bank holidays.
fn beginning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 7, 7, 8, 0, 0).single().expect("a time")
}

impl TestApp {
    /// The service on SQLite, with the world of [`World`].
    pub async fn new() -> Self {
        Self::on(sqlite().await).await
    }

    /// The service on each engine.
    pub async fn on_each() -> Vec<Self> {
        let mut apps = Vec::new();
        for database in databases().await {
            apps.push(Self::on(database).await);
        }
        apps
    }

    /// The service on a database of the test's own choice.
    pub async fn on(database: TestDatabase) -> Self {
        let mut app = Self::empty(database).await;
        app.world = World::found(&app.env).await;
        app
    }

    /// The service with chance of a seed: on either database, the same acts have the same ids, salts and hashes.
    pub async fn seeded(database: TestDatabase, seed: u64) -> Self {
        let mut app = Self::unfounded(database, seed);
        app.world = World::found(&app.env).await;
        app
    }

    /// The service before its first run.
    #[expect(clippy::unused_async, reason = "the same form as its neighbours, which wait")]
    pub async fn empty(database: TestDatabase) -> Self {
        Self::unfounded(database, APPS.fetch_add(1, Ordering::Relaxed))
    }

    fn unfounded(database: TestDatabase, seed: u64) -> Self {
        let clock = Arc::new(TestClock(Mutex::new(Hands { now: beginning(), each_look: TimeDelta::zero() })));
        let config = Config {
            origin: "http://127.0.0.1:8080".to_owned(),
            mail_from: "waymark@riverside.example".to_owned(),
            is_demonstration: false,
        };
        let chance = StdRng::seed_from_u64(seed);
        let own: Arc<dyn Clock> = Arc::<TestClock>::clone(&clock);
        let (mailer, mails) = Mailer::memory();
        let env = Env::with(database.db.clone(), config, (own, chance)).with_mail(mailer);
        Self { env: Arc::new(env), world: World::default(), clock, database, mails }
    }

    /// From here on chance is that of another seed, on the same database, clock and mails: whatever was drawn before, the same
    /// is drawn afterwards. Clients that were made before keep theirs; what a process remembers begins anew.
    pub fn reseed(&mut self, seed: u64) {
        let own: Arc<dyn Clock> = Arc::<TestClock>::clone(&self.clock);
        let chance = StdRng::seed_from_u64(seed);
        let mailer = Mailer::fixed(Post::Memory(Arc::clone(&self.mails)));
        let env = Env::with(self.env.db.clone(), self.env.config.clone(), (own, chance)).with_mail(mailer);
        self.env = Arc::new(env);
    }

    /// The same with another way for its mail, and another seed of chance.
    pub fn with_mail(self, mailer: Mailer) -> Self {
        let own: Arc<dyn Clock> = Arc::<TestClock>::clone(&self.clock);
        let chance = StdRng::seed_from_u64(APPS.fetch_add(1, Ordering::Relaxed));
        let env = Env::with(self.env.db.clone(), self.env.config.clone(), (own, chance)).with_mail(mailer);
        Self { env: Arc::new(env), ..self }
    }

    /// The same at another address than one's own machine, with another seed of chance.
    pub fn at_origin(self, origin: &str) -> Self {
        let own: Arc<dyn Clock> = Arc::<TestClock>::clone(&self.clock);
        let chance = StdRng::seed_from_u64(APPS.fetch_add(1, Ordering::Relaxed));
        let config = Config { origin: origin.to_owned(), ..self.env.config.clone() };
        let (mailer, mails) = Mailer::memory();
        let env = Env::with(self.env.db.clone(), config, (own, chance)).with_mail(mailer);
        Self { env: Arc::new(env), mails, ..self }
    }

    /// The same with a provider where people can sign in besides here, and the time of the machine, which the provider's
    /// tokens bear.
    ///
    /// # Panics
    /// Where somebody shares the world already.
    pub fn with_oidc(self, provider: Provider) -> Self {
        let env = Arc::into_inner(self.env).expect("a world of its own").with_oidc(Some(Arc::new(provider)));
        let app = Self { env: Arc::new(env), ..self };
        #[expect(
            clippy::disallowed_methods,
            reason = "the provider is a process of its own with the machine's time"
        )]
        app.advance(Utc::now() - app.env.now());
        app
    }

    /// Does every job that is due, recurring ones included. Gives how many there were.
    ///
    /// # Panics
    /// Where one of them failed.
    pub async fn run_jobs(&self) -> u32 {
        let ran = Worker::new(Arc::clone(&self.env)).run_due().await.expect("a database");
        assert_eq!(ran.failed, 0, "{} jobs failed", ran.failed);
        ran.done
    }

    /// The mails since the last look, in the order in which they were sent.
    ///
    /// # Panics
    /// Never in a test that has not panicked already.
    pub fn mails(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.mails.lock().expect("mails"))
    }

    /// Says that no job is due and no mail was left unlooked-at.
    ///
    /// # Panics
    /// Where one is.
    pub async fn assert_quiet(&self) {
        let mut tx = self.env.db.read().await.expect("a database");
        let due = waymark_store::jobs::is_any_due(&mut tx, self.env.now()).await.expect("a database");
        assert!(!due, "a job is due: call run_jobs()");
        let mails = self.mails();
        assert!(mails.is_empty(), "nobody looked at {mails:#?}");
    }

    /// The database's address, to open it once more.
    pub fn url(&self) -> &str {
        &self.database.url
    }

    /// Which database it is on, for messages.
    pub fn engine(&self) -> waymark_store::Engine {
        self.database.engine()
    }

    /// Moves the clock.
    ///
    /// # Panics
    /// Never in a test that has not panicked already.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.0.lock().expect("a clock").now += by;
    }

    /// From now on time goes on by so much with each look at the clock.
    ///
    /// # Panics
    /// Where another test panicked with the clock in its hand.
    pub fn tick(&self, each_look: TimeDelta) {
        self.clock.0.lock().expect("a clock").each_look = each_look;
    }

    /// A person of the world.
    pub fn person(&self, name: &str) -> AccountId {
        self.world.people[name]
    }

    /// A context that writes as a person of the world.
    ///
    /// # Panics
    /// Where the database cannot be reached.
    pub async fn write_as(&self, name: &str) -> Ctx<'_, Write> {
        Ctx::write(&self.env, Actor::Person(self.person(name))).await.expect("a database")
    }

    /// A client of somebody who has not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(waymark_web::router(Arc::clone(&self.env)))
    }

    /// A client of a person of the world, signed in, with a second factor shown where one is needed.
    ///
    /// # Panics
    /// Where the database cannot be reached.
    pub async fn signed_in(&self, name: &str) -> Client {
        let mut ctx = Ctx::write(&self.env, Actor::Console).await.expect("a database");
        let secret = session::begin_stepped_up(&mut ctx, self.person(name), (false, "a test"))
            .await
            .expect("a session");
        ctx.commit().await.expect("a commit");
        self.visitor().with_cookie(waymark_web::visitor::SESSION_COOKIE, &secret)
    }

    /// The same with the password alone.
    ///
    /// # Panics
    /// Where the database cannot be reached.
    pub async fn signed_in_by_password(&self, name: &str) -> Client {
        let mut ctx = Ctx::write(&self.env, Actor::Console).await.expect("a database");
        let secret = session::begin(&mut ctx, self.person(name), (false, "a test")).await.expect("a session");
        ctx.commit().await.expect("a commit");
        self.visitor().with_cookie(waymark_web::visitor::SESSION_COOKIE, &secret)
    }
}
