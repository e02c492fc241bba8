//! Jobs: each kind does its work, and run twice does it once.

use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use waymark_app::find::also::{self, Telling};
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::import::batch::{self, NewBatch, State};
use waymark_app::import::columns::{Kind, propose};
use waymark_app::import::read::{Hints, read};
use waymark_app::jobs::{AUDITOR_MAIL, Fail, Held, Passing, Registry, Worker, plan};
use waymark_app::people::ticket::{Purpose, mail_link};
use waymark_app::route::answer::{Reply, Words, answer};
use waymark_app::route::change::Seen;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Reason, Stage};
use waymark_domain::ids::InnovationId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Prose, Title};
use waymark_store::find::similar;
use waymark_store::jobs::{self, NewJob};
use waymark_store::people::installation;
use waymark_store::{journal, on, sqlx};
use waymark_testkit::TestApp;

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

pub fn typed(app: &TestApp, name: &str) -> Typed {
    Typed {
        node: app.world.nodes["ward4"],
        who_could: WhoCould::TeamLead,
        title: Title::parse("Blood bottles").expect("a title"),
        problem: prose("We run out of blood bottles every weekend."),
        solution: Some(prose("Order on Thursday.")),
        contributors: vec![(app.person(name), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: None,
    }
}

/// Tells an idea of Ward 4 and gives its record.
pub async fn told(app: &TestApp, name: &str) -> Innovation {
    let mut ctx = app.write_as(name).await;
    let record = tell(&mut ctx, &typed(app, name)).await.expect("told");
    ctx.commit().await.expect("a commit");
    record
}

pub async fn record(app: &TestApp, id: InnovationId) -> Innovation {
    let mut tx = app.env.db.read().await.expect("a database");
    journal::load(&mut tx, id.0).await.expect("a record").expect("a record")
}

pub async fn answered(app: &TestApp, (name, id): (&str, InnovationId), reply: &Reply) {
    let mut ctx = app.write_as(name).await;
    answer(&mut ctx, Seen { id, version: None }, (reply, None)).await.expect("answered");
    ctx.commit().await.expect("a commit");
}

pub fn no() -> Reply {
    Reply::Stop(Words {
        reason: Reason::WouldNotSolve,
        words: prose("The order day is not what runs out."),
        would_change: prose("A count of a month."),
    })
}

/// Writes a job as if it had been due again: what a crash before its end leaves behind.
async fn again<P: serde::Serialize + Sync>(app: &TestApp, kind: &str, payload: &P) {
    let now = app.env.now();
    let mut tx = app.env.db.write().await.expect("a database");
    let job = NewJob { kind, payload, run_at: now, unique_key: None };
    jobs::enqueue(&mut tx, job, now).await.expect("a job");
    tx.commit().await.expect("a commit");
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    let mut tx = app.env.db.read().await.expect("a database");
    on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a number")
}

#[tokio::test]
async fn the_work_of_a_night_ends_though_time_goes_on() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        answered(&app, ("len", idea.id), &no()).await;
        // So long that who was answered has told again by now, or has not.
        app.advance(TimeDelta::days(200));
        app.tick(TimeDelta::milliseconds(1));
        let ran = tokio::time::timeout(Duration::from_mins(1), app.run_jobs()).await;
        assert!(ran.is_ok(), "{:?}", app.engine());
        assert_eq!(count(&app, "select count(*) from come_back").await, 1);
        app.mails();
    }
}

#[tokio::test]
async fn a_missed_date_goes_to_the_finder_the_night_after_and_only_once() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        app.run_jobs().await;
        assert_eq!(record(&app, idea.id).await.version, 1, "nothing happens before its day");
        app.advance(TimeDelta::days(15));
        app.run_jobs().await;
        let late = record(&app, idea.id).await;
        assert_eq!((late.overdue_step, late.broken_promise()), (1, None), "{:?}", app.engine());
        let version = late.version;
        let passing = Passing::begin("Europe/London", app.env.now().date_naive());
        again(&app, "time-passes", &passing).await;
        app.run_jobs().await;
        assert_eq!(record(&app, idea.id).await.version, version, "run twice");
        for _ in 0..30 {
            app.advance(TimeDelta::days(1));
            app.run_jobs().await;
        }
        let late = record(&app, idea.id).await;
        assert_eq!((late.overdue_step, late.broken_promise()), (3, None), "{:?}", app.engine());
        assert!(late.next_date().is_some_and(|next| next >= app.env.now().date_naive()));
    }
}

