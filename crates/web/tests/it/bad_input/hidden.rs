//! Forms of what is held back and of hidden names.

use super::scene::{Scene, fresh, signed_in, somebody};
use crate::hidden::{openers, told};
use crate::problems;
use crate::walk::told_by;
use waymark_app::find::comment;
use waymark_app::{Actor, Ctx};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Remark;
use waymark_testkit::TestApp;

/// A pass-phrase that somebody wrote down.
const PHRASE: &str = "7K3QF-2M9XA-0B4CD-8EWHJ-5NPRS";

/// A form of this room.
pub async fn scene(app: &TestApp, name: &str) -> Scene {
    match name {
        "HeldBack" => {
            let (own, other) = (held(app, "ward4").await, held(app, "ward1").await);
            let scene = Scene::by(app, "fay", own).await.not(other);
            scene.with([("door", "back"), ("line", "This is for the fire desk.")])
        }
        "ComeBack" => {
            let (_, code, _) = hidden(app).await;
            Scene::at(app.visitor(), "/come-back").with([("code", &code)])
        }
        "Opener" => {
            let (account, _) = somebody(app, app.world.nodes["ward5"], &[Role::Opener]).await;
            Scene::of(app, account, "/opener").await.with([("phrase", PHRASE), ("again", PHRASE)])
        }
        "OpenName" => {
            let (record, _, first) = hidden(app).await;
            let other = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let scene = Scene::by(app, "hana", format!("{record}/open")).await;
            scene
                .not(format!("/records/{other}/open"))
                .with([("why", "A threat."), ("open-password", &first)])
        }
        "GiveName" => {
            let (record, code, _) = hidden(app).await;
            let other = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
            let client = app.visitor().with_cookie("waymark-code", &code);
            let client = signed_in(app, account, client).await;
            let scene = Scene::at(client, format!("{record}/name"));
            Scene { account: Some(account), ..scene }.not(format!("/records/{other}/name"))
        }
        other => of_record(app, other).await,
    }
}

/// A form on a record that says more of it, or takes something out.
async fn of_record(app: &TestApp, name: &str) -> Scene {
    match name {
        "MaskWords" => {
            let own = told_by(app, ("ada", "ward4"), None).await.told.reference;
            let other = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let scene = Scene::by(app, "fay", format!("/records/{own}/mask")).await;
            scene.not(format!("/records/{other}/mask")).with([
                ("words", "bottles"),
                ("because", "person"),
                ("sure", "yes"),
            ])
        }
        "MaskProblem" => problem(app).await,
        "AnswerDoor" => {
            let own = crate::doors::answered_at(app).await;
            Scene::at(app.visitor(), own).with([("answer", "We come at once.")])
        }
        "Look" => {
            // An auditor of Hillside, who may not know of what is Riverside's.
            let (account, _) = somebody(app, app.world.nodes["hillside"], &[Role::Auditor]).await;
            let own = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let other = told_by(app, ("ada", "ward4"), Some(SeenBy::Handlers)).await.told.reference;
            let scene = Scene::of(app, account, format!("/records/{own}/look")).await;
            scene.not(format!("/records/{other}/look")).with([("why", "Audit of June")])
        }
        "Credit" => {
            let (record, code) = public(app).await;
            let other = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let client = app.visitor().with_cookie("waymark-code", &code);
            let scene = Scene::at(client, format!("{record}/credit")).with([("credit", "Mo")]);
            scene.not(format!("/records/{other}/credit"))
        }
        "Report" => {
            let own = told_by(app, ("ada", "ward4"), Some(SeenBy::Body)).await.told.reference;
            let other = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
            let scene = Scene::of(app, account, format!("/records/{own}/report")).await;
            let typed = [("because", "private"), ("line", "It names bay nine.")];
            scene.not(format!("/records/{other}/report")).with(typed)
        }
        "Moderate" => {
            let (record, _) = public(app).await;
            let other = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await.told.reference;
            let scene = Scene::by(app, "fay", format!("{record}/moderate")).await;
            let typed = [("act", "unlist"), ("because", "private"), ("words", "It names bay nine.")];
            scene.not(format!("/records/{other}/moderate")).with(typed)
        }
        "ModerateComment" => {
            let (own, other) = (commented(app, "ward4").await, commented(app, "ward1").await);
            let typed = [("act", "unlist"), ("because", "private"), ("words", "It names bay nine.")];
            Scene::by(app, "fay", own).await.not(other).with(typed)
        }
        other => panic!("{other} is a form without a scene: give it one here"),
    }
}

/// A problem of Riverside in which its finder masks words, and one of Hillside that is not hers to know of.
async fn problem(app: &TestApp) -> Scene {
    let said = ["Cold meals", "They come late.", "Judged by the kitchen."];
    let own = problems::listed_with(app, ("fay", "riverside"), (SeenBy::Body, None), said).await;
    let other = problems::listed_with(app, ("ivo", "hillside"), (SeenBy::Body, None), said).await;
    let scene = Scene::by(app, "fay", format!("/problems/{own}/mask")).await;
    let typed = [("words", "kitchen"), ("because", "person"), ("sure", "yes")];
    scene.not(format!("/problems/{other}/mask")).with(typed)
}

/// Where it is decided whether a comment stays that somebody wrote on an idea of a ward.
async fn commented(app: &TestApp, ward: &str) -> String {
    let teller = if ward == "ward1" { "olu" } else { "ada" };
    let record = told_by(app, (teller, ward), None).await;
    let (account, _) = somebody(app, app.world.nodes[ward], &[Role::Member]).await;
    let mut ctx = Ctx::write(&app.env, Actor::Person(account)).await.expect("a database");
    let words = Remark::parse("Bay nine, too.").expect("a text");
    let written = comment::write(&mut ctx, record.id, &words).await.expect("written");
    ctx.commit().await.expect("a commit");
    format!("/records/{}/comments/{}/moderate", record.told.reference, written.id)
}

/// The address of a record with a hidden name, its code, and the pass-phrase of who begins to open it.
async fn hidden(app: &TestApp) -> (String, String, String) {
    let [first, _] = openers(app).await;
    let (account, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    let mut client = signed_in(app, account, app.visitor()).await;
    let own = fresh("kettles");
    let (receipt, code) = told(&mut client, &[("problem", &format!("{own} {own} leak."))]).await;
    (receipt.address.replace("/told/", "/records/"), code, first)
}

/// The address of a record that somebody without an account told, and its code.
async fn public(app: &TestApp) -> (String, String) {
    crate::public::opened(app).await;
    let own = fresh("lamps");
    let problem = format!("{own} {own} flicker.");
    let (receipt, code) = crate::public::told(app, &mut app.visitor(), &problem).await;
    (crate::public::record_of(&receipt), code)
}

/// The address of what is held back at a ward.
async fn held(app: &TestApp, ward: &str) -> String {
    let (account, _) = somebody(app, app.world.nodes[ward], &[Role::Member]).await;
    let mut client = signed_in(app, account, app.visitor()).await;
    crate::held_back::insisted(&mut client, &[]).await.address
}
