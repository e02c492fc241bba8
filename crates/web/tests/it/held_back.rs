//! What is sent as an idea and reads like something for a door all the same: seen by nobody until a finder has read it.

use crate::capture::{checked, draft_of, sent};
use chrono::TimeDelta;
use waymark_app::people::roles;
use waymark_domain::ids::GrantId;
use waymark_domain::people::grant::GrantEnd;
use waymark_domain::people::role::Role;
use waymark_store::people::holders;
use waymark_testkit::{Client, Page, TestApp};

/// What reads like danger now, with words that must be found nowhere.
const SMOKE: &str =
    "There is smoke coming from the boiler room now and the alarm has not gone off. Canary 4471.";

/// Sends words that are for a door as an idea; gives the page of who sent it.
pub(crate) async fn insisted(client: &mut Client, fields: &[(&str, &str)]) -> Page {
    let typed = [&[("problem", SMOKE), ("solution", "Send somebody to look")], fields].concat();
    let page = checked(client, "/tell", &typed).await;
    assert!(page.address.ends_with("/door"), "{}: {}", page.address, page.text());
    let check = sent(client, &page, &[("door", "none")]).await;
    assert!(check.address.ends_with("/check"), "{}: {}", check.address, check.text());
    let held = sent(client, &check, &[]).await;
    assert!(held.text().contains("A person reads it first"), "{}", held.text());
    assert!(held.text().contains("You hear by Wednesday 8 July 2026"), "{}", held.text());
    held
}

/// Where anything that was told may show.
async fn assert_nowhere(app: &TestApp, names: &[&str]) {
    let ward4 = app.world.nodes["ward4"];
    let pages = [
        "/work".to_owned(),
        "/ideas".to_owned(),
        "/ideas?open=no".to_owned(),
        "/ideas.json".to_owned(),
        "/ideas.csv".to_owned(),
        "/ideas.atom".to_owned(),
        "/drafts".to_owned(),
        format!("/places/{ward4}"),
        "/work.csv".to_owned(),
        "/work.json".to_owned(),
        "/work.atom".to_owned(),
        format!("/places/{ward4}/late"),
        format!("/places/{ward4}/late.csv"),
        format!("/places/{ward4}/wall"),
    ];
    for name in names {
        let mut client = app.signed_in(name).await;
        for page in &pages {
            let body = client.get(page).await.body;
            assert!(!body.contains("4471") && !body.contains("boiler"), "{name}: {page}");
        }
    }
}

#[tokio::test]
async fn nobody_sees_it_until_a_finder_passes_it_on_with_the_dates_it_would_have_had() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let held = insisted(&mut ada, &[]).await;
        assert!(ada.get("/work").await.text().contains("a person reads it first, by"));
        assert_nowhere(&app, &["ada", "bea", "len", "fay", "hana", "rhys", "otto"]).await;
        for name in ["bea", "len", "hana", "ivo", "rhys", "ann", "otto"] {
            let page = app.signed_in(name).await.get(&held.address).await;
            assert_eq!(page.status, 404, "{name}: {}", page.text());
            let acted = app.signed_in(name).await.post(&held.address, &[("door", "none")]).await;
            assert_eq!(acted.status, 404, "{name}: {}", acted.text());
        }
        app.run_jobs().await;
        let mail = app.mails().pop().expect("a mail to the finder");
        assert_eq!(mail.to, "fay@riverside.example");
        assert!(mail.text.contains("Ward 4") && !mail.text.contains("4471"), "{}", mail.text);
        app.advance(TimeDelta::days(1));
        let mut fay = app.signed_in("fay").await;
        assert!(fay.get("/work").await.text().contains("Read this first"), "on her page");
        let page = fay.get(&held.address).await;
        for words in ["Canary 4471", "Send somebody to look", "Ada Price", "Ward 4", "“smoke"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let nothing = fay.submit(&page, &[]).await;
        assert!(nothing.status == 422 && nothing.text().contains("Say where it goes"), "{}", nothing.text());
        sent(&mut fay, &nothing, &[("door", "none")]).await;
        assert!(!fay.get("/work").await.text().contains("Read this first"));
        assert_eq!(fay.get(&held.address).await.status, 404, "it is a record now");
        app.run_jobs().await;
        let mails = app.mails();
        let mail =
            mails.iter().find(|mail| mail.subject.contains("on its way")).expect("a mail to the writer");
        assert_eq!(mail.to, "ada@riverside.example");
        assert!(!mail.text.contains("4471"), "{}", mail.text);
        let mut ada = app.signed_in("ada").await;
        let receipt = ada.get(&held.address).await;
        let receipt = ada.follow(receipt).await;
        assert!(receipt.text().contains("Len Hughes has it"), "{}", receipt.text());
        assert!(
            receipt.text().contains("by Tuesday 21 July 2026"),
            "from when it was sent: {}",
            receipt.text()
        );
        assert!(app.signed_in("len").await.get("/work").await.body.contains("smoke"));
    }
}