#[tokio::test]
async fn time_passes_half_an_hour_after_local_midnight() {
    let app = TestApp::new().await;
    let idea = told(&app, "ada").await;
    app.advance(TimeDelta::days(14));
    app.run_jobs().await;
    // That was the tenth working day, 21 July; 23:29 UTC is 00:29 in London.
    app.advance(TimeDelta::hours(15) + TimeDelta::minutes(29));
    app.run_jobs().await;
    assert_eq!(record(&app, idea.id).await.version, 1);
    app.advance(TimeDelta::minutes(1));
    app.run_jobs().await;
    assert_eq!(record(&app, idea.id).await.overdue_step, 1);
}

#[tokio::test]
async fn what_lies_with_somebody_who_is_away_from_today_goes_to_their_cover() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        let before = idea.decider.expect("a decider").party;
        let (len, bea) = (app.person("len").0, app.person("bea").0);
        let mut tx = app.env.db.write().await.expect("a database");
        let sql = "insert into cover (id, account, from_on, to_on, covered_by) values ($1, $2, '2026-07-08', '2026-07-09', $3)";
        on!(&mut tx, c => sqlx::query(sql).bind(app.env.id()).bind(len).bind(bea).execute(c).await
            .map(|done| done.rows_affected()))
        .expect("a cover");
        tx.commit().await.expect("a commit");
        app.run_jobs().await;
        assert_eq!(record(&app, idea.id).await.decider.expect("a decider").party, before, "not yet away");
        app.advance(TimeDelta::days(1));
        app.run_jobs().await;
        let with_cover = record(&app, idea.id).await;
        assert_ne!(with_cover.decider.expect("a decider").party, before, "{:?}", app.engine());
        assert_eq!(with_cover.next_date(), idea.next_date(), "the date that was promised stays");
        app.advance(TimeDelta::hours(3));
        again(&app, "time-passes", &Passing::begin("Europe/London", app.env.now().date_naive())).await;
        app.run_jobs().await;
        assert_eq!(record(&app, idea.id).await.version, with_cover.version, "run twice");
    }
}

