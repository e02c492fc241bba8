//! Tokens: made by a person with their password, shown once, ended by one press, a new password or the closed account.

use chrono::TimeDelta;
use waymark_app::people::administration::close_account;
use waymark_app::people::ticket::{self, Purpose};
use waymark_app::{Actor, Ctx};
use waymark_testkit::{Client, PASSWORD, Page, TestApp};

/// Makes a token on the page.
async fn made(client: &mut Client, scope: &str) -> Page {
    let page = client.get("/me/tokens").await;
    let all: Vec<(String, String)> = page.forms().pop().expect("the form that makes one").1;
    let filled = [("name", "A report"), ("scope", scope), ("days", "30"), ("password", PASSWORD)];
    let token =
        all.iter().find(|(name, _)| name == "token").map(|(_, value)| value.clone()).unwrap_or_default();
    let fields: Vec<(&str, &str)> = filled.into_iter().chain([("token", token.as_str())]).collect();
    client.post("/me/tokens", &fields).await
}

fn secret(page: &Page) -> String {
    let text = page.text();
    text.split_whitespace().find(|word| word.starts_with("wm_")).expect("a token").to_owned()
}

#[tokio::test]
async fn a_token_is_shown_once_acts_as_its_person_and_is_ended_by_one_press() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("ada")).await;
        let mut ada = app.signed_in("ada").await;
        let page = made(&mut ada, "read").await;
        assert_eq!(page.status, 200, "{}", page.text());
        let secret = secret(&page);
        assert_eq!(secret.len(), "wm_".len() + 64);
        let program = app.stray().with_token(&secret);
        let me = program.get("/me").await;
        assert_eq!((me.status.as_u16(), me.text("name")), (200, "Ada Price"));
        assert_eq!(me.body["roles"][0]["place"], "Ward 4");
        let list = ada.get("/me/tokens").await;
        assert!(list.text().contains("A report") && list.text().contains("7 July 2026"), "{}", list.text());
        assert!(!list.body.contains(&secret) && !list.body.contains(&secret[3..]), "it is shown again");
        assert_eq!(program.post("/ideas", &super::idea(&app)).await.problem(), "scope");
        let (address, fields) = list.forms().remove(0);
        let token = fields.iter().find(|(name, _)| name == "token").expect("a token").1.clone();
        for _ in 0..2 {
            assert_eq!(ada.post(&address, &[("token", &token)]).await.status, 303, "pressed twice");
        }
        assert_eq!(program.get("/me").await.problem(), "sign-in");
    }
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_token_and_what_is_wrong_is_said_beside_it() {
    let app = TestApp::new().await;
    app.gives_password(app.person("ada")).await;
    let mut ada = app.signed_in("ada").await;
    let filled = [("name", "A"), ("scope", "write"), ("days", "90"), ("password", PASSWORD)];
    let once = app.env.secret();
    let fields: Vec<_> = filled.into_iter().chain([("token", once.as_str())]).collect();
    assert!(ada.post("/me/tokens", &fields).await.body.contains("wm_"));
    assert_eq!(ada.post("/me/tokens", &fields).await.status, 303);
    let wrong = ada.post("/me/tokens", &[("days", "1000"), ("scope", "all")]).await;
    assert_eq!(wrong.status, 422);
    for said in ["Enter what the token is for", "Choose what it may do", "Choose how long it lasts"] {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    let guess = [("name", "B"), ("scope", "read"), ("days", "90"), ("password", "a guess of mine")];
    for _ in 0..5 {
        let page = ada.post("/me/tokens", &guess).await;
        assert!(page.status == 422 && page.text().contains("This is not your password"), "{}", page.text());
    }
    assert_eq!(ada.post("/me/tokens", &guess).await.status, 429, "guessing takes longer and longer");
    let mut bea = app.signed_in("bea").await;
    let page = bea.post("/me/tokens", &guess).await;
    assert!(page.text().contains("You have no password yet"), "{}", page.text());
    assert!(!ada.get("/me/tokens").await.text().contains("End B"), "none was made");
}

#[tokio::test]
async fn a_token_ends_with_its_days_with_a_new_password_and_with_the_account() {
    for app in TestApp::on_each().await {
        let lasting = app.program("ada").await;
        assert_eq!(lasting.get("/me").await.status, 200);
        app.advance(TimeDelta::days(90));
        assert_eq!(lasting.get("/me").await.problem(), "sign-in", "its ninety days are over");
        let program = app.program("ada").await;
        let mut ctx = Ctx::write(&app.env, Actor::Console).await.expect("a database");
        let (link, ..) = ticket::issue(&mut ctx, app.person("ada"), Purpose::Reset).await.expect("a link");
        ctx.commit().await.expect("a commit");
        let secret = link.rsplit('/').next().expect("a secret");
        ticket::set_password(&app.env, secret, ("a bottle of blue ink", "a test")).await.expect("a password");
        assert_eq!(program.get("/me").await.problem(), "sign-in", "a new password ends them");
        let program = app.program("bea").await;
        let mut ctx = app.write_as("ann").await;
        close_account(&mut ctx, app.person("bea")).await.expect("closed");
        ctx.commit().await.expect("a commit");
        assert_eq!(program.get("/me").await.problem(), "sign-in", "the account is closed");
    }
}

#[tokio::test]
async fn a_token_has_the_rights_that_its_person_has_now_and_no_cookie_counts() {
    let app = TestApp::new().await;
    let finder = app.program("fay").await;
    let late = format!("/places/{}/late", app.world.nodes["riverside"]);
    assert_eq!(finder.get(&late).await.status, 200);
    let mut ada = app.signed_in("ada").await;
    for address in ["/api/v1/me", "/api/v1/ideas?lang=cy"] {
        let page = ada.get(address).await;
        assert_eq!(page.status, 401, "{address} by a cookie");
        assert_eq!(page.headers["www-authenticate"], "Bearer realm=\"Waymark\"");
        assert!(!page.headers.contains_key("set-cookie"), "{address}");
    }
}
