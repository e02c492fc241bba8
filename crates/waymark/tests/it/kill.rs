//! Killed at any moment, no submission that was acknowledged is lost, none is there twice, and nothing needs repair.

use crate::process::{Folder, assert_sound};
use crate::server::Serving;
use crate::writers::Writers;
use std::collections::BTreeSet;
use waymark_app::{Config, Env};
use waymark_store::{Db, Options, on, sqlx};
use waymark_testkit::{World, postgres};

/// How often the server is killed, on each engine.
const KILLS: u32 = 50;
/// The most submissions between two kills.
const MOST_BETWEEN: u64 = 40;

/// The world over a database, as the program has it.
pub async fn open(url: &str) -> Env {
    let db = Db::open(url, Options { connections: 4, ..Options::default() }).await.unwrap();
    db.migrate().await.unwrap();
    let origin = "http://127.0.0.1:8080".to_owned();
    Env::new(db, Config { origin, mail_from: "waymark@localhost".to_owned(), is_demonstration: false })
}

/// Founds the world of tests in a database.
pub async fn found(url: &str) {
    let env = open(url).await;
    World::found(&env).await;
    env.db.close().await;
}

/// The references of all records, and how many different titles they have.
pub async fn kept(database: &str) -> (BTreeSet<String>, i64) {
    let env = open(database).await;
    let mut tx = env.db.read().await.unwrap();
    let sql = "select reference from innovation";
    let kept: Vec<String> = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap();
    let sql = "select count(distinct body) from words where field = 'title'";
    let titles: i64 = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
    drop(tx);
    env.db.close().await;
    (kept.into_iter().collect(), titles)
}

/// Says that exactly what was acknowledged is there, each once.
pub async fn assert_kept(database: &str, told: &BTreeSet<String>) {
    let (kept, titles) = kept(database).await;
    let lost: Vec<_> = told.difference(&kept).collect();
    assert!(lost.is_empty(), "{} of {} were lost: {lost:?}", lost.len(), told.len());
    let twice: Vec<_> = kept.difference(told).collect();
    assert!(twice.is_empty(), "{} are there that nobody was told of: {twice:?}", twice.len());
    assert_eq!(usize::try_from(titles).unwrap(), kept.len(), "each was told once");
}

/// Numbers that look random and are the same in every run: 1 to [`MOST_BETWEEN`].
fn dice() -> impl Iterator<Item = usize> {
    let next = |seed: &u64| {
        Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    };
    let seeds = std::iter::successors(Some(0x5759_4d4b_u64), next);
    seeds.map(|seed| 1 + usize::try_from((seed >> 33) % MOST_BETWEEN).unwrap())
}

/// The server is killed when so many more were acknowledged; the fifteen others are then anywhere on their way.
async fn loses_nothing(database: &str) {
    let mut told = BTreeSet::new();
    let mut server = Serving::start(database).await;
    let port = server.port;
    let mut writers = Writers::begin(database, port).await;
    for (kill, number) in (0..KILLS).zip(dice()) {
        told.extend(writers.next(number).await);
        drop(server);
        if kill % 10 == 9 {
            assert_sound(database);
        }
        server = Serving::start_at(database, port).await;
    }
    told.extend(writers.finish().await);
    drop(server);
    assert!(told.len() > KILLS as usize, "{}", told.len());
    assert_sound(database);
    assert_kept(database, &told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_no_acknowledged_submission_on_sqlite() {
    let folder = Folder::new("kill");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    loses_nothing(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_no_acknowledged_submission_on_postgres() {
    let database = postgres().await;
    found(&database.url).await;
    loses_nothing(&database.url).await;
}
