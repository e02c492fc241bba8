//! The program as it serves.

use crate::gone::{free_port, status};
use crate::process::{Killed, until, waymark};
use std::process::{Command, Stdio};

/// A server on a port of its own; killed once it is dropped, as by `kill -9`.
pub struct Serving {
    /// Where it listens.
    pub port: u16,
    process: Killed,
}

impl Serving {
    /// Starts the program on a database and waits until it can answer.
    pub async fn start(database: &str) -> Self {
        let port = free_port().await;
        Self::start_at(database, port).await
    }

    /// The same on a port where another stood before.
    pub async fn start_at(database: &str, port: u16) -> Self {
        let mut command = waymark(database);
        command.arg("serve").stdout(Stdio::null()).stderr(Stdio::null());
        Self::spawn(command, port).await
    }

    /// Starts what will become the program, such as a shell that mounts something first.
    pub async fn spawn(mut command: Command, port: u16) -> Self {
        let mut process = Killed(command.env("WAYMARK_LISTEN", format!("127.0.0.1:{port}")).spawn().unwrap());
        until("it serves", || {
            assert!(process.0.try_wait().unwrap().is_none(), "it ended before it served");
            async move { status(port, "/health/ready").await.is_some_and(|(code, _)| code == 200) }
        })
        .await;
        Self { port, process }
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.process.0.id()
    }

    /// The most memory that it ever had, in mebibytes.
    pub fn peak_mebibytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
    }
}
