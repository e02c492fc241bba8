//! Two worlds in which the same is done before everybody's eyes, drawn from a seed; in the fuller one something is done
//! besides, of which some people may not know. Whatever those ask for is the same in both, byte for byte: chance, the clock
//! and the ids of all that is done in both are the same, so that nothing needs to be left out of the comparison.

#[path = "../../../../domain/tests/rules/walk/dice.rs"]
mod dice;

use super::Views;
use super::looked::looked;
use super::open::Open;
use super::veiled::{Deed, Thing, sees};
use crate::authorisation::people::{PEOPLE, PersonLine, join, keys};
use dice::Dice;
use std::collections::BTreeSet;
use uuid::Uuid;
use waymark_app::Error;
use waymark_app::mail::Letter;
use waymark_app::people::node;
use waymark_domain::ids::InnovationId;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::Setting;
use waymark_store::people::installation;
use waymark_testkit::{TestApp, TestDatabase, postgres, sqlite};

/// Pairs of worlds on SQLite, at least as many as have all kinds in them; `WAYMARK_UNSEEN_SEEDS` sets another number.
const SEEDS: u64 = 4;
/// The first of these on PostgreSQL too: what is hidden within a body, and what another body does.
const ON_POSTGRES: u64 = 2;
/// So many records are told before anything else, so that lists go on.
const EARLY: usize = 24;
/// How often each kind of act is in a story, at most.
const OFTEN: usize = 3;

/// Who looks, the empty name being nobody: members of Riverside, a member and lead of Hillside, the finder, a moderator and an
/// opener of Riverside, an administrator, the auditors of Hillside and of Riverside.
const VIEWERS: [&str; 10] = ["ada", "cai", "una", "fay", "mair", "gwen", "ann", "iago", "alun", ""];

/// Who is there besides [`PEOPLE`].
const MORE: [PersonLine; 4] = [
    ("dai", "Dai Pugh", &[(Role::Member, "ward1")]),
    ("eira", "Eira Bevan", &[(Role::Member, "ward1"), (Role::Opener, "hillside")]),
    ("iago", "Iago Tudor", &[(Role::Member, "hillside"), (Role::Auditor, "hillside")]),
    ("alun", "Alun Gower", &[(Role::Member, "riverside"), (Role::Auditor, "riverside")]),
];

/// Where what is hidden is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// In Riverside, for those alone who handle it.
    Within,
    /// In Hillside, for its people alone or for fewer.
    Elsewhere,
}

/// Who does what is hidden: none of them looks where it is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    /// Who tells it, and where.
    pub teller: (&'static str, &'static str),
    /// Who tells it with a hidden name.
    pub nameless: &'static str,
    /// Who says something about it, and who finds something wrong with it, before it is handled with care.
    pub others: [&'static str; 2],
    /// Who finds there.
    pub finder: &'static str,
    /// The body.
    pub body: &'static str,
}

impl Side {
    pub(super) const fn cast(self) -> Cast {
        match self {
            Self::Within => Cast {
                teller: ("bea", "ward4"),
                nameless: "nest",
                others: ["cari", "nest"],
                finder: "fay",
                body: "riverside",
            },
            Self::Elsewhere => Cast {
                teller: ("olu", "ward1"),
                nameless: "dai",
                others: ["dai", "eira"],
                finder: "ivo",
                body: "hillside",
            },
        }
    }
}

/// What is done in a pair of worlds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    seed: u64,
    pub side: Side,
    things: &'static [Thing],
}

impl Plot {
    /// Of a seed. What a moderator or an opener sees is in seeds of its own, so that in the others they look, too.
    fn of(seed: u64) -> Self {
        use Thing::{Body, Care, Draft, Held, Narrowed, Problem, Public, Sealed};
        let kind = seed % 4;
        let things: &'static [Thing] = match kind {
            1 => &[Care, Narrowed, Draft, Held],
            2 => &[Care, Narrowed, Body, Sealed, Public, Draft, Held, Problem],
            3 => &[Care, Narrowed, Draft, Held, Public],
            _ => &[Care, Narrowed, Draft, Held, Sealed],
        };
        Self { seed, side: if kind == 2 { Side::Elsewhere } else { Side::Within }, things }
    }

    /// Those from whom all of it is hidden.
    fn viewers(&self) -> Vec<&'static str> {
        let is_blind = |name: &&str| !self.things.iter().any(|thing| sees(name, self.side, *thing));
        VIEWERS.into_iter().filter(is_blind).collect()
    }

    /// What is hidden, in random order: each kind of it at least once.
    fn deeds(&self, dice: &mut Dice) -> Vec<Deed> {
        let things = self.things.iter().map(|thing| Deed::Hide(*thing));
        let kinds: Vec<Deed> = things.chain(Deed::after(self.side).iter().copied()).collect();
        shuffled(&kinds, dice)
    }
}

