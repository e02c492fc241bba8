//! Forms of administration: an administrator of Riverside, so that Hillside is not theirs.

use super::scene::{Scene, console, fresh, somebody, team};
use crate::capture::checked;
use crate::second_factor::phone;
use uuid::Uuid;
use waymark_app::Actor;
use waymark_app::people::asks::{self, Given};
use waymark_app::people::{factor_reset, roles};
use waymark_app::routes::Route;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_store::{on, sqlx};
use waymark_testkit::TestApp;

/// A form of this room.
pub async fn scene(app: &TestApp, name: &str) -> Scene {
    if name == "AdminMail" {
        return Scene::by(app, "ann", "/admin/mail").await.with([
            ("mail-by", "smtp"),
            ("mail-host", "mail.riverside.example"),
            ("mail-port", "587"),
            ("mail-user", "waymark"),
            ("mail-password", "a letter box key"),
            ("mail-from", "waymark@riverside.example"),
        ]);
    }
    match name {
        "TestMail" => {
            // Somebody new each time: one person may send a few in a while.
            let (admin, _) =
                somebody(app, app.world.nodes["root"], &[Role::Member, Role::Administrator]).await;
            return Scene::of(app, admin, "/admin/mail").await.to("/admin/mail/test");
        }
        "KeepFor" => {
            let kept = Scene::by(app, "ann", "/admin/retention/audit").await;
            return kept.with([("days", "800")]).not("/admin/retention/sessions");
        }
        "Seals" => {
            let seals = Scene::by(app, "ann", "/admin/seals").await;
            return seals.with([("auditor-mail", "audit@riverside.example")]);
        }
        "LetIn" => return let_in(app).await,
        "SecondYes" => return second_yes(app).await,
        "ResetYes" => return reset_yes(app).await,
        _ => {}
    }
    let riverside = app.world.nodes["riverside"];
    let (admin, _) = somebody(app, riverside, &[Role::Member, Role::Administrator]).await;
    match name {
        "EndRole" => role(app, admin).await,
        "ResetFactor" => {
            let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
            let (foreign, _) = somebody(app, app.world.nodes["ward1"], &[Role::Member]).await;
            phone(app, account).await;
            phone(app, foreign).await;
            let address = |account| Route::ResetFactor { account };
            Scene::of(app, admin, address(account.0)).await.not(address(foreign.0))
        }
        "EndSessions" | "CloseAccount" => {
            let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
            let act = if name == "EndSessions" { "sessions" } else { "close" };
            let address = |account: AccountId| format!("/admin/accounts/{account}/{act}");
            Scene::of(app, admin, address(account)).await.not(address(app.person("una")))
        }
        _ => about_a_node(app, admin, name).await,
    }
}

