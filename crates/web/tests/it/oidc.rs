//! Signing in at the certified provider that `scripts/with-oidc` starts: first and later sign-ins, turned keys, wrong
//! issuers, replay, clocks that lie apart, signing out.

use crate::capture::checked;
use crate::sign_in::forgets;
use chrono::TimeDelta;
use std::collections::BTreeMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, MutexGuard};
use waymark_app::people::installation::Secret;
use waymark_app::people::oidc::{Provider, Told};
use waymark_store::{on, sqlx};
use waymark_testkit::{Client, Page, TestApp};
use waymark_web::failure::urlencoded;
use waymark_web::visitor::CODE_COOKIE;

/// They share one provider, which may turn its keys: one test after another.
static TURN: Mutex<()> = Mutex::const_new(());

async fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().await
}

/// The issuer that the tests were started with.
fn issuer() -> String {
    std::env::var("WAYMARK_TEST_OIDC").expect("a provider: run this with scripts/with-oidc")
}

fn told() -> Told {
    Told {
        issuer: issuer(),
        client_id: "waymark".to_owned(),
        client_secret: Secret("a secret of tests: %+/".to_owned()),
        scopes: "openid email profile".to_owned(),
        mail_claim: "email".to_owned(),
        is_mail_vouched_for: false,
        node_claim: None,
        label: "Riverside ID".to_owned(),
        second_factor: Vec::new(),
    }
}

async fn app() -> TestApp {
    TestApp::new().await.with_oidc(Provider::new(told()).expect("a provider"))
}

/// Asks the provider as a browser with these cookies would; gives status and where it leads.
async fn ask(url: &str, cookies: &mut BTreeMap<String, String>) -> (u16, Option<String>) {
    let rest = url.strip_prefix("http://").expect("an address");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).await.expect("the provider");
    let kept: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let head = format!(
        "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncookie: {}\r\n\r\n",
        kept.join("; ")
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let mut location = None;
    for line in answer.lines().take_while(|line| !line.is_empty()) {
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("location") => location = Some(value.to_owned()),
            Some((name, value)) if name.eq_ignore_ascii_case("set-cookie") => {
                let (name, value) =
                    value.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
                cookies.insert(name.to_owned(), value.to_owned());
            }
            _ => {}
        }
    }
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, location)
}

/// Signs somebody in at the provider whose page is given; where it sends back to.
async fn at_provider(to: &str, who: &str) -> String {
    let mut cookies = BTreeMap::new();
    let mut at = format!("{to}&login_hint={}", urlencoded(who));
    for _ in 0..5 {
        let (status, location) = ask(&at, &mut cookies).await;
        let next = location.unwrap_or_else(|| panic!("{status} at {at}"));
        if let Some(back) = next.strip_prefix("http://127.0.0.1:8080") {
            return back.to_owned();
        }
        at = if next.starts_with('/') { format!("{}{next}", issuer()) } else { next };
    }
    panic!("it never sends back");
}

/// Leaves, signs in there, and gives the address to which the provider sends back.
async fn away(client: &mut Client, back: &str, who: &str) -> String {
    let left = client.get(format!("/sign-in/elsewhere?back={}", urlencoded(back))).await;
    let to = left.location().unwrap_or_else(|| panic!("{}: {}", left.status, left.text()));
    assert!(to.starts_with(&issuer()) && to.contains("code_challenge_method=S256"), "{to}");
    at_provider(&to, who).await
}

/// All of it.
async fn sign_in(client: &mut Client, back: &str, who: &str) -> Page {
    let returned = away(client, back, who).await;
    client.get(returned).await
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    let mut tx = app.env.db.read().await.expect("a database");
    on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a count")
}

#[tokio::test]
async fn the_first_sign_in_makes_a_member_and_the_second_finds_them_on_both_engines() {
    let _turn = turn().await;
    for app in TestApp::on_each().await {
        let app = app.with_oidc(Provider::new(told()).expect("a provider"));
        let mut client = app.visitor();
        let page = client.get("/sign-in?back=/me").await;
        assert!(page.text().contains("Sign in with Riverside ID"), "{}", page.text());
        let before = count(&app, "select count(*) from account").await;
        let first = sign_in(&mut client, "/me", "nia@riverside.example").await;
        assert_eq!(first.location().as_deref(), Some("/me"), "{}", first.text());
        let me = client.get("/me").await;
        assert!(me.text().contains("nia@riverside.example") && me.text().contains("Member"), "{}", me.text());
        let again = sign_in(&mut app.visitor(), "/work", "nia@riverside.example").await;
        assert_eq!(again.location().as_deref(), Some("/work"), "{}", again.text());
        assert_eq!(count(&app, "select count(*) from account").await, before + 1, "{:?}", app.engine());
        assert_eq!(count(&app, "select count(*) from oidc_link").await, 1);
        assert_eq!(count(&app, "select count(*) from oidc_login").await, 0, "used up");
    }
}

