//! Signing in, signing out, sessions, and links that work once.

use chrono::TimeDelta;
use waymark_app::people::breached::Breached;
use waymark_app::people::ticket::{self, Newcomer, Purpose};
use waymark_app::{Actor, Ctx};
use waymark_domain::text::Language;
use waymark_testkit::{Client, Page, TestApp};
use waymark_web::visitor::{CODE_COOKIE, SESSION_COOKIE};

const PASSWORD: &str = "kettle marble thursday-ish";

/// A link of a person of the world, as its mail would carry it.
async fn link(app: &TestApp, name: &str, purpose: Purpose) -> String {
    let mut ctx = Ctx::write(&app.env, Actor::Time).await.expect("a database");
    let (link, mail, _) = ticket::issue(&mut ctx, app.person(name), purpose).await.expect("a link");
    ctx.commit().await.expect("a commit");
    assert_eq!(mail, format!("{name}@riverside.example"));
    link.strip_prefix(&app.env.config.origin).expect("a link of ours").to_owned()
}

/// Gives a person of the world the password above.
async fn with_password(app: &TestApp, name: &str) {
    let link = link(app, name, Purpose::Invitation).await;
    let mut client = app.visitor();
    let page = client.get(&link).await;
    assert_eq!(client.submit(&page, &[("password", PASSWORD)]).await.status, 303);
}

async fn sign_in(client: &mut Client, mail: &str, password: &str) -> Page {
    let page = client.get("/sign-in").await;
    client.submit(&page, &[("mail", mail), ("password", password)]).await
}

/// The page without what is new on every page: the form's token.
fn without_token(page: &Page) -> String {
    let parts: Vec<&str> = page.body.split("name=\"token\" value=\"").collect();
    parts.iter().enumerate().map(|(place, part)| if place == 0 { *part } else { &part[64..] }).collect()
}

#[tokio::test]
async fn a_password_of_the_list_of_breaches_is_refused_on_both_engines() {
    // The SHA-1 of PASSWORD, and one that sorts before it.
    let list = std::env::temp_dir().join(format!("waymark-breaches-{}", std::process::id()));
    let lines =
        "0000000000000000000000000000000000000000:9\r\n828C1ED6832533C34E9F0272D85ECB9EEF1AABE8:2\r\n";
    std::fs::write(&list, lines).expect("a list");
    for mut app in TestApp::on_each().await {
        let env = std::sync::Arc::get_mut(&mut app.env).expect("a world of its own");
        env.breached = Some(Breached::open(&list).expect("a list"));
        let link = link(&app, "ada", Purpose::Invitation).await;
        let mut client = app.visitor();
        let page = client.get(&link).await;
        let refused = client.submit(&page, &[("password", PASSWORD)]).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text().contains("on a list of passwords that were stolen elsewhere"),
            "{}",
            refused.text()
        );
        assert_eq!(client.submit(&page, &[("password", "lantern crossing at dusk")]).await.status, 303);
    }
    std::fs::remove_file(list).expect("it was there");
}