/// Each of some kinds at least once, in random order.
fn shuffled<T: Copy>(kinds: &[T], dice: &mut Dice) -> Vec<T> {
    let mut all = Vec::new();
    for kind in kinds {
        all.resize(all.len() + 1 + dice.below(OFTEN), *kind);
    }
    for place in (1..all.len()).rev() {
        all.swap(place, dice.below(place + 1));
    }
    all
}

/// What chance is drawn for: each has seeds of its own, so that one act more draws nothing from another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Draw {
    /// An act that is done in both worlds, by its number.
    Open(usize),
    /// One that is done in the fuller world alone.
    Veiled(usize),
    /// A look, by the number of who looks.
    Look(usize),
}

/// One of the two worlds, and what was done in it.
pub(super) struct Life {
    pub(super) app: TestApp,
    pub(super) plot: Plot,
    pub(super) is_full: bool,
    /// Draws what is done in both.
    pub(super) dice: Dice,
    /// Draws what is hidden.
    pub(super) veil: Dice,
    /// Records that were told in both.
    pub(super) told: Vec<InnovationId>,
    /// Records that are hidden.
    pub(super) hidden: Vec<InnovationId>,
    /// Texts that are held back, and hidden.
    pub(super) held: Vec<Uuid>,
    /// Addresses of what is hidden.
    pub(super) secrets: Vec<String>,
    mails: Vec<Letter>,
    /// Each act that was tried in both, and whether it was accepted.
    trace: Vec<(Open, bool)>,
    /// What was hidden, as far as it was accepted.
    done: BTreeSet<Deed>,
}

impl Life {
    /// A world with everybody in it, and some records.
    async fn begun(database: TestDatabase, (plot, is_full): (Plot, bool)) -> Self {
        let mut app = TestApp::seeded(database, plot.seed << 32).await;
        for person in PEOPLE.into_iter().chain(MORE) {
            join(&mut app, person).await;
        }
        keys(&app, &["gwen", "tom", "eira"]).await;
        let mut ctx = app.write_as("ann").await;
        for body in ["riverside", "hillside"] {
            let takes = vec![Setting::TakesPublic(true)];
            node::set(&mut ctx, app.world.nodes[body], takes).await.expect("set");
        }
        ctx.commit().await.expect("a commit");
        // Each database has a key of its own by which published figures are rounded.
        let mut tx = app.env.db.write().await.expect("a database");
        installation::set(&mut tx, "figures-key", "the same in both").await.expect("a setting");
        tx.commit().await.expect("a commit");
        Self {
            app,
            plot,
            is_full,
            dice: Dice(plot.seed),
            veil: Dice(!plot.seed),
            told: Vec::new(),
            hidden: Vec::new(),
            held: Vec::new(),
            secrets: Vec::new(),
            mails: Vec::new(),
            trace: Vec::new(),
            done: BTreeSet::new(),
        }
    }

    /// A world to its end: what is hidden is done between what is not, so that some of that comes before it and some after.
    async fn lived(database: TestDatabase, (plot, is_full): (Plot, bool)) -> Self {
        let mut life = Self::begun(database, (plot, is_full)).await;
        let mut later = shuffled(&Open::ALL, &mut life.dice);
        // So long that what was not answered until then is late, and some is told after it.
        later.insert(later.len() * 2 / 3, Open::Fortnight);
        let mut acts = vec![Open::Tell; EARLY];
        acts.extend(later);
        let deeds = if is_full { plot.deeds(&mut life.veil) } else { Vec::new() };
        let mut done = 0;
        for (place, act) in acts.iter().enumerate() {
            let until = deeds.len() * (place + 1) / acts.len();
            for deed in &deeds[done..until] {
                life.hide(*deed, done).await;
                done += 1;
            }
            life.act(*act, place).await;
        }
        life
    }

    /// Tries what everybody may know of.
    async fn act(&mut self, act: Open, number: usize) {
        self.reseed(Draw::Open(number));
        let tried = self.open(act).await;
        self.trace.push((act, is_accepted(tried, &act)));
    }

    /// Tries something that is hidden.
    async fn hide(&mut self, deed: Deed, number: usize) {
        self.reseed(Draw::Veiled(number));
        let tried = self.veiled(deed).await;
        if is_accepted(tried, &deed) {
            self.done.insert(deed);
        }
    }

    /// Draws chance anew for something.
    pub(super) fn reseed(&mut self, draw: Draw) {
        let (kind, number) = match draw {
            Draw::Open(number) => (1, number),
            Draw::Veiled(number) => (2, number),
            Draw::Look(number) => (3, number),
        };
        let number = u64::try_from(number).expect("a count");
        self.app.reseed((self.plot.seed << 32) + (kind << 24) + number);
    }

    /// Does what is due; its mails are kept for whom they are.
    pub(super) async fn run_jobs(&mut self) {
        self.app.run_jobs().await;
        self.mails.extend(self.app.mails());
    }

