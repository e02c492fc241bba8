//! Forms of people: the first run, signing in, links, one's own account.

use super::scene::{Scene, console, fresh, signed_in, somebody, team};
use crate::second_factor::{begun, by_password, phone};
use waymark_app::people::ticket::{self, Newcomer, Purpose};
use waymark_domain::ids::AccountId;
use waymark_domain::people::role::Role;
use waymark_domain::text::Language;
use waymark_testkit::{TestApp, sqlite};

const PASSWORD: &str = "kettle marble thursday-ish";

/// A form of this room.
pub async fn scene(app: &TestApp, (name, variant): (&str, &str)) -> Scene {
    match name {
        // Each try has an address of its own: after five one would wait.
        "SignIn" => Scene::at(app.visitor(), "/sign-in?back=/me")
            .with([("mail", &format!("{}@riverside.example", fresh("nobody"))), ("password", "not the one")]),
        "StillThere" => Scene::by(app, "len", "/me").await.to("/still-there"),
        "SignOut" => Scene::by(app, "ada", "/me").await.to("/sign-out"),
        "Forgotten" => {
            let (_, mail) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
            Scene::at(app.visitor(), "/sign-in/new-password").with([("mail", &mail)])
        }
        "Ticket" if variant == "password" => invitation(app).await,
        "Ticket" => confirmation(app).await,
        "Code" => code(app).await,
        "SecondFactor" => {
            let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
            Scene::of(app, account, "/me/second-factor").await
        }
        "SetUpFactor" => set_up(app).await,
        "RecoveryCodes" | "RemoveFactor" => {
            let (account, code) = with_factor(app).await;
            let part = if name == "RemoveFactor" { "remove" } else { "codes" };
            Scene::of(app, account, format!("/me/second-factor/{part}")).await.with([("code", &code)])
        }
        "Me" => Scene::by(app, "bea", "/me").await.with([("name", "Bea Okafor"), ("hour", "9")]),
        "EndOwnSessions" => sessions(app).await,
        "Password" => {
            let scene = Scene::of(app, one_with_password(app).await, "/me/password").await;
            scene.with([
                ("password", waymark_testkit::PASSWORD),
                ("new-password", "a kettle of another colour"),
            ])
        }
        "Cover" => away(app).await,
        "EndCover" => back_again(app).await,
        "Tokens" => tokens(app).await,
        "EndToken" => end_token(app).await,
        "CloseOwn" => {
            let scene = Scene::of(app, one_with_password(app).await, "/me/close").await;
            scene.with([("password", waymark_testkit::PASSWORD)])
        }
        "Complaint" => complaint(app, variant).await,
        _ => first_run((name, variant)).await,
    }
}

/// Somebody with a second factor, and the code that their phone shows.
async fn with_factor(app: &TestApp) -> (AccountId, String) {
    let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    (account, phone(app, account).await.code())
}

async fn code(app: &TestApp) -> Scene {
    let (account, code) = with_factor(app).await;
    let client = by_password(app, account).await;
    let scene = Scene::at(client, "/sign-in/code?back=/me").with([("code", &code)]);
    Scene { account: Some(account), ..scene }
}

async fn set_up(app: &TestApp) -> Scene {
    let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    let phone = begun(app, account).await;
    Scene::of(app, account, "/me/second-factor/set-up").await.with([("code", &phone.code())])
}

fn path(app: &TestApp, link: &str) -> String {
    link.strip_prefix(&app.env.config.origin).expect("a link of ours").to_owned()
}

async fn invitation(app: &TestApp) -> Scene {
    let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    let mut ctx = console(app).await;
    let (link, ..) = ticket::issue(&mut ctx, account, Purpose::Invitation).await.expect("a link");
    ctx.commit().await.expect("a commit");
    Scene::at(app.visitor(), path(app, &link)).with([("password", PASSWORD)])
}

async fn confirmation(app: &TestApp) -> Scene {
    let newcomer = Newcomer {
        name: "Nia Puw".to_owned(),
        mail: format!("{}@riverside.example", fresh("newcomer")),
        language: Language::En,
        node: app.world.nodes["ward4"].0,
        draft: uuid::Uuid::nil(),
    };
    let mut ctx = console(app).await;
    let (link, ..) = ticket::issue_confirm(&mut ctx, &newcomer).await.expect("a link");
    ctx.commit().await.expect("a commit");
    Scene::at(app.visitor(), path(app, &link))
}

