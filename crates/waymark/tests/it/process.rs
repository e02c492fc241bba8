//! Processes of a test: the program itself, and this test program as something else.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program.
pub fn waymark(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
    command.env("WAYMARK_DATABASE", database).env("WAYMARK_CONNECTIONS", "8");
    command
}

/// What the program says to a command.
pub fn said(database: &str, arguments: &[&str]) -> (Output, String) {
    let output = waymark(database).args(arguments).output().unwrap();
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8(text).unwrap();
    (output, text)
}

/// Says that nothing in a database was altered.
pub fn assert_sound(database: &str) {
    let (output, text) = said(database, &["verify"]);
    assert!(output.status.success(), "{text}");
}

/// This test program, doing what one of its tests does where it is given a database. Dropped, it is killed.
pub fn myself(test: &str, database: &str) -> Killed {
    let program = std::env::current_exe().unwrap();
    let child = Command::new(program)
        .args(["--exact", test, "--nocapture"])
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Killed(child)
}

/// A process that does not outlive its test.
pub struct Killed(pub Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Names the database to [`myself`].
pub const DATABASE: &str = "WAYMARK_FAULTS_DATABASE";

/// The database that this process was started for; nothing in a test of its own.
pub fn database() -> Option<String> {
    std::env::var(DATABASE).ok()
}

/// A folder of a test, removed with it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("waymark-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn sqlite(&self, name: &str) -> String {
        format!("sqlite:{}", self.0.join(name).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Waits until something holds.
pub async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let end = Instant::now() + Duration::from_mins(1);
    let mut look = tokio::time::interval(Duration::from_millis(20));
    while !holds().await {
        assert!(Instant::now() < end, "{what}");
        look.tick().await;
    }
}
