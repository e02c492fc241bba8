//! How long things are kept is what an administrator of the whole set: the nightly deletion, the privacy page and what
//! everybody is told of their own data go by the same days.

use crate::capture::checked;
use crate::comments::{history, says};
use crate::own_data::places_of;
use crate::walk::told;
use chrono::TimeDelta;
use waymark_app::find::delivery::DOOR_MAIL;
use waymark_app::jobs::retention::{Old, PERIODS, Periods};
use waymark_app::people::administration;
use waymark_app::{Actor, Ctx};
use waymark_store::import::{self, BatchRow};
use waymark_store::jobs::{self, NewJob};
use waymark_store::people::accounts::{self, NewAccount};
use waymark_store::people::installation;
use waymark_store::{on, run, sqlx};
use waymark_testkit::{Client, Page, TestApp};

/// Says on its page for how many days something is kept.
async fn said(client: &mut Client, kept: &str, days: &str) -> Page {
    let page = client.get(format!("/admin/retention/{kept}")).await;
    assert_eq!(page.status, 200, "{kept}: {}", page.text());
    client.submit(&page, &[("days", days)]).await
}

pub(crate) async fn purge(app: &TestApp) {
    let now = app.env.now();
    let mut tx = app.env.db.write().await.expect("a database");
    let job = NewJob { kind: "purge", payload: &(), run_at: now, unique_key: None };
    jobs::enqueue(&mut tx, job, now).await.expect("a job");
    tx.commit().await.expect("a commit");
    app.run_jobs().await;
}

async fn texts(app: &TestApp, sql: &'static str) -> Vec<String> {
    let mut tx = app.env.db.read().await.expect("a database");
    on!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await).expect("rows")
}

/// What the settings of the installation say, read anew.
async fn days(app: &TestApp, old: Old) -> i64 {
    let mut ctx = Ctx::read(&app.env, Actor::Console).await.expect("a database");
    Periods::read(&mut ctx).await.expect("periods").days(old)
}

/// The text of a page in a session that begins now.
async fn shown(app: &TestApp, name: &str, at: &str) -> String {
    app.signed_in(name).await.get(at).await.text()
}

const DRAFTS: &str = "select form from draft";

#[tokio::test]
async fn what_was_set_is_what_goes_and_what_everybody_is_told() {
    for app in TestApp::on_each().await {
        checked(&mut app.signed_in("ada").await, "/tell", &[("problem", "Half typed.")]).await;
        app.advance(TimeDelta::days(70));
        purge(&app).await;
        assert_eq!(texts(&app, DRAFTS).await.len(), 1, "ninety days are not over: {:?}", app.engine());
        let before = shown(&app, "ada", "/privacy").await;
        assert!(before.contains("since you last changed it 90 days"), "{before}");

        let sent = said(&mut app.signed_in("ann").await, "drafts", "60").await;
        assert_eq!(sent.location().as_deref(), Some("/admin/retention"), "{}", sent.text());
        let all = shown(&app, "ann", "/admin/retention").await;
        assert!(all.contains("since you last changed it 60 days"), "{all}");
        let told = shown(&app, "ada", "/privacy").await;
        assert!(told.contains("since you last changed it 60 days") && !told.contains("90 days"), "{told}");
        let own = shown(&app, "ada", "/me/data").await;
        assert!(own.contains("60 days after") && !own.contains("90 days after"), "{own}");
        let file: serde_json::Value =
            serde_json::from_str(&app.signed_in("ada").await.get("/me/data.json").await.body).expect("JSON");
        let kinds = file["kinds"].as_array().expect("kinds");
        let drafts = kinds.iter().find(|kind| kind["kind"] == "drafts").expect("drafts");
        assert_eq!(drafts["kept"], "60 days after it has ended or was written");
        let list = shown(&app, "ada", "/drafts").await;
        assert!(list.contains("A draft that you leave for 60 days is deleted"), "{list}");

        purge(&app).await;
        assert!(texts(&app, DRAFTS).await.is_empty(), "{:?}", app.engine());
    }
}