async fn sessions(app: &TestApp) -> Scene {
    let account = one_with_password(app).await;
    signed_in(app, account, app.visitor()).await;
    let scene = Scene::of(app, account, "/me/sessions/end").await;
    scene.with([("password", waymark_testkit::PASSWORD)])
}

/// Somebody of a ward of their own, since nobody is away twice on a day.
async fn one_of_a_ward(app: &TestApp) -> AccountId {
    somebody(app, team(app).await, &[Role::Member]).await.0
}

async fn away(app: &TestApp) -> Scene {
    let year = (app.env.now() + chrono::Days::new(400)).format("%Y").to_string();
    let day = [("from-day", "8"), ("from-month", "7"), ("from-year", &year)];
    let last = [("to-day", "9"), ("to-month", "7"), ("to-year", &year)];
    let scene = Scene::of(app, one_of_a_ward(app).await, "/me/cover").await;
    scene.with(day).with(last).with([("by", "bea@riverside.example")])
}

async fn back_again(app: &TestApp) -> Scene {
    let mut other = away(app).await;
    let foreign = ended(&mut other).await;
    let mut scene = away(app).await;
    let to = ended(&mut scene).await;
    Scene { fill: Vec::new(), ..scene.to(to).not(foreign) }
}

/// The address that ends an absence that is entered first.
async fn ended(scene: &mut Scene) -> String {
    let fields = scene.fields().await;
    let sent = scene.filled(&fields);
    let entered = scene.send(&sent).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    let page = scene.client.get("/me/cover").await;
    page.form().0
}

async fn one_with_password(app: &TestApp) -> AccountId {
    let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    app.gives_password(account).await;
    account
}

async fn tokens(app: &TestApp) -> Scene {
    let scene = Scene::of(app, one_with_password(app).await, "/me/tokens").await;
    scene.with([("name", "A report"), ("scope", "read"), ("password", waymark_testkit::PASSWORD)])
}

async fn complaint(app: &TestApp, variant: &str) -> Scene {
    crate::own_data::complaints_go_to(app, "dpo@riverside.example").await;
    let scene = match variant {
        "visitor" => Scene::at(app.visitor(), "/complaint"),
        _ => Scene::by(app, "bea", "/complaint").await,
    };
    scene.with([("about", "data"), ("words", "You kept it too long.")])
}

async fn end_token(app: &TestApp) -> Scene {
    let (own, other) = (one_with_password(app).await, one_with_password(app).await);
    let mut foreign = Scene::of(app, other, "/me/tokens").await;
    app.token_of(other, "read").await;
    let foreign = foreign.client.get("/me/tokens").await.form().0;
    app.token_of(own, "read").await;
    let mut scene = Scene::of(app, own, "/me/tokens").await;
    let to = scene.client.get("/me/tokens").await.form().0;
    scene.to(to).not(foreign)
}

/// The answers to each question of the first run, as the page has not filled them in itself.
fn answers(step: &str) -> Vec<(&'static str, &'static str)> {
    match step {
        "body" => vec![("body-name", "Hafan Day Centre"), ("calendar", "england-and-wales")],
        "people" => vec![
            ("name", "Mair Rees"),
            ("mail", "mair@hafan.example"),
            ("password", PASSWORD),
            ("finder", "other"),
            ("finder-name", "Ifan Puw"),
            ("finder-mail", "ifan@hafan.example"),
            ("lead", "other"),
            ("lead-name", "Sian Ellis"),
            ("lead-mail", "sian@hafan.example"),
        ],
        "doors" => vec![("door-danger", "999"), ("door-help", "0300 123 4567")],
        "mail" => vec![
            ("mail-by", "smtp"),
            ("mail-host", "mail.hafan.example"),
            ("mail-port", "587"),
            ("mail-user", "waymark"),
            ("mail-from", "waymark@hafan.example"),
            ("mail-password", "a letter box key"),
        ],
        _ => vec![("seen-by", "body")],
    }
}

async fn first_run((name, step): (&str, &str)) -> Scene {
    let app = TestApp::empty(sqlite().await).await;
    let mut client = app.visitor();
    let scene = if name == "StartCheck" {
        for step in ["body", "people", "doors", "mail", "seen-by"] {
            let page = client.get(format!("/start/{step}")).await;
            assert_eq!(client.submit(&page, &answers(step)).await.status, 303, "{step}");
        }
        Scene::at(client, "/start/check")
    } else {
        assert_eq!(name, "StartStep", "a form of people without a scene: give it one here");
        let mut scene = Scene::at(client, format!("/start/{step}"));
        scene.fill.extend(answers(step).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
        scene
    };
    Scene { own: Some(app), ..scene }
}
