//! Powerful roles take two; roles that exclude each other cannot be held together, whoever writes.

use crate::digest::{day_of_mails, in_welsh};
use chrono::TimeDelta;
use waymark_app::mail::Letter;
use waymark_app::people::{administration, roles};
use waymark_app::{Ctx, Write, sound};
use waymark_domain::ids::GrantId;
use waymark_domain::people::grant::GrantEnd;
use waymark_domain::people::role::Role;
use waymark_store::people::sides::{self, Held};
use waymark_store::{run, sqlx};
use waymark_testkit::{Client, Page, TestApp};

/// Ann asks that Nia administers Riverside.
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
