//! What a use case needs from outside: the database, the time, chance, the settings. Tests own all of it.

use crate::find::counted::CountedLately;
use crate::find::view::UsualLately;
use crate::import::turns::Turns;
use crate::mail::Mailer;
use crate::people::breached::Breached;
use crate::people::hashing::Hashing;
use crate::people::oidc::Provider;
use crate::people::pace::Paces;
use crate::room::Room;
use chrono::{DateTime, SubsecRound, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;
use waymark_domain::ids::AccountId;
use waymark_domain::people::party::Party;
use waymark_store::Db;
/// Counts the queries of everything that a future does in its own task.
pub use waymark_store::db::counted;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The time of the machine: the one place that asks it.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time comes in")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// What this installation is told by its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where people reach it, without a slash at the end: links in mails, and whether cookies are secure.
    pub origin: String,
    /// The address that mails come from.
    pub mail_from: String,
    /// Is it a demonstration? Said on every page.
    pub is_demonstration: bool,
}

impl Config {
    /// Does only this machine reach it?
    pub fn is_loopback(&self) -> bool {
        ["http://127.", "http://localhost", "http://[::1]"].iter().any(|own| self.origin.starts_with(own))
    }
}

/// Everything from outside. One for each process; shared by all requests and jobs.
pub struct Env {
    /// The database.
    pub db: Db,
    /// The settings.
    pub config: Config,
    /// How mail goes.
    pub mail: Mailer,
    /// Is there room on the disk?
    pub room: Room,
    /// How fast people write and search.
    pub paces: Paces,
    /// Where people can sign in besides here.
    pub oidc: Option<Arc<Provider>>,
    /// How many uploaded files are read at once.
    pub files: Turns,
    /// Passwords that are known from breaches.
    pub breached: Option<Breached>,
    clock: Arc<dyn Clock>,
    chance: Mutex<StdRng>,
    pub(crate) hashing: Hashing,
    pub(crate) usual: UsualLately,
    pub(crate) counted: CountedLately,
}

impl std::fmt::Debug for Env {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Env").field("db", &self.db).field("config", &self.config).finish_non_exhaustive()
    }
}

impl Env {
    /// The world of a process: the machine's clock and its randomness.
    pub fn new(db: Db, config: Config) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place where chance comes in")]
        let chance = StdRng::from_rng(&mut rand::rng());
        Self::with(db, config, (Arc::new(SystemClock), chance))
    }

    /// A world whose time and chance the caller owns.
    pub fn with(db: Db, config: Config, (clock, chance): (Arc<dyn Clock>, StdRng)) -> Self {
        let (mail, usual, counted) = (Mailer::default(), UsualLately::default(), CountedLately::default());
        let (room, paces, hashing) = (Room::default(), Paces::default(), Hashing::default());
        let files = Turns::default();
        Self {
            db,
            config,
            mail,
            room,
            paces,
            files,
            oidc: None,
            breached: None,
            clock,
            chance: Mutex::new(chance),
            hashing,
            usual,
            counted,
        }
    }

    /// The same with a way for mail of its own, in place of what the first run wrote into the database.
    pub fn with_mail(self, mail: Mailer) -> Self {
        Self { mail, ..self }
    }

    /// The same with a provider where people can sign in besides here.
    pub fn with_oidc(self, provider: Option<Arc<Provider>>) -> Self {
        Self { oidc: provider, ..self }
    }

    /// The same with a list of passwords that nobody may choose.
    pub fn with_breached(self, breached: Option<Breached>) -> Self {
        Self { breached, ..self }
    }

    /// Now, cut to microseconds as it is kept.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(6)
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        // A panic elsewhere leaves the generator in a state that is as random as before.
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A random id: it tells neither when it was made nor beside what.
    pub fn id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A secret for a link or a cookie: 256 bits as 64 hexadecimal digits.
    pub fn secret(&self) -> String {
        waymark_domain::text::Digest(self.bytes()).to_string()
    }

    pub(crate) fn account_id(&self) -> AccountId {
        AccountId(self.id())
    }

    /// An account as a party of a record that it has not been in.
    pub(crate) fn party(&self, record: Uuid, account: AccountId) -> Party {
        Party { record, account, salt: self.bytes() }
    }
}
