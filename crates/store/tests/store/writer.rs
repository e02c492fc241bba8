//! Changes on SQLite that share one transaction: each is kept or undone by itself, and told only once it is on the disk.

use crate::sample::{count, tables};
use std::time::Duration;
use tokio::task::JoinHandle;
use waymark_store::sqlx::AssertSqlSafe;
use waymark_store::{Db, Options, Result, StoreError, Tx, on, run, sqlx};
use waymark_testkit::{TestDatabase, sqlite};

async fn ready() -> TestDatabase {
    let database = sqlite().await;
    tables(&database).await;
    database
}

async fn note(tx: &mut Tx, kind: &str) -> Result<u64> {
    run!(
        tx,
        sqlx::query("insert into job (kind, payload, enqueued_at, run_at) values ($1, '', 1, 1)").bind(kind)
    )
}

async fn noted(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, c => sqlx::query_scalar("select kind from job order by kind").fetch_all(c).await).unwrap()
}

/// A change that has the turn, and one that waits for it.
async fn two(database: &TestDatabase) -> (Tx, JoinHandle<Result<Tx>>) {
    let mut first = database.db.write().await.unwrap();
    note(&mut first, "first").await.unwrap();
    let db = database.db.clone();
    let second = tokio::spawn(async move { db.write().await });
    // It lines up, and gets no further while the first has the turn.
    tokio::task::yield_now().await;
    assert!(!second.is_finished());
    (first, second)
}

#[tokio::test]
async fn a_change_is_told_when_the_transaction_that_it_shares_has_ended() {
    let database = ready().await;
    let (first, second) = two(&database).await;
    let first = tokio::spawn(first.commit());
    let mut second = second.await.unwrap().unwrap();
    note(&mut second, "second").await.unwrap();
    assert!(!first.is_finished(), "it was told before it was on the disk");
    assert_eq!(noted(&database.db).await, Vec::<String>::new());
    second.commit().await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(noted(&database.db).await, ["first", "second"]);
}

#[tokio::test]
async fn a_change_that_is_undone_takes_nothing_of_the_others_with_it() {
    let database = ready().await;
    for ends in ["dropped", "rolled back"] {
        let (first, second) = two(&database).await;
        let first = tokio::spawn(first.commit());
        let mut second = second.await.unwrap().unwrap();
        note(&mut second, "second").await.unwrap();
        match ends {
            "dropped" => drop(second),
            _ => second.rollback().await.unwrap(),
        }
        first.await.unwrap().unwrap();
    }
    assert_eq!(noted(&database.db).await, ["first", "first"]);
}

#[tokio::test]
async fn whoever_goes_away_leaves_no_transaction_open() {
    let database = ready().await;
    let (first, second) = two(&database).await;
    let first = tokio::spawn(first.commit());
    let mut second = second.await.unwrap().unwrap();
    note(&mut second, "second").await.unwrap();
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    drop(second);
    // What was complete is kept although nobody hears of it; another process finds the file free.
    let patient = Options { patience: Duration::from_secs(5), ..Options::default() };
    let other = Db::open(&database.url, patient).await.unwrap();
    let mut third = other.write().await.unwrap();
    note(&mut third, "third").await.unwrap();
    third.commit().await.unwrap();
    assert_eq!(noted(&database.db).await, ["first", "third"]);
}

#[tokio::test]
async fn who_waits_for_a_transaction_that_is_lost_is_told_so() {
    let database = ready().await;
    let mut tx = database.db.write().await.unwrap();
    let pages = count(&mut tx, "pragma page_count").await;
    let few = AssertSqlSafe(format!("pragma max_page_count = {}", pages + 1));
    on!(&mut tx, c => sqlx::query(few).fetch_all(c).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
    let (first, second) = two(&database).await;
    let first = tokio::spawn(first.commit());
    let mut second = second.await.unwrap().unwrap();
    let large =
        "insert into job (kind, payload, enqueued_at, run_at) values ('x', hex(zeroblob(99999)), 1, 1)";
    let full = run!(&mut second, sqlx::query(large));
    assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
    drop(second);
    let first = first.await.unwrap();
    assert!(matches!(first, Err(StoreError::Unavailable(_))), "{first:?}");
    let mut next = database.db.write().await.expect("a new connection");
    note(&mut next, "next").await.unwrap();
    next.commit().await.unwrap();
    assert_eq!(noted(&database.db).await, ["next"]);
}

#[tokio::test]
async fn many_who_write_at_once_are_all_kept() {
    let database = ready().await;
    let writers = (0..100).map(|number| {
        let db = database.db.clone();
        tokio::spawn(async move {
            let mut tx = db.write().await?;
            note(&mut tx, &format!("{number:03}")).await?;
            if number % 3 == 0 { tx.rollback().await } else { tx.commit().await }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    let kept: Vec<String> =
        (0..100).filter(|number| number % 3 != 0).map(|number| format!("{number:03}")).collect();
    assert_eq!(noted(&database.db).await, kept);
}

#[tokio::test]
async fn nobody_writes_once_it_is_closed() {
    let database = ready().await;
    database.db.close().await;
    let refused = database.db.write().await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
}
