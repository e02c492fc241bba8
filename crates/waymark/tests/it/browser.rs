//! A browser without script that goes over the wire, to a server that may be killed at any moment.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::collections::BTreeMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use waymark_app::Env;
use waymark_app::people::session;
use waymark_app::{Actor, Ctx};
use waymark_domain::ids::AccountId;
use waymark_testkit::Page;
use waymark_web::failure::urlencoded;
use waymark_web::visitor::SESSION_COOKIE;

/// A browser of somebody.
#[derive(Debug, Clone)]
pub struct Browser {
    port: u16,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser of nobody.
    pub fn new(port: u16) -> Self {
        Self { port, cookies: BTreeMap::new() }
    }

    /// A browser of somebody who has signed in.
    pub async fn signed_in(env: &Env, port: u16, account: AccountId) -> Self {
        let mut ctx = Ctx::write(env, Actor::Console).await.unwrap();
        let secret = session::begin_stepped_up(&mut ctx, account, (false, "a test")).await.unwrap();
        ctx.commit().await.unwrap();
        Self { port, cookies: BTreeMap::from([(SESSION_COOKIE.to_owned(), secret)]) }
    }

    /// Asks for a page; nothing where no whole answer came.
    pub async fn get(&mut self, address: &str) -> Option<Page> {
        self.ask(("GET", address), "").await
    }

    /// Sends fields; nothing where no whole answer came.
    pub async fn post(&mut self, address: &str, fields: &[(String, String)]) -> Option<Page> {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", urlencoded(name), urlencoded(value)));
        self.ask(("POST", address), &pairs.collect::<Vec<_>>().join("&")).await
    }

    async fn ask(&mut self, (method, address): (&str, &str), body: &str) -> Option<Page> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: {}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        let page = read(&answer, address)?;
        self.keep_cookies(&page.headers);
        Some(page)
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            if let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A whole answer: one that was cut off when the server died is none.
fn read(answer: &str, address: &str) -> Option<Page> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status: StatusCode = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        headers.append(HeaderName::try_from(name).ok()?, HeaderValue::from_str(value.trim()).ok()?);
    }
    let length: usize = headers.get("content-length")?.to_str().ok()?.parse().ok()?;
    (body.len() == length).then(|| Page {
        status,
        headers,
        body: body.to_owned(),
        address: address.to_owned(),
    })
}