#[tokio::test]
async fn a_longer_period_is_kept_for_as_long() {
    for app in TestApp::on_each().await {
        said(&mut app.signed_in("ann").await, "audit", "1,000").await;
        app.advance(TimeDelta::days(999));
        purge(&app).await;
        let noted = "select subject from audit where action = 'keeping-set'";
        assert_eq!(texts(&app, noted).await, ["audit 730 1000"], "{:?}", app.engine());
        app.advance(TimeDelta::days(2));
        purge(&app).await;
        assert!(texts(&app, noted).await.is_empty(), "{:?}", app.engine());
    }
}

#[tokio::test]
async fn what_is_outside_its_bounds_is_refused_in_words_and_nothing_changes() {
    for app in TestApp::on_each().await {
        let mut ann = app.signed_in("ann").await;
        for period in PERIODS.into_iter().filter(|period| period.least < period.most) {
            let (less, more) = (period.least - 1, period.most + 1);
            for typed in [less.to_string(), more.to_string(), "a year".to_owned(), String::new()] {
                let page = said(&mut ann, period.old.name(), &typed).await;
                assert_eq!(page.status, 422, "{period:?} {typed}");
                let words = format!("Give a whole number of days, from {} to ", period.least);
                assert!(page.text().contains(&words), "{period:?} {typed}: {}", page.text());
                assert!(page.body.contains(&format!("value=\"{typed}\"")), "what was typed stays: {typed}");
            }
            assert_eq!(days(&app, period.old).await, period.usual, "{period:?}");
        }
        let welsh = ann.post("/admin/retention/drafts?lang=cy", &[("days", "1")]).await;
        assert!(welsh.text().contains("Rhowch nifer cyfan o ddiwrnodau, o 60 i 90"), "{}", welsh.text());
        assert!(texts(&app, "select subject from audit where action = 'keeping-set'").await.is_empty());
    }
}

#[tokio::test]
async fn each_change_is_noted_once_with_both_figures_and_the_usual_comes_back() {
    for app in TestApp::on_each().await {
        let mut ann = app.signed_in("ann").await;
        for days in ["14", "14", "30"] {
            assert_eq!(said(&mut ann, "staged-rows", days).await.status, 303);
        }
        let noted = "select subject from audit where action = 'keeping-set' order by at, id";
        let mut noted = texts(&app, noted).await;
        noted.sort_unstable();
        assert_eq!(noted, ["staged-rows 14 30", "staged-rows 30 14"], "{:?}", app.engine());
        let kept = texts(&app, "select name from installation where name like 'keep-%'").await;
        assert!(kept.is_empty(), "what is usual is not said again, so that it can change with the program");
    }
}

#[tokio::test]
async fn nobody_else_sets_it_and_what_is_fixed_is_nobodys_to_set() {
    for app in TestApp::on_each().await {
        for name in ["len", "fay", "hana", "rhys", "otto"] {
            let mut client = app.signed_in(name).await;
            for at in ["/admin/retention", "/admin/retention/audit"] {
                assert_eq!(client.get(at).await.status, 404, "{name} {at}");
            }
            let sent = client.post("/admin/retention/audit", &[("days", "400")]).await;
            assert_eq!(sent.status, 404, "{name}");
        }
        assert_eq!(app.visitor().get("/admin/retention").await.status, 303);
        let mut ann = app.signed_in("ann").await;
        for fixed in PERIODS.into_iter().filter(|period| period.least == period.most) {
            let at = format!("/admin/retention/{}", fixed.old);
            assert_eq!(ann.get(&at).await.status, 404, "{fixed:?}");
            let days = fixed.usual.to_string();
            assert_eq!(ann.post(&at, &[("days", &days)]).await.status, 404, "{fixed:?}");
        }
        assert_eq!(ann.get("/admin/retention/journal").await.status, 404);
        assert_eq!(days(&app, Old::Audit).await, 730);
        assert!(ann.get("/admin").await.body.contains("href=\"/admin/retention\""), "the way there");
    }
}