async fn about_a_node(app: &TestApp, admin: AccountId, name: &str) -> Scene {
    let name_of_node = fresh("Ward");
    let mail = format!("{}@riverside.example", fresh("invited"));
    let (part, fill) = match name {
        "AddNode" => ("add", vec![("name", name_of_node.as_str()), ("level", "team")]),
        "RenameNode" => ("name", vec![("name", name_of_node.as_str())]),
        "MoveNode" => ("move", vec![("parent", "Ward 5")]),
        "CloseNode" => ("close", vec![]),
        "NodeSettings" => ("settings", vec![("go-pounds", "1200"), ("door-help", "0300 123 4567")]),
        "Invite" => ("invite", vec![("name", "Nia Puw"), ("mail", mail.as_str()), ("role", "member")]),
        other => panic!("{other} is a form of administration without a scene: give it one here"),
    };
    let address = |node: NodeId| format!("/admin/nodes/{node}/{part}");
    let mut scene = Scene::of(app, admin, address(team(app).await)).await;
    scene.fill.extend(fill.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    scene.not(address(app.world.nodes["hillside"]))
}

async fn role(app: &TestApp, admin: AccountId) -> Scene {
    let team = team(app).await;
    let (account, _) = somebody(app, team, &[Role::Member]).await;
    let (other, _) = somebody(app, app.world.nodes["ward1"], &[Role::Member]).await;
    let mut ctx = console(app).await;
    let lead = roles::grant(&mut ctx, Role::TeamLead, team, account).await.expect("a role");
    let theirs =
        roles::grant(&mut ctx, Role::TeamLead, app.world.nodes["ward1"], other).await.expect("a role");
    ctx.commit().await.expect("a commit");
    let address = |node: NodeId, grant: uuid::Uuid| format!("/admin/nodes/{node}/roles/{grant}/end");
    let foreign = address(team, theirs.0);
    Scene::of(app, admin, address(team, lead.0)).await.not(foreign)
}

/// Somebody of a team of their own, and an administrator there who may let them in.
async fn let_in(app: &TestApp) -> Scene {
    let team = team(app).await;
    let (admin, _) = somebody(app, team, &[Role::Member, Role::Administrator]).await;
    let mail = format!("{}@elsewhere.example", fresh("newcomer"));
    let mut visitor = app.visitor();
    let check = checked(&mut visitor, &format!("/tell?at={team}"), &[]).await;
    visitor.submit(&check, &[("name", "Nia Rees"), ("mail", &mail)]).await;
    app.run_jobs().await;
    let mails = app.mails();
    let letter = mails.iter().find(|letter| letter.to == mail).expect("a mail with a link");
    let link =
        letter.text.split("http://127.0.0.1:8080").nth(1).and_then(|rest| rest.split_whitespace().next());
    let page = visitor.get(link.expect("a link")).await;
    visitor.submit(&page, &[]).await;
    let mut tx = app.env.db.read().await.expect("a database");
    let sql = "select id from newcomer where mail_folded = $1";
    let newcomer: Uuid =
        on!(&mut tx, c => sqlx::query_scalar(sql).bind(&mail).fetch_one(c).await).expect("a newcomer");
    let to = Route::LetIn { newcomer };
    Scene::of(app, admin, Route::Waiting).await.to(to).with([("answer", "yes")])
}

/// A second factor that one administrator asked to be taken away; another one says yes.
async fn reset_yes(app: &TestApp) -> Scene {
    let team = team(app).await;
    let (first, _) = somebody(app, team, &[Role::Member, Role::Administrator]).await;
    let (second, _) = somebody(app, team, &[Role::Member, Role::Administrator]).await;
    let (lost, _) = somebody(app, team, &[Role::Member]).await;
    phone(app, lost).await;
    let mut ctx = console(app).await;
    ctx.actor = Actor::Person(first);
    factor_reset::ask(&mut ctx, lost).await.expect("asked");
    let waiting = factor_reset::list(&mut ctx).await.expect("a list");
    let reset = waiting.iter().find(|one| one.row.account == lost.0).expect("it waits").row.id;
    ctx.commit().await.expect("a commit");
    let to = Route::ResetYes { reset };
    Scene::of(app, second, Route::Waiting).await.to(to).with([("answer", "yes")])
}

/// A role that an administrator of a team asked for; another one says yes.
async fn second_yes(app: &TestApp) -> Scene {
    let team = team(app).await;
    let (first, _) = somebody(app, team, &[Role::Member, Role::Administrator]).await;
    let (second, _) = somebody(app, team, &[Role::Member, Role::Administrator]).await;
    let (holder, _) = somebody(app, team, &[Role::Member]).await;
    let mut ctx = console(app).await;
    ctx.actor = Actor::Person(first);
    let given = asks::give(&mut ctx, Role::Administrator, (team, holder)).await.expect("asked");
    let Given::Asked(ask) = given else { panic!("a powerful role waits for a second yes: {given:?}") };
    ctx.commit().await.expect("a commit");
    let to = Route::SecondYes { ask: ask.0 };
    Scene::of(app, second, Route::Waiting).await.to(to).with([("answer", "yes")])
}
