//! The disk fills up while people write: they are told so, what is there can still be read, and once there is room again
//! it goes on by itself.

use crate::browser::Browser;
use crate::gone::{free_port, status};
use crate::kill::{assert_kept, found, open};
use crate::process::{Folder, assert_sound, said, waymark};
use crate::server::Serving;
use crate::writers::{Step, Writer};
use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
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

/// The program on a disk of its own, somebody who writes and somebody who reads.
struct Disk {
    folder: Folder,
    server: Serving,
    writer: Writer,
    reader: Browser,
}

/// Whoever is not root may mount in a world of their own, where the system allows that.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

impl Disk {
    async fn new() -> Self {
        let (folder, port) = (Folder::new("full"), free_port().await);
        let seed = folder.sqlite("seed.db");
        found(&seed).await;
        let env = open(&seed).await;
        let reader = Writer::new(&env, port, 1).await.browser;
        age_sessions(&env.db).await;
        let writer = Writer::new(&env, port, 0).await;
        env.db.close().await;
        let at = folder.0.join("disk");
        std::fs::create_dir(&at).unwrap();
        let mut command = Command::new("unshare");
        command.args(["--mount", "--propagation", "private"]).args((!is_root()).then_some("--map-root-user"));
        command.args(["sh", "-c", MOUNT]).env("program", waymark("").get_program()).env("disk", &at);
        command.env("seed", folder.0.join("seed.db")).env("WAYMARK_DATABASE", inside(&folder));
        let log = std::fs::File::create(folder.0.join("log")).unwrap();
        command.env("WAYMARK_LOG", "json").stdout(Stdio::null()).stderr(log);
        let server = Serving::spawn(command, port).await;
        Self { folder, server, writer, reader }
    }

    /// Takes a large file away.
    fn make_room(&self) {
        let large = self.folder.0.join("disk/large");
        let inside = PathBuf::from(format!("/proc/{}/root", self.server.id()));
        std::fs::remove_file(inside.join(large.strip_prefix("/").unwrap())).unwrap();
    }

    /// Copies the database from there to where everybody sees it.
    fn copied_out(&self) -> String {
        let copy = self.folder.0.join("copy").display().to_string();
        let mut command = Command::new("nsenter");
        command.args(["--mount", &format!("--target={}", self.server.id())]);
        command.args((!is_root()).then_some(["--user", "--preserve-credentials"]).iter().flatten());
        command.arg(waymark("").get_program()).args(["backup", &copy]);
        let output = command.env("WAYMARK_DATABASE", inside(&self.folder)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let database = self.folder.sqlite("restored.db");
        assert!(said(&database, &["restore", &copy]).0.status.success());
        database
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.0.join("log")).unwrap()
    }

    /// How many lines of the log say something.
    fn said(&self, what: &str) -> usize {
        self.log().lines().filter(|line| line.contains(what)).count()
    }
}

/// The database, as it is called on the disk.
fn inside(folder: &Folder) -> String {
    folder.sqlite("disk/waymark.db")
}

/// Lets an hour pass since sessions were used, so that the next page would note that they are.
async fn age_sessions(db: &Db) {
    let mut tx = db.write().await.unwrap();
    run!(&mut tx, sqlx::query("update session set seen_at = seen_at - 3600000000")).unwrap();
    tx.commit().await.unwrap();
}

/// Tells ideas until one is not taken, each under a name of its own, `from` being those before. Gives what was
/// acknowledged, and the step that was refused with its page.
async fn fill(writer: &mut Writer, from: usize) -> (BTreeSet<String>, (Step, Page)) {
    let mut told = BTreeSet::new();
    for idea in from..from + MOST {
        match writer.tell(&format!("Idea {idea}"), AT_ONCE).await {
            Ok(reference) => told.insert(reference),
            Err(refused) => return (told, *refused),
        };
    }
    panic!("{MOST} ideas found room")
}

/// Sends a refused step again. Where SQLite found some room meanwhile, by taking its log over into the file, that is used
/// up. Gives the step that is refused in the end.
async fn press_again(disk: &mut Disk, step: Step, told: &mut BTreeSet<String>) -> Step {
    let (step, page) = match disk.writer.go_on("the same", step, AT_ONCE).await {
        Ok(reference) => {
            told.insert(reference);
            let (more, refused) = fill(&mut disk.writer, told.len()).await;
            told.extend(more);
            refused
        }
        Err(refused) => *refused,
    };
    assert_told_so(disk, &page);
    step
}

fn assert_told_so(disk: &Disk, page: &Page) {
    let said: Vec<String> =
        disk.log().lines().filter(|line| !line.contains("\"INFO\"")).map(str::to_owned).collect();
    assert_eq!(page.status, 503, "{said:#?}\n{}", page.text());
    assert!(page.headers.contains_key("retry-after"));
    let text = page.text();
    assert!(text.contains("There is no room left") && text.contains("Go back"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_read_from_and_written_to_again_once_there_is_room() {
    let mut disk = Disk::new().await;
    let (mut told, (mut step, page)) = fill(&mut disk.writer, 0).await;
    assert!(!told.is_empty());
    assert_told_so(&disk, &page);
    // They press the button again and again; others only read.
    for _ in 0..5 {
        step = press_again(&mut disk, step, &mut told).await;
    }
    for address in ["/ideas", "/work", &format!("/told/{}", told.first().unwrap())] {
        let read = disk.reader.get(address).await.unwrap();
        assert_eq!(read.status, 200, "{address}: {}", read.text());
    }
    assert_eq!(status(disk.server.port, "/health/live").await.unwrap().0, 200);
    disk.make_room();
    told.insert(disk.writer.go_on("the same", step, AT_ONCE).await.unwrap());
    told.insert(disk.writer.tell("One more", AT_ONCE).await.unwrap());
    // One line when it is full and one when there is room, however many were refused; and nothing else went wrong.
    let (full, room) = (disk.said("no room left"), disk.said("there is room again"));
    assert_eq!((full, disk.said("\"ERROR\"")), (room, room), "{}", disk.log());
    let copy = disk.copied_out();
    assert_sound(&copy);
    assert_kept(&copy, &told).await;
}
