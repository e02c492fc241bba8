//! Powerful roles take two; roles that exclude each other cannot be held together, whoever writes.

use crate::digest::{day_of_mails, in_welsh};
use chrono::TimeDelta;
use waymark_app::mail::Letter;
use waymark_app::people::{administration, asks, roles};
use waymark_app::{Ctx, Error, Write, sound};
use waymark_domain::ids::{AccountId, GrantId};
use waymark_domain::people::grant::{GrantEnd, GrantRefusal};
use waymark_domain::people::role::Role;
use waymark_store::people::sides::{self, Held};
use waymark_store::{Tx, run, sqlx};
use waymark_testkit::{Client, PASSWORD, Page, TestApp};

/// An administrator asks that Nia gets a role at Riverside.
async fn asked(app: &TestApp, ann: &mut Client, role: &str) -> Page {
    let here = format!("/admin/nodes/{}", app.world.nodes["riverside"]);
    let page = ann.get(format!("{here}/invite")).await;
    let fields = [("name", "Nia Puw"), ("mail", "nia@riverside.example"), ("role", role)];
    let sent = ann.submit(&page, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    ann.follow(sent).await
}

/// Who could say the second yes is asked each day while it waits, and nobody else; in Welsh, too.
async fn asked_in_the_mail_of_the_day(app: &TestApp) {
    let asks = |mail: &&Letter| mail.text.contains("/waiting");
    let to = |mails: &[Letter]| mails.iter().filter(asks).map(|mail| mail.to.clone()).collect::<Vec<_>>();
    app.run_jobs().await;
    assert!(to(&app.mails()).is_empty(), "not at once");
    let mails = day_of_mails(app).await;
    assert_eq!(to(&mails), ["otto@riverside.example"]);
    let text = &mails.iter().find(asks).expect("a mail").text;
    assert!(text.contains("Roles that take a second yes:\n- Ann Field asks that Nia Puw becomes"), "{text}");
    assert!(text.contains("Administrator") && text.contains("Tuesday 14 July 2026"), "{text}");
    in_welsh(app, "otto").await;
    let mails = day_of_mails(app).await;
    assert_eq!(to(&mails), ["otto@riverside.example"]);
    let text = &mails.iter().find(asks).expect("a mail").text;
    assert!(text.contains("Mae Ann Field yn gofyn i Nia Puw ddod yn"), "{text}");
}

/// Otto is auditor no more.
async fn auditor_ends(app: &TestApp, ctx: &mut Ctx<'_, Write>) {
    let root = administration::node(ctx, app.world.nodes["root"]).await.expect("a node");
    let grant = root.roles.iter().find(|row| row.role == "auditor").expect("an auditor").id;
    roles::end(ctx, GrantId(grant), GrantEnd::Removed).await.expect("ended");
}

#[tokio::test]
async fn an_administrator_is_made_by_two_people_on_both_engines() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::hours(1));
        let mut ann = app.signed_in("ann").await;
        let node = asked(&app, &mut ann, "administrator").await;
        assert!(node.text().contains("Waiting for a second yes"), "{}", node.text());
        assert!(node.text().contains("Tuesday 14 July 2026"), "{}", node.text());
        asked_in_the_mail_of_the_day(&app).await;

        let mut ann = app.signed_in("ann").await;
        let own = ann.get("/waiting").await;
        assert!(own.text().contains("Take it back") && !own.text().contains("Yes, give"), "{}", own.text());
        assert_eq!(ann.submit(&own, &[("answer", "yes")]).await.status, 403, "two people");
        let (action, _) = own.form();
        assert_eq!(app.signed_in("fay").await.post(&action, &[("answer", "yes")]).await.status, 404);
        let mut otto = app.signed_in("otto").await;
        let waiting = otto.get("/waiting").await;
        assert!(waiting.text().contains("Yes, give the role"), "{}", waiting.text());
        assert_eq!(otto.submit(&waiting, &[("answer", "yes")]).await.status, 303);
        assert_eq!(otto.post(&action, &[("answer", "yes")]).await.status, 404, "settled already");
        let node = ann.get(&node.address).await;
        assert!(node.text().contains("Nia Puw Administrator"), "{}", node.text());
        assert!(!node.text().contains("Explained"), "{}", node.text());
        app.run_jobs().await;
        assert!(app.mails().iter().all(|mail| !mail.text.contains("the role is given")), "not at once");
        let mails = day_of_mails(&app).await;
        let told: Vec<_> =
            mails.iter().filter(|mail| mail.text.contains("said yes: the role is given")).collect();
        assert_eq!(told.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["ann@riverside.example"]);
        let later = day_of_mails(&app).await;
        assert!(later.iter().all(|mail| !mail.text.contains("Nia Puw")), "once: {later:#?}");
        let report = sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}: {:?}", app.engine(), report.faults);
    }
}

