//! Changing one's own password with the one that one has.

use crate::second_factor::phone;
use chrono::TimeDelta;
use waymark_app::people::ticket::{self, Purpose};
use waymark_app::{Actor, Ctx};
use waymark_store::{on, sqlx};
use waymark_testkit::{Client, PASSWORD, Page, TestApp};

const NEW: &str = "a kettle of another colour";
const MAIL: &str = "ada@riverside.example";

async fn sign_in(app: &TestApp, password: &str) -> u16 {
    app.visitor().post("/sign-in", &[("mail", MAIL), ("password", password)]).await.status.as_u16()
}

async fn is_in(client: &mut Client) -> bool {
    client.get("/work").await.body.contains("Ada Price")
}

/// How often the audit has an act of Ada's.
async fn noted(app: &TestApp, act: &str) -> i64 {
    let mut tx = app.env.db.read().await.expect("a database");
    let sql = "select count(*) from audit where account = $1 and action = $2";
    let account = app.person("ada").0;
    on!(&mut tx, c => sqlx::query_scalar(sql).bind(account).bind(act).fetch_one(c).await).expect("the audit")
}

async fn change(client: &mut Client, page: &Page, (old, new): (&str, &str)) -> Page {
    client.submit(page, &[("password", old), ("new-password", new)]).await
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_ends_what_is_open_elsewhere_on_both_engines() {
    for app in TestApp::on_each().await {
        let program = app.program("ada").await;
        let (mut here, mut there) = (app.signed_in("ada").await, app.signed_in("ada").await);
        let mut ctx = Ctx::write(&app.env, Actor::Time).await.expect("a database");
        let link = ticket::issue(&mut ctx, app.person("ada"), Purpose::Reset).await.expect("a link").0;
        ctx.commit().await.expect("a commit");
        let own = here.get("/me").await;
        assert!(own.body.contains("href=\"/me/password\""), "{}", own.body);
        let page = here.get("/me/password").await;
        for (old, new, said) in [
            ("", NEW, "Enter your password until now"),
            ("not the one", NEW, "This is not your password"),
            (PASSWORD, "short", "Use 8 characters or more"),
            (PASSWORD, "Ada Price of the ward", "has your name"),
        ] {
            let refused = change(&mut here, &page, (old, new)).await;
            assert_eq!(refused.status, 422, "{old} {new}");
            assert!(refused.text().contains(said), "{}", refused.text());
            assert!(!refused.body.contains(NEW) && !refused.body.contains("not the one"), "{}", refused.body);
        }
        assert!(is_in(&mut there).await, "nothing was done yet");
        let sent = change(&mut here, &page, (PASSWORD, NEW)).await;
        let again = change(&mut here, &page, (PASSWORD, NEW)).await;
        assert_eq!(again.location(), sent.location(), "sent twice, done once: {}", again.text());
        let done = here.follow(sent).await;
        assert!(done.text().contains("Your password is changed."), "{}", done.text());
        assert!(is_in(&mut here).await && !is_in(&mut there).await, "{:?}", app.engine());
        assert_eq!(program.get("/me").await.status, 401, "programs ask anew");
        let link = link.strip_prefix(&app.env.config.origin).expect("a link of ours");
        assert_eq!(app.visitor().get(link).await.status, 404, "a link that was mailed before is stopped");
        assert_eq!((sign_in(&app, PASSWORD).await, sign_in(&app, NEW).await), (422, 303));
        assert_eq!((noted(&app, "password-changed").await, noted(&app, "password-refused").await), (1, 1));
    }
}

#[tokio::test]
async fn guessing_the_old_one_is_held_up_and_a_second_factor_is_asked_for_on_both_engines() {
    for app in TestApp::on_each().await {
        let ada = app.person("ada");
        app.gives_password(ada).await;
        let mut client = app.signed_in("ada").await;
        let page = client.get("/me/password").await;
        for _ in 0..5 {
            assert_eq!(change(&mut client, &page, ("a guess", NEW)).await.status, 422);
        }
        let late = change(&mut client, &page, (PASSWORD, NEW)).await;
        assert_eq!((late.status.as_u16(), &late.headers["retry-after"]), (429, &"30".parse().unwrap()));
        assert_eq!(noted(&app, "password-refused").await, 5);
        app.advance(TimeDelta::seconds(30));
        let phone = phone(&app, ada).await;
        let page = client.get("/me/password").await;
        for (code, status, times) in [("000000".to_owned(), 422, 0), (phone.code(), 303, 1)] {
            let fields = [("password", PASSWORD), ("new-password", NEW), ("code", code.as_str())];
            assert_eq!(client.submit(&page, &fields).await.status, status, "{:?}", app.engine());
            assert_eq!(noted(&app, "password-changed").await, times);
        }
    }
}
