//! Single requests: how many bytes a first visit takes, and how many queries the program says that a page took.

use crate::Settings;
use crate::load::{GOOD, Request, as_float, fetch};
use crate::server::Server;
use std::process::Stdio;
use waymark_app::routes::Route;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// What a first visit to the home page brings over the wire, heads included, in kilobytes: the page, its style, its script
/// and its icon.
///
/// # Errors
/// Where the server cannot be reached, or its page names no assets.
pub async fn kilobytes(address: &str) -> Done<f64> {
    let plain = fetch(address, &Request::get(&Route::Home.to_string(), "")).await?;
    let html = String::from_utf8_lossy(&plain).into_owned();
    let assets: Vec<&str> = html.split('"').filter(|part| part.starts_with("/assets/")).collect();
    if assets.is_empty() {
        return Err("a page without assets".into());
    }
    let mut bytes = 0;
    for path in assets.into_iter().chain(["/"]) {
        bytes += fetch(address, &compressed(path)).await?.len();
    }
    Ok(as_float(bytes) / 1_000.0)
}

fn compressed(path: &str) -> Request {
    let head = format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: gzip, br\r\n\r\n");
    Request { bytes: head.into_bytes(), expected: GOOD }
}

/// The most queries that the program logs for each kind of page.
///
/// # Errors
/// Where it does not start, or does not log what it was asked.
pub async fn queries(
    settings: &Settings,
    url: &str,
    pages: &[(&str, &[Request])],
) -> Done<Vec<(String, f64)>> {
    let file = settings.folder.join("requests.log");
    let log = Stdio::from(std::fs::File::create(&file)?);
    let server = Server::start_logging(&settings.binary, url, ("waymark::request=info", log)).await?;
    let mut most = Vec::new();
    for (what, requests) in pages {
        let before = std::fs::read_to_string(&file)?.len();
        for request in *requests {
            fetch(&server.address, request).await?;
        }
        let text = std::fs::read_to_string(&file)?;
        let counts = text[before..].lines().filter_map(count).collect::<Vec<_>>();
        let largest = counts.iter().copied().max().ok_or("no line in the log")?;
        most.push(((*what).to_owned(), as_float(largest)));
    }
    server.stop().await?;
    Ok(most)
}

/// The number of queries in a line of the log, health checks aside.
fn count(line: &str) -> Option<usize> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let is_page = !line["route"].as_str()?.starts_with("/health/");
    line["queries"].as_u64().filter(|_| is_page).and_then(|count| usize::try_from(count).ok())
}