#[tokio::test]
async fn a_finder_sends_it_to_a_door_without_its_writers_name() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let held = insisted(&mut ada, &[]).await;
        app.run_jobs().await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(&held.address).await;
        let silent = fay.submit(&page, &[("door", "danger")]).await;
        assert!(silent.status == 422 && silent.text().contains("Write a line to"), "{}", silent.text());
        sent(&mut fay, &silent, &[("door", "danger"), ("line", "This is a fire. I called them.")]).await;
        app.run_jobs().await;
        let mails = app.mails();
        let to = |address: &str| mails.iter().find(|mail| mail.to == address).expect("a mail");
        let door = to("danger@riverside.example");
        assert!(door.text.contains("Canary 4471") && door.text.contains("thought that it is yours"));
        assert!(!door.text.contains("Ada") && !door.text.contains("ada@"), "{}", door.text);
        let told = mails.iter().rev().find(|mail| mail.to == "ada@riverside.example").expect("a mail");
        assert!(told.text.contains("I called them.") && !told.text.contains("4471"), "{}", told.text);
        let page = ada.get(&held.address).await;
        assert!(page.text().contains("It went to somebody else") && page.text().contains("I called them."));
        assert_nowhere(&app, &["ada", "len", "fay"]).await;
        let delivery =
            page.body.split("href=\"").find(|link| link.starts_with("/delivered/")).expect("a link");
        let delivery = ada.get(delivery.split('"').next().expect("an address")).await;
        assert!(delivery.text().contains("have arrived"), "{}", delivery.text());
    }
}

#[tokio::test]
async fn it_comes_back_to_the_drafts_and_goes_on_its_way_then_unless_the_words_change() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let held = insisted(&mut ada, &[]).await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(&held.address).await;
        sent(&mut fay, &page, &[("door", "back"), ("line", "Leave out the boiler room.")]).await;
        let page = ada.get(&held.address).await;
        assert!(page.text().contains("Leave out the boiler room."), "{}", page.text());
        let draft = held.address.replace("/held/", "/drafts/");
        let check = ada.get(format!("{draft}/check")).await;
        let other = [("problem", "There is smoke from the kitchen and the alarm has not gone off.")];
        let form = ada.get(&draft).await;
        let again = sent(&mut ada, &form, &other).await;
        assert!(again.address.ends_with("/door"), "asked anew: {}", again.address);
        let form = ada.get(&draft).await;
        let page = sent(&mut ada, &form, &[("problem", SMOKE)]).await;
        assert!(page.address.ends_with("/door"), "other words once more: {}", page.address);
        drop(check);
    }
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let held = insisted(&mut ada, &[]).await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(&held.address).await;
    sent(&mut fay, &page, &[("door", "back"), ("line", "It is yours to say.")]).await;
    let check = ada.get(held.address.replace("/held/", "/drafts/") + "/check").await;
    let receipt = sent(&mut ada, &check, &[]).await;
    assert!(receipt.text().contains("Len Hughes has it"), "as it is: {}", receipt.text());
}

#[tokio::test]
async fn its_writer_takes_it_back_and_nobody_else_can() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let held = insisted(&mut ada, &[]).await;
        let mut fay = app.signed_in("fay").await;
        let stolen = fay.post(&held.address, &[("door", "take-back")]).await;
        assert_eq!(stolen.status, 404, "{}", stolen.text());
        let page = fay.get(&held.address).await;
        let back = sent(&mut ada, &held, &[("door", "take-back")]).await;
        assert!(back.text().contains("Canary 4471"), "{}", back.text());
        assert!(ada.get("/drafts").await.text().contains("smoke"));
        let late = fay.submit(&page, &[("door", "none")]).await;
        assert_eq!(late.status, 404, "it does not wait any more: {}", late.text());
        assert_eq!(draft_of(&back).len(), 36);
    }
}

