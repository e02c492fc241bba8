//! The database goes away: people are told within a second or so, and it goes on by itself when it is back.

use crate::process::{Killed, until, waymark};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A free port, as far as one can tell.
pub async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

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
        self.script("as $bin/pg_ctl stop --wait --mode=immediate --pgdata=$home/data");
    }

    /// Runs a line as somebody who is not root, since PostgreSQL refuses to be.
    fn script(&self, line: &str) {
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
            .status()
            .unwrap();
        assert!(status.success(), "{line}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stop = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.stop()));
        drop(stop);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_a_503_within_seconds_and_comes_back_without_a_restart() {
    let server = Server::new().await;
    server.start();
    let url = format!("postgres://postgres@127.0.0.1:{}/postgres", server.port);
    let port = free_port().await;
    let listen = format!("127.0.0.1:{port}");
    let mut process = waymark(&url);
    process.arg("serve").env("WAYMARK_LISTEN", listen).stdout(Stdio::null()).stderr(Stdio::null());
    let _serving = Killed(process.spawn().unwrap());
    let answers = |wanted: u16| async move {
        status(port, "/health/ready").await.is_some_and(|(code, _)| code == wanted)
    };
    until("it serves", || answers(200)).await;
    server.stop();
    for _ in 0..3 {
        let (code, took) = status(port, "/health/ready").await.unwrap();
        assert_eq!(code, 503);
        assert!(took < Duration::from_millis(2_500), "{took:?}");
    }
    assert_eq!(status(port, "/health/live").await.map(|(code, _)| code), Some(200), "the process is there");
    server.start();
    until("it serves again", || answers(200)).await;
}
