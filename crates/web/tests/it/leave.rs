//! Promise 1 when somebody goes: what hung on them has a decider who is there, in the same moment.

use chrono::NaiveDate;
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::people::node::{self, NewNode};
use waymark_app::people::{administration, cover, relocate};
use waymark_app::route::answer::{Minutes, Reply, Words, answer, object};
use waymark_app::route::change::{Seen, visible};
use waymark_app::route::reopen::reopen;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Reason};
use waymark_domain::ids::{GrantId, InnovationId, NodeId};
use waymark_domain::people::ladder::Explained;
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::text::{Line, Prose, Title};
use waymark_testkit::TestApp;

/// Ada tells an idea at ward 4; Len, its team lead, has it.
async fn told(app: &TestApp) -> InnovationId {
    let id = told_at(app, app.world.nodes["ward4"]).await;
    assert_eq!(decider(app, id).await, "len");
    id
}

async fn told_at(app: &TestApp, node: NodeId) -> InnovationId {
    let mut ctx = app.write_as("ada").await;
    let typed = Typed {
        node,
        who_could: WhoCould::TeamLead,
        title: Title::parse("Blood bottles").unwrap(),
        problem: Prose::parse("We run out of them.").unwrap(),
        solution: Some(Prose::parse("Order on Thursday.").unwrap()),
        contributors: vec![(app.person("ada"), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: None,
    };
    let told = tell(&mut ctx, &typed).await.unwrap();
    ctx.commit().await.unwrap();
    told.id
}

async fn record(app: &TestApp, id: InnovationId) -> Innovation {
    let mut ctx = app.write_as("ada").await;
    visible(&mut ctx, id).await.unwrap().0
}

/// The short name of whoever has it.
async fn decider(app: &TestApp, id: InnovationId) -> &'static str {
    let record = record(app, id).await;
    assert_eq!(record.broken_promise(), None);
    named(app, id, record.decider.unwrap().party).await
}

async fn named(app: &TestApp, id: InnovationId, party: waymark_domain::ids::PartyId) -> &'static str {
    let mut ctx = app.write_as("ada").await;
    for (name, account) in &app.world.people {
        if ctx.known_party(id.0, *account).await.unwrap() == Some(party) {
            return name;
        }
    }
    panic!("nobody is that party");
}

/// The grant of a role at a node, as an administrator finds it.
async fn grant(app: &TestApp, node: &str, (name, role): (&str, Role)) -> GrantId {
    let mut ctx = app.write_as("ann").await;
    let view = administration::node(&mut ctx, app.world.nodes[node]).await.unwrap();
    let mut rows = view.roles.iter();
    let row = rows.find(|row| row.account == app.person(name).0 && row.role == role.name());
    GrantId(row.expect("a role").id)
}

#[tokio::test]
async fn a_role_that_ends_hands_its_records_on_with_their_date_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        let due = record(&app, id).await.next_date();
        let lead = grant(&app, "ward4", ("len", Role::TeamLead)).await;
        let mut ctx = app.write_as("ann").await;
        administration::end_role(&mut ctx, app.world.nodes["ward4"], lead).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(decider(&app, id).await, "hana", "{:?}", app.engine());
        assert_eq!(record(&app, id).await.next_date(), due);
    }
}

#[tokio::test]
async fn a_closed_account_leaves_nothing_behind_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        let mut ctx = app.write_as("len").await;
        let who = app.person("bea");
        let go = Reply::Go { who, words: None, until: None, hours: 1, hours_from: None, pence: 0 };
        answer(&mut ctx, Seen { id, version: Some(1) }, (&go, None)).await.unwrap();
        ctx.commit().await.unwrap();
        let owner = record(&app, id).await.owner.unwrap();
        assert_eq!(named(&app, id, owner).await, "bea", "who tries it sees to it");
        for name in ["bea", "len"] {
            let mut ctx = app.write_as("ann").await;
            administration::close_account(&mut ctx, app.person(name)).await.unwrap();
            ctx.commit().await.unwrap();
        }
        assert_eq!(decider(&app, id).await, "hana", "{:?}", app.engine());
        let owner = record(&app, id).await.owner.unwrap();
        assert_eq!(named(&app, id, owner).await, "hana");
    }
}

