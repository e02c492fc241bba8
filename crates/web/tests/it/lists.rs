//! Lists show exactly what the policy shows, a page at a time; the board of what is late; my work.

use crate::walk::{days_pass, told, told_by};
use chrono::TimeDelta;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use waymark_app::find::list::{Filter, list};
use waymark_app::people::relocate::move_under;
use waymark_app::route::answer::{Receiver, Reply, answer};
use waymark_app::route::change::{Seen, visible};
use waymark_app::{Actor, Ctx};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Prose;
use waymark_store::people::{holders, tree};
use waymark_testkit::TestApp;

/// Everything that a person finds at a place by going from page to page.
async fn found(app: &TestApp, actor: Actor, (node, is_of_mine): (NodeId, bool)) -> BTreeSet<Uuid> {
    let mut all = BTreeSet::new();
    let mut filter = Filter { node: Some(node), is_of_mine, ..Filter::default() };
    loop {
        let mut ctx = Ctx::read(&app.env, actor).await.unwrap();
        let page = list(&mut ctx, &filter).await.unwrap();
        for item in page.items {
            assert!(all.insert(item.id), "{} is on two pages", item.reference);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return all,
        }
    }
}

/// What the policy lets a person see of some records.
pub async fn seen(app: &TestApp, actor: Actor, records: &[Innovation]) -> BTreeSet<Uuid> {
    let mut all = BTreeSet::new();
    for record in records {
        let mut ctx = Ctx::read(&app.env, actor).await.unwrap();
        if visible(&mut ctx, record.id).await.is_ok() {
            all.insert(record.id.0);
        }
    }
    all
}

