//! The drill: backed up while it is written, restored elsewhere, verified.

use crate::kill::found;
use crate::process::{Folder, assert_sound, said};
use crate::server::Serving;
use crate::writers::Writers;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use waymark_testkit::databases::empty_postgres;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_writing_is_restored_and_is_sound() {
    let folder = Folder::new("backup");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    let server = Serving::start(&database).await;
    let mut writers = Writers::begin(&database, server.port).await;
    writers.next(5).await;
    let file = folder.0.join("copy.backup");
    let file = file.to_str().unwrap();
    let (output, text) = said(&database, &["backup", file]);
    assert!(output.status.success(), "{text}");
    let (again, text) = said(&database, &["backup", file]);
    assert!(!again.status.success() && text.contains("already"), "nothing is overwritten: {text}");
    writers.next(20).await;
    writers.finish().await;
    let restored = folder.sqlite("restored.db");
    let (output, text) = said(&restored, &["restore", file]);
    assert!(output.status.success(), "{text}");
    assert_sound(&restored);
    let (_, text) = said(&restored, &["doctor"]);
    assert!(text.contains("every record that may be is among the similar ones"), "{text}");
    let (_, text) = said(&restored, &["index"]);
    assert!(text.starts_with("0 records"), "{text}");
    let (_, text) = said(&restored, &["index", "--anew"]);
    assert!(text.ends_with("into the index of similar ones.\n") && !text.starts_with("0 "), "{text}");
    let (output, _) = said(&database, &["restore", file]);
    assert!(!output.status.success(), "a database that is there stays");
}

/// What `doctor` says of who can read files, with settings that others can read.
fn rights(database: &str, folder: &Folder) -> String {
    let settings = folder.0.join("waymark.toml");
    std::fs::write(&settings, "log = \"json\"\n").unwrap();
    std::fs::set_permissions(&settings, Permissions::from_mode(0o640)).unwrap();
    let (output, text) = said(database, &["doctor", "--settings", settings.to_str().unwrap()]);
    assert!(output.status.success(), "{text}");
    text.lines().find(|line| line.contains("rights")).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_names_what_others_on_the_machine_may_read_on_both_engines() {
    let (url, _database) = empty_postgres().await;
    let checked = tokio::task::spawn_blocking(move || {
        let folder = Folder::new("rights");
        let sqlite = folder.sqlite("waymark.db");
        for database in [&sqlite, &url] {
            said(database, &["migrate"]);
            let (_, text) = said(database, &["doctor"]);
            assert!(text.contains("nobody else on this machine reads"), "{text}");
            let line = rights(database, &folder);
            assert!(line.starts_with("LOOK") && line.contains("waymark.toml"), "{line}");
        }
        let copy = folder.0.join("copy.backup");
        said(&sqlite, &["backup", copy.to_str().unwrap()]);
        assert!(!rights(&sqlite, &folder).contains("copy.backup"), "a new one is its owner's alone");
        std::fs::set_permissions(&copy, Permissions::from_mode(0o604)).unwrap();
        let line = rights(&sqlite, &folder);
        assert!(line.contains("copy.backup") && !line.contains("waymark.db"), "{line}");
    });
    checked.await.unwrap();
}

#[test]
fn for_postgres_the_right_tool_is_named_without_the_password() {
    let url = "postgres://ada:secret@127.0.0.1:1/waymark";
    for (verb, tool) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
        let (output, text) = said(url, &[verb, "copy.dump"]);
        assert!(!output.status.success() && text.contains(tool), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_names_the_row_that_was_altered_and_knows_a_root_that_was_kept() {
    let folder = Folder::new("verify");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    let (_, root) = said(&database, &["seal"]);
    let root = root.trim();
    assert!(said(&database, &["verify", "--root", root]).0.status.success());
    assert!(!said(&database, &["verify", "--root", &"0".repeat(64)]).0.status.success());
    let env = crate::kill::open(&database).await;
    let mut tx = env.db.write().await.unwrap();
    let sql = "update node set name = 'Ward 9' where name = 'Ward 4'";
    waymark_store::run!(&mut tx, waymark_store::sqlx::query(sql)).unwrap();
    tx.commit().await.unwrap();
    env.db.close().await;
    let (output, text) = said(&database, &["verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("node of ") && text.contains("column name differs"), "{text}");
    let (_, json) = said(&database, &["verify", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((json["sound"].as_bool(), json["faults"][0]["table"].as_str()), (Some(false), Some("node")));
}
