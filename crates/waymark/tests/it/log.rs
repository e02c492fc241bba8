//! What the log says of a request: its pattern, never its address.

use crate::gone::{free_port, status};
use crate::process::{Folder, Killed, until, waymark};
use std::process::Stdio;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_one_line_with_its_pattern_and_no_address_and_the_server_stops_in_order() {
    let folder = Folder::new("log");
    let port = free_port().await;
    let log = folder.0.join("log");
    let mut process = waymark(&folder.sqlite("waymark.db"));
    process
        .args(["serve", "--log", "json", "--listen", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&log).unwrap());
    let mut serving = Killed(process.spawn().unwrap());
    until("it serves", || async { status(port, "/health/live").await.is_some() }).await;
    status(port, "/records/WM-2026-7K3Q-9FT?hush=canary").await.unwrap();
    let id = serving.0.id().to_string();
    std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(serving.0.wait().unwrap().success(), "it stops in order");
    let text = std::fs::read_to_string(log).unwrap();
    assert!(!text.contains("canary") && !text.contains("7K3Q"), "{text}");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let asked: Vec<_> = lines.iter().filter(|line| line["route"] == "/records/{reference}").collect();
    assert_eq!(asked.len(), 1, "{text}");
    assert_eq!(
        (asked[0]["method"].as_str(), asked[0]["target"].as_str()),
        (Some("GET"), Some("waymark::request"))
    );
    assert_eq!(asked[0]["span"]["number"].as_str().map(str::len), Some(9), "{text}");
    assert!(asked[0]["queries"].as_u64() > Some(0) && asked[0]["milliseconds"].is_f64(), "{text}");
}