#[tokio::test]
async fn what_waits_is_asked_each_day_though_who_asked_has_left_on_both_engines() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::hours(1));
        let mut ctx = app.write_as("ann").await;
        roles::grant(&mut ctx, Role::Administrator, app.world.nodes["riverside"], app.person("cai"))
            .await
            .expect("given");
        ctx.commit().await.expect("a commit");
        asked(&app, &mut app.signed_in("cai").await, "administrator").await;
        let mut ctx = app.write_as("ann").await;
        administration::close_account(&mut ctx, app.person("cai")).await.expect("closed");
        ctx.commit().await.expect("a commit");
        for _ in 0..2 {
            let mut mails = day_of_mails(&app).await;
            mails.retain(|mail| mail.text.contains("Cai Morgan asks that Nia Puw becomes"));
            let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
            to.sort_unstable();
            assert_eq!(to, ["ann@riverside.example", "otto@riverside.example"], "{:?}", app.engine());
        }
        let mut otto = app.signed_in("otto").await;
        let waiting = otto.get("/waiting").await;
        assert_eq!(otto.submit(&waiting, &[("answer", "yes")]).await.status, 303, "{}", waiting.text());
        // What became of it is told to who asked, and that is nobody who reads mails any more.
        let later = day_of_mails(&app).await;
        assert!(later.iter().all(|mail| !mail.text.contains("Nia Puw becomes")), "{later:#?}");
    }
}

#[tokio::test]
async fn what_somebody_asked_for_is_taken_back_as_they_close_their_own_account_on_both_engines() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::hours(1));
        let riverside = app.world.nodes["riverside"];
        let mut ctx = app.write_as("ann").await;
        roles::grant(&mut ctx, Role::Administrator, riverside, app.person("cai")).await.expect("given");
        ctx.commit().await.expect("a commit");
        app.gives_password(app.person("cai")).await;
        let mut cai = app.signed_in("cai").await;
        asked(&app, &mut cai, "administrator").await;
        in_welsh(&app, "otto").await;
        let mails = day_of_mails(&app).await;
        assert_eq!(mails.iter().filter(|mail| mail.text.contains("/waiting")).count(), 2, "{mails:#?}");
        let mut cai = app.signed_in("cai").await;
        let page = cai.get("/me/close").await;
        let done = cai.submit(&page, &[("password", PASSWORD)]).await;
        assert!(done.status == 200 && done.text().contains("you are erased"), "{}", done.text());

        let mut ann = app.signed_in("ann").await;
        assert!(!ann.get("/waiting").await.text().contains("Nia Puw"), "{:?}", app.engine());
        let mut told = day_of_mails(&app).await;
        told.retain(|mail| mail.text.contains("Nia Puw") && !mail.to.starts_with("nia@"));
        told.sort_by(|one, other| one.to.cmp(&other.to));
        let to: Vec<&str> = told.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["ann@riverside.example", "otto@riverside.example"], "{:?}", app.engine());
        let said = ["Whoever asked has closed their own account", "wedi cau ei gyfrif ei hun"];
        for (mail, said) in told.iter().zip(said) {
            assert!(mail.text.contains(said) && !mail.text.contains("Cai Morgan"), "{}", mail.text);
            assert!(!mail.text.contains("/waiting"), "it waits no more: {}", mail.text);
        }
        let later = day_of_mails(&app).await;
        assert!(later.iter().all(|mail| !mail.text.contains("Nia Puw")), "once: {later:#?}");
        // Whoever is there asks anew, and it takes two people again.
        let mut ann = app.signed_in("ann").await;
        let node = asked(&app, &mut ann, "administrator").await;
        assert!(node.text().contains("Waiting for a second yes"), "{}", node.text());
        let report = sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}: {:?}", app.engine(), report.faults);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn what_is_refused_taken_back_or_late_is_not_given() {
    let app = TestApp::new().await;
    app.advance(TimeDelta::hours(1));
    let mut ann = app.signed_in("ann").await;
    let mut otto = app.signed_in("otto").await;
    let node = asked(&app, &mut ann, "auditor").await;
    let page = ann.get(format!("{}/invite", node.address)).await;
    let again = [("name", "Nia Puw"), ("mail", "nia@riverside.example"), ("role", "auditor")];
    let again = ann.submit(&page, &again).await;
    assert!(again.status == 422 && again.text().contains("asked for already"), "{}", again.text());
    let waiting = otto.get("/waiting").await;
    assert_eq!(otto.submit(&waiting, &[("answer", "no")]).await.status, 303);
    asked(&app, &mut ann, "auditor").await;
    let own = ann.get("/waiting").await;
    assert_eq!(ann.submit(&own, &[("answer", "no")]).await.status, 303);
    asked(&app, &mut ann, "auditor").await;
    let waiting = otto.get("/waiting").await;
    app.run_jobs().await;
    app.mails();
    app.advance(TimeDelta::days(8));
    app.run_jobs().await;
    let mut mails = app.mails();
    mails.extend(day_of_mails(&app).await);
    let own = mails.iter().filter(|mail| mail.to == "ann@riverside.example");
    let texts: String = own.map(|mail| mail.text.as_str()).collect();
    let times = |words: &str| texts.matches(words).count();
    // Hers that she took back is no news to her.
    assert_eq!((times("it has lapsed"), times("said no")), (1, 1), "{texts}");
    assert!(mails.iter().all(|mail| !mail.to.starts_with("otto@") || !mail.text.contains("/waiting")));
    let mut otto = app.signed_in("otto").await;
    assert_eq!(otto.submit(&waiting, &[("answer", "yes")]).await.status, 404);
    let mut ann = app.signed_in("ann").await;
    assert!(!ann.get(&node.address).await.text().contains("Nia Puw"));
}

