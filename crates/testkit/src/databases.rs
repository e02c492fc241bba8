//! A fresh, migrated database on each engine for every test, gone when the test is over.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use waymark_domain::text::Digest;
use waymark_store::{Db, Engine, Options, dialect};

/// The server that tests may make databases on: `postgres://user@host:port/postgres`.
pub const POSTGRES_VARIABLE: &str = "WAYMARK_TEST_POSTGRES";

/// Names a session lock, so that test programs running together make the template once.
const TEMPLATE_LOCK: i64 = 0x5759_4d4b;

static MADE: AtomicU32 = AtomicU32::new(0);

/// A database of one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// The open database.
    pub db: Db,
    /// Its address, to open it once more.
    pub url: String,
    place: Place,
}

/// What is to be removed.
#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Database { server: String, name: String },
}

impl TestDatabase {
    /// Which engine it is on.
    pub fn engine(&self) -> Engine {
        self.db.engine()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match &self.place {
            // What cannot be removed is left to the system's own cleaning; it spoils no other test.
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Database { server, name } => remove(server.clone(), name.clone()),
        }
    }
}

/// A fresh database on each engine.
///
/// # Panics
/// Without a PostgreSQL server: a run on one engine would prove half of what it says.
pub async fn databases() -> [TestDatabase; 2] {
    [sqlite().await, postgres().await]
}

/// A fresh SQLite database in a folder of its own.
///
/// # Panics
/// Where the system's temporary folder cannot be written.
pub async fn sqlite() -> TestDatabase {
    let folder = std::env::temp_dir().join(unique_name());
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let url = format!("sqlite:{}", folder.join("waymark.db").display());
    let db = opened(&url).await;
    TestDatabase { db, url, place: Place::Folder(folder) }
}

/// A fresh PostgreSQL database on the server of [`POSTGRES_VARIABLE`], copied from a migrated template.
///
/// # Panics
/// Where the variable is missing or the server cannot be reached.
pub async fn postgres() -> TestDatabase {
    let server = std::env::var(POSTGRES_VARIABLE).unwrap_or_else(|_| {
        panic!("{POSTGRES_VARIABLE} is not set: run `make test`, which starts a PostgreSQL for the tests")
    });
    let name = unique_name();
    let mut admin = connect(&server).await;
    let template = template(&mut admin, &server).await;
    run(&mut admin, format!("drop database if exists {name} with (force)")).await;
    run(&mut admin, format!("create database {name} template {template}")).await;
    let url = address(&server, &name);
    let db = Db::open(&url, Options::default()).await.expect("a database that was just made opens");
    TestDatabase { db, url, place: Place::Database { server, name } }
}

/// A fresh PostgreSQL database without tables: its address, and what removes it once dropped.
///
/// # Panics
/// As [`postgres`].
pub async fn empty_postgres() -> (String, impl Drop) {
    let server = std::env::var(POSTGRES_VARIABLE).unwrap_or_else(|_| {
        panic!("{POSTGRES_VARIABLE} is not set: run `make test`, which starts a PostgreSQL for the tests")
    });
    let name = unique_name();
    let mut admin = connect(&server).await;
    run(&mut admin, format!("drop database if exists {name} with (force)")).await;
    run(&mut admin, format!("create database {name} template template0 encoding 'UTF8' locale 'C'")).await;
    let url = address(&server, &name);
    let db = Db::open(&url, Options::default()).await.expect("a database that was just made opens");
    (url.clone(), TestDatabase { db, url, place: Place::Database { server, name } })
}

async fn opened(url: &str) -> Db {
    let db = Db::open(url, Options::default()).await.expect("a fresh database opens");
    db.migrate().await.expect("a fresh database takes every migration");
    db
}

/// The migrated database that tests copy; its name says which migrations it has.
async fn template(admin: &mut PgConnection, server: &str) -> String {
    // One digest of all migrations: PostgreSQL cuts names after 63 bytes.
    let steps: Vec<&[u8]> =
        dialect::migrations(Engine::Postgres).iter().map(|step| step.checksum.as_ref()).collect();
    let name = format!("waymark_template_{}", &Digest::of(&steps).to_string()[..16]);
    let lock = "select pg_advisory_lock($1)";
    sqlx::query(lock).bind(TEMPLATE_LOCK).execute(&mut *admin).await.expect("a lock is granted in the end");
    if !exists(admin, &name).await {
        let making = format!("{name}_making");
        run(admin, format!("drop database if exists {making} with (force)")).await;
        run(admin, format!("create database {making} template template0 encoding 'UTF8' locale 'C'")).await;
        opened(&address(server, &making)).await.close().await;
        run(admin, format!("alter database {making} rename to {name}")).await;
    }
    let unlock = "select pg_advisory_unlock($1)";
    sqlx::query(unlock)
        .bind(TEMPLATE_LOCK)
        .execute(&mut *admin)
        .await
        .expect("a held lock can be given back");
    name
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let sql = "select count(*) from pg_database where datname = $1";
    let found: i64 =
        sqlx::query_scalar(sql).bind(name).fetch_one(admin).await.expect("the catalogue answers");
    found > 0
}

async fn connect(server: &str) -> PgConnection {
    let options = PgConnectOptions::from_str(server).expect("the variable holds an address");
    PgConnection::connect_with(&options)
        .await
        .expect("the PostgreSQL for tests can be reached; see `make test`")
}

async fn run(admin: &mut PgConnection, sql: String) {
    admin.execute(AssertSqlSafe(sql)).await.expect("the test user may make and drop databases");
}

/// The same server, another database.
fn address(server: &str, name: &str) -> String {
    let (path, query) = server.split_once('?').map_or((server, String::new()), |(p, q)| (p, format!("?{q}")));
    let host = path.rsplit_once('/').map_or(path, |(host, _)| host);
    format!("{host}/{name}{query}")
}

fn unique_name() -> String {
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    format!("waymark_test_{}_{number}", std::process::id())
}

/// Drops a database from a place that cannot wait: on a thread with a runtime of its own.
fn remove(server: String, name: String) {
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime {
            runtime.block_on(async {
                let mut admin = connect(&server).await;
                run(&mut admin, format!("drop database if exists {name} with (force)")).await;
            });
        }
    };
    // A database that stays behind is dropped by the next run of that name.
    drop(std::thread::spawn(work).join());
}
