//! Every column of every table of the real records: changed by hand behind the program's back, it is named.
//! How chains, tails and seals are watched is tried in `store`, with a record made for it.

use waymark_app::people::asks;
use waymark_app::sound::kinds;
use waymark_app::{Actor, Ctx, demo};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::problem::Problem;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::ask::Ask;
use waymark_domain::people::grant::Grant;
use waymark_domain::people::node::Node;
use waymark_domain::people::role::Role;
use waymark_store::row::Column;
use waymark_store::sqlx::types::Uuid;
use waymark_store::sqlx::{self, AssertSqlSafe};
use waymark_store::verify::{self, Report, What};
use waymark_store::{Engine, Kind, Stored, Table, Tx, on, run};
use waymark_testkit::{TestApp, databases};

async fn demonstrations() -> Vec<TestApp> {
    let mut apps = Vec::new();
    for database in databases().await {
        let app = TestApp::empty(database).await;
        demo::fill(&app.env).await.expect("an empty database takes the demonstration");
        ask(&app).await;
        apps.push(app);
    }
    apps
}

/// An administrator of the demonstration asks that a member administers, too.
async fn ask(app: &TestApp) {
    let sql = "select p.account, g.node from role_grant g join party p on p.id = g.holder \
               where g.role = $1 order by g.id limit 1";
    let mut tx = app.env.db.read().await.expect("a database");
    let mut of_role = async |role: &str| -> (Uuid, Uuid) {
        on!(&mut tx, c => sqlx::query_as(sql).bind(role).fetch_one(c).await).expect("somebody")
    };
    let ((administrator, node), (member, _)) = (of_role("administrator").await, of_role("member").await);
    let mut ctx = Ctx::write(&app.env, Actor::Person(AccountId(administrator))).await.expect("a database");
    asks::give(&mut ctx, Role::Administrator, (NodeId(node), AccountId(member))).await.expect("asked");
    ctx.commit().await.expect("a commit");
}

async fn report(tx: &mut Tx) -> Report {
    let kinds = kinds();
    let kinds: Vec<&dyn verify::Verifier> = kinds.iter().map(AsRef::as_ref).collect();
    verify::verify(tx, &kinds, None).await.expect("a report")
}

/// Another value than the one that is there, on both engines.
fn other_value(engine: Engine, column: &Column) -> String {
    let name = column.name;
    match (column.kind, engine) {
        (Kind::Int, _) => format!("coalesce({name}, 0) + 1"),
        (Kind::Text, _) => format!("coalesce({name}, '') || 'x'"),
        (Kind::Bool, Engine::Sqlite) => format!("1 - coalesce({name}, 0)"),
        (Kind::Bool, Engine::Postgres) => format!("not coalesce({name}, false)"),
        (Kind::Id, Engine::Sqlite) => "randomblob(16)".to_owned(),
        (Kind::Id, Engine::Postgres) => "gen_random_uuid()".to_owned(),
        (Kind::Bytes, Engine::Sqlite) => "randomblob(32)".to_owned(),
        (Kind::Bytes, Engine::Postgres) => "sha256(gen_random_uuid()::text::bytea)".to_owned(),
    }
}

/// Changes a column of one row and says what verify found; nothing where the database itself refuses the change.
async fn changed(app: &TestApp, table: &Table, column: &Column) -> Option<Report> {
    let mut tx = app.env.db.write().await.expect("a database");
    let keys: Vec<&str> = table.columns[..table.key].iter().map(|column| column.name).collect();
    let keys = keys.join(", ");
    let sql = format!(
        "update {name} set {column} = {value} where ({keys}) = (select {keys} from {name} order by {keys} limit 1)",
        name = table.name,
        column = column.name,
        value = other_value(app.engine(), column),
    );
    let touched = run!(&mut tx, sqlx::query(AssertSqlSafe(sql.as_str()))).ok()?;
    assert_eq!(touched, 1, "{sql}");
    Some(report(&mut tx).await)
}

#[tokio::test]
async fn every_column_of_every_record_table_is_watched() {
    let tables = [Innovation::TABLES, Problem::TABLES, Node::TABLES, Grant::TABLES, Ask::TABLES].concat();
    let mut looked_at = 0;
    for app in demonstrations().await {
        for table in tables.iter().filter(|table| table.name != "problem") {
            for column in table.columns {
                let Some(report) = changed(&app, table, column).await else { continue };
                let is_key = table.columns[..table.key].iter().any(|key| key.name == column.name);
                let named = |what: &What| match what {
                    What::Column(name) => *name == column.name,
                    What::Missing | What::Extra => is_key || column.name == table.record,
                    _ => false,
                };
                let is_named =
                    report.faults.iter().any(|fault| fault.table == table.name && named(&fault.what));
                assert!(is_named, "{:?} {}.{}: {:?}", app.engine(), table.name, column.name, report.faults);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 120, "only {looked_at} columns could be changed");
}

#[tokio::test]
async fn a_missing_or_added_row_of_a_record_is_named() {
    for app in demonstrations().await {
        for sql in ["delete from answer where number = 1", "delete from contributor where place = 0"] {
            let mut tx = app.env.db.write().await.expect("a database");
            run!(&mut tx, sqlx::query(AssertSqlSafe(sql))).expect("rows to delete");
            let report = report(&mut tx).await;
            assert!(
                report.faults.iter().any(|fault| fault.what == What::Missing),
                "{sql}: {:?}",
                report.faults
            );
        }
        let mut tx = app.env.db.write().await.expect("a database");
        let again = "insert into contributor (innovation, party, share_percent, place) \
                     select innovation, innovation, share_percent, place from contributor limit 1";
        run!(&mut tx, sqlx::query(again)).expect("a row to add");
        let report = report(&mut tx).await;
        assert!(report.faults.iter().any(|fault| fault.what == What::Extra), "{:?}", report.faults);
    }
}
