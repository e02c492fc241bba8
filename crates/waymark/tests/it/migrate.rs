//! Two processes that bring the tables up to date at the same moment.

use crate::process::{Folder, assert_sound, said, waymark};
use std::process::Stdio;
use waymark_store::{Db, Engine, Options, dialect};
use waymark_testkit::databases::empty_postgres;

fn at_once(database: &str) {
    let start =
        || waymark(database).arg("migrate").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let processes = [start(), start(), start()];
    for process in processes {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let (output, text) = said(database, &["doctor"]);
    assert!(text.contains("schema"), "{text}");
    assert!(output.status.success(), "{text}");
}

#[test]
fn three_processes_migrate_one_sqlite_file_at_once() {
    let folder = Folder::new("migrate");
    at_once(&folder.sqlite("waymark.db"));
}

#[tokio::test(flavor = "multi_thread")]
async fn three_processes_migrate_one_postgres_database_at_once() {
    let (url, _database) = empty_postgres().await;
    tokio::task::spawn_blocking(move || at_once(&url)).await.unwrap();
}

/// Kills the program once some work of its migration is seen.
fn killed_once(database: &str, is_seen: impl Fn() -> bool) {
    let mut process = waymark(database).arg("migrate").stdout(Stdio::null()).spawn().unwrap();
    while !is_seen() && process.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    process.kill().unwrap();
    process.wait().unwrap();
}

fn assert_continues(database: &str) {
    let (output, text) = said(database, &["migrate"]);
    assert!(output.status.success(), "{text}");
    assert_sound(database);
}

#[test]
fn a_killed_migration_continues_on_sqlite() {
    let folder = Folder::new("migrate-kill");
    let database = folder.sqlite("waymark.db");
    let log = folder.0.join("waymark.db-wal");
    for kibibytes in [0, 16, 64, 128, 256, 512] {
        killed_once(&database, || std::fs::metadata(&log).map_or(0, |file| file.len() / 1024) >= kibibytes);
    }
    assert_continues(&database);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_migration_continues_on_postgres() {
    let (url, _database) = empty_postgres().await;
    let db = Db::open(&url, Options::default()).await.unwrap();
    for step in dialect::migrations(Engine::Postgres).iter() {
        let runtime = tokio::runtime::Handle::current();
        let has_begun = || runtime.block_on(db.schema()).unwrap().0 >= step.version;
        tokio::task::block_in_place(|| killed_once(&url, has_begun));
    }
    db.close().await;
    tokio::task::spawn_blocking(move || assert_continues(&url)).await.unwrap();
}
