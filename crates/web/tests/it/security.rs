//! What an attacker would try first: forms of another site, cookies of a neighbouring host, words put in somebody's mouth,
//! files from nobody, and tokens older than the role that they act with.

use crate::capture::{checked, draft_of, sent};
use crate::second_factor::by_password;
use axum::http::header::SET_COOKIE;
use waymark_app::people::roles;
use waymark_app::people::ticket::{self, Newcomer};
use waymark_app::people::tokens::{self, Typed};
use waymark_app::routes::ALL;
use waymark_app::{Actor, Ctx};
use waymark_domain::people::role::Role;
use waymark_domain::text::Language;
use waymark_testkit::dump::dump;
use waymark_testkit::{PASSWORD, TestApp};
use waymark_web::visitor::SESSION_COOKIE;

#[tokio::test]
async fn no_address_takes_a_form_of_another_site() {
    let app = TestApp::new().await;
    for site in ["cross-site", "same-site"] {
        let mut fay = app.signed_in("fay").await.sent_from(site);
        for known in ALL {
            let known_fields = [("{reference}", "WM-2026-0000-00E"), ("{step}", "body"), ("{act}", "ask")];
            let pattern = known_fields
                .iter()
                .fold(known.pattern.to_owned(), |pattern, (field, value)| pattern.replace(field, value));
            let path = crate::authorisation::places(&app, &pattern);
            let answer = fay.post(&path, &[("token", "x")]).await;
            if answer.status != 403 {
                // One that takes no form from anybody says so.
                let own = app.signed_in("fay").await.post(&path, &[]).await.status;
                let is_none = own == 405 && answer.status == 405;
                assert!(is_none, "{} from {site}: {}", known.name, answer.status);
            }
        }
    }
    let mut fay = app.signed_in("fay").await;
    assert_eq!(fay.post("/tell", &[]).await.status, 422, "its own forms are taken");
}

/// What an answer sets, a cookie each.
fn cookies(page: &waymark_testkit::Page) -> Vec<String> {
    page.headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().expect("a text").to_owned()).collect()
}

#[tokio::test]
async fn cookies_are_bound_to_their_own_host_and_no_other_name_is_believed() {
    let app = TestApp::new().await.at_origin("https://waymark.riverside.example");
    app.gives_password(app.person("ada")).await;
    let mut browser = app.visitor();
    let page = browser.get("/sign-in").await;
    let typed = [("mail", "ada@riverside.example"), ("password", PASSWORD)];
    let signed_in = browser.submit(&page, &typed).await;
    let set = cookies(&signed_in);
    let session = set.iter().find(|cookie| cookie.contains(SESSION_COOKIE)).expect("a session");
    assert!(session.starts_with("__Host-"), "{session}");
    for part in ["; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"] {
        assert!(session.contains(part) && !session.contains("Domain"), "{part}: {session}");
    }
    let secret = session.split(['=', ';']).nth(1).expect("a value");
    let whole = format!("__Host-{SESSION_COOKIE}");
    assert_eq!(app.visitor().with_cookie(&whole, secret).get("/me").await.status, 200);
    assert_eq!(app.visitor().with_cookie(SESSION_COOKIE, secret).get("/me").await.status, 303);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let app = TestApp::new().await;
    app.gives_password(app.person("ada")).await;
    let mut browser = app.signed_in("ada").await;
    let mut before = browser.clone();
    let typed = [("mail", "ada@riverside.example"), ("password", PASSWORD)];
    assert_eq!(browser.post("/sign-in", &typed).await.status, 303);
    assert_eq!(browser.get("/me").await.status, 200);
    assert_eq!(before.get("/me").await.status, 303);
}

