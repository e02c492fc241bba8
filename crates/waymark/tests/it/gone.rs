//! The database goes away: people are told within a second or so, and it goes on by itself when it is back.

use crate::browser::Browser;
use crate::kill::{found, open};
use crate::process::{Folder, until};
use crate::server::Serving;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How soon one is told: within a second, and what a busy machine takes besides.
const SOON: Duration = Duration::from_millis(1_500);

/// A free port, as far as one can tell.
pub async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

/// Ends it as a crash would.
const STOP: &str = "as $bin/pg_ctl stop --wait --mode=immediate --pgdata=$home/data";
/// Sends a signal to all of its processes.
const ALL: &str = "first=$(head -n 1 $home/data/postmaster.pid); kill -$signal $first $(pgrep -P $first)";

/// A PostgreSQL of this test's own, which it may stop.
struct Server {
    folder: std::path::PathBuf,
    port: u16,
}

impl Server {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("waymark-gone-{}", std::process::id()));
        let server = Self { folder, port: free_port().await };
        server.script(
            "rm -rf $home; mkdir $home; own $home; as $bin/initdb --pgdata=$home/data --username=postgres \
                       --auth=trust --encoding=UTF8 --locale=C --no-sync",
        );
        server
    }

    fn start(&self) {
        self.script(
            "as $bin/pg_ctl start --wait --pgdata=$home/data --log=$home/log \
                     --options=\"-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories=\"",
        );
    }

    fn stop(&self) {
        self.script(STOP);
    }

    /// Sends a signal to every process of it.
    fn signal(&self, signal: &str) {
        self.script(&format!("signal={signal}; {ALL}"));
    }

    /// Runs a line as somebody who is not root, since PostgreSQL refuses to be.
    fn script(&self, line: &str) {
        assert!(self.has_done(line), "{line}");
    }

    fn has_done(&self, line: &str) -> bool {
        let bin = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres-bin");
        let prologue = "set -eu; cd /; if [ \"$(id -u)\" -eq 0 ]; then \
             user=postgres; id $user >/dev/null 2>&1 || user=nobody; \
             own() { chown $user \"$1\"; }; \
             as() { setpriv --reuid=$user --regid=$(id -g $user) --clear-groups \"$@\"; }; \
             else own() { :; }; as() { \"$@\"; }; fi;";
        let status = Command::new("bash")
            .args(["-c", &format!("{prologue} bin=$({bin}); {line}")])
            .env("home", &self.folder)
            .env("port", self.port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that was stopped already is as it should be.
        self.has_done(&format!("signal=CONT; {ALL}"));
        self.has_done(STOP);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The status of a page, and how long it took.
pub async fn status(port: u16, path: &str) -> Option<(u16, Duration)> {
    let started = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    let status = answer.split_whitespace().nth(1)?.parse().ok()?;
    if status == 503 {
        assert!(answer.to_lowercase().contains("\r\nretry-after:"), "{answer}");
    }
    Some((status, started.elapsed()))
}

/// A server on a port, asked for its health.
async fn is_ready(port: u16) -> bool {
    status(port, "/health/ready").await.is_some_and(|(code, _)| code == 200)
}

/// Says that whoever asks is told soon that nothing can be done, and that the process is there.
async fn assert_away(port: u16) {
    for path in ["/health/ready", "/", "/ideas", "/health/ready"] {
        let (code, took) = status(port, path).await.unwrap();
        assert_eq!(code, 503, "{path}");
        assert!(took < SOON, "{path}: {took:?}");
    }
    assert_eq!(status(port, "/health/live").await.map(|(code, _)| code), Some(200), "the process is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_stops_or_hangs_is_a_503_within_a_second_and_comes_back_without_a_restart() {
    let postgres = Server::new().await;
    postgres.start();
    let url = format!("postgres://postgres@127.0.0.1:{}/postgres", postgres.port);
    found(&url).await;
    let serving = Serving::start(&url).await;
    postgres.stop();
    assert_away(serving.port).await;
    postgres.start();
    until("it serves again", || is_ready(serving.port)).await;
    postgres.signal("STOP");
    assert_away(serving.port).await;
    postgres.signal("CONT");
    until("it serves once more", || is_ready(serving.port)).await;
    assert_eq!(status(serving.port, "/ideas").await.unwrap().0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sqlite_file_that_somebody_else_locks_is_a_503_for_writers_only_and_then_goes_on() {
    let folder = Folder::new("locked");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    let serving = Serving::start(&database).await;
    let env = open(&database).await;
    let lock = env.db.write().await.unwrap();
    let mut browser = Browser::new(serving.port);
    let fields = [("mail", "ada@riverside.example"), ("password", "not-hers")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let started = Instant::now();
    let page = browser.post("/sign-in", &fields).await.unwrap();
    assert_eq!(page.status, 503, "{}", page.body);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    for path in ["/health/live", "/health/ready", "/ideas"] {
        assert_eq!(status(serving.port, path).await.unwrap().0, 200, "{path}");
    }
    lock.rollback().await.unwrap();
    env.db.close().await;
    assert_eq!(browser.post("/sign-in", &fields).await.unwrap().status, 422);
}
