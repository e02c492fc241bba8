//! The load: connections that are kept, each asking as soon as it has its answer.

use std::ops::Range;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What to ask, again and again.
#[derive(Debug, Clone)]
pub struct Request {
    /// The whole request as it goes over the wire.
    pub bytes: Vec<u8>,
    /// The statuses that its answer may have.
    pub expected: Range<u16>,
}

/// What was done or shown.
pub const GOOD: Range<u16> = 200..400;
/// What was refused for what was sent.
const REFUSED: Range<u16> = 400..500;

impl Request {
    /// A GET with the cookie of a session.
    pub fn get(path: &str, cookie: &str) -> Self {
        let bytes = format!("GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n\r\n").into_bytes();
        Self { bytes, expected: GOOD }
    }

    /// A form that is sent.
    pub fn post(path: &str, cookie: &str, body: &str) -> Self {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        Self { bytes: (head + body).into_bytes(), expected: GOOD }
    }

    /// The same where it is to be refused.
    pub fn refused(self) -> Self {
        Self { expected: REFUSED, ..self }
    }
}

/// What was measured.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Seconds for each answer, in order of size.
    pub seconds: Vec<f64>,
    /// How long it took in all, in seconds.
    pub total_seconds: f64,
    /// Answers whose status was none of those expected.
    pub unexpected: usize,
    /// The first of them, for the report.
    pub first_unexpected: Option<String>,
}

impl Measured {
    /// Answers in a second.
    pub fn per_second(&self) -> f64 {
        as_float(self.seconds.len()) / self.total_seconds
    }

    /// The time under which a share of the answers came, in milliseconds.
    pub fn quantile_ms(&self, share: f64) -> f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index into the list")]
        let place = (share * as_float(self.seconds.len().saturating_sub(1))).round() as usize;
        self.seconds.get(place).copied().unwrap_or_default() * 1_000.0
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub fn as_float(count: usize) -> f64 {
    count as f64
}

/// Asks over `connections` for `length`, each request once in turn. Gives every time.
///
/// # Errors
/// Where the server cannot be reached.
pub async fn run(
    address: &str,
    requests: &[Request],
    (connections, length): (usize, Duration),
) -> std::io::Result<Measured> {
    let began = Instant::now();
    let share = requests.len().div_ceil(connections).max(1);
    let mut tasks = Vec::new();
    for place in 0..connections {
        let own: Vec<Request> = requests.iter().cycle().skip(place * share).take(share).cloned().collect();
        tasks.push(tokio::spawn(ask(address.to_owned(), own, began + length)));
    }
    let mut all = Measured::default();
    for task in tasks {
        let part = task.await??;
        all.seconds.extend(part.seconds);
        all.unexpected += part.unexpected;
        all.first_unexpected = all.first_unexpected.or(part.first_unexpected);
    }
    all.total_seconds = began.elapsed().as_secs_f64();
    all.seconds.sort_by(f64::total_cmp);
    Ok(all)
}

/// One connection. Requests that must not be repeated are sent once each: the list ends when time or requests do.
async fn ask(address: String, requests: Vec<Request>, until: Instant) -> std::io::Result<Measured> {
    let mut stream = TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let mut measured = Measured::default();
    let mut buffer = Vec::with_capacity(64 * 1024);
    let repeats = requests.iter().all(|request| request.bytes.starts_with(b"GET"));
    let rounds = if repeats { usize::MAX } else { requests.len() };
    for request in requests.iter().cycle().take(rounds) {
        if Instant::now() >= until {
            break;
        }
        let began = Instant::now();
        stream.write_all(&request.bytes).await?;
        let status = answer(&mut stream, &mut buffer).await?;
        measured.seconds.push(began.elapsed().as_secs_f64());
        if !request.expected.contains(&status) {
            measured.unexpected += 1;
            let told = || String::from_utf8_lossy(&buffer).chars().take(600).collect();
            measured.first_unexpected.get_or_insert_with(told);
        }
    }
    Ok(measured)
}

/// The bytes of one answer, head included, to a single request.
///
/// # Errors
/// Where the server cannot be reached.
pub async fn fetch(address: &str, request: &Request) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&request.bytes).await?;
    let mut buffer = Vec::new();
    answer(&mut stream, &mut buffer).await?;
    Ok(buffer)
}

/// Reads one answer whole and gives its status.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<u16> {
    buffer.clear();
    let head = loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&buffer[..head]).to_lowercase();
    let status = text.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    let whole = head + length.and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
    while buffer.len() < whole {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(status)
}