/// The link by which Ada confirms that she typed a draft, which somebody else did.
async fn link(app: &TestApp, draft: &str) -> String {
    let mut ctx = Ctx::write(&app.env, Actor::Time).await.expect("a database");
    let newcomer = Newcomer {
        name: "Ada Price".to_owned(),
        mail: "ada@riverside.example".to_owned(),
        language: Language::En,
        node: app.world.nodes["ward4"].0,
        draft: draft.parse().expect("an id"),
    };
    let (link, ..) = ticket::issue_confirm(&mut ctx, &newcomer).await.expect("a link");
    ctx.commit().await.expect("a commit");
    link.trim_start_matches(&app.env.config.origin).to_owned()
}

#[tokio::test]
async fn nobody_confirms_words_that_they_were_not_shown() {
    let app = TestApp::new().await;
    let mut stranger = app.visitor();
    let at = format!("/tell?at={}", app.world.nodes["ward4"]);
    let check = checked(&mut stranger, &at, &[("problem", "Len is lazy.")]).await;
    let link = link(&app, &draft_of(&check)).await;
    let mut ada = app.visitor();
    let page = ada.get(&link).await;
    assert!(
        page.text().contains("Len is lazy.") && page.text().contains("Did you not write this?"),
        "{}",
        page.text()
    );
    let form = stranger.get(format!("/drafts/{}", draft_of(&check))).await;
    sent(&mut stranger, &form, &[("problem", "Len is a thief.")]).await;
    let again = ada.submit(&page, &[]).await;
    assert!(again.status == 200 && again.text().contains("Len is a thief."), "{}", again.text());
    assert!(!app.signed_in("len").await.get("/work").await.text().contains("thief"), "nothing is sent");
    let receipt = sent(&mut ada, &again, &[]).await;
    assert!(receipt.text().contains("Len Hughes has it"), "{}", receipt.text());
}

#[tokio::test]
async fn a_file_from_nobody_is_not_read() {
    let app = TestApp::new().await;
    let before = dump(&app.env.db).await.len();
    let file = ("file", "ideas.csv", &b"title,problem\nCanary 8812,It sings"[..]);
    let answer = app.visitor().upload("/import", &[("kind", "ideas"), ("node", "")], file).await;
    assert!(answer.location().is_some_and(|to| to.starts_with("/sign-in")), "{}", answer.text());
    assert!(!answer.body.contains("8812"));
    assert_eq!(dump(&app.env.db).await.len(), before);
}

#[tokio::test]
async fn a_token_made_without_a_second_factor_ends_with_the_role_that_needs_one() {
    let app = TestApp::new().await;
    app.gives_password(app.person("ada")).await;
    let once = app.env.secret();
    let typed = Typed {
        name: "a test",
        scope: "read",
        days: "90",
        is_strong: false,
        password: PASSWORD,
        once: &once,
    };
    let ada = app.person("ada");
    let token = tokens::make(&app.env, Actor::Person(ada), typed).await.expect("a token").expect("made once");
    let program = app.stray().with_token(&token);
    assert_eq!(program.get("/me").await.status, 200);
    let mut ctx = app.write_as("ann").await;
    roles::grant(&mut ctx, Role::Finder, app.world.nodes["riverside"], ada).await.expect("a role");
    ctx.commit().await.expect("a commit");
    let refused = program.get("/me").await;
    assert_eq!((refused.status.as_u16(), refused.problem()), (403, "factor"));
}

#[tokio::test]
async fn an_opener_shows_a_second_factor_first() {
    let app = TestApp::new().await;
    let mut ctx = app.write_as("ann").await;
    let (cai, riverside) = (app.person("cai"), app.world.nodes["riverside"]);
    let asked = roles::grant(&mut ctx, Role::Opener, riverside, cai).await;
    assert!(asked.is_ok(), "{asked:?}");
    ctx.commit().await.expect("a commit");
    let mut cai = by_password(&app, cai).await;
    assert_eq!(cai.get("/me").await.status, 200);
    for shut in ["/work", "/opener"] {
        let to = cai.get(shut).await.location().unwrap_or_default();
        assert!(to.starts_with("/me/second-factor"), "{shut}: {to}");
    }
}
