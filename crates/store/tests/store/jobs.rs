//! Jobs: each is done once, tried again, and parked in the end.

use crate::sample::at;
use chrono::TimeDelta;
use std::collections::BTreeSet;
use waymark_store::jobs::{self, ATTEMPTS, Claim, Counts, Job, NewJob};
use waymark_store::run;
use waymark_testkit::{TestDatabase, databases};

fn by(worker: &str) -> Claim<'_> {
    Claim { worker, lease: TimeDelta::seconds(60), limit: 3 }
}

async fn enqueued(database: &TestDatabase, payload: u32, key: Option<&str>) -> Option<i64> {
    let mut tx = database.db.write().await.unwrap();
    let job = NewJob { kind: "digest", payload: &payload, run_at: at(0), unique_key: key };
    let id = jobs::enqueue(&mut tx, job, at(0)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn claimed(database: &TestDatabase, worker: &str, seconds: i64) -> Vec<Job> {
    let mut tx = database.db.write().await.unwrap();
    let jobs = jobs::claim(&mut tx, by(worker), at(seconds)).await.unwrap();
    tx.commit().await.unwrap();
    jobs
}

async fn completed(database: &TestDatabase, job: &Job, worker: &str) -> bool {
    let mut tx = database.db.write().await.unwrap();
    let done = jobs::complete(&mut tx, job, worker).await.unwrap();
    tx.commit().await.unwrap();
    done
}

async fn counts(database: &TestDatabase, seconds: i64) -> Counts {
    let mut tx = database.db.read().await.unwrap();
    jobs::counts(&mut tx, at(seconds)).await.unwrap()
}

/// PostgreSQL looks at its tables now and then, and a table of jobs is mostly empty when it does.
#[tokio::test]
async fn a_claim_takes_no_more_than_it_asks_for_whatever_the_planner_knows() {
    for database in databases().await {
        enqueued(&database, 0, None).await;
        let mut tx = database.db.write().await.unwrap();
        run!(&mut tx, sqlx::query("analyze job")).unwrap();
        tx.commit().await.unwrap();
        for payload in 1..10 {
            enqueued(&database, payload, None).await;
        }
        assert_eq!(claimed(&database, "a", 1).await.len(), 3, "{:?}", database.engine());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_workers_claim_each_job_once() {
    for database in databases().await {
        for payload in 0..100 {
            enqueued(&database, payload, None).await;
        }
        let database = std::sync::Arc::new(database);
        let workers = (0..8).map(|number| {
            let database = std::sync::Arc::clone(&database);
            tokio::spawn(async move {
                let (name, mut done) = (format!("worker {number}"), Vec::new());
                loop {
                    let jobs = claimed(&database, &name, 1).await;
                    if jobs.is_empty() {
                        return done;
                    }
                    for job in jobs {
                        done.push(job.payload::<u32>().unwrap());
                        assert!(completed(&database, &job, &name).await);
                    }
                }
            })
        });
        let mut done = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            done.extend(worker.await.unwrap());
        }
        assert_eq!(done.len(), 100);
        assert_eq!(done.into_iter().collect::<BTreeSet<_>>(), (0..100).collect());
        assert_eq!(counts(&database, 1).await, Counts::default());
    }
}

#[tokio::test]
async fn a_job_is_there_exactly_if_its_change_is() {
    for database in databases().await {
        let mut tx = database.db.write().await.unwrap();
        let job = NewJob { kind: "digest", payload: &1, run_at: at(0), unique_key: None };
        assert!(jobs::enqueue(&mut tx, job, at(0)).await.unwrap().is_some());
        tx.rollback().await.unwrap();
        assert_eq!(counts(&database, 1).await, Counts::default());
    }
}

#[tokio::test]
async fn a_key_is_enqueued_once() {
    for database in databases().await {
        assert!(enqueued(&database, 1, Some("digest of Monday")).await.is_some());
        assert_eq!(enqueued(&database, 2, Some("digest of Monday")).await, None);
        assert!(enqueued(&database, 3, Some("digest of Tuesday")).await.is_some());
        assert_eq!(counts(&database, 1).await.due, 2);
    }
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    for database in databases().await {
        let mut tx = database.db.write().await.unwrap();
        let job = NewJob { kind: "digest", payload: &1, run_at: at(100), unique_key: None };
        jobs::enqueue(&mut tx, job, at(0)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(claimed(&database, "ada", 99).await.is_empty());
        assert_eq!(counts(&database, 99).await.later, 1);
        assert_eq!(claimed(&database, "ada", 100).await.len(), 1);
    }
}

#[tokio::test]
async fn the_job_of_a_dead_worker_goes_to_another_when_its_lease_is_over() {
    for database in databases().await {
        enqueued(&database, 1, None).await;
        let first = claimed(&database, "ada", 1).await.remove(0);
        assert!(claimed(&database, "bob", 60).await.is_empty());
        assert_eq!(counts(&database, 60).await.running, 1);
        let second = claimed(&database, "bob", 61).await.remove(0);
        assert_eq!((second.id, second.attempts), (first.id, 2));
        assert!(!completed(&database, &first, "ada").await, "ada was too late");
        assert!(completed(&database, &second, "bob").await);
    }
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_and_claimed_again_cannot_finish_the_first_attempt() {
    for database in databases().await {
        enqueued(&database, 1, None).await;
        let first = claimed(&database, "ada", 1).await.remove(0);
        let second = claimed(&database, "ada", 61).await.remove(0);
        assert!(!completed(&database, &first, "ada").await);
        assert!(completed(&database, &second, "ada").await);
    }
}

#[tokio::test]
async fn a_failing_job_is_tried_ten_times_and_parked_until_somebody_revives_it() {
    for database in databases().await {
        enqueued(&database, 1, None).await;
        let (mut seconds, mut id) = (1, 0);
        for attempt in 1..=ATTEMPTS {
            let job = claimed(&database, "ada", seconds).await.remove(0);
            assert_eq!(job.attempts, attempt);
            let mut tx = database.db.write().await.unwrap();
            assert!(jobs::retry(&mut tx, (&job, "ada"), "the post is shut\0", at(seconds)).await.unwrap());
            tx.commit().await.unwrap();
            assert!(claimed(&database, "ada", seconds + 9).await.is_empty(), "no pause after {attempt}");
            (seconds, id) = (seconds + 3_600, job.id);
        }
        assert!(claimed(&database, "ada", seconds).await.is_empty());
        assert_eq!(counts(&database, seconds).await, Counts { parked: 1, ..Counts::default() });
        let mut tx = database.db.write().await.unwrap();
        assert!(jobs::revive(&mut tx, id, at(seconds)).await.unwrap());
        assert!(!jobs::revive(&mut tx, id, at(seconds)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claimed(&database, "ada", seconds).await.len(), 1);
    }
}

#[tokio::test]
async fn a_job_that_kills_its_worker_is_parked_too() {
    for database in databases().await {
        enqueued(&database, 1, None).await;
        for attempt in 0..ATTEMPTS {
            assert_eq!(claimed(&database, "ada", 1 + attempt * 60).await.len(), 1);
        }
        assert!(claimed(&database, "ada", 10_000).await.is_empty());
        assert_eq!(counts(&database, 10_000).await.parked, 1);
    }
}
