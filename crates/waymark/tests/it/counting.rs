//! Two worker processes on one database, killed again and again: each job's effect is there once.

use crate::kill::open;
use crate::process::{self, myself, until};
use chrono::DateTime;
use std::sync::Arc;
use std::time::Duration;
use waymark_app::jobs::{Done, Held, Registry, Worker};
use waymark_store::jobs::NewJob;
use waymark_store::{Db, on, run, sqlx};
use waymark_testkit::postgres;

/// How many jobs there are.
const JOBS: i64 = 1_000;
/// How often a worker is killed.
const KILLS: u32 = 10;

/// Counts a number, in the transaction that ends the job.
fn count(held: Held<'_>) -> Done<'_> {
    Box::pin(async move {
        let number: i64 = held.payload()?;
        let mut tx = held.env.db.write().await?;
        run!(&mut tx, sqlx::query("insert into counted (number) values ($1)").bind(number))?;
        tokio::time::sleep(Duration::from_millis(5)).await;
        held.complete_in(tx).await
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process of its own, started and killed by the test below"]
async fn a_process_that_counts() {
    let env = Arc::new(open(&process::database()).await);
    let registry = Registry::default().with("count", count);
    Arc::new(Worker::with(env, registry)).work(std::future::pending()).await;
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}

/// Ends the lease of whoever was killed, as five minutes would.
async fn end_leases(db: &Db) {
    let mut tx = db.write().await.unwrap();
    run!(&mut tx, sqlx::query("update job set lease_until = 0 where lease_until is not null")).unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_jobs_on_two_processes_and_ten_kills_count_once_each() {
    let database = postgres().await;
    let db = &database.db;
    let mut tx = db.write().await.unwrap();
    run!(&mut tx, sqlx::query("create table counted (number bigint not null)")).unwrap();
    let now = DateTime::UNIX_EPOCH;
    for number in 0..JOBS {
        let job = NewJob { kind: "count", payload: &number, run_at: now, unique_key: None };
        waymark_store::jobs::enqueue(&mut tx, job, now).await.unwrap();
    }
    tx.commit().await.unwrap();
    let start = || myself("counting::a_process_that_counts", &database.url);
    let mut workers = [start(), start()];
    for kill in 0..KILLS {
        let done = number(db, "select count(*) from counted").await;
        let enough = (done + 30).min(JOBS - 50);
        until("jobs are done", || async { number(db, "select count(*) from counted").await >= enough }).await;
        workers[kill as usize % 2] = start();
    }
    until("all jobs are done or held by the dead", || async {
        number(db, "select count(*) from job where kind = 'count' and lease_until is null").await == 0
    })
    .await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    end_leases(db).await;
    until("all jobs are done", || async {
        number(db, "select count(*) from job where kind = 'count'").await == 0
    })
    .await;
    drop(workers);
    assert_eq!(number(db, "select count(*) from counted").await, JOBS);
    assert_eq!(number(db, "select count(distinct number) from counted").await, JOBS);
}