#[tokio::test]
async fn recurring_work_is_planned_once_for_its_period_also_with_the_clock_set_back() {
    for app in TestApp::on_each().await {
        assert!(plan(&app.env).await.expect("planned") > 0);
        assert_eq!(plan(&app.env).await.expect("planned"), 0);
        app.run_jobs().await;
        assert_eq!(plan(&app.env).await.expect("planned"), 0, "done work is not planned again");
        app.advance(TimeDelta::hours(-5));
        assert_eq!(plan(&app.env).await.expect("planned"), 0);
        app.advance(TimeDelta::hours(6));
        // One seal, and one hour of mail for each zone.
        assert_eq!(plan(&app.env).await.expect("planned"), 2, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn each_hour_what_changed_is_sealed_and_the_auditor_gets_the_root_of_the_day() {
    for app in TestApp::on_each().await {
        let mut tx = app.env.db.write().await.expect("a database");
        installation::set(&mut tx, AUDITOR_MAIL, "otto@audit.example").await.expect("a setting");
        tx.commit().await.expect("a commit");
        told(&app, "ada").await;
        app.run_jobs().await;
        assert_eq!(count(&app, "select count(*) from seal").await, 1);
        again(&app, "seal", &()).await;
        app.run_jobs().await;
        assert_eq!(count(&app, "select count(*) from seal").await, 1, "run twice");
        app.mails();
        app.advance(TimeDelta::days(1));
        app.run_jobs().await;
        let mails: Vec<_> = app.mails().into_iter().filter(|mail| mail.to == "otto@audit.example").collect();
        let root = {
            let mut tx = app.env.db.read().await.expect("a database");
            waymark_store::seals::last(&mut tx).await.expect("a seal").expect("a seal").root.to_string()
        };
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains(&format!("waymark verify --root {root}")), "{}", mails[0].text);
        assert!(mails[0].subject.contains("Tuesday 7 July 2026"), "{}", mails[0].subject);
    }
}

#[tokio::test]
async fn at_night_what_is_old_goes_and_what_is_not_stays() {
    for app in TestApp::on_each().await {
        app.signed_in("ada").await;
        let mut ctx = app.write_as("ada").await;
        waymark_app::once::remember(&mut ctx, &app.env.secret(), "/").await.expect("noted");
        ctx.commit().await.expect("a commit");
        app.advance(TimeDelta::hours(19));
        again(&app, "purge", &()).await;
        app.run_jobs().await;
        let both = "select (select count(*) from session) + (select count(*) from form_token)";
        assert_eq!(count(&app, both).await, 2, "not old yet");
        app.advance(TimeDelta::days(2));
        again(&app, "purge", &()).await;
        again(&app, "purge", &()).await;
        app.run_jobs().await;
        assert_eq!(count(&app, both).await, 0, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn a_contributor_is_told_of_an_answer_at_once_in_their_language_and_once() {
    for app in TestApp::on_each().await {
        let mut tx = app.env.db.write().await.expect("a database");
        let sql = "update account set language = 'cy' where id = $1";
        let ada = app.person("ada").0;
        on!(&mut tx, c => sqlx::query(sql).bind(ada).execute(c).await.map(|done| done.rows_affected()))
            .expect("a language");
        tx.commit().await.expect("a commit");
        let idea = told(&app, "ada").await;
        app.run_jobs().await;
        app.mails();
        answered(&app, ("len", idea.id), &no()).await;
        app.run_jobs().await;
        let mails = app.mails();
        assert_eq!(mails.len(), 1, "{mails:#?}");
        assert_eq!(mails[0].subject, "Ateb i’ch syniad: Blood bottles");
        for part in ["Len Hughes", "ni fyddai’n datrys y broblem", "A count of a month.", "/records/WM-2026-"]
        {
            assert!(mails[0].text.contains(part), "{part}: {}", mails[0].text);
        }
        let party = idea.told.contributors[0].party;
        let to = waymark_app::route::notice::ToParty { record: idea.id.0, party: party.0, version: 2 };
        again(&app, "answer-mail", &to).await;
        app.run_jobs().await;
        assert_eq!(app.mails()[0].id, mails[0].id, "a repeat can be recognised");
    }
}

#[tokio::test]
async fn whoever_told_it_too_hears_the_answer_and_is_not_asked_to_judge_it() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        let telling = Telling {
            title: Title::parse("No bottles").expect("a title"),
            problem: prose("We had none on Sunday."),
            solution: None,
            tellers: vec![app.person("bea")],
            is_assisted: false,
            origin: Origin::FrontLine,
        };
        for _ in 0..2 {
            let mut ctx = app.write_as("bea").await;
            also::add(&mut ctx, idea.id, &telling).await.expect("added");
            ctx.commit().await.expect("a commit");
        }
        app.run_jobs().await;
        app.mails();
        answered(&app, ("len", idea.id), &no()).await;
        app.run_jobs().await;
        let mut mails = app.mails();
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["ada@riverside.example", "bea@riverside.example"], "{:?}", app.engine());
        assert_eq!(mails[1].subject, "An answer to what you told too: Blood bottles");
        assert!(mails[1].text.contains("The order day is not what runs out."), "{}", mails[1].text);
        assert!(!mails[1].text.contains("say whether"), "{}", mails[1].text);
        assert!(mails[0].text.contains("say whether"), "{}", mails[0].text);
        let work = app.signed_in("bea").await.get("/work").await;
        assert!(work.text().contains("Blood bottles") && !work.text().contains("Was this an answer"));
    }
}

#[tokio::test]
async fn a_file_that_nobody_brought_in_goes_after_thirty_days_and_stays_listed_as_thrown_away() {
    for app in TestApp::on_each().await {
        let mut ctx = app.write_as("fay").await;
        let sheet = read(b"id,title,problem\n1,Fine,Good\n", Hints::default()).expect("rows");
        let mapping = propose(Kind::Ideas, &sheet.columns);
        let node = app.world.nodes["riverside"];
        let new = NewBatch { node, file_name: "list.csv", sheet: &sheet, mapping: &mapping };
        let file = batch::stage(&mut ctx, &new).await.expect("staged");
        ctx.commit().await.expect("a commit");
        let rows = "select count(*) from import_row";
        app.advance(TimeDelta::days(29));
        again(&app, "purge", &()).await;
        app.run_jobs().await;
        assert_eq!(count(&app, rows).await, 1, "not old yet");
        app.advance(TimeDelta::days(2));
        again(&app, "purge", &()).await;
        again(&app, "purge", &()).await;
        app.run_jobs().await;
        assert_eq!(count(&app, rows).await, 0, "{:?}", app.engine());
        let mut ctx = app.write_as("fay").await;
        let found = batch::find(&mut ctx, file).await.expect("the account of it");
        assert_eq!(found.state, State::ThrownAway);
    }
}

#[tokio::test]
async fn what_is_missing_among_the_similar_ones_is_put_there_by_the_next_day() {
    for app in TestApp::on_each().await {
        told(&app, "ada").await;
        app.run_jobs().await;
        let mut tx = app.env.db.write().await.expect("a database");
        similar::clear(&mut tx).await.expect("empty");
        tx.commit().await.expect("a commit");
        let missing = "select (select count(*) from innovation) - (select count(*) from similar_text)";
        assert_eq!(count(&app, missing).await, 1);
        app.advance(TimeDelta::days(1));
        app.run_jobs().await;
        assert_eq!(count(&app, missing).await, 0, "{:?}", app.engine());
        again(&app, "similar-index", &()).await;
        app.run_jobs().await;
        assert_eq!(count(&app, missing).await, 0, "run twice");
    }
}

#[tokio::test]
async fn a_mail_about_what_is_handled_with_care_carries_a_link_and_no_words() {
    let app = TestApp::new().await;
    let mut ctx = app.write_as("ada").await;
    let careful = Typed { seen_by: Some(SeenBy::Handlers), ..typed(&app, "ada") };
    let idea = tell(&mut ctx, &careful).await.expect("told");
    ctx.commit().await.expect("a commit");
    answered(&app, ("len", idea.id), &no()).await;
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    let said = format!("{} {}", mails[0].subject, mails[0].text);
    for word in ["Blood", "Len", "solve", "count"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert!(said.contains(idea.told.reference.as_str()), "{said}");
}

#[tokio::test]
async fn what_an_earlier_version_wrote_to_be_mailed_at_once_ends_without_a_mail() {
    for app in TestApp::on_each().await {
        let id = app.env.id();
        again(&app, "moderation-mail", &json!({ "for": "reporter", "report": id })).await;
        again(&app, "sight-mail", &json!({ "record": id, "version": 2 })).await;
        for about in ["role-asked", "role-settled"] {
            again(&app, "people-mail", &json!({ "about": about, "to": id, "ask": id })).await;
        }
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "{:?}", app.engine());
        let left = "select count(*) from job where kind in ('moderation-mail', 'sight-mail', 'people-mail')";
        assert_eq!(count(&app, left).await, 0, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn a_job_that_fails_is_tried_ten_times_and_parked_with_its_reason() {
    let app = TestApp::new().await;
    let worker = Worker::with(Arc::clone(&app.env), Registry::default());
    again(&app, "unknown-kind", &()).await;
    for _ in 0..12 {
        worker.run_due().await.expect("a database");
        app.advance(TimeDelta::hours(2));
    }
    let mut tx = app.env.db.read().await.expect("a database");
    let parked = jobs::parked(&mut tx, 100).await.expect("jobs");
    let own = parked.iter().find(|job| job.kind == "unknown-kind").expect("it is parked");
    assert!(own.last_error.as_ref().is_some_and(|error| error.contains("unknown-kind")), "{own:?}");
}

#[tokio::test]
async fn a_job_whose_need_is_away_waits_however_long() {
    fn away(_: Held<'_>) -> waymark_app::jobs::Done<'_> {
        Box::pin(async { Err(Fail::Wait("the printer is away".to_owned())) })
    }
    for app in TestApp::on_each().await {
        let worker = Worker::with(Arc::clone(&app.env), Registry::default().with("print", away));
        again(&app, "print", &()).await;
        for _ in 0..30 {
            worker.run_due().await.expect("a database");
            app.advance(TimeDelta::minutes(2));
        }
        let sql = "select attempts from job where kind = 'print'";
        assert_eq!(count(&app, sql).await, 0, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn what_was_answered_ends_as_it_was_answered() {
    let app = TestApp::new().await;
    let idea = told(&app, "ada").await;
    answered(&app, ("len", idea.id), &no()).await;
    app.advance(TimeDelta::days(60));
    app.run_jobs().await;
    assert_eq!(record(&app, idea.id).await.stage, Stage::Stopped);
}

#[tokio::test]
async fn a_link_for_a_new_password_goes_by_mail_and_works_and_a_repeat_takes_its_place() {
    for app in TestApp::on_each().await {
        let account = app.person("ada");
        let mut ctx = app.write_as("ann").await;
        mail_link(&mut ctx, account, Purpose::Reset).await.expect("a job");
        mail_link(&mut ctx, account, Purpose::Reset).await.expect("a job");
        ctx.commit().await.expect("a commit");
        app.run_jobs().await;
        let mails = app.mails();
        assert_eq!(mails.len(), 2, "{mails:#?}");
        let links: Vec<String> = mails.iter().map(|mail| link_in(&mail.text)).collect();
        let first = app.visitor().get(&links[0]).await;
        let second = app.visitor().get(&links[1]).await;
        assert_ne!(links[0], links[1]);
        assert!(second.body.contains("type=\"password\""), "{}", second.text());
        assert!(!first.body.contains("type=\"password\""), "{}", first.text());
        let sql = "select count(*) from job where payload like '%http%'";
        assert_eq!(count(&app, sql).await, 0, "no job carries a secret");
    }
}

/// The path of the first link in a mail.
fn link_in(text: &str) -> String {
    let line = text.lines().find(|line| line.contains("http://")).expect("a link");
    line.trim().trim_start_matches("http://127.0.0.1:8080").to_owned()
}