#[tokio::test]
async fn the_last_head_finder_or_administrator_of_the_root_stays() {
    let app = TestApp::new().await;
    for name in ["rhys", "rae", "ann"] {
        let mut ctx = app.write_as("ann").await;
        let refused = administration::close_account(&mut ctx, app.person(name)).await;
        assert!(matches!(refused, Err(waymark_app::Error::RoleRefused(_))), "{name}: {refused:?}");
    }
    let mut client = app.signed_in("ann").await;
    let page = client.get(format!("/admin/accounts/{}/close", app.person("rhys"))).await;
    let refused = client.submit(&page, &[]).await;
    assert!(refused.text().contains("it is the last Head at the top"), "{}", refused.text());
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[tokio::test]
async fn cover_has_it_from_the_first_day_and_it_comes_back_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        let mut ctx = app.write_as("len").await;
        let today = cover::Typed {
            from: day("2026-07-07"),
            to: day("2026-07-09"),
            by: "BEA@riverside.example",
            chosen: "",
        };
        cover::add(&mut ctx, &today).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(decider(&app, id).await, "bea", "{:?}", app.engine());
        assert_eq!(record(&app, id).await.decider.unwrap().explained, Some(Explained::Cover));
        let mut ctx = app.write_as("len").await;
        let absence = cover::list(&mut ctx).await.unwrap()[0].id;
        cover::end(&mut ctx, absence).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(decider(&app, id).await, "len");
    }
}

#[tokio::test]
async fn an_absence_that_begins_later_begins_and_ends_with_its_days_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        let mut ctx = app.write_as("len").await;
        let later = cover::Typed {
            from: day("2026-07-08"),
            to: day("2026-07-09"),
            by: "bea@riverside.example",
            chosen: "",
        };
        cover::add(&mut ctx, &later).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(decider(&app, id).await, "len", "not yet");
        for (today, has_it) in [("2026-07-08", "bea"), ("2026-07-09", "bea"), ("2026-07-10", "len")] {
            app.advance(chrono::TimeDelta::days(1));
            app.run_jobs().await;
            assert_eq!(decider(&app, id).await, has_it, "{today} on {:?}", app.engine());
        }
    }
}

#[tokio::test]
async fn who_covers_and_goes_away_hands_it_to_the_level_above() {
    let app = TestApp::new().await;
    let id = told(&app).await;
    let days = |by| cover::Typed { from: day("2026-07-07"), to: day("2026-07-09"), by, chosen: "" };
    let mut ctx = app.write_as("len").await;
    cover::add(&mut ctx, &days("bea@riverside.example")).await.unwrap();
    ctx.commit().await.unwrap();
    let mut ctx = app.write_as("bea").await;
    cover::add(&mut ctx, &days("")).await.unwrap();
    ctx.commit().await.unwrap();
    assert_eq!(decider(&app, id).await, "hana");
}

#[tokio::test]
async fn a_node_that_moves_takes_its_records_to_another_body_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        let lead = grant(&app, "ward4", ("len", Role::TeamLead)).await;
        let mut ctx = app.write_as("ann").await;
        administration::end_role(&mut ctx, app.world.nodes["ward4"], lead).await.unwrap();
        relocate::move_under(&mut ctx, app.world.nodes["ward4"], app.world.nodes["hillside"]).await.unwrap();
        ctx.commit().await.unwrap();
        let after = record(&app, id).await;
        assert_eq!(after.at_body, app.world.nodes["hillside"], "{:?}", app.engine());
        assert_eq!(decider(&app, id).await, "ivo", "the head of Riverside is not above it any more");
        let mut ctx = app.write_as("ann").await;
        let own = relocate::move_under(&mut ctx, app.world.nodes["hillside"], app.world.nodes["ward4"]).await;
        assert!(matches!(own, Err(waymark_app::Error::Invalid(_))), "{own:?}");
    }
}

/// Somebody types for the decider that it was stopped in a meeting.
async fn stopped(app: &TestApp, id: InnovationId, typed_by: &str) {
    let mut ctx = app.write_as(typed_by).await;
    let stop = Reply::Stop(Words {
        reason: Reason::NoTime,
        words: Prose::parse("Not this year.").unwrap(),
        would_change: Prose::parse("A second porter.").unwrap(),
    });
    let minutes = Minutes { on: ctx.now.date_naive(), reference: Line::parse("Item 4").unwrap() };
    answer(&mut ctx, Seen { id, version: None }, (&stop, Some(&minutes))).await.unwrap();
    ctx.commit().await.unwrap();
}

