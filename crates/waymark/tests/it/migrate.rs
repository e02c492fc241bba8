//! Two processes that bring the tables up to date at the same moment.

use crate::process::{Folder, said, waymark};
use std::process::Stdio;
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

#[test]
fn a_killed_migration_continues() {
    let folder = Folder::new("migrate-kill");
    let database = folder.sqlite("waymark.db");
    for milliseconds in [0, 2, 5, 10, 20, 40] {
        let mut process = waymark(&database).arg("migrate").stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        process.kill().unwrap();
        process.wait().unwrap();
    }
    let (output, text) = said(&database, &["migrate"]);
    assert!(output.status.success(), "{text}");
    assert!(said(&database, &["verify"]).0.status.success());
}
