//! Back-up while people write, restore, verify.

use crate::sample::{Sample, further, id, lived, saved, tables, tagged};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use waymark_store::Engine;
use waymark_store::backup::{self, BackupError};
use waymark_store::{Db, Options, dialect, journal, verify};
use waymark_testkit::{TestDatabase, postgres, sqlite};

fn beside(database: &TestDatabase, name: &str) -> PathBuf {
    database.db.file().unwrap().with_file_name(name)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_people_write_is_sound_and_restores() {
    let database = Arc::new(sqlite().await);
    tables(&database).await;
    for number in 1..=50 {
        lived(&database, number).await;
    }
    let is_over = Arc::new(AtomicBool::new(false));
    let writer = {
        let (database, is_over) = (Arc::clone(&database), Arc::clone(&is_over));
        tokio::spawn(async move {
            let mut written = 0;
            while !is_over.load(Ordering::Relaxed) {
                written += 1;
                lived(&database, 1_000 + written).await;
            }
            written
        })
    };
    let (copy, fresh) = (beside(&database, "copy.db"), beside(&database, "fresh.db"));
    backup::backup(&database.db, &copy).await.unwrap();
    is_over.store(true, Ordering::Relaxed);
    assert!(writer.await.unwrap() > 0);
    let newest = dialect::migrations(Engine::Sqlite).iter().map(|step| step.version).max();
    assert_eq!(Some(backup::restore(&copy, &fresh).await.unwrap()), newest);
    let db = Db::open(&format!("sqlite:{}", fresh.display()), Options::default()).await.unwrap();
    db.migrate().await.unwrap();
    let mut tx = db.read().await.unwrap();
    let report = verify::verify(&mut tx, &[&verify::of::<Sample>()], None).await.unwrap();
    assert!(report.is_sound(), "{:?}", report.faults);
    assert!(report.counts.streams >= 50);
    assert!(journal::load::<Sample>(&mut tx, id(50)).await.unwrap().is_some());
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let database = sqlite().await;
    tables(&database).await;
    let sample = lived(&database, 1).await;
    let copy = beside(&database, "copy.db");
    backup::backup(&database.db, &copy).await.unwrap();
    saved(&database, Some(&sample), further(1, vec![tagged("later")])).await.unwrap();
    let again = backup::backup(&database.db, &copy).await;
    assert!(matches!(again, Err(BackupError::Taken(_))), "{again:?}");
    let over = backup::restore(&copy, database.db.file().unwrap()).await;
    assert!(matches!(over, Err(BackupError::Taken(_))), "{over:?}");
    let mut tx = database.db.read().await.unwrap();
    let kept: Sample = journal::load(&mut tx, id(1)).await.unwrap().unwrap();
    assert_eq!(kept.tags.last().map(String::as_str), Some("later"));
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let database = sqlite().await;
    let (text, target) = (beside(&database, "letter.txt"), beside(&database, "target.db"));
    std::fs::write(&text, "Dear Sir or Madam, this is a letter and no database at all.").unwrap();
    let refused = backup::restore(&text, &target).await;
    assert!(matches!(refused, Err(BackupError::Foreign(_))), "{refused:?}");
    let missing = backup::restore(&beside(&database, "nowhere.db"), &target).await;
    assert!(matches!(missing, Err(BackupError::Foreign(_))), "{missing:?}");
    let copy = beside(&database, "copy.db");
    backup::backup(&database.db, &copy).await.unwrap();
    mark_as_newer(&copy).await;
    let newer = backup::restore(&copy, &target).await;
    assert!(matches!(newer, Err(BackupError::Newer { found: 999, .. })), "{newer:?}");
    assert!(!target.exists());
}

fn is_for_others(file: &Path) -> bool {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o077 != 0
}

#[tokio::test]
async fn nobody_else_reads_a_new_database_its_log_and_its_back_ups() {
    let database = sqlite().await;
    tables(&database).await;
    lived(&database, 1).await;
    let (copy, fresh) = (beside(&database, "copy.db"), beside(&database, "fresh.db"));
    backup::backup(&database.db, &copy).await.unwrap();
    for file in [database.db.file().unwrap(), &beside(&database, "waymark.db-wal"), &copy] {
        assert!(!is_for_others(file), "{}", file.display());
    }
    // Whoever carried the back-up here may have opened it to others.
    std::fs::set_permissions(&copy, Permissions::from_mode(0o644)).unwrap();
    backup::restore(&copy, &fresh).await.unwrap();
    assert!(is_for_others(&copy) && !is_for_others(&fresh));
    std::fs::write(beside(&database, "letter.txt"), "SQLite format 3").unwrap();
    let mut found = backup::lying_in(copy.parent().unwrap());
    found.retain(|file| !file.ends_with("waymark.db"));
    found.sort_unstable();
    assert_eq!(found, [copy, fresh]);
}

async fn mark_as_newer(copy: &std::path::Path) {
    let db = Db::open(&format!("sqlite:{}", copy.display()), Options::default()).await.unwrap();
    let mut tx = db.write().await.unwrap();
    let sql = "update _sqlx_migrations set version = 999 where version = (select max(version) from _sqlx_migrations)";
    waymark_store::run!(&mut tx, sqlx::query(sql)).unwrap();
    tx.commit().await.unwrap();
    db.close().await;
}

#[tokio::test]
async fn postgres_is_left_to_its_own_tools() {
    let database = postgres().await;
    let refused = backup::backup(&database.db, std::path::Path::new("copy.db")).await;
    assert!(matches!(refused, Err(BackupError::NotSqlite)), "{refused:?}");
    let url = "postgres://ada:secret@records.example:5433/waymark";
    let dump = backup::postgres_backup(url, std::path::Path::new("w.dump")).unwrap();
    assert_eq!(dump.program, "pg_dump");
    for wanted in
        ["--file=w.dump", "--host=records.example", "--port=5433", "--username=ada", "--dbname=waymark"]
    {
        assert!(dump.arguments.iter().any(|argument| argument == wanted), "{wanted}");
    }
    assert!(!dump.arguments.concat().contains("secret"));
    let restore = backup::postgres_restore(url, std::path::Path::new("w.dump")).unwrap();
    assert_eq!(restore.arguments.last().map(String::as_str), Some("w.dump"));
}