/// The decider says that they said something else.
async fn objected(app: &TestApp, id: InnovationId, decider: &str) {
    let mut ctx = app.write_as(decider).await;
    let why = Prose::parse("We decided to try it.").unwrap();
    object(&mut ctx, Seen { id, version: None }, &why).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Ada says what is new since it was stopped.
async fn reopened(app: &TestApp, id: InnovationId) {
    let mut ctx = app.write_as("ada").await;
    let why = Prose::parse("There is a second porter.").unwrap();
    reopen(&mut ctx, Seen { id, version: None }, &why).await.unwrap();
    ctx.commit().await.unwrap();
}

/// A new place, which nobody leads.
async fn ward6(app: &TestApp) -> NodeId {
    let mut ctx = app.write_as("ann").await;
    let new = NewNode {
        name: "Ward 6".to_owned(),
        level: Level::Team,
        parent: Some(app.world.nodes["riverside"]),
        is_body: false,
        calendar: None,
        zone: None,
        external_id: None,
    };
    let ward6 = node::found(&mut ctx, new).await.unwrap();
    ctx.commit().await.unwrap();
    ward6
}

#[tokio::test]
async fn an_objection_brings_it_back_to_where_its_node_is_by_now_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        stopped(&app, id, "hana").await;
        // What has ended does not move with its node, and nobody looks for whom it should go to.
        let mut ctx = app.write_as("ann").await;
        relocate::move_under(&mut ctx, app.world.nodes["ward4"], app.world.nodes["hillside"]).await.unwrap();
        ctx.commit().await.unwrap();
        objected(&app, id, "len").await;
        assert_eq!(record(&app, id).await.at_body, app.world.nodes["hillside"], "{:?}", app.engine());
        assert_eq!(decider(&app, id).await, "len");
    }
}

#[tokio::test]
async fn an_objection_brings_it_back_above_a_node_that_was_closed_since_on_both_engines() {
    for app in TestApp::on_each().await {
        let ward6 = ward6(&app).await;
        let id = told_at(&app, ward6).await;
        let by = decider(&app, id).await;
        stopped(&app, id, "rhys").await;
        let mut ctx = app.write_as("ann").await;
        relocate::close(&mut ctx, ward6).await.unwrap();
        ctx.commit().await.unwrap();
        objected(&app, id, by).await;
        let after = record(&app, id).await;
        assert_eq!((after.at, after.told.node), (app.world.nodes["riverside"], ward6), "{:?}", app.engine());
        assert_eq!(decider(&app, id).await, by);
    }
}

#[tokio::test]
async fn what_is_opened_again_is_above_a_node_that_was_closed_since_on_both_engines() {
    for app in TestApp::on_each().await {
        let ward6 = ward6(&app).await;
        let id = told_at(&app, ward6).await;
        let by = decider(&app, id).await;
        stopped(&app, id, "rhys").await;
        let mut ctx = app.write_as("ann").await;
        relocate::close(&mut ctx, ward6).await.unwrap();
        ctx.commit().await.unwrap();
        reopened(&app, id).await;
        let after = record(&app, id).await;
        assert_eq!((after.at, after.told.node), (app.world.nodes["riverside"], ward6), "{:?}", app.engine());
        assert_eq!(decider(&app, id).await, by);
    }
}

#[tokio::test]
async fn what_is_opened_again_goes_to_somebody_who_may_decide_it_now_on_both_engines() {
    for app in TestApp::on_each().await {
        let id = told(&app).await;
        stopped(&app, id, "hana").await;
        let lead = grant(&app, "ward4", ("len", Role::TeamLead)).await;
        let mut ctx = app.write_as("ann").await;
        administration::end_role(&mut ctx, app.world.nodes["ward4"], lead).await.unwrap();
        ctx.commit().await.unwrap();
        reopened(&app, id).await;
        assert_eq!(decider(&app, id).await, "hana", "{:?}", app.engine());
        stopped(&app, id, "fay").await;
        let mut ctx = app.write_as("ann").await;
        relocate::move_under(&mut ctx, app.world.nodes["ward4"], app.world.nodes["hillside"]).await.unwrap();
        ctx.commit().await.unwrap();
        reopened(&app, id).await;
        assert_eq!(record(&app, id).await.at_body, app.world.nodes["hillside"], "{:?}", app.engine());
        assert_eq!(decider(&app, id).await, "ivo", "the head of Riverside is not above it any more");
    }
}

#[tokio::test]
async fn what_is_opened_again_while_whoever_answered_is_away_goes_to_their_cover() {
    let app = TestApp::new().await;
    let id = told(&app).await;
    stopped(&app, id, "hana").await;
    let mut ctx = app.write_as("len").await;
    let by = "bea@riverside.example";
    let days = cover::Typed { from: day("2026-07-07"), to: day("2026-07-09"), by, chosen: "" };
    cover::add(&mut ctx, &days).await.unwrap();
    ctx.commit().await.unwrap();
    reopened(&app, id).await;
    assert_eq!(decider(&app, id).await, "bea");
    assert_eq!(record(&app, id).await.decider.unwrap().explained, Some(Explained::Cover));
}