/// A job that was tried too often, with what it carries.
async fn parked(app: &TestApp, (kind, payload): (&str, &str)) {
    let sql = "insert into job (kind, payload, enqueued_at, run_at, attempts) values ($1, $2, $3, $3, 10)";
    let mut tx = app.env.db.write().await.expect("a database");
    let at = app.env.now().timestamp_micros();
    run!(&mut tx, sqlx::query(sql).bind(kind).bind(payload).bind(at)).expect("a job");
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn work_that_failed_too_often_is_named_for_a_month_and_then_goes_with_what_it_carries() {
    for app in TestApp::on_each().await {
        parked(&app, ("ticket-mail", r#"{"mail":"newcomer@riverside.example"}"#)).await;
        parked(&app, (DOOR_MAIL, r#"{"message":"none"}"#)).await;
        app.advance(TimeDelta::days(29));
        purge(&app).await;
        let mut tx = app.env.db.read().await.expect("a database");
        let named = jobs::parked(&mut tx, 5).await.expect("jobs");
        assert_eq!(named.len(), 2, "whoever runs it sees them: {named:?} {:?}", app.engine());
        drop(tx);
        app.advance(TimeDelta::days(2));
        purge(&app).await;
        let left = texts(&app, "select kind from job where attempts >= 10").await;
        assert_eq!(left, [DOOR_MAIL], "what never arrived at a door is not forgotten: {:?}", app.engine());
    }
}

/// Whoever writes into the database by hand cannot shorten what a page promises, nor lengthen what protects people.
#[tokio::test]
async fn a_figure_outside_its_bounds_is_not_believed_wherever_it_comes_from() {
    for app in TestApp::on_each().await {
        for (old, written, holds) in [
            (Old::Drafts, "1", 60),
            (Old::Drafts, "9000", 90),
            (Old::DoorMessages, "400", 30),
            (Old::Sessions, "3650", 0),
            (Old::Audit, "never", 730),
        ] {
            let mut tx = app.env.db.write().await.expect("a database");
            installation::set(&mut tx, &format!("keep-{old}"), written).await.expect("a setting");
            tx.commit().await.expect("a commit");
            assert_eq!(days(&app, old).await, holds, "{old} {written} on {:?}", app.engine());
        }
    }
}

/// Accounts that were closed today.
async fn closed(app: &TestApp, many: usize) {
    let mut tx = app.env.db.write().await.expect("a database");
    let at = app.env.now().timestamp_micros();
    for number in 0..many {
        let (id, mail) = (app.env.id(), format!("left{number}@riverside.example"));
        let new = NewAccount {
            id,
            name: "Somebody Gone",
            mail: &mail,
            mail_folded: &mail,
            language: "en",
            digest_hour: 7,
            external_id: None,
            at,
        };
        accounts::add(&mut tx, &new).await.expect("an account");
        accounts::close(&mut tx, id, at).await.expect("closed");
    }
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn whose_account_was_closed_is_erased_after_the_days_that_were_set_however_many_they_are() {
    for app in TestApp::on_each().await {
        let sent = said(&mut app.signed_in("ann").await, "closed-accounts", "30").await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        closed(&app, 101).await;
        // Closed by hand, past all rules: there is always a head of the whole.
        let mut tx = app.env.db.write().await.expect("a database");
        let by_hand = "update account set closed_at = 1 where name = 'Rhys Ward'";
        run!(&mut tx, sqlx::query(by_hand)).expect("a closed account");
        tx.commit().await.expect("a commit");
        let named = "select name from account where closed_at is not null and name <> '' order by name, id";
        let erased = "select kind from journal where kind = 'erasure'";
        app.advance(TimeDelta::days(29));
        purge(&app).await;
        assert_eq!(texts(&app, named).await.len(), 102, "a month is not over: {:?}", app.engine());
        app.advance(TimeDelta::days(2));
        for night in 1..=2 {
            purge(&app).await;
            assert_eq!(texts(&app, named).await, ["Rhys Ward"], "night {night} on {:?}", app.engine());
            assert_eq!(texts(&app, erased).await.len(), 101, "night {night} on {:?}", app.engine());
        }
    }
}

async fn counted(app: &TestApp, sql: &'static str) -> i64 {
    let mut tx = app.env.db.read().await.expect("a database");
    on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a count")
}

#[tokio::test]
async fn whoever_an_administrator_closed_is_erased_when_that_is_over_and_words_and_credit_stay() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let said = says(&mut app.signed_in("bea").await, &record, "The same on ward 5. Canary 7302.").await;
        assert_eq!(said.status, 303, "{}", said.text());
        let mut ctx = app.write_as("ann").await;
        for name in ["ada", "bea"] {
            administration::close_account(&mut ctx, app.person(name)).await.expect("closed");
        }
        ctx.commit().await.expect("a commit");
        let names = ["ada@riverside.example", "bea@riverside.example", "Bea Okafor"];
        app.advance(TimeDelta::days(729));
        purge(&app).await;
        let before = places_of(&app, &names).await;
        let is_there = |name: &&str| before.iter().any(|place| place.ends_with(name));
        assert!(names.iter().all(is_there), "two years are not over: {before:?}");
        app.advance(TimeDelta::days(2));
        purge(&app).await;
        purge(&app).await;
        let left = places_of(&app, &names).await;
        assert!(left.is_empty(), "{left:?}");
        let page = app.signed_in("len").await.get(history(&record)).await;
        assert!(page.text().contains("Ada Price"), "nobody loses their credit by leaving: {}", page.text());
        assert!(page.text().contains("Somebody who has left"), "{}", page.text());
        assert!(page.text().contains("7302"), "{}", page.text());
        assert!(!places_of(&app, &["Len Hughes"]).await.is_empty(), "whose account is open stays");
        let noted = "select count(*) from audit where action = 'erased-in-time'";
        assert_eq!(counted(&app, noted).await, 2, "run twice: {:?}", app.engine());
        assert_eq!(counted(&app, "select count(*) from erasure").await, 1, "{:?}", app.engine());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound() && report.counts.erased == 0, "{:?}", report.faults);
        assert!(report.counts.parties_erased >= 1, "{:?}", report.counts);
    }
}

/// A file that stands somewhere on its way, without rows.
async fn file(app: &TestApp, state: &str) {
    let mut tx = app.env.db.write().await.expect("a database");
    let (id, at) = (app.env.id(), app.env.now().timestamp_micros());
    let batch = BatchRow {
        id,
        kind: "ideas".to_owned(),
        node: app.world.nodes["riverside"].0,
        account: None,
        file_name: "list.csv".to_owned(),
        format: "{}".to_owned(),
        stored: "{}".to_owned(),
        headings: "[]".to_owned(),
        mapping: "[]".to_owned(),
        state: "staged".to_owned(),
        is_good_only: false,
        row_count: 0,
        result: None,
        created_at: at,
        changed_at: at,
    };
    import::add(&mut tx, &batch, &[]).await.expect("a file");
    assert!(import::change_state(&mut tx, id, ("staged", state), at).await.expect("a state"));
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn what_came_of_a_file_goes_after_two_years_and_one_that_is_on_its_way_stays() {
    for app in TestApp::on_each().await {
        for state in ["applied", "applying", "thrown-away"] {
            file(&app, state).await;
        }
        let states = "select state from import_batch order by state";
        app.advance(TimeDelta::days(729));
        purge(&app).await;
        let there = texts(&app, states).await;
        assert_eq!(there, ["applied", "applying", "thrown-away"], "{:?}", app.engine());
        app.advance(TimeDelta::days(2));
        purge(&app).await;
        assert_eq!(texts(&app, states).await, ["applying"], "{:?}", app.engine());
    }
}