#[tokio::test]
async fn when_the_day_is_over_the_heads_can_read_it_too() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let held = insisted(&mut ada, &[]).await;
        app.run_jobs().await;
        app.advance(TimeDelta::days(2));
        app.run_jobs().await;
        let mut late: Vec<String> = app
            .mails()
            .into_iter()
            .filter(|mail| mail.subject.contains("Nobody has read"))
            .map(|mail| mail.to)
            .collect();
        late.sort();
        let all = ["fay", "hana", "rae", "rhys"].map(|name| format!("{name}@riverside.example"));
        assert_eq!(late, all);
        let mut ada = app.signed_in("ada").await;
        assert!(ada.get(&held.address).await.text().contains("That has not happened"));
        let mut hana = app.signed_in("hana").await;
        assert!(hana.get("/work").await.text().contains("Read this first"));
        let page = hana.get(&held.address).await;
        sent(&mut hana, &page, &[("door", "none")]).await;
        let receipt = ada.get(&held.address).await;
        assert!(ada.follow(receipt).await.text().contains("Len Hughes has it"));
    }
}

#[tokio::test]
async fn a_finder_who_is_in_it_does_not_read_it() {
    for app in TestApp::on_each().await {
        let mut fay = app.signed_in("fay").await;
        let ward4 = app.world.nodes["ward4"].to_string();
        let held = insisted(&mut fay, &[("at", &ward4)]).await;
        app.run_jobs().await;
        assert_eq!(app.mails().pop().expect("a mail").to, "rae@riverside.example", "the next finder");
        let page = fay.get(&held.address).await;
        assert!(page.text().contains("Take it back") && !page.text().contains("Where does it go?"));
        let own = fay.post(&held.address, &[("door", "none")]).await;
        assert_eq!(own.status, 404, "{}", own.text());
    }
}

#[tokio::test]
async fn it_is_added_to_no_record_either() {
    let app = TestApp::new().await;
    let mut bea = app.signed_in("bea").await;
    let first =
        checked(&mut bea, "/tell", &[("problem", "The boiler room alarm is broken and nobody mends it")])
            .await;
    let receipt = sent(&mut bea, &first, &[]).await;
    let reference = receipt.address.rsplit('/').next().expect("a reference");
    let mut tx = app.env.db.read().await.expect("a database");
    let id =
        waymark_store::find::sent::of_reference(&mut tx, reference).await.expect("a read").expect("a record");
    drop(tx);
    let id = id.to_string();
    let mut ada = app.signed_in("ada").await;
    let typed = [("problem", SMOKE), ("solution", "Send somebody to look")];
    let page = checked(&mut ada, "/tell", &typed).await;
    let next = sent(&mut ada, &page, &[("door", "none")]).await;
    let similar = format!("/drafts/{}/similar", draft_of(&next));
    let refused = ada.post(&similar, &[("similar", &id)]).await;
    assert!(refused.status == 422 && refused.text().contains("A person reads your words first"));
    assert!(!app.signed_in("bea").await.get("/work").await.body.contains("4471"));
}

#[tokio::test]
async fn a_body_of_one_holds_nothing_back_from_itself() {
    for app in TestApp::on_each().await {
        // Everybody but the head of the root is gone: whoever sends it is the only one left to read it.
        let mut ctx = app.write_as("ann").await;
        let (root, rhys) = (app.world.nodes["root"], app.person("rhys"));
        roles::grant(&mut ctx, Role::Finder, root, rhys).await.expect("a role");
        ctx.commit().await.expect("a commit");
        for node in ["riverside", "root"] {
            let mut tx = app.env.db.read().await.expect("a database");
            let node = app.world.nodes[node].0;
            let held = holders::at_node(&mut tx, node, 50).await.expect("roles");
            drop(tx);
            let others = held.into_iter().filter(|row| ["finder", "head"].contains(&row.role.as_str()));
            for grant in others.filter(|row| row.account != app.person("rhys").0) {
                let mut ctx = app.write_as("ann").await;
                roles::end(&mut ctx, GrantId(grant.id), GrantEnd::Removed).await.expect("a role ended");
                ctx.commit().await.expect("a commit");
            }
        }
        let mut rhys = app.signed_in("rhys").await;
        let ward4 = app.world.nodes["ward4"].to_string();
        let typed = [("at", ward4.as_str()), ("problem", SMOKE)];
        let page = checked(&mut rhys, "/tell", &typed).await;
        let check = sent(&mut rhys, &page, &[("door", "none")]).await;
        let receipt = sent(&mut rhys, &check, &[]).await;
        assert!(receipt.text().contains("has it"), "{}", receipt.text());
    }
}
