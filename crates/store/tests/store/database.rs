//! Opening, transactions, and what is said when the database cannot do it.

use crate::sample::{lived, tables};
use std::time::{Duration, Instant};
use waymark_store::{Db, Engine, Options, StoreError, on, run};
use waymark_testkit::{databases, sqlite};

#[tokio::test]
async fn a_reading_transaction_sees_one_snapshot_and_cannot_write() {
    for database in databases().await {
        tables(&database).await;
        lived(&database, 1).await;
        let mut tx = database.db.read().await.unwrap();
        let before = crate::sample::count(&mut tx, "select count(*) from journal").await;
        lived(&database, 2).await;
        assert_eq!(crate::sample::count(&mut tx, "select count(*) from journal").await, before);
        assert_eq!(tx.queries(), 2);
        assert!(run!(&mut tx, sqlx::query("delete from journal")).is_err());
    }
}

#[tokio::test]
async fn nothing_of_a_dropped_transaction_stays() {
    for database in databases().await {
        let mut tx = database.db.write().await.unwrap();
        let sql = "insert into seal_leaf (seal, stream, version, head) select 1, id, 1, head from stream";
        run!(&mut tx, sqlx::query(sql)).unwrap();
        drop(tx);
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(crate::sample::count(&mut tx, "select count(*) from seal_leaf").await, 0);
    }
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    for database in databases().await {
        database.db.migrate().await.unwrap();
    }
}

#[tokio::test]
async fn sqlite_survives_power_loss_and_keeps_its_keys() {
    let database = sqlite().await;
    assert_eq!(database.engine(), Engine::Sqlite);
    let mut tx = database.db.write().await.unwrap();
    for (pragma, wanted) in [("pragma synchronous", 2_i64), ("pragma foreign_keys", 1)] {
        assert_eq!(crate::sample::count(&mut tx, pragma).await, wanted, "{pragma}");
    }
    let mode: String =
        on!(&mut tx, c => sqlx::query_scalar("pragma journal_mode").fetch_one(c).await).unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn who_finds_no_connection_is_told_within_the_patience_and_a_full_queue_at_once() {
    for database in databases().await {
        let patience = Duration::from_millis(100);
        let options = Options { connections: 1, queue: 1, patience, ..Options::default() };
        let db = Db::open(&database.url, options).await.unwrap();
        let held = db.write().await.unwrap();
        let (first, second) = tokio::join!(db.write(), async {
            let asked = Instant::now();
            (db.write().await, asked.elapsed())
        });
        assert!(matches!(first, Err(StoreError::Unavailable(_))), "{first:?}");
        assert!(matches!(second.0, Err(StoreError::Unavailable(_))), "{second:?}");
        assert!(second.1 < patience, "{:?}", second.1);
        drop(held);
        db.write().await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let refused = Db::open("postgres://ada@127.0.0.1:1/waymark", Options::default()).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn a_full_disk_is_told_as_such() {
    let database = sqlite().await;
    tables(&database).await;
    let mut tx = database.db.write().await.unwrap();
    let pages = crate::sample::count(&mut tx, "pragma page_count").await;
    let sql = sqlx::AssertSqlSafe(format!("pragma max_page_count = {pages}"));
    on!(&mut tx, c => sqlx::query(sql).fetch_all(c).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
    let mut tx = database.db.write().await.unwrap();
    let sql =
        "insert into job (kind, payload, enqueued_at, run_at) values ('x', hex(zeroblob(1000000)), 1, 1)";
    let full = run!(&mut tx, sqlx::query(sql));
    assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
    drop(tx);
    for _ in 0..2 {
        let tx = database.db.write().await.expect("the writer is as it was before");
        tx.rollback().await.unwrap();
    }
}