/// Sends a record on to the lead of another body's ward.
pub async fn send_on(app: &TestApp, record: &Innovation) {
    let mut ctx = app.write_as("len").await;
    let why = Prose::parse("They order.").unwrap();
    let reply = Reply::SendOn { why, to: Receiver::Lead(app.world.nodes["ward1"]) };
    answer(&mut ctx, Seen { id: record.id, version: None }, (&reply, None)).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Records of every kind of sight, told in every place; some are handled by another body.
async fn told_everywhere(app: &TestApp) -> Vec<Innovation> {
    let mut records = Vec::new();
    for seen_by in SeenBy::ALL {
        for place in
            [("ada", "ward4"), ("cai", "ward5"), ("olu", "ward1"), ("hana", "riverside"), ("rae", "root")]
        {
            records.push(told_by(app, place, Some(seen_by)).await);
        }
        let sent = told_by(app, ("bea", "ward4"), Some(seen_by)).await;
        send_on(app, &sent).await;
        records.push(sent);
    }
    records
}

/// What lies where: each node with itself and all above it, and the body of each person's roles.
struct Ground {
    above: HashMap<NodeId, Vec<Uuid>>,
    bodies: HashMap<Uuid, BTreeSet<Uuid>>,
}

impl Ground {
    async fn of(app: &TestApp) -> Self {
        let mut tx = app.env.db.read().await.unwrap();
        let mut above = HashMap::new();
        for node in app.world.nodes.values() {
            let line = tree::line(&mut tx, node.0).await.unwrap();
            above.insert(*node, line.iter().map(|node| node.id).collect());
        }
        let mut bodies = HashMap::new();
        for account in app.world.people.values() {
            let held = holders::held_by(&mut tx, account.0).await.unwrap();
            bodies.insert(account.0, held.iter().map(|one| one.body).collect());
        }
        Self { above, bodies }
    }

    /// The records that were told at or below a node; those of a person's own bodies alone, where that is asked.
    fn of_these(
        &self,
        actor: Actor,
        (node, is_of_mine): (NodeId, bool),
        records: &[Innovation],
    ) -> BTreeSet<Uuid> {
        let bodies = actor.account().and_then(|account| self.bodies.get(&account.0));
        let is_in = |body: NodeId| bodies.is_some_and(|bodies| bodies.contains(&body.0));
        let is_there = |record: &&Innovation| {
            self.above[&record.told.node].contains(&node.0)
                && (!is_of_mine || is_in(record.told.body) || is_in(record.at_body))
        };
        records.iter().filter(is_there).map(|record| record.id.0).collect()
    }
}

/// Compares each list of everybody with the policy.
async fn assert_lists_are_true(app: &TestApp, told: &[Innovation], when: &str) {
    let mut records = Vec::new();
    for record in told {
        let mut ctx = Ctx::read(&app.env, Actor::Console).await.unwrap();
        records.push(ctx.load::<Innovation>(record.id.0).await.unwrap());
    }
    let ground = Ground::of(app).await;
    let people = app.world.people.iter().map(|(name, account)| (*name, Actor::Person(*account)));
    for (name, actor) in people.chain([("nobody", Actor::Nobody)]) {
        let allowed = seen(app, actor, &records).await;
        for (place, node) in &app.world.nodes {
            for is_of_mine in [false, true] {
                let listed = found(app, actor, (*node, is_of_mine)).await;
                let there = ground.of_these(actor, (*node, is_of_mine), &records);
                let wanted: BTreeSet<Uuid> = allowed.intersection(&there).copied().collect();
                assert_eq!(listed, wanted, "{when}: {name} at {place}, own {is_of_mine}, {:?}", app.engine());
            }
        }
    }
}

#[tokio::test]
async fn a_list_has_exactly_what_the_policy_shows_to_everybody() {
    for app in TestApp::on_each().await {
        let records = told_everywhere(&app).await;
        assert_lists_are_true(&app, &records, "as told").await;
        for (node, parent) in [("ward5", "hillside"), ("riverside", "hillside"), ("ward1", "root")] {
            let mut ctx = app.write_as("ann").await;
            move_under(&mut ctx, app.world.nodes[node], app.world.nodes[parent]).await.unwrap();
            ctx.commit().await.unwrap();
            assert_lists_are_true(&app, &records, &format!("{node} under {parent}")).await;
        }
    }
}

#[tokio::test]
async fn a_list_goes_on_twenty_at_a_time_with_its_filters() {
    let app = TestApp::new().await;
    for _ in 0..23 {
        told(&app).await;
    }
    let mut ada = app.signed_in("ada").await;
    let page = ada.get("/ideas?stage=told").await;
    assert!(page.text().contains("23 ideas and problems"), "{}", page.text());
    assert_eq!(page.text().matches("Order blood bottles").count(), 20);
    let next = page.body.split("href=\"").find(|link| link.contains("after=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    let second = ada.get(&next).await;
    assert_eq!(second.text().matches("Order blood bottles").count(), 3, "{}", second.text());
    let none = ada.get("/ideas?stage=kept").await;
    assert!(none.text().contains("There are none that you can see"), "{}", none.text());
    assert!(none.text().contains("Remove: Kept"), "{}", none.text());
    let place = ada.get(format!("/places/{}", app.world.nodes["ward5"])).await;
    assert!(place.text().contains("There are none"), "{}", place.text());
    assert_eq!(ada.get(format!("/places/{}", Uuid::nil())).await.status, 404);
    let welsh = ada.get("/ideas?late=yes&body=mine&lang=cy").await;
    assert!(welsh.text().contains("Tynnu: Beth sy’n hwyr"), "{}", welsh.text());
}

/// 23:30 in UTC is half past midnight in London's summer: what is sent then was sent on the day that has begun there.
#[tokio::test]
async fn a_list_is_narrowed_to_days_of_the_place_on_its_page_and_in_its_files() {
    for app in TestApp::on_each().await {
        let first = told(&app).await;
        app.advance(TimeDelta::minutes(15 * 60 + 30));
        let second = told(&app).await;
        let asked = [
            ("from=2026-07-08", [false, true]),
            ("to=2026-07-07", [true, false]),
            ("from=2026-07-07&to=2026-07-08", [true, true]),
            ("from=2026-07-08&to=2026-07-08", [false, true]),
            ("from=2026-07-09", [false, false]),
            ("from=2026-07-08&to=2026-07-07", [false, false]),
        ];
        let ward4 = app.world.nodes["ward4"];
        let at_ward4 = format!("&place={ward4}");
        for (days, has) in asked {
            let mut ada = app.signed_in("ada").await;
            for file in ["", ".csv", ".json", ".atom"] {
                for words in ["", "&q=bottles", "&stage=told", at_ward4.as_str()] {
                    let address = format!("/ideas{file}?{days}{words}");
                    let page = ada.get(&address).await;
                    for (record, is_there) in [&first, &second].into_iter().zip(has) {
                        let is_in = page.body.contains(record.told.reference.as_str());
                        assert_eq!(is_in, is_there, "{address} on {:?}: {}", app.engine(), page.body);
                    }
                }
            }
            let count = has.iter().filter(|is_there| **is_there).count();
            let page = ada.get(format!("/places/{ward4}?{days}")).await;
            let said =
                ["There are none that you can see", "1 idea or problem", "2 ideas and problems"][count];
            assert!(page.text().contains(said), "{days} on {:?}: {}", app.engine(), page.text());
        }
    }
}

#[tokio::test]
async fn the_days_of_a_list_stand_in_its_address_and_can_be_taken_away() {
    let app = TestApp::new().await;
    for _ in 0..21 {
        told(&app).await;
    }
    let mut ada = app.signed_in("ada").await;
    let page = ada.get("/ideas?from=2026-07-07&to=2026-07-08").await;
    assert!(page.text().contains("Remove: Sent from 7 July 2026"), "{}", page.text());
    assert!(page.text().contains("Remove: Sent until 8 July 2026"), "{}", page.text());
    assert!(page.body.contains("href=\"/ideas?to=2026-07-08\""), "without the first: {}", page.body);
    assert!(page.body.contains("/ideas.csv?from=2026-07-07&#38;to=2026-07-08"), "{}", page.body);
    assert!(page.body.contains("name=\"from\" type=\"date\" value=\"2026-07-07\""), "{}", page.body);
    let next = page.body.split("href=\"").find(|link| link.contains("after=")).expect("a next page");
    let next = next.split('"').next().unwrap_or_default().replace("&#38;", "&");
    assert!(next.contains("from=2026-07-07&to=2026-07-08"), "{next}");
    let last = ada.get(&next).await;
    assert_eq!(last.text().matches("Order blood bottles").count(), 1, "{}", last.text());
    assert!(last.text().contains("21 ideas and problems"), "{}", last.text());
    for wrong in ["from=7.7.2026", "to=2026-02-30", "from=12026-07-07"] {
        let odd = ada.get(format!("/ideas?{wrong}")).await;
        assert!(odd.text().contains("Part of the address was not understood"), "{wrong}: {}", odd.text());
        assert_eq!(ada.get(format!("/ideas.json?{wrong}")).await.status, 404, "{wrong}");
    }
    let welsh = ada.get("/ideas?from=2026-07-07&lang=cy").await;
    assert!(welsh.text().contains("Tynnu: Anfonwyd o 7 Gorffennaf 2026"), "{}", welsh.text());
}

#[tokio::test]
async fn the_board_of_what_is_late_is_for_the_people_of_the_body() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let at = format!("/places/{}/late", app.world.nodes["riverside"]);
        assert!(app.signed_in("cai").await.get(&at).await.text().contains("Nothing is late here."));
        days_pass(&app, &record, 16).await;
        for name in ["cai", "fay", "rhys", "otto"] {
            let page = app.signed_in(name).await.get(&at).await.text();
            let words =
                "It is with the finder of Riverside Hospital. It was due on Tuesday 21 July 2026, 2 working";
            assert!(page.contains(words), "{name}: {page}");
            assert!(name == "fay" || !page.contains("Fay Singh"), "{name} reads no name: {page}");
        }
        assert_eq!(app.signed_in("olu").await.get(&at).await.status, 403);
        let late = app.signed_in("cai").await.get("/ideas?late=yes").await;
        assert!(late.text().contains("1 idea or problem"), "{}", late.text());
        let words = "Sent on 7 July 2026. It was due on 21 July 2026.";
        assert!(late.text().contains(words) && !late.text().contains("Fay Singh"), "{}", late.text());
        let own = app.signed_in("ada").await.get("/work").await;
        assert!(own.text().contains("Fay Singh has it, by"), "whoever told it is told who: {}", own.text());
    }
}

/// 23:30 in UTC is half past midnight in London's summer: the day that ended there is past, wherever the server is.
#[tokio::test]
async fn a_day_ends_in_a_list_when_it_ends_for_the_body() {
    for app in TestApp::on_each().await {
        told(&app).await;
        let board = format!("/places/{}/late", app.world.nodes["root"]);
        let takes = "You may take it over until Tuesday 14 July 2026";
        app.advance(TimeDelta::hours(7 * 24 + 14));
        assert!(page(&app, "fay", "/work").await.contains(takes), "at 23:00");
        app.advance(TimeDelta::minutes(90));
        let work = page(&app, "fay", "/work").await;
        assert!(!work.contains(takes) && work.contains("Nothing waits for you."), "at 00:30: {work}");

        app.advance(TimeDelta::minutes(7 * 24 * 60 - 90));
        assert!(page(&app, "len", "/ideas?late=yes").await.contains("There are none"), "at 23:00");
        assert!(page(&app, "rhys", &board).await.contains("Nothing is late here."), "at 23:00");
        app.advance(TimeDelta::minutes(90));
        let late = page(&app, "len", "/ideas?late=yes").await;
        assert!(late.contains("1 idea or problem"), "{:?}: {late}", app.engine());
        let work = page(&app, "len", "/work").await;
        assert!(work.contains("It was due on Tuesday 21 July 2026"), "{work}");
        let late = page(&app, "rhys", &board).await;
        assert!(late.contains("It was due on Tuesday 21 July 2026, 1 working day ago."), "{late}");
    }
}

/// The text of a page for somebody who signs in for it: sessions end while nobody looks.
async fn page(app: &TestApp, name: &str, at: &str) -> String {
    app.signed_in(name).await.get(at).await.text()
}

/// 3 August is a bank holiday in Scotland and none in England: the board of the whole counts by each body's own.
#[tokio::test]
async fn lateness_counts_the_working_days_of_the_body_that_owes_it() {
    let app = TestApp::new().await;
    told_by(&app, ("olu", "ward1"), None).await;
    app.advance(TimeDelta::days(28));
    let board = format!("/places/{}/late", app.world.nodes["root"]);
    let page = app.signed_in("rhys").await.get(&board).await;
    assert!(
        page.text().contains("It was due on Tuesday 21 July 2026, 9 working days ago."),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn my_work_says_what_waits_for_whom() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let at = format!("/records/{}", record.told.reference);
        let mut len = app.signed_in("len").await;
        let home = len.get("/").await;
        assert!(home.text().contains("Waiting for you"), "{}", home.text());
        let page = len.get("/work").await;
        assert!(page.text().contains("Answer this"), "{}", page.text());
        assert!(page.text().contains("By Tuesday 21 July 2026"), "{}", page.text());
        let fay = app.signed_in("fay").await.get("/work").await;
        assert!(fay.text().contains("You may take it over until Tuesday 14 July 2026"), "{}", fay.text());
        let ada = app.signed_in("ada").await.get("/work").await;
        assert!(ada.text().contains("Nothing waits for you."), "{}", ada.text());
        assert!(ada.text().contains("Len Hughes has it, by 21 July 2026."), "{}", ada.text());

        let form = len.get(format!("{at}/ask")).await;
        len.submit(&form, &[("question", "How many?")]).await;
        let page = len.get("/work").await;
        assert!(page.text().contains("With you, but it has time"), "{}", page.text());
        let mut ada = app.signed_in("ada").await;
        assert!(ada.get("/work").await.text().contains("Reply to a question"));
        let form = ada.get(format!("{at}/reply")).await;
        ada.submit(&form, &[("nothing", "yes")]).await;
        let form = len.get(format!("{at}/answer?answer=go")).await;
        len.submit(&form, &[("hours", "2"), ("hours-from", "Ward 4")]).await;
        assert!(ada.get("/work").await.text().contains("Say whether this was an answer"));

        days_pass(&app, &record, 30).await;
        let page = app.signed_in("ada").await.get("/work?lang=cy").await;
        assert!(page.text().contains("Ysgrifennu’r tair llinell"), "{}", page.text());
    }
}