#[tokio::test]
async fn whoever_signs_in_there_has_neither_the_session_nor_the_code_of_who_sat_here_before() {
    let _turn = turn().await;
    let app = app().await;
    let mut client = app.signed_in("ada").await.with_cookie(CODE_COOKIE, "0");
    let mut before = client.clone();
    let came = sign_in(&mut client, "/", "nia@riverside.example").await;
    assert_eq!(came.status, 303, "{}", came.text());
    assert!(forgets(&came, CODE_COOKIE), "{:?}", came.headers);
    assert_eq!(before.get("/me").await.status, 303, "the session before has ended");
    assert!(client.get("/me").await.text().contains("nia@riverside.example"));
    // Whoever comes to put their name on what they told needs the code still.
    let mut client = app.visitor().with_cookie(CODE_COOKIE, "0");
    let came = sign_in(&mut client, "/records/WM-2026-0000-00E/name", "nia@riverside.example").await;
    assert!(came.status == 303 && !forgets(&came, CODE_COOKIE), "{:?}", came.headers);
}

#[tokio::test]
async fn what_comes_back_is_taken_once_and_only_in_the_browser_that_left() {
    let _turn = turn().await;
    let app = app().await;
    let mut client = app.visitor();
    let returned = away(&mut client, "/", "nia@riverside.example").await;
    let stolen = app.visitor().get(&returned).await;
    assert_eq!(stolen.status, 400, "without what the browser kept");
    assert!(stolen.text().contains("did not work"), "{}", stolen.text());
    let mut early = client.clone();
    assert_eq!(client.get(&returned).await.status, 303);
    assert_eq!(early.get(&returned).await.status, 400, "the state was used");

    let mut client = app.visitor();
    let left = client.get("/sign-in/elsewhere").await.location().expect("an address");
    let state =
        left.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state").to_owned();
    let code = returned.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("a code");
    let iss = urlencoded(&issuer());
    let replayed = client.get(format!("/sign-in/elsewhere/back?code={code}&state={state}&iss={iss}")).await;
    assert!([400, 503].contains(&replayed.status.as_u16()), "a code that was used: {}", replayed.status);
    let mut client = app.visitor();
    let returned = away(&mut client, "/", "nia@riverside.example").await;
    app.advance(TimeDelta::minutes(15));
    assert_eq!(client.get(&returned).await.status, 400, "too old");
    assert_eq!(client.get("/sign-in/elsewhere/back").await.status, 400);
    // Whoever cancels there is not told that the provider is away.
    let left = client.get("/sign-in/elsewhere").await.location().expect("an address");
    let state = left.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state");
    let cancelled = format!("/sign-in/elsewhere/back?error=access_denied&state={state}&iss={iss}");
    assert_eq!(client.get(cancelled).await.status, 400);
}

#[tokio::test]
async fn another_issuer_is_not_believed_and_one_that_is_away_is_said_to_be() {
    let _turn = turn().await;
    let app = app().await;
    let mut client = app.visitor();
    let returned = away(&mut client, "/", "nia@riverside.example").await;
    let (rest, _) = returned.split_once("&iss=").expect("the issuer");
    let other = format!("{rest}&iss={}", urlencoded("https://evil.example"));
    assert_eq!(client.get(other).await.status, 400, "another issuer sends the code");
    let returned = away(&mut client, "/", "nia@riverside.example").await;
    let (rest, _) = returned.split_once("&iss=").expect("the issuer");
    assert_eq!(client.get(rest).await.status, 400, "this provider says that it always names itself");
    let elsewhere = |issuer: String| Provider::new(Told { issuer, ..told() }).expect("a provider");
    let renamed = elsewhere(issuer().replace("127.0.0.1", "localhost"));
    let app = TestApp::new().await.with_oidc(renamed);
    assert_eq!(app.visitor().get("/sign-in/elsewhere").await.status, 400, "its metadata names another");
    let app = TestApp::new().await.with_oidc(elsewhere("http://127.0.0.1:9".to_owned()));
    let away = app.visitor().get("/sign-in/elsewhere").await;
    assert_eq!(away.status, 503);
    assert!(away.text().contains("did not work"), "{}", away.text());
}

#[tokio::test]
async fn keys_that_were_turned_are_asked_for_at_most_once_a_minute() {
    let _turn = turn().await;
    let app = app().await;
    assert_eq!(sign_in(&mut app.visitor(), "/", "nia@riverside.example").await.status, 303);
    ask(&format!("{}/turn-keys", issuer()), &mut BTreeMap::new()).await;
    let soon = sign_in(&mut app.visitor(), "/", "nia@riverside.example").await;
    assert_eq!(soon.status, 400, "they were asked for just now");
    app.advance(TimeDelta::seconds(61));
    assert_eq!(sign_in(&mut app.visitor(), "/", "nia@riverside.example").await.status, 303);
}

