//! Files come in whole, once, and truthfully, on both databases.

use std::fmt::Write as _;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll};
use waymark_app::import::batch::{self, NewBatch, Outcome, State};
use waymark_app::import::check::check;
use waymark_app::import::columns::{Kind, propose};
use waymark_app::import::read::{Hints, Sheet, read};
use waymark_app::import::{apply, progress};
use waymark_app::{Actor, Ctx, Env, Error};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::problem::Problem;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::NodeId;
use waymark_domain::people::grant::Grant;
use waymark_domain::people::node::Node;
use waymark_store::find::similar::count_missing;
use waymark_store::sqlx::types::Uuid;
use waymark_store::verify::{of, verify};
use waymark_store::{journal, on};
use waymark_testkit::TestApp;

fn sheet(text: &str) -> Sheet {
    read(text.as_bytes(), Hints::default()).expect("readable")
}

async fn stage(env: &Env, actor: Actor, (kind, node): (Kind, NodeId), sheet: &Sheet) -> Uuid {
    let mut ctx = Ctx::write(env, actor).await.expect("a database");
    let mapping = propose(kind, &sheet.columns);
    let new = NewBatch { node, file_name: "list.csv", sheet, mapping: &mapping };
    let id = batch::stage(&mut ctx, &new).await.expect("staged");
    ctx.commit().await.expect("a commit");
    id
}

async fn begin(env: &Env, actor: Actor, id: Uuid, is_good_only: bool) -> Result<(), Error> {
    let mut ctx = Ctx::write(env, actor).await?;
    apply::begin(&mut ctx, id, is_good_only).await?;
    ctx.commit().await.map(drop)
}

async fn bring_in(env: &Env, actor: Actor, what: (Kind, NodeId), sheet: &Sheet) -> Outcome {
    let id = stage(env, actor, what, sheet).await;
    begin(env, actor, id, false).await.expect("begun");
    apply::run(env, actor, id).await.expect("in")
}

async fn count(env: &Env, table: &str) -> i64 {
    let mut tx = env.db.read().await.expect("a database");
    let sql = format!("select count(*) from {table}");
    let sql = waymark_store::sqlx::AssertSqlSafe(sql);
    on!(&mut tx, c => waymark_store::sqlx::query_scalar(sql).fetch_one(c).await).expect("a count")
}

async fn mails(env: &Env) -> i64 {
    count(env, "job where kind <> 'import'").await
}

async fn innovations(env: &Env) -> Vec<Innovation> {
    let mut tx = env.db.read().await.expect("a database");
    let sql = "select id from innovation order by external_id";
    let ids: Vec<Uuid> =
        on!(&mut tx, c => waymark_store::sqlx::query_scalar(sql).fetch_all(c).await).expect("ids");
    journal::load_many(&mut tx, &ids).await.expect("records")
}

async fn is_sound(env: &Env) {
    let mut tx = env.db.read().await.expect("a database");
    let kinds = [&of::<Innovation>() as _, &of::<Problem>() as _, &of::<Node>() as _, &of::<Grant>() as _];
    let report = verify(&mut tx, &kinds, None).await.expect("a report");
    assert!(report.is_sound(), "{:?}", report.faults);
}

fn feeds() -> Vec<Sheet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/challenges");
    ["feed-closed.json", "feed-open.json"]
        .map(|name| {
            let bytes = std::fs::read(folder.join(name)).expect("the shared data beside the repository");
            read(&bytes, Hints::default()).expect("readable")
        })
        .to_vec()
}

#[tokio::test]
async fn all_318_challenges_come_in_once_on_both_databases() {
    for app in TestApp::on_each().await {
        let (fay, node) = (Actor::Person(app.person("fay")), app.world.nodes["riverside"]);
        let mut made = 0;
        for sheet in feeds() {
            let outcome = bring_in(&app.env, fay, (Kind::Problems, node), &sheet).await;
            made += outcome.made;
            assert_eq!((outcome.revised, outcome.unchanged, outcome.left_out), (0, 0, 0));
        }
        assert_eq!((made, count(&app.env, "problem").await), (318, 318));
        let events = count(&app.env, "journal").await;
        for sheet in feeds() {
            let outcome = bring_in(&app.env, fay, (Kind::Problems, node), &sheet).await;
            assert_eq!((outcome.made, outcome.revised, outcome.unchanged), (0, 0, sheet.rows.len()));
        }
        assert_eq!(count(&app.env, "journal").await, events, "a second run writes nothing");
        let mut changed = feeds().remove(1);
        let place = changed.columns.iter().position(|column| column == "challenge-title").expect("a title");
        changed.rows[0].cells[place] = "A new title".to_owned();
        let outcome = bring_in(&app.env, fay, (Kind::Problems, node), &changed).await;
        assert_eq!((outcome.made, outcome.revised, outcome.unchanged), (0, 1, changed.rows.len() - 1));
        is_sound(&app.env).await;
        assert_eq!(count(&app.env, "import_row").await, 0, "rows that are in are no longer kept");
    }
}

