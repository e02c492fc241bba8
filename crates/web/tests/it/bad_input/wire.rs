//! Over a real connection: whoever sends too much reads why, and the connection does not hang.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use waymark_testkit::TestApp;

/// Longer than any answer takes, and shorter than the service's own patience.
const LONG: Duration = Duration::from_secs(20);
const BYTES: usize = 50 * 1024 * 1024;

async fn served(app: &TestApp) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = waymark_web::router(std::sync::Arc::clone(&app.env));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends everything, as browsers do, before it reads.
async fn answer(address: SocketAddr, head: String, body: Vec<u8>) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("the head is sent");
    stream.write_all(&body).await.expect("the body is sent");
    let mut said = Vec::new();
    stream.read_to_end(&mut said).await.expect("the answer is read");
    String::from_utf8_lossy(&said).into_owned()
}

fn head(length: &str) -> String {
    format!(
        "POST /sign-in HTTP/1.1\r\nhost: 127.0.0.1:8080\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
    )
}

#[tokio::test]
async fn fifty_megabytes_are_answered_with_a_page_over_a_real_connection() {
    let app = TestApp::new().await;
    let address = served(&app).await;
    let said = answer(address, head(&format!("content-length: {BYTES}")), vec![b'a'; BYTES]);
    let said = tokio::time::timeout(LONG, said).await.expect("an answer in time");
    assert!(said.starts_with("HTTP/1.1 413"), "{}", &said[..said.len().min(200)]);
    assert!(said.contains("256 KB"), "the page says the limit");
}

#[tokio::test]
async fn a_body_that_does_not_say_how_long_it_is_is_answered_all_the_same() {
    let app = TestApp::new().await;
    let address = served(&app).await;
    let chunk = [b"100000\r\n".as_slice(), &vec![b'a'; 1 << 20], b"\r\n"].concat();
    let body = [chunk.repeat(50), b"0\r\n\r\n".to_vec()].concat();
    let said = answer(address, head("transfer-encoding: chunked"), body);
    let said = tokio::time::timeout(LONG, said).await.expect("an answer in time");
    assert!(said.starts_with("HTTP/1.1 413"), "{}", &said[..said.len().min(200)]);
}
