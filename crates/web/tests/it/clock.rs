//! The machine's clock is set back: what was written keeps its order, nothing is planned twice, and all stays provable.

use crate::jobs::{answered, no, record, told};
use chrono::TimeDelta;
use waymark_app::jobs::plan;
use waymark_app::sound::verify;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_store::{journal, seals};
use waymark_testkit::TestApp;

/// The number of the last seal, and when it was made.
async fn last_seal(app: &TestApp) -> (i64, i64) {
    let mut tx = app.env.db.read().await.unwrap();
    let seal = seals::last(&mut tx).await.unwrap().unwrap();
    (seal.number, seal.at)
}

async fn seal(app: &TestApp) {
    let mut tx = app.env.db.write().await.unwrap();
    seals::seal_now(&mut tx, app.env.now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_clock_that_is_set_back_changes_no_order_and_repeats_no_work_on_both_engines() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::days(1));
        let idea = told(&app, "ada").await;
        app.run_jobs().await;
        let before = last_seal(&app).await;
        app.advance(TimeDelta::days(-1));
        assert_eq!(plan(&app.env).await.unwrap(), 0, "nothing is planned twice");
        answered(&app, ("len", idea.id), &no()).await;
        assert_eq!(record(&app, idea.id).await.stage, Stage::Stopped);
        let mut tx = app.env.db.read().await.unwrap();
        let history = journal::history::<Innovation>(&mut tx, idea.id.0).await.unwrap();
        drop(tx);
        let versions: Vec<u32> = history.iter().map(|happened| happened.meta.version).collect();
        assert_eq!(versions, [1, 2]);
        assert!(history[1].meta.recorded_at < history[0].meta.recorded_at, "the times are kept as they were");
        assert_eq!(app.run_jobs().await, 1, "the mail of the answer goes");
        seal(&app).await;
        let after = last_seal(&app).await;
        assert!(after.0 == before.0 + 1 && after.1 < before.1, "{before:?} {after:?}");
        let mut ada = app.signed_in("ada").await;
        let page = ada.get(format!("/records/{}/history", idea.told.reference)).await;
        let text = page.text();
        let (told, stopped) = (text.find("Ada Price"), text.find("Len Hughes"));
        assert!(told.is_some() && stopped.is_some(), "{text}");
        assert!(verify(&app.env, None).await.unwrap().is_sound());
        app.advance(TimeDelta::days(2));
        app.run_jobs().await;
        assert!(verify(&app.env, None).await.unwrap().is_sound());
    }
}