#[tokio::test]
async fn clocks_may_lie_a_minute_apart() {
    let _turn = turn().await;
    // The provider's tokens last five minutes.
    for (seconds, status) in [(350, 303), (370, 400), (-50, 303), (-70, 400)] {
        let app = app().await;
        app.advance(TimeDelta::seconds(seconds));
        let came = sign_in(&mut app.visitor(), "/", "nia@riverside.example").await;
        assert_eq!(came.status, status, "{seconds} seconds");
    }
}

#[tokio::test]
async fn a_mail_that_nobody_vouches_for_opens_no_account() {
    let _turn = turn().await;
    let app = app().await;
    let mut client = app.visitor();
    let said = sign_in(&mut client, "/", "ada@riverside.example?unverified").await;
    assert!(said.text().contains("not confirmed there"), "{}", said.text());
    assert_eq!(client.get("/me").await.status, 303, "nobody is signed in");
    let mut client = app.visitor();
    assert_eq!(sign_in(&mut client, "/me", "ada@riverside.example").await.status, 303);
    assert!(
        client.get("/me").await.text().contains("ada@riverside.example"),
        "a mail that is vouched for does"
    );
    assert_eq!(count(&app, "select count(*) from oidc_link").await, 1);
    let unknown = sign_in(&mut app.visitor(), "/", "nia@elsewhere.example").await;
    assert!(unknown.text().contains("Nobody here knows your address"), "{}", unknown.text());
}

#[tokio::test]
async fn what_was_typed_before_comes_along() {
    let _turn = turn().await;
    let app = app().await;
    let wall = format!("/tell?at={}", app.world.nodes["ward4"]);
    let mut client = app.visitor();
    let check = checked(&mut client, &wall, &[]).await;
    let draft: String = check.address.split('/').take(3).collect::<Vec<_>>().join("/");
    let came = sign_in(&mut client, &check.address, "nia@riverside.example").await;
    assert_eq!(came.location().as_deref(), Some(check.address.as_str()), "{}", came.text());
    let page = client.get(&check.address).await;
    assert_eq!((page.status.as_u16(), page.text().contains("nia@riverside.example")), (200, false));
    assert!(client.get("/drafts").await.body.contains(&draft), "it is theirs now");
    assert!(client.get("/me").await.text().contains("Ward 4"), "of the place where they typed");

    let mut client = app.visitor();
    let check = checked(&mut client, &wall, &[]).await;
    let waits = sign_in(&mut client, &check.address, "nia@elsewhere.example").await;
    assert!(waits.text().contains("Your address is confirmed"), "{}", waits.text());
    assert!(app.signed_in("fay").await.get("/waiting").await.text().contains("nia@elsewhere.example"));
    app.run_jobs().await;
    app.mails();
}

#[tokio::test]
async fn signing_out_here_offers_to_sign_out_there_too() {
    let _turn = turn().await;
    let app = app().await;
    let mut client = app.visitor();
    sign_in(&mut client, "/", "nia@riverside.example").await;
    let out = client.post("/sign-out", &[]).await;
    assert!(out.text().contains("You are still signed in at Riverside ID"), "{}", out.text());
    assert_eq!(client.get("/me").await.status, 303, "signed out here");
    let mut hrefs = out.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    let to = hrefs
        .find(|href| href.starts_with(&issuer()))
        .expect("an address")
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    assert!(to.contains("client_id=waymark") && to.contains("post_logout_redirect_uri="), "{to}");
    assert_eq!(ask(&to, &mut BTreeMap::new()).await.0, 200, "it asks there");
    let own = app.signed_in("ada").await.post("/sign-out", &[]).await;
    assert_eq!(own.location().as_deref(), Some("/"), "who signed in here only leaves here");
}

#[tokio::test]
async fn a_second_factor_shown_there_counts_where_the_installation_says_so() {
    let _turn = turn().await;
    let app = app().await;
    let mut client = app.visitor();
    let came = sign_in(&mut client, "/admin", "ann@riverside.example").await;
    assert_eq!(came.location().as_deref(), Some("/me/second-factor?back=/admin"), "{}", came.text());
    let with = Told { second_factor: vec!["otp".to_owned()], ..told() };
    let app = TestApp::new().await.with_oidc(Provider::new(with).expect("a provider"));
    let mut client = app.visitor();
    let came = sign_in(&mut client, "/admin", "ann@riverside.example").await;
    assert_eq!(came.location().as_deref(), Some("/admin"), "{}", came.text());
    assert_eq!(client.get("/admin").await.status, 200);
}