const IDEAS: &str = "id,title,problem,solution,told by,mail,told on,state,answer,answered on,answered by,organisation\n\
1,Bottles,No bottles,Order more,Ada,ada@riverside.example,2026-07-06,open,,,,Ward 4\n\
2,Old one,Still so,,Jo Bell,,2019-03-04,open,,,,Ward 4\n\
3,Done one,Was so,,New Person,new@riverside.example,2020-01-02,kept,We did it,2020-02-03,Sam,Ward 5\n\
4,Dropped one,Was so too,,,,2020-01-02,dropped,Too dear,2020-02-03,Sam,Ward 4\n\
5,Answered one,What then,,,,2020-01-02,answered,We looked,2020-02-03,Sam,\n\
6,No answer,What now,,,,2020-01-02,dropped,,,,\n";

#[tokio::test]
async fn ideas_come_in_with_their_story_on_both_databases() {
    for app in TestApp::on_each().await {
        let (fay, node) = (Actor::Person(app.person("fay")), app.world.nodes["riverside"]);
        let outcome = bring_in(&app.env, fay, (Kind::Ideas, node), &sheet(IDEAS)).await;
        assert_eq!((outcome.made, outcome.first.len()), (6, 6));
        let mut tx = app.env.db.read().await.expect("a database");
        assert_eq!(count_missing(&mut tx).await.expect("a count"), 0, "all are among the similar ones");
        drop(tx);
        let records = innovations(&app.env).await;
        let stages: Vec<Stage> = records.iter().map(|record| record.stage).collect();
        assert_eq!(
            stages,
            [Stage::Told, Stage::Told, Stage::Done, Stage::Stopped, Stage::Told, Stage::Told],
            "{:?}",
            app.engine()
        );
        let sent: Vec<String> =
            records.iter().map(|record| record.sent_at.format("%Y-%m-%d").to_string()).collect();
        assert_eq!(
            sent,
            ["2026-07-06", "2026-07-07", "2020-01-02", "2020-01-02", "2026-07-07", "2026-07-07"]
        );
        assert!(records.iter().all(|record| record.broken_promise().is_none()));
        assert!(records.iter().filter(|record| record.stage.is_open()).all(|record| {
            record.next_date() >= chrono::NaiveDate::from_ymd_opt(2026, 7, 13) && record.overdue_step == 0
        }));
        let stopped = &records[3].answers[0].given;
        assert_eq!(stopped.elsewhere.as_ref().map(|one| one.on.to_string()), Some("2020-02-03".into()));
        assert_eq!(mails(&app.env).await, 0, "nobody is mailed about what happened long ago");
        let events = count(&app.env, "journal").await;
        let again = bring_in(&app.env, fay, (Kind::Ideas, node), &sheet(IDEAS)).await;
        assert_eq!((again.made, again.unchanged), (0, 6));
        assert_eq!(count(&app.env, "journal").await, events);
        is_sound(&app.env).await;
    }
}

#[tokio::test]
async fn organisations_and_people_come_in_and_again_changes_only_what_differs() {
    for app in TestApp::on_each().await {
        let (ann, node) = (Actor::Person(app.person("ann")), app.world.nodes["root"]);
        let nodes =
            "id,name,parent,level,body\nh3,Lakeside Hospital,,organisation,yes\nw9,Ward 9,h3,team,no\n";
        let outcome = bring_in(&app.env, ann, (Kind::Organisations, node), &sheet(nodes)).await;
        assert_eq!(outcome.made, 2);
        let renamed = nodes.replace("Ward 9", "Ward Nine");
        let outcome = bring_in(&app.env, ann, (Kind::Organisations, node), &sheet(&renamed)).await;
        assert_eq!((outcome.made, outcome.revised, outcome.unchanged), (0, 1, 1));
        let people =
            "id,name,mail,organisation,roles\np1,Kit Lee,kit@lakeside.example,w9,team-lead; finder\n";
        let outcome = bring_in(&app.env, ann, (Kind::People, node), &sheet(people)).await;
        assert_eq!(outcome.made, 1);
        let outcome = bring_in(&app.env, ann, (Kind::People, node), &sheet(people)).await;
        assert_eq!((outcome.made, outcome.revised, outcome.unchanged), (0, 0, 1));
        assert_eq!(mails(&app.env).await, 0);
        is_sound(&app.env).await;
    }
}

