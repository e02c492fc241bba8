//! The program under load: a process of its own, so that its memory is its own.

use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// How long it took from its start until it said that it is ready, in seconds.
    pub ready_seconds: f64,
}

/// The longest wait until it is ready.
const PATIENCE: Duration = Duration::from_secs(30);

impl Server {
    /// Starts the program on a database.
    ///
    /// # Errors
    /// Where it does not start or is not ready in time.
    pub async fn start(binary: &str, database: &str) -> std::io::Result<Self> {
        Self::start_logging(binary, database, ("warn", Stdio::inherit())).await
    }

    /// The same with what it logs, as JSON, going elsewhere.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_logging(
        binary: &str,
        database: &str,
        (level, log): (&str, Stdio),
    ) -> std::io::Result<Self> {
        let address = free_address()?;
        let began = Instant::now();
        let child = Command::new(binary)
            .args(["serve", "--log", "json", "--database", database, "--listen", &address])
            .env("RUST_LOG", level)
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let mut server = Self { child, address, ready_seconds: 0.0 };
        while !server.is_ready().await {
            if began.elapsed() > PATIENCE {
                return Err(std::io::ErrorKind::TimedOut.into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.ready_seconds = began.elapsed().as_secs_f64();
        Ok(server)
    }

    async fn is_ready(&self) -> bool {
        let ask = [crate::load::Request::get("/health/ready", "")];
        let once = crate::load::run(&self.address, &ask, (1, Duration::from_millis(1))).await;
        once.is_ok_and(|measured| measured.unexpected == 0 && !measured.seconds.is_empty())
    }

    /// The most memory that it had resident, in MiB.
    ///
    /// # Errors
    /// Where the process is no more.
    pub fn peak_mib(&self) -> std::io::Result<f64> {
        let id = self.child.id().unwrap_or_default();
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kib: f64 = line.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default();
        Ok(kib / 1024.0)
    }

    /// Ends it.
    ///
    /// # Errors
    /// Where it cannot be ended.
    pub async fn stop(mut self) -> std::io::Result<()> {
        self.child.kill().await
    }
}

fn free_address() -> std::io::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.to_string())
}
