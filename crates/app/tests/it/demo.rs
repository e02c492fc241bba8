//! The demonstration fills an empty database, keeps every promise and stands as its files say.

use waymark_app::demo;
use waymark_app::find::problem;
use waymark_app::{Actor, Ctx, Env, Error};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::problem::Problem;
use waymark_domain::people::grant::Grant;
use waymark_domain::people::node::Node;
use waymark_store::verify::{of, verify};
use waymark_store::{journal, on};
use waymark_testkit::{TestApp, databases};

async fn broken_promises(env: &Env) -> Vec<String> {
    let mut tx = env.db.read().await.expect("a database");
    let sql = "select id from innovation order by id";
    let ids: Vec<waymark_store::sqlx::types::Uuid> =
        on!(&mut tx, c => waymark_store::sqlx::query_scalar(sql).fetch_all(c).await).expect("ids");
    let records: Vec<Innovation> = journal::load_many(&mut tx, &ids).await.expect("records");
    assert_eq!(records.len(), 120);
    let broken =
        |record: &Innovation| Some(format!("{}: {}", record.told.reference, record.broken_promise()?));
    records.iter().filter_map(broken).collect()
}

#[tokio::test]
async fn the_demonstration_is_sound_on_both_databases() {
    for database in databases().await {
        let app = TestApp::empty(database).await;
        let filled = demo::fill(&app.env).await.expect("a demonstration");
        assert_eq!(filled.odd, [], "{:?}", app.engine());
        assert_eq!((filled.nodes, filled.people, filled.records), (42, 82, 120));
        assert!(filled.steps_of_time > 20, "{filled:?}");
        assert_eq!(broken_promises(&app.env).await, Vec::<String>::new());
        let mut tx = app.env.db.read().await.expect("a database");
        let kinds =
            [&of::<Innovation>() as _, &of::<Node>() as _, &of::<Grant>() as _, &of::<Problem>() as _];
        let report = verify(&mut tx, &kinds, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        let mails = "select count(*) from job";
        let mails: i64 =
            on!(&mut tx, c => waymark_store::sqlx::query_scalar(mails).fetch_one(c).await).expect("a count");
        assert_eq!(mails, 0, "what happened long ago is mailed to nobody");
        let mut ctx = Ctx::read(&app.env, Actor::Nobody).await.expect("a database");
        let problems: Vec<bool> =
            problem::take(&mut ctx, None).await.expect("problems").0.iter().map(|one| one.seeks).collect();
        assert_eq!(problems, [true, true, false]);
        let missing = waymark_store::find::similar::count_missing(&mut tx).await.expect("a count");
        assert_eq!(missing, 0, "every record is among the similar ones");
    }
}

#[tokio::test]
async fn a_database_with_records_in_it_is_refused() {
    let app = TestApp::new().await;
    let refused = demo::fill(&app.env).await;
    assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");
    let mut ctx = Ctx::read(&app.env, Actor::Console).await.expect("a database");
    assert!(!demo::is_demonstration(&mut ctx).await.expect("an answer"));
}

#[tokio::test]
async fn its_accounts_are_offered_on_the_machines_own_address_alone() {
    let mut app = TestApp::new().await;
    assert_eq!(demo::accounts(&app.env).expect("a list"), []);
    let env = std::sync::Arc::get_mut(&mut app.env).expect("nobody else has it");
    env.config.is_demonstration = true;
    let offered = demo::accounts(env).expect("a list");
    for kind in ["member", "team-lead", "finder", "head", "administrator", "auditor"] {
        assert!(offered.iter().any(|one| one.as_ == kind), "{kind}");
    }
    let unit = |kind: &str| offered.iter().find(|one| one.as_ == kind).map(|one| &one.unit);
    assert_eq!(unit("member"), unit("team-lead"), "what the member tells is with the team lead");
    let page = app.visitor().get("/sign-in").await;
    assert!(
        page.text().contains(demo::PASSWORD) && page.text().contains(&offered[0].email),
        "{}",
        page.text()
    );
    let env = std::sync::Arc::get_mut(&mut app.env).expect("nobody else has it");
    env.config.origin = "https://ideas.example.org".to_owned();
    assert_eq!(demo::accounts(env).expect("a list"), []);
}