    /// The mails that somebody had.
    pub(super) fn mails_of(&self, name: &str) -> String {
        let to = format!("{name}@riverside.example");
        let own = self.mails.iter().filter(|mail| mail.to == to);
        let mut own: Vec<String> =
            own.map(|mail| format!("{} {}\n{}", mail.at, mail.subject, mail.text)).collect();
        // In which order those of one moment go says nothing.
        own.sort_unstable();
        own.join("\n")
    }

    /// What is hidden is there for whoever handles it: else it could be nowhere at all.
    async fn must_hide(&self) {
        let finder = self.plot.side.cast().finder;
        let page = self.app.signed_in(finder).await.get("/ideas.csv").await;
        assert!(page.body.contains(super::veiled::CANARY), "{finder} finds none of it: {}", page.body);
    }
}

/// Was it accepted? What goes wrong otherwise than by a refusal is a fault.
fn is_accepted(tried: Result<(), Error>, what: &dyn std::fmt::Debug) -> bool {
    match tried {
        Ok(()) => true,
        Err(error @ (Error::Internal(_) | Error::Unavailable(_) | Error::Full(_) | Error::Conflict)) => {
            panic!("{what:?}: {error:?}")
        }
        Err(_) => false,
    }
}

/// What a pair of worlds came to.
struct Found {
    /// Where somebody is shown something else in the fuller one.
    leaks: Vec<String>,
    /// What was hidden in it.
    done: BTreeSet<Deed>,
    viewers: Vec<&'static str>,
}

/// Lives in both worlds and looks at both. The plain one is asked for the addresses of what is hidden in the fuller one, too:
/// there is nothing there, and whoever may not know of it is told the same.
async fn pair([full, plain]: [TestDatabase; 2], plot: Plot) -> Found {
    let mut full = Life::lived(full, (plot, true)).await;
    let mut plain = Life::lived(plain, (plot, false)).await;
    assert_eq!(plain.trace, full.trace, "seed {}: what is refused tells of what is hidden", plot.seed);
    let accepted = plain.trace.iter().filter(|(_, is_accepted)| *is_accepted).count();
    assert!(accepted * 4 >= plain.trace.len() * 3, "too little was done: {:?}", plain.trace);
    full.must_hide().await;
    let (secrets, viewers) = (std::mem::take(&mut full.secrets), plot.viewers());
    let mut leaks = Vec::new();
    for (number, name) in viewers.iter().enumerate() {
        let before = looked(&mut plain, (name, number), &secrets).await;
        let after = looked(&mut full, (name, number), &secrets).await;
        let seed = plot.seed;
        leaks.extend(differences((&before, &after)).map(|one| format!("seed {seed}, {name:?}, {one}")));
    }
    Found { leaks, done: full.done, viewers }
}

/// Each address at which one is shown something else in the fuller world, with where that begins.
fn differences<'v>((plain, full): (&'v Views, &'v Views)) -> impl Iterator<Item = String> + 'v {
    let all: BTreeSet<&String> = plain.keys().chain(full.keys()).collect();
    let shown = |views: &'v Views, at: &String| views.get(at).map_or("", String::as_str);
    let others = all.into_iter().filter(move |at| plain.get(*at) != full.get(*at));
    others.map(move |at| format!("{at}: {}", apart(shown(plain, at), shown(full, at))))
}

/// Where two texts part, with what stands around it.
fn apart(plain: &str, full: &str) -> String {
    let same = plain.chars().zip(full.chars()).take_while(|(one, other)| one == other).count();
    let part = |text: &str| text.chars().skip(same.saturating_sub(80)).take(200).collect::<String>();
    format!("{:?} became {:?}", part(plain), part(full))
}

fn seeds() -> u64 {
    std::env::var("WAYMARK_UNSEEN_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_done_out_of_somebodys_sight_changes_nothing_that_they_can_see() {
    let mut pairs = Vec::new();
    for seed in 1..=seeds() {
        pairs.push(tokio::spawn(pair([sqlite().await, sqlite().await], Plot::of(seed))));
    }
    for seed in 1..=ON_POSTGRES {
        pairs.push(tokio::spawn(pair([postgres().await, postgres().await], Plot::of(seed))));
    }
    let (mut leaks, mut done, mut viewers) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for pair in pairs {
        let found = pair.await.expect("two worlds");
        leaks.extend(found.leaks);
        done.extend(found.done);
        viewers.extend(found.viewers);
    }
    let seen = leaks.join("\n");
    assert!(leaks.is_empty(), "{} times somebody sees that something hidden was done:\n{seen}", leaks.len());
    let never: Vec<Deed> = Deed::all().filter(|deed| !done.contains(deed)).collect();
    assert!(never.is_empty(), "never accepted: {never:?}");
    let everybody: BTreeSet<&str> = VIEWERS.into_iter().collect();
    assert_eq!(viewers, everybody, "somebody never looked");
}