#[tokio::test]
async fn a_password_signs_in_and_signing_out_ends_the_session_on_both_engines() {
    for app in TestApp::on_each().await {
        with_password(&app, "ada").await;
        let mut client = app.visitor();
        let sent = sign_in(&mut client, " ADA@riverside.example ", PASSWORD).await;
        assert_eq!(
            (sent.status.as_u16(), sent.location().as_deref()),
            (303, Some("/")),
            "{:?}",
            app.engine()
        );
        assert!(client.get("/work").await.body.contains("Ada Price"));
        let copied = client.clone();
        assert_eq!(client.post("/sign-out", &[]).await.status, 303);
        assert!(!client.get("/work").await.body.contains("Ada Price"));
        assert!(
            !copied.clone().get("/work").await.body.contains("Ada Price"),
            "the secret itself is worth nothing now"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_and_no_such_account_are_told_alike() {
    let app = TestApp::new().await;
    with_password(&app, "ada").await;
    let wrong = sign_in(&mut app.visitor(), "ada@riverside.example", "not the one").await;
    let nobody = sign_in(&mut app.visitor(), "ida@riverside.example", "not the one").await;
    let invited = sign_in(&mut app.visitor(), "bea@riverside.example", "not the one").await;
    assert_eq!(
        (wrong.status, nobody.status, invited.status),
        (422.try_into().unwrap(), wrong.status, wrong.status)
    );
    let same = |page: &Page, name: &str| without_token(page).replace(name, "NAME");
    assert_eq!(same(&wrong, "ada@"), same(&nobody, "ida@"));
    assert_eq!(same(&wrong, "ada@"), same(&invited, "bea@"));
    assert!(wrong.text().contains("they do not belong together"));
    assert!(!wrong.body.contains("not the one"));
}

#[tokio::test]
async fn after_five_wrong_tries_one_waits_and_then_the_right_one_works_on_both_engines() {
    for app in TestApp::on_each().await {
        with_password(&app, "ada").await;
        let mut client = app.visitor();
        for _ in 0..5 {
            assert_eq!(sign_in(&mut client, "ada@riverside.example", "guess").await.status, 422);
        }
        let late = sign_in(&mut client, "ada@riverside.example", PASSWORD).await;
        assert_eq!((late.status.as_u16(), &late.headers["retry-after"]), (429, &"30".parse().unwrap()));
        assert!(late.text().contains("Wait a minute"), "{}", late.text());
        assert!(late.body.contains("value=\"ada@riverside.example\""), "what was typed stays");
        app.advance(TimeDelta::seconds(30));
        assert_eq!(sign_in(&mut client, "ada@riverside.example", PASSWORD).await.status, 303);
        // The count has begun anew.
        assert_eq!(sign_in(&mut app.visitor(), "ada@riverside.example", "guess").await.status, 422);
    }
}

/// What five hundred wrong tries are told, at each of some addresses in turn.
async fn wrong_tries(client: &mut Client, mails: &[String]) -> Vec<(u16, Option<String>)> {
    let mut told = Vec::new();
    for number in 0..500 {
        let mail = &mails[number % mails.len()];
        let answer = client.post("/sign-in", &[("mail", mail), ("password", "guess")]).await;
        let wait = answer.headers.get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
        told.push((answer.status.as_u16(), wait));
    }
    told
}

#[tokio::test]
async fn a_thousand_wrong_sign_ins_in_a_minute_keep_nobody_else_out_and_tell_nobody_who_is_there() {
    let app = TestApp::new().await;
    let names = ["bea", "cai", "len", "fay", "hana"].map(str::to_owned);
    for name in &names {
        with_password(&app, name).await;
    }
    with_password(&app, "ada").await;
    // All come from the one address of a hospital.
    let there: Vec<String> = names.iter().map(|name| format!("{name}@riverside.example")).collect();
    let nobody: Vec<String> = names.iter().map(|name| format!("no-{name}@riverside.example")).collect();
    let told = wrong_tries(&mut app.visitor(), &there).await;
    assert_eq!(told, wrong_tries(&mut app.visitor(), &nobody).await);
    assert_eq!(told.iter().filter(|(status, _)| *status == 422).count(), 25, "five each were looked at");
    assert_eq!(sign_in(&mut app.visitor(), "ada@riverside.example", PASSWORD).await.status, 303);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(
        sign_in(&mut app.visitor(), &there[0], PASSWORD).await.status,
        303,
        "who was tried, a minute later"
    );
}

#[tokio::test]
async fn nobody_is_waited_for_from_another_address_or_account() {
    let app = TestApp::new().await;
    with_password(&app, "ada").await;
    let mut client = app.visitor();
    for _ in 0..6 {
        sign_in(&mut client, "bea@riverside.example", "guess").await;
    }
    assert_eq!(sign_in(&mut client, "ada@riverside.example", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn signing_in_leads_back_only_to_pages_of_ours() {
    let app = TestApp::new().await;
    with_password(&app, "ada").await;
    for (back, to) in [("/me", "/me"), ("//evil.example", "/"), ("https://evil.example/", "/")] {
        let mut client = app.visitor();
        let page = client.get(format!("/sign-in?back={}", waymark_web::failure::urlencoded(back))).await;
        let sent = client.submit(&page, &[("mail", "ada@riverside.example"), ("password", PASSWORD)]).await;
        assert_eq!(sent.location().as_deref(), Some(to), "{back}");
    }
}

#[tokio::test]
async fn sessions_end_when_they_lie_unused_for_as_long_as_each_may() {
    let app = TestApp::new().await;
    with_password(&app, "ada").await;
    with_password(&app, "len").await;
    let mut ordinary = app.visitor();
    sign_in(&mut ordinary, "ada@riverside.example", PASSWORD).await;
    let mut shared = app.visitor();
    let page = shared.get("/sign-in").await;
    let fields = [("mail", "ada@riverside.example"), ("password", PASSWORD), ("shared", "yes")];
    shared.submit(&page, &fields).await;
    let mut decider = app.visitor();
    sign_in(&mut decider, "len@riverside.example", PASSWORD).await;
    app.advance(TimeDelta::minutes(14));
    assert!(shared.get("/work").await.body.contains("Ada Price"), "used within a quarter of an hour");
    app.advance(TimeDelta::minutes(14));
    assert!(shared.get("/work").await.body.contains("Ada Price"), "the last use counts, not the first");
    app.advance(TimeDelta::minutes(1));
    assert!(decider.get("/work").await.body.contains("Len Hughes"), "29 minutes");
    app.advance(TimeDelta::minutes(15));
    assert!(!shared.get("/work").await.body.contains("Ada Price"), "a shared computer");
    app.advance(TimeDelta::minutes(16));
    assert!(!decider.get("/work").await.body.contains("Len Hughes"), "31 minutes");
    assert!(ordinary.get("/work").await.body.contains("Ada Price"), "an hour");
    app.advance(TimeDelta::hours(19));
    assert!(!ordinary.get("/work").await.body.contains("Ada Price"), "twenty hours");
}

#[tokio::test]
async fn whoever_says_that_they_are_there_stays_signed_in_and_is_told_how_long() {
    let app = TestApp::new().await;
    let mut decider = app.signed_in("len").await;
    let page = decider.get("/work").await;
    assert!(page.body.contains("data-minutes=\"30\""), "whoever decides is warned");
    let mut ordinary = app.signed_in("ada").await;
    assert!(!ordinary.get("/work").await.body.contains("still-there"), "20 hours need no warning");
    for _ in 0..3 {
        app.advance(TimeDelta::minutes(29));
        assert_eq!(decider.post("/still-there", &[]).await.status, 303);
    }
    assert_eq!(decider.get("/work").await.status, 200);
    app.advance(TimeDelta::minutes(31));
    assert_eq!(decider.post("/still-there", &[]).await.status, 401);
    assert_eq!(app.visitor().post("/still-there", &[]).await.status, 401);
}

#[tokio::test]
async fn a_link_works_once_and_for_its_time_on_both_engines() {
    for app in TestApp::on_each().await {
        let address = link(&app, "ada", Purpose::Invitation).await;
        let mut client = app.visitor();
        let page = client.get(&address).await;
        assert!(page.text().contains("Ada Price"), "{}", page.text());
        let short = client.submit(&page, &[("password", "short")]).await;
        assert_eq!(short.status, 422, "and the link still works:");
        assert_eq!(client.submit(&page, &[("password", PASSWORD)]).await.status, 303);
        assert!(client.get("/work").await.body.contains("Ada Price"), "signed in");
        assert_eq!(client.get(&address).await.status, 404);
        assert_eq!(client.submit(&page, &[("password", "another of my own")]).await.status, 404);
        for (purpose, lasts) in
            [(Purpose::Invitation, TimeDelta::days(7)), (Purpose::Reset, TimeDelta::hours(1))]
        {
            let address = link(&app, "bea", purpose).await;
            app.advance(lasts - TimeDelta::seconds(1));
            assert_eq!(app.visitor().get(&address).await.status, 200, "{purpose:?}");
            app.advance(TimeDelta::seconds(1));
            assert_eq!(app.visitor().get(&address).await.status, 404, "{purpose:?}");
        }
    }
}

/// Is the browser told to forget a cookie?
pub(crate) fn forgets(page: &Page, name: &str) -> bool {
    let begin = format!("{name}=;");
    page.headers.get_all("set-cookie").iter().any(|one| one.to_str().is_ok_and(|one| one.starts_with(&begin)))
}

#[tokio::test]
async fn whoever_signs_in_has_neither_the_session_nor_the_code_of_who_sat_there_before() {
    for app in TestApp::on_each().await {
        with_password(&app, "bea").await;
        for way in ["password", "link"] {
            let mut client = app.signed_in("ada").await.with_cookie(CODE_COOKIE, "0");
            let mut before = client.clone();
            let came = if way == "password" {
                let typed = [("mail", "bea@riverside.example"), ("password", PASSWORD)];
                client.post("/sign-in", &typed).await
            } else {
                let page = client.get(link(&app, "bea", Purpose::Reset).await).await;
                client.submit(&page, &[("password", PASSWORD)]).await
            };
            assert_eq!(came.status, 303, "{way}: {}", came.text());
            assert!(forgets(&came, CODE_COOKIE), "{way}: {:?}", came.headers);
            assert_eq!(before.get("/me").await.status, 303, "{way}: the session before has ended");
            assert!(client.get("/work").await.body.contains("Bea Okafor"), "{way}");
        }
    }
}

#[tokio::test]
async fn signing_out_leaves_neither_session_nor_code_at_the_browser() {
    let app = TestApp::new().await;
    let mut client = app.signed_in("ada").await.with_cookie(CODE_COOKIE, "0");
    let out = client.post("/sign-out", &[]).await;
    for name in [SESSION_COOKIE, CODE_COOKIE] {
        assert!(forgets(&out, name), "{name}: {:?}", out.headers);
    }
    app.gives_password(app.person("ada")).await;
    let mut client = app.signed_in("ada").await.with_cookie(CODE_COOKIE, "0");
    let page = client.get("/me/close").await;
    let closed = client.submit(&page, &[("password", waymark_testkit::PASSWORD)]).await;
    assert_eq!(closed.status, 200, "{}", closed.text());
    for name in [SESSION_COOKIE, CODE_COOKIE] {
        assert!(forgets(&closed, name), "{name}: {:?}", closed.headers);
    }
}

#[tokio::test]
async fn a_newer_link_stops_the_older_and_a_new_password_ends_every_session() {
    let app = TestApp::new().await;
    with_password(&app, "ada").await;
    let mut client = app.visitor();
    sign_in(&mut client, "ada@riverside.example", PASSWORD).await;
    let older = link(&app, "ada", Purpose::Reset).await;
    let newer = link(&app, "ada", Purpose::Reset).await;
    assert_eq!(app.visitor().get(&older).await.status, 404);
    let mut other = app.visitor();
    let page = other.get(&newer).await;
    assert_eq!(other.submit(&page, &[("password", "a kettle of another colour")]).await.status, 303);
    assert!(!client.get("/work").await.body.contains("Ada Price"), "ended elsewhere");
    assert_eq!(sign_in(&mut app.visitor(), "ada@riverside.example", PASSWORD).await.status, 422);
}

#[tokio::test]
async fn asking_for_a_new_password_is_answered_alike_for_everybody() {
    let app = TestApp::new().await;
    let mut said = Vec::new();
    for mail in ["ada@riverside.example", "nobody@riverside.example", "ada@riverside.example"] {
        let mut client = app.visitor();
        let page = client.get("/sign-in/new-password").await;
        let sent = client.submit(&page, &[("mail", mail)]).await;
        said.push((sent.status, sent.body));
    }
    assert!(said[0].1.contains("Look at your mail"));
    assert!(said.iter().all(|one| *one == said[0]));
}

#[tokio::test]
async fn bad_addresses_stay_on_the_page() {
    let app = TestApp::new().await;
    for bad in ["", "a", "a b@c", "\0@c", &format!("{}@c.example", "x".repeat(250))] {
        let mut client = app.visitor();
        let page = client.get("/sign-in/new-password").await;
        let again = client.submit(&page, &[("mail", bad)]).await;
        assert_eq!(again.status, 422, "{bad:?}");
        let sent = sign_in(&mut client, bad, "\0").await;
        assert_eq!(sent.status, 422, "{bad:?}");
    }
    assert_eq!(app.visitor().get("/ticket/0123").await.status, 404);
    assert_eq!(app.visitor().get("/ticket/%00").await.status, 404);
}

#[tokio::test]
async fn a_confirmed_work_mail_makes_an_account_once_on_both_engines() {
    for app in TestApp::on_each().await {
        let newcomer = Newcomer {
            name: "Nia Puw".to_owned(),
            mail: "nia@riverside.example".to_owned(),
            language: Language::Cy,
            node: app.world.nodes["ward4"].0,
            draft: uuid::Uuid::from_u128(7),
        };
        let mut ctx = Ctx::write(&app.env, Actor::Time).await.expect("a database");
        let (link, mail, _) = ticket::issue_confirm(&mut ctx, &newcomer).await.expect("a link");
        ctx.commit().await.expect("a commit");
        assert_eq!(mail, newcomer.mail);
        let address = link.strip_prefix(&app.env.config.origin).expect("a link of ours");
        let mut client = app.visitor();
        let page = client.get(address).await;
        assert!(page.text().contains("Nia Puw"));
        let sent = client.submit(&page, &[]).await;
        assert_eq!(
            sent.location(),
            Some("/drafts".to_owned()),
            "the draft is gone, so there is nothing to send"
        );
        assert!(client.get("/work").await.body.contains("Nia Puw"));
        assert_eq!(app.visitor().submit(&page, &[]).await.status, 404, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn an_address_that_is_none_leads_on_whoever_is_signed_in_and_nobody_else() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    for address in ["/nowhere", "/records/WM-2026-AAAA-AAA", "/admin"] {
        let page = ada.get(address).await;
        assert!(page.status == 403 || page.status == 404, "{address}: {}", page.status);
        assert!(page.body.contains("href=\"/work\"") && page.body.contains("Ada Price"), "{address}");
        let page = app.visitor().get(address).await;
        assert!(!page.body.contains("href=\"/work\"") && !page.body.contains("Ada Price"), "{address}");
    }
}