#[tokio::test]
async fn where_there_is_nobody_else_it_is_explained_and_not_blocking() {
    let app = TestApp::new().await;
    let mut ann = app.signed_in("ann").await;
    let mut ctx = app.write_as("ann").await;
    auditor_ends(&app, &mut ctx).await;
    ctx.commit().await.expect("a commit");
    let node = asked(&app, &mut ann, "administrator").await;
    assert!(node.text().contains("Nia Puw Administrator. Explained: one administrator"), "{}", node.text());
    assert!(!node.text().contains("Waiting for a second yes"), "{}", node.text());
    let report = sound::verify(&app.env, None).await.expect("a report");
    assert!(report.is_sound(), "{:?}", report.faults);
}

#[tokio::test]
async fn the_database_keeps_auditors_from_deciding_on_both_engines() {
    for app in TestApp::on_each().await {
        let otto = app.person("otto");
        let mut ctx = app.write_as("ann").await;
        let refused = roles::grant(&mut ctx, Role::TeamLead, app.world.nodes["ward5"], otto).await;
        assert!(refused.is_err(), "by the rule");
        drop(ctx);
        let held = |side| Held { grant: app.env.id(), account: otto.0, rule: "audit", side };
        let mut tx = app.env.db.write().await.expect("a database");
        assert!(!sides::hold(&mut tx, held("other")).await.expect("a database"), "by the key");
        assert!(sides::hold(&mut tx, held("one")).await.expect("a database"));
        let sql =
            "insert into role_grant_side (role_grant, rule, account, side) values ($1, 'audit', $2, 'other')";
        let forced = run!(&mut tx, sqlx::query(sql).bind(app.env.id()).bind(otto.0));
        assert!(forced.is_err(), "by the foreign key: {:?}", app.engine());
        drop(tx);
        let mut tx = app.env.db.write().await.expect("a database");
        let sql = "update role_side set side = 'other' where account = $1";
        assert!(run!(&mut tx, sqlx::query(sql).bind(otto.0)).is_err(), "{:?}", app.engine());
    }
}

/// Where it stands who holds what.
const SAID_IN: [&str; 2] = ["role_held", "role_grant"];

/// Writes by hand that a person holds a role; false where the database refuses it.
async fn is_taken(app: &TestApp, tx: &mut Tx, table: &str, (account, role): (AccountId, Role)) -> bool {
    let (grant, party, node) = (app.env.id(), app.env.id(), app.world.nodes["root"].0);
    if table == "role_held" {
        let sql = "insert into role_held (account, role_grant, role, node) values ($1, $2, $3, $4)";
        return run!(tx, sqlx::query(sql).bind(account.0).bind(grant).bind(role.name()).bind(node)).is_ok();
    }
    let sql = "insert into party (id, record, account) values ($1, $2, $3)";
    run!(tx, sqlx::query(sql).bind(party).bind(grant).bind(account.0)).expect("a party");
    let sql = "insert into role_grant (id, version, role, node, body, holder) values ($1, 1, $2, $3, $3, $4)";
    run!(tx, sqlx::query(sql).bind(grant).bind(role.name()).bind(node).bind(party)).is_ok()
}