#[tokio::test]
async fn faults_keep_all_out_unless_the_good_rows_alone_are_asked_for() {
    let app = TestApp::new().await;
    let (fay, node) = (Actor::Person(app.person("fay")), app.world.nodes["riverside"]);
    let bad = sheet("id,title,problem,organisation\n1,A,a,\n2,,b,\n3,C,c,Ward 44\n4,D,d\u{7},\n");
    let id = stage(&app.env, fay, (Kind::Ideas, node), &bad).await;
    let mut ctx = Ctx::read(&app.env, fay).await.expect("a database");
    let found = batch::find(&mut ctx, id).await.expect("a batch");
    let checked = check(&mut ctx, &found).await.expect("judged");
    let named: Vec<(usize, &str, &str)> =
        checked.faults.iter().map(|one| (one.row, one.column.as_str(), one.wrong.key())).collect();
    let expected = [(3, "title", "import-fault-missing"), (4, "organisation", "import-fault-unknown-place")];
    assert_eq!(named, expected);
    drop(ctx);
    let refused = begin(&app.env, fay, id, false).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    begin(&app.env, fay, id, true).await.expect("begun");
    let outcome = apply::run(&app.env, fay, id).await.expect("in");
    assert_eq!((outcome.made, outcome.left_out), (2, 2));
}

#[tokio::test]
async fn a_row_whose_place_is_unknown_is_told_all_that_is_wrong_with_it() {
    let app = TestApp::new().await;
    let (ann, node) = (Actor::Person(app.person("ann")), app.world.nodes["riverside"]);
    let bad = sheet("id,name,level,parent\na,Ward 44,area,Nowhere\n");
    let id = stage(&app.env, ann, (Kind::Organisations, node), &bad).await;
    let mut ctx = Ctx::read(&app.env, ann).await.expect("a database");
    let found = batch::find(&mut ctx, id).await.expect("a batch");
    let checked = check(&mut ctx, &found).await.expect("judged");
    let named: Vec<(&str, &str)> =
        checked.faults.iter().map(|one| (one.column.as_str(), one.wrong.key())).collect();
    let expected = [("parent", "import-fault-unknown-place"), ("level", "import-fault-unknown-word")];
    assert_eq!(named, expected);
}

/// Polls a future so often, then drops it: what a killed process leaves. Gives what it ended with, where it did.
async fn killed_after(
    polls: usize,
    future: impl Future<Output = Result<Outcome, Error>>,
) -> Option<Result<Outcome, Error>> {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(move |context: &mut Context<'_>| match future.as_mut().poll(context) {
        Poll::Ready(ended) => Poll::Ready(Some(ended)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn a_run_that_is_killed_leaves_nothing_and_is_begun_again() {
    for app in TestApp::on_each().await {
        let (fay, node) = (Actor::Person(app.person("fay")), app.world.nodes["riverside"]);
        let mut text = "id,title,problem\n".to_owned();
        for number in 0..300 {
            writeln!(text, "{number},Title {number},Problem {number}").expect("a line");
        }
        let id = stage(&app.env, fay, (Kind::Ideas, node), &sheet(&text)).await;
        begin(&app.env, fay, id, false).await.expect("begun");
        for polls in [1, 20, 100] {
            // The one before still holds the writer until its transaction is undone: on a busy machine that may take
            // longer than anybody waits for a connection.
            loop {
                match killed_after(polls, Box::pin(apply::run(&app.env, fay, id))).await {
                    None => break,
                    Some(Err(Error::Unavailable(_))) => {}
                    Some(ended) => panic!("{polls}: {ended:?}"),
                }
            }
            assert_eq!(count(&app.env, "innovation").await, 0);
            assert_eq!(progress::of(id), None);
        }
        let mut ctx = Ctx::read(&app.env, fay).await.expect("a database");
        assert_eq!(batch::find(&mut ctx, id).await.expect("a batch").state, State::Applying);
        drop(ctx);
        let outcome = apply::run(&app.env, fay, id).await.expect("in");
        assert_eq!((outcome.made, count(&app.env, "innovation").await), (300, 300), "{:?}", app.engine());
        let again = apply::run(&app.env, fay, id).await.expect("what became of it");
        assert_eq!((again, count(&app.env, "innovation").await), (outcome, 300));
    }
}

#[tokio::test]
async fn only_a_finder_brings_ideas_in_and_only_an_administrator_people() {
    let app = TestApp::new().await;
    let node = app.world.nodes["riverside"];
    let list = sheet("title,problem,name,mail\na,b,c,d@e.example\n");
    for (name, kind) in
        [("ann", Kind::Ideas), ("fay", Kind::People), ("ada", Kind::Ideas), ("ivo", Kind::Ideas)]
    {
        let mut ctx = app.write_as(name).await;
        let mapping = propose(kind, &list.columns);
        let new = NewBatch { node, file_name: "x", sheet: &list, mapping: &mapping };
        let refused = batch::stage(&mut ctx, &new).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{name}: {refused:?}");
    }
}
