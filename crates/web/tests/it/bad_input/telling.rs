//! Forms of telling: each step of a draft, of somebody signed in and of somebody who is not.

use super::scene::{Scene, fresh};
use crate::walk::told_by;
use waymark_domain::people::setting::SeenBy;
use waymark_testkit::{Client, TestApp};

/// A form of this room.
pub async fn scene(app: &TestApp, (name, variant): (&str, &str)) -> Scene {
    let is_known = variant != "visitor";
    let scene = match name {
        "Tell" => new(app, is_known, "/tell").await.with(IDEA),
        "TellDone" => new(app, is_known, "/tell/done").await.with(DONE),
        _ => step(app, (name, variant)).await,
    };
    let is_told_anywhere = matches!(name, "Tell" | "TellDone") && !is_known;
    if is_told_anywhere { scene.with([("where", "ward 4")]) } else { scene }
}

const IDEA: [(&str, &str); 6] = [
    ("problem", "We run out of crates every weekend. Then we borrow."),
    ("solution", "Order on Thursday."),
    ("title", "Crates on Thursday"),
    ("who", "lead"),
    ("origin", "front-line"),
    ("unknown", "yes"),
];

const DONE: [(&str, &str); 5] = [
    ("problem", "Keys got lost."),
    ("did", "We put up a hook."),
    ("changed", "None lost."),
    ("title", "A hook"),
    ("origin", "front-line"),
];

/// Somebody who has no drafts yet, since there is a limit of them.
async fn new(app: &TestApp, is_known: bool, page: &str) -> Scene {
    if !is_known {
        return Scene::at(app.visitor(), page);
    }
    let ward = app.world.nodes["ward4"];
    let held = [waymark_domain::people::role::Role::Member];
    let (account, _) = super::scene::somebody(app, ward, &held).await;
    Scene::of(app, account, page).await
}

/// The address of a draft with an idea of one's own words.
async fn draft(app: &TestApp, client: &mut Client, (kind, with): (&str, &[(&str, &str)])) -> String {
    let ward4 = app.world.nodes["ward4"];
    let page = client.get(format!("{kind}?at={ward4}")).await;
    let own = fresh("crates");
    let mut fill: Vec<(&str, &str)> = if kind == "/tell" { IDEA.to_vec() } else { DONE.to_vec() };
    let words = format!("{own} {own} run out.");
    fill.retain(|(name, _)| with.iter().all(|(other, _)| other != name) && *name != "problem");
    fill.push(("problem", &words));
    fill.extend(with.iter().filter(|(name, _)| *name != "problem"));
    let said = with.iter().find(|(name, _)| *name == "problem");
    fill.extend(said);
    if said.is_some() {
        fill.retain(|(name, value)| *name != "problem" || *value != words);
    }
    let next = client.submit(&page, &fill).await;
    let next = next.location().unwrap_or_else(|| panic!("{}", next.text()));
    next.split('/').take(3).collect::<Vec<_>>().join("/")
}

async fn step(app: &TestApp, (name, variant): (&str, &str)) -> Scene {
    let is_known = variant != "visitor";
    let kind = if variant == "done" { "/tell/done" } else { "/tell" };
    let Scene { mut client, account, .. } = new(app, is_known, kind).await;
    let like: &[(&str, &str)] = match name {
        "DraftSimilar" => {
            told_by(app, ("ada", "ward4"), Some(SeenBy::Everyone)).await;
            &[("problem", "The ward has no blood bottles left on Saturdays"), ("solution", "Bigger order")]
        }
        "DraftWho" => &[("who", "somebody")],
        _ => &[],
    };
    if name == "DraftPublic" {
        crate::public::opened(app).await;
    }
    let draft_at = draft(app, &mut client, (kind, like)).await;
    let mut other = new(app, true, kind).await;
    let theirs = draft(app, &mut other.client, (kind, &[])).await;
    let (part, page, fill): (&str, &str, &[(&str, &str)]) = match name {
        "Draft" => ("", "", &[]),
        "DraftPlace" => ("/place", "/place?where=ward+5", &[]),
        "DraftWho" if is_known => ("/who", "/who", &[("somebody", "unknown")]),
        "DraftWho" => ("/who", "/who", &[("somebody-named", "Len Morris")]),
        "DraftWhose" => ("/whose", "/whose", &[("whose", "own")]),
        "DraftGroup" => ("/group", "/group", &GROUP),
        "DraftBehalf" => ("/behalf", "/behalf", &BEHALF),
        "DraftDoor" => ("/door", "/door", &[("door", "danger"), ("reach", "Ada, ext. 5501")]),
        "DraftSimilar" => ("/similar", "/similar", &[]),
        "DraftDelete" => ("/delete", "/delete", &[]),
        "DraftSend" => ("/send", "/check", &[]),
        "DraftPublic" => ("/send-without-account", "/check?as=public", &[("credit", "Mo")]),
        "DraftConfirm" => ("/confirm", "/check", &[("name", "Nia Rees")]),
        other => panic!("{other} is a form of telling without a scene: give it one here"),
    };
    let mut scene = Scene::at(client, format!("{draft_at}{page}"));
    scene.account = account;
    scene.to = format!("{draft_at}{part}");
    scene.foreign = Some(format!("{theirs}{part}"));
    scene.fill.extend(fill.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    if name == "DraftPlace" {
        scene.fill.push(("at".to_owned(), app.world.nodes["ward5"].to_string()));
    }
    if name == "DraftConfirm" {
        scene.fill.push(("mail".to_owned(), format!("{}@riverside.example", fresh("nia"))));
    }
    scene
}

const GROUP: [(&str, &str); 7] = [
    ("share-own", "33"),
    ("name-1", "Bea Okafor"),
    ("mail-1", "bea@riverside.example"),
    ("share-1", "33"),
    ("name-2", "Nia Rees"),
    ("mail-2", "nia@riverside.example"),
    ("share-2", "34"),
];

const BEHALF: [(&str, &str); 3] =
    [("behalf-name", "Ada Price"), ("behalf-mail", "ada@riverside.example"), ("agreed", "yes")];