#[tokio::test]
async fn the_database_refuses_a_row_of_a_role_that_another_excludes_on_both_engines() {
    let others = [
        ("ann", Role::Opener),
        ("ann", Role::Auditor),
        ("fay", Role::Auditor),
        ("otto", Role::Finder),
        ("otto", Role::Opener),
    ];
    for app in TestApp::on_each().await {
        for table in SAID_IN {
            for (person, role) in others {
                let mut tx = app.env.db.write().await.expect("a database");
                let taken = is_taken(&app, &mut tx, table, (app.person(person), role)).await;
                assert!(!taken, "{:?}: {person} becomes {role:?} in {table}", app.engine());
            }
            let mut tx = app.env.db.write().await.expect("a database");
            assert!(is_taken(&app, &mut tx, table, (app.person("ann"), Role::Finder)).await, "{table}");
        }
        let changes = [
            "update role_held set role = 'auditor' where account = $1 and role = 'member'",
            "update role_grant set role = 'auditor' where role = 'member' \
             and holder in (select id from party where account = $1)",
        ];
        for sql in changes {
            let mut tx = app.env.db.write().await.expect("a database");
            let done = run!(&mut tx, sqlx::query(sql).bind(app.person("fay").0));
            assert!(done.is_err(), "{:?}: {sql}", app.engine());
        }
    }
}

#[tokio::test]
async fn the_database_knows_the_rules_of_every_two_roles_as_the_code_does_on_both_engines() {
    let after = |first: Role| Role::ALL.map(|second| (first, second));
    for app in TestApp::on_each().await {
        let ada = app.person("ada");
        for (first, second) in Role::ALL.into_iter().flat_map(after) {
            for table in SAID_IN {
                let mut tx = app.env.db.write().await.expect("a database");
                assert!(is_taken(&app, &mut tx, table, (ada, first)).await, "she is member alone");
                let taken = is_taken(&app, &mut tx, table, (ada, second)).await;
                assert_eq!(taken, !first.excludes(second), "{table}: {first:?}, then {second:?}");
            }
        }
    }
}

#[tokio::test]
async fn who_sets_passwords_anew_is_no_opener_and_the_other_way_round_on_both_engines() {
    for app in TestApp::on_each().await {
        let root = app.world.nodes["root"];
        let mut ctx = app.write_as("ann").await;
        roles::grant(&mut ctx, Role::Opener, root, app.person("hana")).await.expect("given");
        ctx.commit().await.expect("a commit");
        let excluded = [
            ("ann", Role::Opener, Role::Administrator),
            ("hana", Role::Administrator, Role::Opener),
            ("otto", Role::Opener, Role::Auditor),
        ];
        for (name, role, held) in excluded {
            let person = app.person(name);
            let mut ctx = app.write_as("ann").await;
            let given = roles::grant(&mut ctx, role, root, person).await.map(drop);
            let asked = asks::give(&mut ctx, role, (root, person)).await.map(drop);
            for refused in [given, asked] {
                let Err(Error::RoleRefused(GrantRefusal::Excluded(by))) = refused else {
                    panic!("{:?}: {name}, {role:?}: {refused:?}", app.engine())
                };
                assert_eq!(by, held, "{name}");
            }
        }
        let side = |person: &str, side| Held {
            grant: app.env.id(),
            account: app.person(person).0,
            rule: "opening",
            side,
        };
        let mut tx = app.env.db.write().await.expect("a database");
        assert!(!sides::hold(&mut tx, side("ann", "one")).await.expect("a database"), "by the key");
        assert!(!sides::hold(&mut tx, side("hana", "other")).await.expect("a database"));
        drop(tx);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn who_is_auditor_no_more_may_decide() {
    let app = TestApp::new().await;
    let mut ctx = app.write_as("ann").await;
    auditor_ends(&app, &mut ctx).await;
    roles::grant(&mut ctx, Role::TeamLead, app.world.nodes["ward5"], app.person("otto"))
        .await
        .expect("given");
    ctx.commit().await.expect("a commit");
}
