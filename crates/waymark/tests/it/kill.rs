//! Killed at any moment, no submission that was acknowledged is lost, and nothing needs repair.

use crate::process::{self, Folder, Killed, assert_sound, myself};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::sync::Arc;
use tokio::task::JoinSet;
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::{Actor, Config, Ctx, Env};
use waymark_domain::find::stage::Origin;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::text::{Prose, Title};
use waymark_store::people::{accounts, tree};
use waymark_store::{Db, Options, on, sqlx};
use waymark_testkit::{World, postgres};

/// How often the writing process is killed.
const KILLS: u32 = 50;
/// How many write at the same time.
const WRITERS: u32 = 16;

pub async fn open(url: &str) -> Env {
    let db = Db::open(url, Options { connections: 16, ..Options::default() }).await.unwrap();
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

/// Tells one idea and says its reference once it is committed.
pub async fn tell_one(env: &Env, (node, account): (NodeId, AccountId)) -> Option<String> {
    let mut ctx = Ctx::write(env, Actor::Person(account)).await.ok()?;
    let typed = Typed {
        node,
        who_could: WhoCould::TeamLead,
        title: Title::parse("Blood bottles").unwrap(),
        problem: Prose::parse("We run out of blood bottles every weekend.").unwrap(),
        solution: Some(Prose::parse("Order on Thursday.").unwrap()),
        contributors: vec![(account, 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: None,
    };
    let told = tell(&mut ctx, &typed).await.ok()?;
    ctx.commit().await.ok()?;
    Some(told.told.reference.to_string())
}

/// Ward 4, and Ada who works there.
pub async fn ada(env: &Env) -> (NodeId, AccountId) {
    let mut tx = env.db.read().await.unwrap();
    let ada = accounts::by_mail(&mut tx, "ada@riverside.example").await.unwrap().unwrap();
    let root = tree::root(&mut tx).await.unwrap().unwrap();
    let below = tree::below(&mut tx, root.id, 100).await.unwrap();
    let ward = below.iter().find(|below| below.node.name == "Ward 4").unwrap();
    (NodeId(ward.node.id), AccountId(ada.id))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_process_with_sixteen_writers() {
    let Some(database) = process::database() else { return one_writer().await };
    let env = Arc::new(open(&database).await);
    let who = ada(&env).await;
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let env = Arc::clone(&env);
        writers.spawn(async move {
            loop {
                if let Some(reference) = tell_one(&env, who).await {
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "\nTOLD {reference}").unwrap();
                    out.flush().unwrap();
                }
            }
        });
    }
    // They write until the process is killed: one that ends has failed.
    writers.join_next().await.unwrap().unwrap();
}

/// What each of the sixteen does, tried once in this process.
async fn one_writer() {
    let folder = Folder::new("writer");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    let env = open(&database).await;
    let who = ada(&env).await;
    assert!(tell_one(&env, who).await.is_some_and(|reference| reference.starts_with("WM-")));
}

/// Starts the writers, kills them once so many were acknowledged, and gives all that were until it was dead. The others
/// are then anywhere in their work.
fn killed_after(database: &str, acknowledged: usize) -> Vec<String> {
    let mut process = myself("kill::a_process_with_sixteen_writers", database);
    let lines = BufReader::new(process.0.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut references = lines.filter_map(|line| reference(&line));
    let mut told: Vec<String> = references.by_ref().take(acknowledged).collect();
    let Killed(child) = &mut process;
    child.kill().unwrap();
    told.extend(references);
    told
}

fn reference(line: &str) -> Option<String> {
    line.strip_prefix("TOLD ").map(str::to_owned)
}

async fn kept(database: &str) -> BTreeSet<String> {
    let env = open(database).await;
    let mut tx = env.db.read().await.unwrap();
    let sql = "select reference from innovation";
    let kept: Vec<String> = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap();
    drop(tx);
    env.db.close().await;
    kept.into_iter().collect()
}

async fn loses_nothing(database: &str) {
    let mut told = BTreeSet::new();
    let mut dice: u64 = 0x5759_4d4b;
    for kill in 0..KILLS {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let database = database.to_owned();
        let acknowledged = 1 + usize::try_from((dice >> 33) % 150).unwrap();
        let more = tokio::task::spawn_blocking({
            let database = database.clone();
            move || killed_after(&database, acknowledged)
        });
        told.extend(more.await.unwrap());
        if kill % 10 == 9 {
            assert_sound(&database);
        }
    }
    assert!(told.len() > KILLS as usize, "{}", told.len());
    let kept = kept(database).await;
    let lost: Vec<_> = told.difference(&kept).collect();
    assert!(lost.is_empty(), "{} of {} were lost: {lost:?}", lost.len(), told.len());
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
