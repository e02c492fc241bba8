//! The disk fills up while people write: they are told so, what is there can still be read, and once there is room again
//! it goes on by itself.

use crate::gone::{free_port, status};
use crate::kill::{assert_kept, found, open};
use crate::process::{Folder, assert_sound, waymark};
use crate::server::Serving;
use crate::writers::{Step, Writer};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use waymark_store::{Db, run, sqlx};
use waymark_testkit::Page;

/// Mounts a small file system that only the process and its children see, puts the database and a large file on it and
/// becomes the program.
const MOUNT: &str = "set -eu; mount -t tmpfs -o size=8m none \"$disk\"; cp \"$seed\" \"$disk/waymark.db\"; \
                     head -c 2097152 /dev/zero >\"$disk/large\"; exec \"$program\" serve";
/// The most ideas that are told before there must be no room left.
const MOST: usize = 2_000;

/// Nobody waits for an answer that says *come back later*.
const AT_ONCE: Duration = Duration::ZERO;

/// The program on a disk of its own.
struct Disk {
    folder: Folder,
    server: Serving,
}

impl Disk {
    async fn new() -> Self {
        let folder = Folder::new("full");
        found(&folder.sqlite("seed.db")).await;
        let at = folder.0.join("disk");
        std::fs::create_dir(&at).unwrap();
        let program = waymark("");
        let mut command = Command::new("unshare");
        // Whoever is not root may mount in a world of their own, where the system allows that.
        let is_root =
            std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        command.args(["--mount", "--propagation", "private"]).args((!is_root).then_some("--map-root-user"));
        command.args(["sh", "-c", MOUNT]).env("program", program.get_program());
        command.env("disk", &at).env("seed", folder.0.join("seed.db"));
        command.env("WAYMARK_DATABASE", format!("sqlite:{}", at.join("waymark.db").display()));
        let log = std::fs::File::create(folder.0.join("log")).unwrap();
        command.env("WAYMARK_LOG", "json").stdout(Stdio::null()).stderr(log);
        let server = Serving::spawn(command, free_port().await).await;
        Self { folder, server }
    }

    /// A file on the disk, as it is seen from outside.
    fn path(&self, name: &str) -> PathBuf {
        let disk = self.folder.0.join("disk");
        let inside = disk.strip_prefix("/").unwrap();
        Path::new("/proc").join(self.server.id().to_string()).join("root").join(inside).join(name)
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.path("waymark.db").display())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.0.join("log")).unwrap()
    }

    /// How many lines of the log say something.
    fn said(&self, what: &str) -> usize {
        self.log().lines().filter(|line| line.contains(what)).count()
    }
}

/// Tells ideas until one is not taken. Gives what was acknowledged, and the step that was refused with its page.
async fn fill(writer: &mut Writer) -> (BTreeSet<String>, (Step, Page)) {
    let mut told = BTreeSet::new();
    for idea in 0..MOST {
        match writer.tell(&format!("Idea {idea}"), AT_ONCE).await {
            Ok(reference) => told.insert(reference),
            Err(refused) => return (told, *refused),
        };
    }
    panic!("{MOST} ideas found room")
}

/// Lets an hour pass since sessions were used, so that the next page would note that they are.
async fn age_sessions(db: &Db) {
    let mut tx = db.write().await.unwrap();
    run!(&mut tx, sqlx::query("update session set seen_at = seen_at - 3600000000")).unwrap();
    tx.commit().await.unwrap();
}

fn assert_told_so(page: &Page) {
    assert_eq!(page.status, 503, "{}", page.body);
    assert!(page.headers.contains_key("retry-after"));
    let text = page.text();
    assert!(text.contains("There is no room left") && text.contains("Go back"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_read_from_and_written_to_again_once_there_is_room() {
    let disk = Disk::new().await;
    let env = open(&disk.database()).await;
    let mut reader = Writer::new(&env, disk.server.port, 1).await.browser;
    age_sessions(&env.db).await;
    let mut writer = Writer::new(&env, disk.server.port, 0).await;
    env.db.close().await;
    let (mut told, (step, page)) = fill(&mut writer).await;
    assert!(!told.is_empty());
    assert_told_so(&page);
    // They press the button again and again; others only read.
    for _ in 0..5 {
        assert_told_so(&writer.ask(&step, AT_ONCE).await);
    }
    for address in ["/ideas", "/work", &format!("/told/{}", told.first().unwrap())] {
        let read = reader.get(address).await.unwrap();
        assert_eq!(read.status, 200, "{address}: {}", read.text());
    }
    assert_eq!(status(disk.server.port, "/health/live").await.unwrap().0, 200);
    assert_eq!(disk.said("no room left"), 1, "{}", disk.log());
    assert_eq!(disk.said("\"ERROR\""), 1, "{}", disk.log());
    std::fs::remove_file(disk.path("large")).unwrap();
    told.insert(writer.go_on("the same", step, AT_ONCE).await.unwrap());
    told.insert(writer.tell("One more", AT_ONCE).await.unwrap());
    assert_eq!(disk.said("there is room again"), 1, "{}", disk.log());
    assert_sound(&disk.database());
    assert_kept(&disk.database(), &told).await;
}
